import { afterEach, describe, expect, it } from 'vitest';
import { reportGoogleTags } from '../../src/debug.ts';
import { decide } from '../../src/model/decide.ts';
import type { Consent, GateEntry, Policy, SignalSettings } from '../../src/types.ts';
import { environment, normalized, policyWith } from '../fixtures/policy.ts';

const TAG = 'https://www.googletagmanager.com/gtag/js?id=G-1';
const GOOGLE: SignalSettings = { name: 'google' };
const receipt = decide(normalized(), {}, { analytics: 'granted' }, 'custom', environment());

// It fetches nothing, and is not to complain about that.
const { settings } = Reflect.get(window, 'happyDOM');
settings.handleDisabledFileLoadingAsSuccess = true;

const page = (html: string) => {
  document.head.innerHTML = html;
  return [...document.head.children];
};
const stops: (() => void)[] = [];

interface Visit {
  readonly signals?: Policy['signals'];
  readonly entries?: readonly GateEntry[];
  readonly handle?: Partial<Pick<Consent, 'receipt' | 'regime'>>;
}
/** What is told of the page. */
function told({ signals = [GOOGLE], entries = [], handle = {} }: Visit = {}): string[] {
  const lines: string[] = [];
  const consent = { receipt: null, regime: 'opt-in', report: () => entries, ...handle } as const;
  stops.push(reportGoogleTags(consent, policyWith({ signals }), { warn: (line) => lines.push(line) }));
  dispatchEvent(new Event('load'));
  return lines;
}

afterEach(() => {
  for (const stop of stops.splice(0)) stop();
  document.head.innerHTML = '';
});

describe('a tag of Google that is not held', () => {
  it.each([TAG, 'https://www.googletagmanager.com/gtm.js?id=GTM-1'])('is told of, once: %s', (src) => {
    page(`<script async src="${src}"></script>`);
    const lines = told();
    dispatchEvent(new Event('load'));
    expect(lines).toEqual([expect.stringContaining(`${src} loads before the choice`)]);
  });

  it('is told of where the signal is named alone, or says that it is not advanced', () => {
    page(`<script async src="${TAG}"></script>`);
    expect(told({ signals: ['google'] })).toHaveLength(1);
    expect(told({ signals: ['uet', { ...GOOGLE, advanced: false }] })).toHaveLength(1);
  });

  it.each<[string, Visit]>([
    ['no signal of Google', { signals: ['uet'] }],
    ['no signal', { signals: [] }],
    ['a signal that is advanced', { signals: [{ ...GOOGLE, advanced: true }] }],
    ['a visitor who has chosen', { handle: { receipt } }],
    ['a region where nothing is asked first', { handle: { regime: 'opt-out' } }],
  ])('is not told of with %s', (_, visit) => {
    page(`<script async src="${TAG}"></script>`);
    expect(told(visit)).toEqual([]);
  });

  it('is not told of when it was released', () => {
    const [element] = page(`<script src="${TAG}"></script>`);
    if (element) expect(told({ entries: [{ action: 'released', service: 'g', element }] })).toEqual([]);
    expect(told({ entries: [{ action: 'erased', service: 'g', name: '_ga' }] })).toHaveLength(1);
  });

  it('is not told of when a script that was released has inserted it', () => {
    const [element] = page(
      `<script type="text/plain">load("https://www.googletagmanager.com/gtm.js")</script><script src="${TAG}"></script>`,
    );
    if (element) expect(told({ entries: [{ action: 'released', service: 'g', element }] })).toEqual([]);
  });

  it.each([
    `<script type="text/plain" data-category="analytics" src="${TAG}"></script>`,
    `<script type="text/plain" data-category="analytics" data-src="${TAG}"></script>`,
    '<script src="https://www.example.org/gtm.js"></script>',
    '<script>"https://www.googletagmanager.com/gtm.js"</script>',
  ])('is another than %s', (html) => {
    page(html);
    expect(told()).toEqual([]);
  });
});
