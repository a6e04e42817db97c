import { startCallbacks } from './effects/callbacks.ts';
import type { EffectContext, Inbound, Stop } from './effects/effect.ts';
import { startErase } from './effects/erase.ts';
import { startGate } from './effects/gate/gate.ts';
import { OBSERVED } from './effects/gate/held.ts';
import { startFollowLanguage } from './effects/load-ui/follow-language.ts';
import { startLoadParts } from './effects/load-ui/load-parts.ts';
import { startUi } from './effects/load-ui/start-ui.ts';
import { startMarkState } from './effects/mark-state.ts';
import { startPageLinks } from './effects/page-links.ts';
import { startSignals } from './effects/signals/signals.ts';
import { startStorage } from './effects/storage.ts';
import { readEnvironment } from './environment.ts';
import { ConsentError } from './errors.ts';
import { bodyReady } from './lib/body-ready.ts';
import { createCookieJar } from './lib/cookie-jar.ts';
import { listen } from './lib/listen.ts';
import { watchPage } from './lib/watch-page.ts';
import { hasNews, prepareLater } from './load-later.ts';
import { NOTHING, type NormalizedPolicy, normalizePolicy } from './policy/normalize.ts';
import { createActions, type Decision } from './state/actions.ts';
import { createState } from './state/create-state.ts';
import type { Consent, ConsentOptions, Environment, GateEntry, Policy, PolicyId } from './types.ts';

/**
 * Starts the SDK on this page: reads the stored decision, releases what it grants, and asks when there
 * is something to ask. On a server it does nothing and everything is denied.
 *
 * A policy that can't be used is one `console.error` that names each problem; the handle then denies
 * everything and asks nothing.
 */
export function createConsent<const P extends Policy>(options: ConsentOptions<P>): Consent<PolicyId<P>>;
// Inside, ids are the strings that they are at run time; the signature above narrows them for the caller.
export function createConsent(options: ConsentOptions): Consent {
  const { callbacks = {}, onWithdraw = {} } = options;
  const environment = readEnvironment(options.environment);
  const own = usable(options, environment);
  const policy = own ?? normalizePolicy(NOTHING);
  const state = createState();
  const { $receipt, $choices, $promptReason } = state;
  const nothing = () => {};
  const nowhere = () => Promise.reject(new ConsentError('bandeau: only in a browser'));
  const inbound: Inbound = {
    acts: [],
    scan: nothing,
    loadOnce: nothing,
    setLocale: nothing,
    restore: nothing,
    later: nowhere,
    carryOver: nowhere,
    decided: nothing,
    recorded: nothing,
    hasAccount: false,
    isSuspended: false,
    heard: null,
  };
  const decided = (decision: Decision | null) => {
    inbound.acts.push(decision);
    inbound.decided(decision);
  };
  const { forSite, forEffects: actions } = createActions(policy, state, environment, decided, options.asks);
  const entries: GateEntry[] = [];

  const handle: Consent = {
    ...forSite,
    ...state,
    regime: policy.regime,
    browserSignal: policy.browserSignal,
    get choices() {
      return $choices.get();
    },
    get receipt() {
      return $receipt.get();
    },
    get promptReason() {
      return $promptReason.get();
    },
    isGranted: (id) => policy.isRequired(id) || $choices.get()[id] === 'granted',
    subscribe: (listener) => $choices.subscribe(listener),
    scan: (root) => inbound.scan(root),
    loadOnce: (element) => inbound.loadOnce(element),
    setLocale: (tag) => inbound.setLocale(tag),
    report: () => [...entries],
    exportReceipt: async (format) => (await inbound.later()).exportReceipt(format),
    attachAccount: async (account) => {
      const { length } = inbound.acts;
      // With what hands a decision to the account, so that it is there before one is made.
      const [{ attachAccount }] = await Promise.all([inbound.carryOver(), inbound.later()]);
      return isOver ? nothing : attachAccount(context, account, length);
    },
    decorate: async (url) => (await inbound.carryOver()).decorate(context, url),
    destroy: () => {
      isOver = true;
      for (const stop of stops.splice(0)) stop();
    },
  };

  const stops: Stop[] = [];
  let isOver = false;
  if (options.debug || !own) void explain(options, handle, stops, !!own);
  if (typeof document !== 'object') return handle;

  const record = (detail: GateEntry) =>
    document.dispatchEvent(new CustomEvent('bandeau:gate', { detail, bubbles: true }));
  const jar = createCookieJar(environment.secure);
  const page = watchPage(OBSERVED);
  stops.push(...page.stops);
  const context: EffectContext = {
    policy,
    state,
    environment,
    jar,
    page,
    actions,
    handle,
    inbound,
    record,
    options,
    callbacks,
    onWithdraw,
  };
  inbound.scan = page.scan;
  inbound.carryOver = () => import('./effects/carry-over/carry-over.ts');
  stops.push(prepareLater(context), startSignals(context));

  const start = async () => {
    let carried: (() => void) | undefined;
    let isLate = false;
    try {
      // A choice that comes from elsewhere is known before anything is released on account of the device's own.
      const { importers, account, sisterSites } = options;
      // Whoever has decided here pays for no tool of before.
      const mayImport = importers && !jar.values(policy.scope.cookieName)[0];
      if (mayImport || account || (sisterSites && location.hash.includes('bandeau='))) {
        const begun = inbound.carryOver().then(({ begin }) => (isOver || isLate ? nothing : begin(context)));
        // A host that never answers must not keep the page from asking.
        carried = await Promise.race([begun, timeLimit()]);
      }
    } catch (error) {
      isLate = true;
      // Whoever is signed in may have said no: the device's own choice is not theirs.
      inbound.isSuspended = !!options.account;
      actions.setStored(!options.account);
      reportError(error);
    }
    if (isOver) return;
    // The guard, another instance and this one tell in the same way.
    stops.push(listen(document, ['bandeau:gate'], ({ detail }: CustomEvent) => keep(entries, detail)));
    // The order is a promise: what is stored is known before anything is released, erased, told or shown.
    const effects = [startStorage, startGate, startErase, startMarkState, startCallbacks, startPageLinks];
    for (const effect of [...effects, startFollowLanguage, startLoadParts, startUi]) {
      try {
        stops.push(...[effect(context)].flat());
      } catch (error) {
        // Markup that shadows what a document has may stop one: the others, and the handle, are no less wanted.
        reportError(error);
      }
    }
    carried?.();
    if (hasNews(context)) inbound.later().catch(nothing);
  };
  // A page that is prepared ahead may never be visited: neither released nor asked before it is.
  if (environment.prerendering) {
    stops.push(listen(document, ['prerenderingchange'], start));
  } else void start();

  return handle;
}

