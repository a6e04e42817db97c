import { afterPaint } from '../../lib/next-task.ts';
import type { Effect } from '../effect.ts';
import { createCopyCheck } from './copies.ts';
import { findHeld, gateId, isScript } from './held.ts';
import { createReleaser, type Releaser, type Waiting } from './releaser.ts';

const LONG_ENOUGH_MS = 1000;

/** Finds what is held, and has it released once its service or category is granted. */
export const startGate: Effect = (context) => {
  const { policy, state, actions, handle, options, inbound, page, record } = context;
  const elements = new Set<HTMLElement>();
  const met = new WeakSet<Element>();
  /** What may act and has yet to: a script whose text is still coming, say. */
  const ready = new Set<HTMLElement>();
  /** What is loaded once, for whom: a framework may give the same element to another service. */
  const loadedOnce = new WeakMap<Element, string>();
  const copies = createCopyCheck();
  /** Made when there is something to release: until then the page is as it was found. */
  let releaser: Releaser | undefined;
  let isLeaving = false;

  const idOf = (element: Element) => gateId(element, policy) ?? '';
  const mayAct = (element: HTMLElement) =>
    handle.isGranted(idOf(element)) ||
    (policy.isAsked(idOf(element)) && loadedOnce.get(element) === idOf(element));

  const hold = (element: HTMLElement) => {
    elements.add(element);
    const service = element.getAttribute('data-service') ?? element.getAttribute('data-category') ?? '';
    const id = idOf(element);
    if (!id && !met.has(element)) console.warn(`bandeau: held, "${service}" not in the policy:`, element);
    met.add(element);
    if (mayAct(element)) return;
    const reason = id ? (state.$choices.get()[id] ?? 'not asked') : 'not in the policy';
    record({ action: 'held', service, element, reason });
  };
  const waiting: Waiting = { elements, idOf, mayAct, hold };

  const drain = () => {
    if (isLeaving || inbound.heard) return;
    for (const element of elements) if (!element.isConnected) elements.delete(element);
    if ([...elements].some(mayAct)) releaser ??= createReleaser(context, waiting);
    releaser?.drain();
  };

  /** Once the decision is kept, and soon in any case. */
  const leave = () => {
    const reload = () => location.reload();
    setTimeout(reload, LONG_ENOUGH_MS);
    inbound.later().then(reload, reload);
  };
  /** What has run can't be stopped from here; the guard's releases are in the report, too. */
  const settleRunning = () => {
    const isRunning = new Set<string>();
    for (const { action, element, service } of handle.report()) {
      if (action === 'released' && element && isScript(element)) isRunning.add(service);
    }
    for (const { id, category, reload } of policy.units) {
      if (handle.isGranted(id) || !(isRunning.has(id) || isRunning.has(category))) continue;
      if (reload !== false) actions.markNeedsReload();
      if (reload) leave();
    }
  };

  /** What the header of this page knows to be granted; undefined where there is none that depends on it. */
  const atLoad = options.shield && new Set(policy.services.map(({ id }) => id).filter(handle.isGranted));
  const stopLooking = page.subscribe((roots) => {
    for (const root of roots) {
      for (const element of findHeld(root)) {
        if (releaser?.review(element)) continue;
        if (met.has(element)) elements.add(element);
        else if (!isScript(element) || !copies.isCopy(element)) hold(element);
        if (mayAct(element)) ready.add(element);
      }
    }
    // While the page is parsed there is a look for each script of it.
    for (const element of ready) if (!elements.has(element)) ready.delete(element);
    if (ready.size || document.readyState !== 'loading') drain();
  });
  page.scan();
  inbound.loadOnce = (element) => {
    loadedOnce.set(element, idOf(element));
    page.scan(element);
  };

  return [
    stopLooking,
    state.$choices.listen(async (choices, before) => {
      releaser?.takeBack((id, element) => {
        if (choices[id] !== before?.[id]) loadedOnce.delete(element);
      });
      settleRunning();
      if (atLoad && policy.services.some(({ id }) => handle.isGranted(id) && !atLoad.has(id))) {
        isLeaving = true;
        leave();
        return;
      }
      // What was clicked is painted before the work begins.
      await afterPaint();
      drain();
    }),
    () => {
      elements.clear();
      ready.clear();
      copies.forget();
      releaser?.stop();
    },
  ];
};
