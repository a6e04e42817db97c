/** @jsxRuntime classic */
/** @jsx h */
/** @jsxFrag Fragment */
// biome-ignore lint/correctness/noUnusedImports: JSX is made with it, in fewer bytes than with the runtime of its own
import { type ComponentChildren, Fragment, h, render } from 'preact';
import { addMonths } from '../model/lifetime.ts';
import type { Choice, Choices, GateEntry } from '../types.ts';
import type { InterfaceProps, Mounted, PreferencesTexts } from './contract.ts';
import { describeVersion, fill, formatDate, pickUrl } from './format.ts';
import { drawCategory, type Rows } from './preferences-rows.tsx';

type Given = Pick<
  InterfaceProps,
  'policy' | 'handle' | 'texts' | 'locale' | 'reloads' | 'loadRights' | 'regional'
> & {
  readonly words?: unknown;
};

/** How many services are drawn in one task. */
const SLICE = 16;

/**
 * One row for each category, its services one level deeper, and the same answers as the first layer.
 * @param root is filled and kept up to date. What is no dialog stands in the page: nothing closes it, and it shows what
 * is decided, wherever that was
 * @param prefix begins every id
 */
export function createForm(given: Given, root: HTMLElement, prefix: string): Mounted<Given> {
  const { reloads } = given;
  let { policy, handle, texts, locale, loadRights, regional } = given;
  let words = given.words as PreferencesTexts;
  const isInline = root.localName !== 'dialog';
  const isAsked = !!policy.units[0];
  /** By unit: what the visitor has switched here. For all else what is stored shows, whoever stores it. */
  let draft: Choices = {};
  /** What shows is what was just decided here. */
  let isSaved = false;
  /** By category that was looked at: how many of its services are drawn. */
  const drawn = new Map<string, number>();
  /** Those of a screen at once, the others one task after another, so that hundreds of them keep nobody waiting. */
  const open = (id: string, total: number, count = SLICE) => {
    drawn.set(id, count);
    draw();
    if (count < total) setTimeout(() => drawn.has(id) && open(id, total, count + 2 * SLICE));
  };
  let kept: Rows['kept'] = new Map();

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

  /** What the visitor may do with what is kept about the decision: drawn when it is opened, and for each decision. */
  const drawRecords = () =>
    handle.receipt &&
    loadRights && (
      <details class="bandeau-records" onToggle={fillRecords}>
        <summary>{words.records}</summary>
      </details>
    );
  let recordsOf = '';
  const fillRecords = async () => {
    const details = root.querySelector<HTMLDetailsElement>('.bandeau-records');
    const wanted = `${handle.receipt?.id} ${locale}`;
    if (!details?.open || !loadRights || recordsOf === wanted) return;
    recordsOf = wanted;
    try {
      const drawRights = await loadRights();
      if (recordsOf !== wanted) return;
      details.querySelector('.bandeau-rights')?.remove();
      details.append(drawRights(handle));
    } catch {
      // Told where it is loaded, and tried again when it is opened again.
      recordsOf = '';
    }
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

  const draw = () => {
    const rows: Rows = { policy, texts, words, locale, prefix, regional, isOn, choose, drawn, open, kept };
    const status = regional?.status();
    render(
      <>
        <div class="bandeau-head">
          <h2 id={`${prefix}-preferences-title`}>{words.title}</h2>
          {!isInline && drawButton('close', 'close', '✕', handle.close, words.close)}
          {drawReceipt()}
        </div>
        <div class="bandeau-body">
          {status && (
            <p>
              <b>{status[0]}</b> {status[1]}
            </p>
          )}
          {isAsked && (
            <p>
              {words.text}
              {reloads && ` ${texts.reloads}`}
            </p>
          )}
          {policy.categories.map(({ id }) => drawCategory(rows, id))}
          {drawRecords()}
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
        {isAsked && (
          <div class="bandeau-actions">
            {drawAnswer('save', 'save', words.save, save)}
            {drawAnswer('accept-all', 'answer', texts.acceptAll, handle.acceptAll)}
            {drawAnswer('reject-all', 'answer', texts.rejectAll, handle.rejectAll)}
          </div>
        )}
      </>,
      root,
    );
    void fillRecords();
  };

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
    ({ policy, handle, texts, locale, loadRights, regional } = props);
    words = props.words as PreferencesTexts;
    kept = new Map();
    root.lang = locale;
    root.dir = texts.direction;
    draw();
  };
  update(given);
  // So that they are there without a request when they are opened (R39).
  if (handle.receipt) loadRights?.().catch(() => {});
  return {
    update,
    stop() {
      stopFollowing();
      drawn.clear();
      render(null, root);
    },
  };
}