const LONG_ENOUGH_MS = 3000;
const timeLimit = () =>
  new Promise<never>((_, reject) => {
    setTimeout(reject, LONG_ENOUGH_MS, new ConsentError('bandeau: no answer in time'));
  });

/** In a page that stays open for days, the oldest go. */
const MAX_ENTRIES = 5000;
const keep = (entries: GateEntry[], entry: GateEntry) => {
  // Anybody may send such an event.
  if (entry?.action && entries.push(entry) > MAX_ENTRIES) entries.shift();
};

/** The policy; undefined when it can't be used. */
const usable = (
  { policy, onWithdraw = {}, region }: ConsentOptions,
  { gpc, dnt }: Environment,
): NormalizedPolicy | undefined => {
  try {
    // What `onWithdraw` stops needs no reload, unless the policy says that it does.
    const services = policy.services.map((service) =>
      onWithdraw[service.id] || onWithdraw[service.category] ? { reload: false, ...service } : service,
    );
    return normalizePolicy({ ...policy, services }, { region, gpc, dnt });
  } catch {
    // Every problem of it is told in words by debug.ts.
    return undefined;
  }
};

/** Explains every problem of a policy and, on request, what the gate does. */
const explain = async (options: ConsentOptions, handle: Consent, stops: Stop[], isUsable: boolean) => {
  const { policy, debug } = options;
  try {
    if (typeof document === 'object') await bodyReady();
    const { reportProblems, reportOptions, printGate } = await import('./debug.ts');
    reportProblems(policy, console);
    reportOptions(options, console);
    if (debug && typeof document === 'object') stops.push(printGate(handle, console, policy));
  } catch {
    console.error(
      isUsable ? 'bandeau: could not check the policy' : 'bandeau: no usable policy, everything stays held',
    );
  }
};
