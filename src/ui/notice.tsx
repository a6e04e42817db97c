/** @jsxImportSource ../lib/dom-jsx */
import type { Choice, PolicyChanged } from '../types.ts';
import type { InterfaceModule, InterfaceProps, NoticeTexts } from './contract.ts';
import { type FirstLayer, mountFirstLayer } from './first-layer.tsx';
import {
  describeCategory,
  describeVersion,
  fill,
  formatDate,
  formatDuration,
  formatList,
  pick,
  plural,
} from './format.ts';
import css from './styles/notice.css';

/** Says what changed since the visitor's own version, and asks about that alone (R42, R43). */
const describe = (props: InterfaceProps): FirstLayer => {
  const { handle } = props;
  const words = props.words as NoticeTexts;
  const change = handle.promptReason as PolicyChanged;
  const asked = [...change.added, ...change.modified];
  const answer = (choice: Choice) => () => handle.save(Object.fromEntries(asked.map((id) => [id, choice])));
  return {
    title: words.title,
    body: drawChange(change, props),
    reject: words.reject,
    accept: words.accept,
    onReject: answer('denied'),
    onAccept: answer('granted'),
  };
};

export const mount: InterfaceModule['mount'] = (props) => mountFirstLayer(props, describe, css);

const drawChange = (change: PolicyChanged, props: InterfaceProps) => {
  const { policy, texts, locale, difference } = props;
  const words = props.words as NoticeTexts;
  const name = (template: string, names: readonly string[]) =>
    // A company's name may end in a full stop of its own.
    names[0] && fill(template, { names: formatList(names, locale) }).replace(/\.\.$/, '.');
  // Hosts and names of cookies are no words of the language: between words from right to left they keep their order.
  const isolate = (text: string) => (texts.direction === 'rtl' ? `\u2068${text}\u2069` : text);
  const then = [policy, ...policy.changes].find(({ version }) => version === change.fromVersion);
  const from = { ...policy, version: change.fromVersion, date: then?.date ?? '' };

  const drawItem = (mark: string) => (id: string) => {
    const service = policy.services.find((one) => one.id === id);
    const category = describeCategory(policy, service?.category ?? id, texts, locale);
    const more = difference?.modified.find((one) => one.id === id);
    return (
      <li>
        <span class="bandeau-mark">{mark}</span>{' '}
        <b>{service ? `${service.name ?? service.vendor.name} (${category.title})` : category.title}</b>{' '}
        {service ? pick(service.purpose, locale) : category.description}
        {more &&
          [
            name(words.vendorNow, more.vendor ? [more.vendor] : []),
            name(words.categoryNow, more.category ? [category.title] : []),
            name(words.hostsNow, more.hosts.map(isolate)),
            name(words.storesNow, more.stores.map(isolate)),
            name(
              words.longerNow,
              more.longer.map(
                (one) => `${isolate(one.name)} (${formatDuration(one.lifetimeDays, 'day', locale)})`,
              ),
            ),
          ].map((text) => text && <div class="bandeau-more">{text}</div>)}
      </li>
    );
  };
  const removed = difference?.removed.map((service) => (
    <li>
      <span class="bandeau-mark">{words.gone}</span> <b>{service.name}</b>
    </li>
  ));
  const rest = [
    name(words.sitesNow, difference?.sites ?? []),
    name(words.controllersNow, difference?.controllers ?? []),
    !removed && change.removedCount > 0 && plural(words.removed, change.removedCount, locale),
    fill(words.versions, {
      from: describeVersion(from, texts, locale),
      to: describeVersion(policy, texts, locale),
    }),
  ];
  const kept = listKept(props);
  return (
    <div>
      <p>{fill(words.text, { date: formatDate(change.since, locale) })}</p>
      <ul>
        {change.added.map(drawItem(words.added))}
        {change.modified.map(drawItem(words.modified))}
        {removed}
      </ul>
      {change.changes.map(({ summary, date }) => (
        <p>
          <b>{formatDate(date, locale)}</b> {pick(summary, locale)}
        </p>
      ))}
      <p class="bandeau-foot">{rest.filter(Boolean).join(' ')}</p>
      {(kept.granted[0] || kept.denied[0]) && (
        <p class="bandeau-foot">
          {[words.rest, name(words.keptOn, kept.granted), name(words.keptOff, kept.denied)].join(' ')}
        </p>
      )}
    </div>
  );
};

/** What stays as the visitor has chosen it, which is not what runs by an exemption: a category in one word where all of it does, else its services. */
const listKept = ({ policy, handle, texts, locale }: InterfaceProps) => {
  const kept: Record<Choice, string[]> = { granted: [], denied: [] };
  for (const { id } of policy.optional) {
    const units = policy.units.filter(({ category, isExempt }) => category === id && !isExempt);
    const answers = new Set(units.map((unit) => handle.choices[unit.id]));
    const [answer] = answers;
    if (answers.size === 1) {
      if (answer) kept[answer].push(describeCategory(policy, id, texts, locale).title);
      continue;
    }
    for (const unit of units) {
      const service = policy.services.find((one) => one.id === unit.id);
      const own = handle.choices[unit.id];
      if (own && service) kept[own].push(service.name ?? service.vendor.name);
    }
  }
  return kept;
};
