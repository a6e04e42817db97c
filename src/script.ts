/**
 * Script-tag entry. The only file with an effect at import time and the only one that writes to `window`.
 */
import { createConsent } from './create-consent.ts';
import { listen } from './lib/listen.ts';
import type { Appearance, Consent, ConsentOptions, Policy } from './types.ts';

/** A call by name, kept until it can be made: `bandeau.push(['open', 'preferences'])`. */
type Call = readonly [method: string, ...args: unknown[]];

const TWICE = 'bandeau: started twice, the first policy stays';

/** `window.bandeau`: the handle, and what is needed before there is one. */
type Global = Partial<Consent> & {
  push(...calls: Call[]): void;
  init(policy: Policy, options?: Omit<ConsentOptions, 'policy'>): Consent;
};

declare global {
  interface Window {
    /** Calls that wait, until this script turns it into the handle. */
    bandeau?: Global | Call[];
  }
}

const tag = document.currentScript;
// Markup of others can shadow it: <img name="currentScript">.
const dataset: DOMStringMap = tag instanceof HTMLScriptElement ? tag.dataset : {};
const url = dataset['policy'];
const shield = dataset['shield'] === 'strict' && { shield: 'strict' as const };
// Words that it does not know leave it as it is by default.
const { layout, position, region } = dataset as Appearance & { readonly region?: string };
const appearance = { layout, position, modal: 'modal' in dataset, button: 'button' in dataset };
const given = window.bandeau;

const start = (queued: Call[]) => {
  const waiting: Call[] = [];
  let handle: Consent | undefined;
  const api: Global = {
    // What is asked before the policy is known is denied.
    isGranted: (id) => !!handle?.isGranted(id),
    push(...calls) {
      for (const call of calls) {
        const [method, ...args] = call;
        try {
          if (handle || method === 'init') (api[method as 'push'] as (...args: unknown[]) => void)(...args);
          else waiting.push(call);
        } catch (error) {
          // The calls after it, and the policy, are no less wanted.
          reportError(error);
        }
      }
    },
    init(policy, options) {
      if (handle) console.warn(TWICE);
      else {
        handle = createConsent({
          debug: 'debug' in dataset,
          appearance,
          ...shield,
          ...options,
          region: options?.region ?? region,
          policy,
        });
        // The page may have kept `window.bandeau` from before: the same object becomes the handle.
        Object.setPrototypeOf(api, handle);
        api.push(...waiting);
      }
      return handle;
    },
  };

  let isOver: unknown;
  const load = async () => {
    const inline = document.querySelector('script[data-bandeau-policy]');
    try {
      if (url) {
        const answer = await fetch(url);
        // The page of an error may be JSON too.
        if (!answer.ok) throw new Error(`HTTP ${answer.status}`);
        api.init(await answer.json());
      } else if (!handle && !isOver && (inline || document.readyState !== 'loading')) {
        isOver = true;
        if (inline) api.init(JSON.parse(inline.textContent));
        else console.warn('bandeau: no policy yet, everything stays held until bandeau.init(policy)');
      }
    } catch (error) {
      console.error('bandeau: no usable policy, everything stays held:', url ?? inline, error);
    }
  };

  window.bandeau = api;
  api.push(...queued);
  void load();
  if (!url) listen(document, ['DOMContentLoaded'], load);
};

const isTaken = () => {
  try {
    return given && 'init' in given && typeof given.init === 'function';
  } catch {
    // A frame of another site that is named like this.
    return false;
  }
};
if (isTaken()) console.warn(TWICE);
else start(Array.isArray(given) ? given : []);
