/** @jsxImportSource ../lib/dom-jsx */
import type { NormalizedPolicy } from '../policy/normalize.ts';
import type { Service } from '../types.ts';
import type { InterfaceProps, MountInline, Regional, RegionTexts } from './contract.ts';
import { describeExemption } from './exemption.ts';
import type { FirstLayer } from './first-layer.tsx';
import { describeCategory, fill, formatList, pick } from './format.ts';
import { drawPurposes } from './purposes.tsx';

type Shown = Pick<InterfaceProps, 'policy' | 'handle' | 'texts' | 'locale'> & { readonly words?: unknown };

/** Names that are the same in every language. */
const SIGNALS = { gpc: 'Global Privacy Control', dnt: 'Do Not Track' };

/** What a layer is given, as the rules of the visitor's region want it shown. */
export function adapt<Props extends Shown>(props: Props, words: RegionTexts): Props {
  const { policy, texts, locale } = props;
  const exempt = policy.services.filter(isExemptIn(policy));
  const isExempt = (wanted: string) => exempt.some(({ id }) => id === wanted);
  // A category counts its questions; where it has none, its switch is the objection to all that is exempt in it.
  const hasQuestion = (id: string) => policy.units.some((unit) => unit.category === id && !unit.isExempt);
  const isOptIn = policy.regime === 'opt-in';
  const states = isOptIn ? {} : { on: words.on, off: words.off };
  const usual = { ...(props.words as { readonly partly: string }), ...states };
  const regional: Regional = {
    describe: (now) => describe({ ...now, policy }, words),
    wordsOf: (ids) =>
      ids.every(isExempt) ? { on: words.exemptOn, partly: usual.partly, off: words.objected } : undefined,
    status: () => statusOf(props, words),
  };
  return {
    ...props,
    policy: {
      ...policy,
      units: policy.units.map((unit) =>
        unit.isExempt && hasQuestion(unit.category) ? { ...unit, category: unit.id } : unit,
      ),
      // Folded away below it, so that its own line says so.
      categories: policy.categories.map((category) => {
        const { description } = describeCategory(policy, category.id, texts, locale);
        const own = exempt.filter((service) => service.category === category.id);
        return own[0]
          ? { ...category, description: `${description} ${nameExempt(own, words, locale)}` }
          : category;
      }),
      services: policy.services.map((service) =>
        isExempt(service.id)
          ? {
              ...service,
              purpose: `${pick(service.purpose, locale)} ${describeExemption(policy, service, words, locale)}`,
            }
          : service,
      ),
    },
    words: props.words && (!isOptIn || exempt[0] ? { ...usual, text: words.switches } : usual),
    regional,
  };
}

const isExemptIn =
  ({ units }: NormalizedPolicy) =>
  (service: Service) =>
    units.some(({ id, isExempt }) => id === service.id && isExempt);

/** Says which services run by an exemption; nothing where there are none. */
const nameExempt = (services: readonly Service[], words: RegionTexts, locale: string) =>
  services[0]
    ? fill(words.exempt, {
        names: formatList(
          services.map(({ name, vendor }) => name ?? vendor.name),
          locale,
        ),
      })
    : '';

/** Titles of the categories that have one of these. */
const titlesOf = ({ policy, texts, locale }: Shown, units: InterfaceProps['policy']['units']) =>
  policy.optional
    .filter(({ id }) => units.some(({ category }) => category === id))
    .map(({ id }) => describeCategory(policy, id, texts, locale).title);

/** What the browser asks for, or the visitor where they may opt out, and what came of it; null where there is none of it. */
export function statusOf(props: Shown, words: RegionTexts): ReturnType<Regional['status']> {
  const { policy, handle, locale } = props;
  const { browserSignal, regime, units } = policy;
  const sale = units.filter(({ isSale }) => isSale);
  if (!sale[0]) return null;
  const isOn = ({ id }: { readonly id: string }) => handle.choices[id] === 'granted';
  const on = titlesOf(props, sale.filter(isOn));
  const off = titlesOf(props, sale).filter((title) => !on.includes(title));
  const isHonored = regime !== 'opt-in' && off[0];
  if (!browserSignal) return isHonored && handle.receipt && !on[0] ? [words.honored, ''] : null;
  const signal = SIGNALS[browserSignal];
  const name = (template: string, titles: readonly string[]) =>
    titles[0] ? fill(template, { signal, names: formatList(titles, locale) }) : '';
  return [
    isHonored ? words.honored : fill(words.received, { signal }),
    [name(isHonored ? words.turnedOff : words.stayOff, off), name(words.overridden, on)]
      .filter(Boolean)
      .join(' '),
  ];
}

/** The first layer: only what is a question is listed, and what runs already is said to. */
function describe(props: InterfaceProps, words: RegionTexts): FirstLayer {
  const { policy, handle, texts, locale } = props;
  const { regime, units, services } = policy;
  const { customize, acceptAll, rejectAll } = texts;
  const isOptIn = regime === 'opt-in';
  const isOptOut = regime === 'opt-out';
  const questions = units.filter(({ isExempt }) => !isExempt);
  const exempt = services.filter(isExemptIn(policy));
  const asked = policy.optional.filter(({ id }) => questions.some(({ category }) => category === id));
  const sale = titlesOf(
    props,
    units.filter(({ isSale }) => isSale),
  );
  const status = statusOf(props, words);
  const intro = !isOptIn ? words.text : exempt[0] ? words.ask : texts.text;
  return {
    title: isOptIn ? texts.title : words.title,
    body: (
      <div>
        {asked[0] && <p>{intro}</p>}
        {asked[0] && drawPurposes(props, asked)}
        {exempt[0] && (
          <p>
            {nameExempt(exempt, words, locale)} {fill(words.object, { customize })}
          </p>
        )}
        {status && (
          <p>
            <b>{status[0]}</b> {status[1]} {isOptIn && fill(words.how, { acceptAll, customize })}
          </p>
        )}
        {isOptOut && (
          <p>{fill(words.optOutNote, { optOut: words.optOut, names: formatList(sale, locale) })}</p>
        )}
        <p>{texts.consequence}</p>
      </div>
    ),
    reject: isOptOut ? words.optOut : rejectAll,
    accept: isOptOut ? words.allow : acceptAll,
    onReject: isOptOut ? handle.optOut : handle.rejectAll,
    onAccept: handle.acceptAll,
  };
}

/** What the law of an opt-out region wants shown where an opt-out is honored, in a place of the page. */
export const mountInline: MountInline = (given, place) => {
  let props = given;
  const before = [...place.childNodes];
  const line = document.createElement('span');
  const draw = () => {
    const words = props.words as RegionTexts;
    const [title, text] = statusOf(props, words) ?? [];
    line.lang = props.locale;
    line.dir = props.texts.direction;
    line.replaceChildren(...(title === words.honored ? [<b>{title}</b>, ` ${text}`] : []));
  };
  draw();
  place.replaceChildren(line);
  const stopFollowing = props.handle.$choices.listen(draw);
  return {
    update(next) {
      props = next;
      draw();
    },
    stop() {
      stopFollowing();
      line.replaceWith(...before);
    },
  };
};
