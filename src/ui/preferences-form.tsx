/** @jsxImportSource preact */
import { type ComponentChildren, render } from 'preact';
import { addMonths } from '../model/lifetime.ts';
import type { Choice, Choices, GateEntry, Service } from '../types.ts';
import type { InterfaceProps, Mounted, PreferencesTexts } from './contract.ts';
import { describeCategory, describeVersion, fill, formatDate, pick, pickUrl, plural } from './format.ts';
import { drawDetails } from './service-details.tsx';

type Given = Pick<InterfaceProps, 'policy' | 'handle' | 'texts' | 'locale' | 'reloads'> & {
  readonly words?: unknown;
};

/**
 * One row for each category, its services one level deeper, and the same answers as the first layer.
 * @param root is filled and kept up to date. What is no dialog stands in the page: nothing closes it, and it shows what
 * is decided, wherever that was
 * @param prefix begins every id, since a page may hold several of these at once
 */
export function createForm(given: Given, root: HTMLElement, prefix: string): Mounted<Given> {
  const { policy, handle, reloads } = given;
  let { texts, locale } = given;
  let words = given.words as PreferencesTexts;
  const isInline = root.localName !== 'dialog';
  /** By unit: what the visitor has switched here. For all else what is stored shows, whoever stores it. */
  let draft: Choices = {};
  /** What shows is what was just decided here. */
  let isSaved = false;
  /** Categories whose services were looked at. Before that, hundreds of services cost nothing. */
  const opened = new Set<string>();

  /** Only what the visitor has granted is on: nothing is ticked in advance. */
  const isOn = (id: string) => (draft[id] ?? handle.choices[id]) === 'granted';

  const choose = (ids: readonly string[], choice: Choice) => {
    draft = { ...draft, ...Object.fromEntries(ids.map((id) => [id, choice])) };
    isSaved = false;
    draw();
  };

  const save = () =>
    handle.save(Object.fromEntries(policy.units.map(({ id }) => [id, isOn(id) ? 'granted' : 'denied'])));

  /** Whether a script of something that is off runs in this page, so that saving alone does not stop it. */
  const needsReload = () => {
    const isOff = (id: string) =>
      policy.units.some((unit) => [unit.id, unit.category].includes(id) && !isOn(unit.id));
    const mayRunOn = ({ action, element, service }: GateEntry) =>
      action === 'released' &&
      element instanceof HTMLScriptElement &&
      isOff(service) &&
      policy.services.find(({ id }) => id === service)?.reload !== false;
    return handle.report().some(mayRunOn);
  };

  /** When the decision in force was made, about which version, and until when it holds (R25). */
  const drawReceipt = () => {
    const { receipt } = handle;
    if (!receipt) return null;
    const { time, policyVersion: version } = receipt;
    const { date = version } = [policy, ...policy.changes].find((one) => one.version === version) ?? {};
    const expiry = new Date(addMonths(time, policy.lifetimeMonths)).toISOString();
    return (
      <div class="bandeau-foot">
        {handle.$isStored.get()
          ? fill(words.decided, {
              date: formatDate(time, locale),
              version: describeVersion({ ...policy, version, date }, texts, locale),
              expiry: formatDate(expiry, locale),
            })
          : texts.notSaved}
      </div>
    );
  };

  const drawItem = (
    Heading: 'h3' | 'h4',
    id: string,
    title: string,
    text: string,
    ids: readonly string[],
    more: ComponentChildren,
  ) => {
    const count = ids.filter(isOn).length;
    const isWhole = count === ids.length;
    const isRequired = policy.isRequired(id);
    // In words, since colour alone says nothing to many.
    const state = (
      <span id={`${prefix}-state-${id}`}>
        {isRequired
          ? Heading === 'h3' && words.alwaysOn
          : isWhole
            ? words.on
            : count
              ? words.partly
              : words.off}
      </span>
    );
    return (
      <section key={id}>
        <Heading id={`${prefix}-item-${id}`}>{title}</Heading>
        {isRequired ? (
          state
        ) : (
          <label>
            {state}
            {/* A native checkbox, so that every keyboard, screen reader and refusal tool knows it. */}
            <input
              type="checkbox"
              role="switch"
              data-bandeau-category={id}
              aria-labelledby={`${prefix}-item-${id}`}
              aria-describedby={`${prefix}-text-${id} ${prefix}-state-${id}`}
              checked={isWhole}
              onChange={() => choose(ids, isWhole ? 'denied' : 'granted')}
            />
          </label>
        )}
        <p id={`${prefix}-text-${id}`}>{text}</p>
        {more}
      </section>
    );
  };

  const drawService = (service: Service) => {
    const { id, name, vendor, purpose } = service;
    const details = drawDetails(service, words, locale, policy.isRequired(id));
    return drawItem('h4', id, name ?? vendor.name, pick(purpose, locale), [id], details);
  };

  const drawCategory = ({ id }: { readonly id: string }) => {
    const { title, description } = describeCategory(policy, id, texts, locale);
    const services = policy.services.filter(({ category }) => category === id);
    const ids = policy.units.filter(({ category }) => category === id).map((unit) => unit.id);
    const open = () => {
      opened.add(id);
      draw();
    };
    const details = services.length > 0 && (
      <details onToggle={open}>
        <summary>{plural(words.services, services.length, locale)}</summary>
        {opened.has(id) && services.map(drawService)}
      </details>
    );
    return drawItem('h3', id, title, description, ids, details);
  };

  /** Who answers for it: the policy in force, controllers and the data protection officer. */
  const drawFoot = () => {
    const { dataProtectionOfficer: officer, jointControllers = [], privacyUrl } = policy.controller;
    return (
      <div class="bandeau-foot">
        <a href={pickUrl(privacyUrl, locale)}>{texts.policy}</a>
        {` · ${describeVersion(policy, texts, locale)}`}
        {[policy.controller, ...jointControllers].map(({ name, contact }) => (
          <div>{contact ? `${name} · ${fill(words.contact, { contact })}` : name}</div>
        ))}
        {officer &&
          fill(words.officer, { contact: [officer.name, officer.contact].filter(Boolean).join(', ') })}
      </div>
    );
  };

  const drawButton = (
    action: string,
    kind: string,
    text: ComponentChildren,
    act: () => void,
    label?: string,
  ) => (
    <button
      type="button"
      class={`bandeau-${kind}`}
      data-bandeau-action={action}
      aria-label={label}
      onClick={act}
    >
      {text}
    </button>
  );
  const drawAnswer = (action: string, kind: string, text: string, act: () => void) =>
    drawButton(action, kind, text, () => {
      act();
      if (!isInline) return;
      isSaved = true;
      draw();
    });

  const draw = () =>
    render(
      <>
        <div class="bandeau-head">
          <h2 id={`${prefix}-preferences-title`}>{words.title}</h2>
          {!isInline && drawButton('close', 'close', '✕', handle.close, words.close)}
          {drawReceipt()}
        </div>
        <div class="bandeau-body">
          <p>
            {words.text}
            {reloads && ` ${texts.reloads}`}
          </p>
          {policy.categories.map(drawCategory)}
          {drawFoot()}
        </div>
        <p role="status">
          {/* A new element for each decision: the same words would not be read out again. */}
          {isSaved && (
            <b key={handle.receipt?.id}>{handle.$isStored.get() ? texts.saved : texts.notSaved} </b>
          )}
          {needsReload() && words.reloadNeeded}
          {handle.$needsReload.get() && drawButton('reload', 'save', words.reload, () => location.reload())}
        </p>
        {/* The refusal comes last: tools that refuse for the visitor click the last one they find. */}
        <div class="bandeau-actions">
          {drawAnswer('save', 'save', words.save, save)}
          {drawAnswer('accept-all', 'answer', texts.acceptAll, handle.acceptAll)}
          {drawAnswer('reject-all', 'answer', texts.rejectAll, handle.rejectAll)}
        </div>
      </>,
      root,
    );

  const stopFollowing = handle.$choices.listen(() => {
    // What the visitor has switched in the dialog stays until it is saved or closed.
    if (isInline) draft = {};
    isSaved = false;
    draw();
  });

  root.className = 'bandeau-center';
  root.setAttribute('data-bandeau-root', '');
  root.setAttribute('data-bandeau-layer', isInline ? 'inline' : 'preferences');
  root.setAttribute('aria-labelledby', `${prefix}-preferences-title`);
  const update = (props: Given) => {
    ({ texts, locale } = props);
    words = props.words as PreferencesTexts;
    root.lang = locale;
    root.dir = texts.direction;
    draw();
  };
  update(given);
  return {
    update,
    stop() {
      stopFollowing();
      render(null, root);
    },
  };
}
