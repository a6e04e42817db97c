import { listen } from '../../lib/listen.ts';
import type { Effect } from '../effect.ts';
import { findHeld, gateId, isHeld, isWhole } from './held.ts';
import { isDeferred, isInline, release } from './release.ts';

/**
 * Releases held scripts whose service or category is granted, in the order in which the browser would
 * have run them: classic scripts as they stand, then the deferred ones and modules.
 */
export const startGate: Effect = ({ policy, state, actions, handle, scans }) => {
  const waiting = new Set<HTMLScriptElement>();
  const ran = new Set<string>();
  let isDraining = false;
  /** External scripts that were released and have neither loaded nor failed. */
  let loading: Promise<unknown> | undefined;

  const collect = (root: Node) => {
    for (const script of findHeld(root)) {
      if (waiting.has(script)) continue;
      waiting.add(script);
      const { category, service = category } = script.dataset;
      if (!gateId(script, policy)) console.warn(`bandeau: held, "${service}" not in the policy:`, script);
    }
  };

  const next = (deferred: boolean): HTMLScriptElement | undefined => {
    for (const script of waiting) {
      if (!script.isConnected || !isHeld(script)) waiting.delete(script);
      else if (
        isDeferred(script) === deferred &&
        handle.isGranted(gateId(script, policy) ?? '') &&
        isWhole(script)
      ) {
        return script;
      }
    }
    return undefined;
  };

  // While the page is parsed, the browser would not have come to deferred scripts yet.
  const following = () => next(false) ?? (document.readyState === 'loading' ? undefined : next(true));

  const drain = async () => {
    if (isDraining) return;
    isDraining = true;
    for (let script = following(); script; script = following()) {
      if (loading && isInline(script)) {
        // External scripts load side by side and run in order; an inline one would overtake them. The
        // choice may be taken back meanwhile, so the next one is looked up again.
        await loading;
        loading = undefined;
        continue;
      }
      waiting.delete(script);
      ran.add(gateId(script, policy) as string);
      try {
        const ended = release(script);
        if (ended) loading = Promise.all([loading, ended]);
      } catch (error) {
        console.error('bandeau: could not be released:', script, error);
      }
    }
    isDraining = false;
  };

  const scan = (root: Node = document) => {
    collect(root);
    void drain();
  };

  const observer = new MutationObserver((records) => {
    for (const { addedNodes } of records) for (const node of addedNodes) collect(node);
    void drain();
  });
  observer.observe(document, { childList: true, subtree: true });
  scan();
  scans.add(scan);
  return [
    listen(document, ['DOMContentLoaded'], () => scan()),
    state.$choices.listen(() => {
      for (const id of ran) {
        const service = policy.services.find((one) => one.id === id);
        if (!handle.isGranted(id) && service?.reload !== false) actions.markNeedsReload();
      }
      void drain();
    }),
    () => {
      observer.disconnect();
      waiting.clear();
      scans.delete(scan);
    },
  ];
};
