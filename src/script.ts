/**
 * Script-tag entry. The only file with an effect at import time and the only one that writes to `window`.
 */
import { createConsent } from './create-consent.ts';
import type { Consent, ConsentOptions, Policy } from './types.ts';

/** A call by name, kept until it can be made: `bandeau.push(['open', 'preferences'])`. */
type Call = readonly [method: string, ...args: unknown[]];

/** `window.bandeau`: the handle, and what is needed before there is one. */
type Global = Partial<Consent> & {
  push(...calls: Call[]): void;
  init(policy: Policy, options?: Omit<ConsentOptions, 'policy'>): Consent;
};

const { dataset } = (document.currentScript ?? {}) as HTMLScriptElement;
const page = window as unknown as { bandeau?: Global | Call[] };
const given = page.bandeau;

const start = (queued: Call[]) => {
  const waiting: Call[] = [];
  let handle: Consent | undefined;
  const api: Global = {
    // What is asked before the policy is known is denied.
    isGranted: () => false,
    push(...calls) {
      for (const call of calls) {
        const [method, ...args] = call;
        if (handle || method === 'init') (api[method as 'push'] as (...args: unknown[]) => void)(...args);
        else waiting.push(call);
      }
    },
    init(policy, options) {
      if (handle) console.warn('bandeau: already started, the first policy stays in force');
      else {
        handle = createConsent({ debug: dataset?.['debug'] !== undefined, ...options, policy });
        Object.defineProperties(api, Object.getOwnPropertyDescriptors(handle));
        api.push(...waiting);
      }
      return handle;
    },
  };

  const load = async (isLastLook: boolean) => {
    const url = dataset?.['policy'];
    const inline = document.querySelector('[data-bandeau-policy]');
    try {
      if (url) api.init(await (await fetch(url)).json());
      else if (!handle && (inline || isLastLook)) api.init(JSON.parse(inline?.textContent ?? ''));
    } catch (error) {
      console.error('bandeau: no policy, so everything stays held:', url ?? inline, error);
    }
  };

  page.bandeau = api;
  api.push(...queued);
  void load(document.readyState !== 'loading');
  if (!dataset?.['policy']) document.addEventListener('DOMContentLoaded', () => load(true));
};

if (given && 'init' in given) console.warn('bandeau: this script is on the page twice');
else start(Array.isArray(given) ? given : []);
