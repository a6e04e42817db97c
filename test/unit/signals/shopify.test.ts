import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { shopify } from '../../../src/signals/shopify.ts';
import { cleanGlobals, itHears, openPage, PageEvents, VISITS } from '../../fixtures/signals.ts';

const errors = cleanGlobals('Shopify');

type Terms = { readonly [term: string]: unknown };
let page = new PageEvents();
/** What Shopify has kept, as it tells it: `'yes'`, `'no'` or nothing. */
let kept: Record<string, string> = {};
let calls: Terms[] = [];
let features: unknown[] = [];

/** Double of what a shop has from its first line on, from Shopify's documentation: the API itself is loaded on demand. */
function openShop(loading: { later?: boolean; error?: Error } = {}): () => void {
  let answer = () => {};
  const shop: { customerPrivacy?: object; loadFeatures: unknown } = {
    loadFeatures(wanted: readonly unknown[], loaded: (error?: unknown) => void) {
      features.push(...wanted);
      answer = () => {
        if (!loading.error) {
          shop.customerPrivacy = {
            currentVisitorConsent: () => ({
              ...{ analytics: '', marketing: '', preferences: '', sale_of_data: '' },
              ...kept,
            }),
            setTrackingConsent(terms: Terms, done: unknown) {
              if (typeof done !== 'function') throw new TypeError('a callback is required');
              calls.push(terms);
              for (const [term, value] of Object.entries(terms)) kept[term] = value ? 'yes' : 'no';
              done();
            },
          };
        }
        loaded(loading.error);
      };
      if (!loading.later) answer();
    },
  };
  vi.stubGlobal('Shopify', shop);
  return () => answer();
}
const endOfScript = () => page.dispatchEvent(new Event('load'));

beforeEach(() => {
  page = new PageEvents();
  vi.stubGlobal('document', page);
});
afterEach(() => {
  kept = {};
  calls = [];
  features = [];
});

const all = (value: boolean) => ({ analytics: value, marketing: value, preferences: value });
const GRANTED = all(true);
const DENIED = all(false);
const california = { visitor: { region: 'us-ca' } };

const record = () => {
  openShop();
  return calls;
};

itHears(shopify, record, {
  'nothing is known yet': [],
  'a first visit': [],
  accepting: [GRANTED],
  refusing: [DENIED],
  'granting analytics alone': [{ ...DENIED, analytics: true }],
  'accepting, then withdrawing': [GRANTED, DENIED],
  'back after accepting': [GRANTED],
  'back after refusing': [DENIED],
  'accepting, then reset': [GRANTED, DENIED],
  'accepting after the signal was stopped': [],
});

describe('the API of Shopify', () => {
  it('is not even loaded before a decision', () => {
    openShop();
    openPage(shopify()).begin();
    openPage(shopify(), california).begin();
    expect(features).toEqual([]);
  });

  it('is loaded with the first decision, in the version that is documented', () => {
    openShop();
    VISITS.refusing(openPage(shopify()));
    expect(features).toEqual([{ name: 'consent-tracking-api', version: '0.1' }]);
  });

  it('hears nothing of what it knows already, on the pages that follow', () => {
    openShop();
    VISITS['back after accepting'](openPage(shopify()));
    VISITS['back after accepting'](openPage(shopify()));
    expect(calls).toEqual([GRANTED]);
  });

  it('hears only what has changed', () => {
    openShop();
    const { begin, consent } = openPage(shopify());
    begin();
    consent.acceptAll();
    consent.withdraw('analytics');
    expect(calls).toEqual([GRANTED, { analytics: false }]);
  });

  it('hears a decision that was made before the shop had begun', () => {
    VISITS.accepting(openPage(shopify()));
    endOfScript();
    openShop();
    endOfScript();
    endOfScript();
    expect(calls).toEqual([GRANTED]);
  });

  it('hears the last decision alone of those that were made while it was loading', () => {
    const answer = openShop({ later: true });
    const { begin, consent } = openPage(shopify());
    begin();
    consent.acceptAll();
    consent.withdraw();
    expect(calls).toEqual([]);
    answer();
    expect(calls).toEqual([DENIED]);
  });

  it('hears nothing after a stop, though it was loading', () => {
    const answer = openShop({ later: true });
    const signal = openPage(shopify());
    VISITS.accepting(signal);
    signal.stop();
    answer();
    endOfScript();
    expect(calls).toEqual([]);
    expect(features).toHaveLength(1);
  });

  it('that does not load is reported', () => {
    openShop({ error: new Error('no such feature') });
    VISITS.accepting(openPage(shopify()));
    expect(errors).toEqual([new Error('no such feature')]);
    expect(calls).toEqual([]);
  });
});

describe('the sale of data', () => {
  it('is never spoken of where consent is asked for first', () => {
    openShop();
    VISITS['accepting, then withdrawing'](openPage(shopify()));
    expect(calls.flatMap(Object.keys)).not.toContain('sale_of_data');
  });

  it('is refused by an opt-out, and by nothing before it', () => {
    openShop();
    const { begin, consent } = openPage(shopify(), california);
    begin();
    expect(calls).toEqual([]);
    consent.optOut();
    expect(calls.at(-1)).toMatchObject({ marketing: false, sale_of_data: false });
  });

  it('is not granted by accepting everything', () => {
    openShop();
    VISITS.accepting(openPage(shopify(), california));
    expect(calls).toEqual([GRANTED]);
  });

  it('is granted again by the one who had refused it', () => {
    openShop();
    const { begin, consent } = openPage(shopify(), california);
    begin();
    consent.optOut();
    consent.save({ advertising: 'granted' });
    expect(calls.at(-1)).toMatchObject({ marketing: true, sale_of_data: true });
  });

  it('is left to Shopify where the browser asks for it, which Shopify sees by itself', () => {
    openShop();
    openPage(shopify(), { visitor: { region: 'us-ca', gpc: true } }).begin();
    expect(calls.at(-1)).toMatchObject({ marketing: false });
    expect(calls.flatMap(Object.keys)).not.toContain('sale_of_data');
  });
});

it('a map of marketing to analytics leaves it denied', () => {
  vi.spyOn(console, 'error').mockReturnValue();
  openShop();
  VISITS.accepting(openPage(shopify({ map: { marketing: 'analytics' } })));
  expect(calls).toEqual([{ ...GRANTED, marketing: false }]);
});
