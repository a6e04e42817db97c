import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { wordpress } from '../../../src/signals/wordpress.ts';
import { cleanGlobals, itHears, openPage, PageEvents, VISITS } from '../../fixtures/signals.ts';

cleanGlobals('wp_consent_type', 'wp_has_consent', 'wp_set_consent');

const CATEGORIES = ['functional', 'preferences', 'statistics', 'statistics-anonymous', 'marketing'];
let site = new PageEvents();
/** What the plugin has on the device, and in which order it was put there. */
let cookies = new Map<string, string>();
let calls: string[][] = [];

/**
 * Double of the client side of the WP Consent API plugin, from its readme: a category is granted where no law is known,
 * and by `allow`; also by nothing, where the law lets visitors opt out.
 */
function loadPlugin(): void {
  // As a declaration at the top of its script, which sets nothing that could be watched.
  const declare = (name: string, value: unknown) =>
    Object.defineProperty(globalThis, name, { value, writable: true, enumerable: true, configurable: true });
  declare('wp_has_consent', (category: string) => {
    const type: string | undefined = Reflect.get(globalThis, 'wp_consent_type');
    const answer = cookies.get(category);
    return !type || answer === 'allow' || (type === 'optout' && !answer);
  });
  declare('wp_set_consent', (category: string, value: string) => {
    calls.push([category, value]);
    cookies.set(category, value);
  });
}
/** The end of a script of the page. */
const endOfScript = () => site.dispatchEvent(new Event('load'));
const granted = () => CATEGORIES.filter((category) => Reflect.get(globalThis, 'wp_has_consent')(category));

beforeEach(() => {
  site = new PageEvents();
  vi.stubGlobal('document', site);
});
afterEach(() => {
  cookies = new Map();
  calls = [];
});

const GRANTED = CATEGORIES.map((category) => [category, 'allow']);
/** Nothing is granted where nothing was: that needs no cookie. */
const FUNCTIONAL = [['functional', 'allow']];
const TAKEN_BACK = CATEGORIES.slice(1).map((category) => [category, 'deny']);

describe('the plugin', () => {
  itHears(
    wordpress,
    () => {
      loadPlugin();
      return calls;
    },
    {
      'nothing is known yet': [],
      'a first visit': [],
      accepting: GRANTED,
      refusing: FUNCTIONAL,
      'granting analytics alone': [
        ['functional', 'allow'],
        ['statistics', 'allow'],
        ['statistics-anonymous', 'allow'],
      ],
      'accepting, then withdrawing': [...GRANTED, ...TAKEN_BACK],
      'back after accepting': GRANTED,
      'back after refusing': FUNCTIONAL,
      'accepting, then reset': [...GRANTED, ...TAKEN_BACK],
      'accepting after the signal was stopped': [],
    },
  );

  it('that comes after the choice hears it, at the end of its script', () => {
    VISITS.accepting(openPage(wordpress()));
    endOfScript();
    expect(calls).toEqual([]);
    loadPlugin();
    endOfScript();
    endOfScript();
    expect(calls).toEqual(GRANTED);
  });

  it('that is in a script of the page itself hears it once the page is read', () => {
    VISITS.accepting(openPage(wordpress()));
    loadPlugin();
    site.dispatchEvent(new Event('DOMContentLoaded'));
    expect(calls).toEqual(GRANTED);
  });

  it('hears nothing twice on the next page', () => {
    loadPlugin();
    VISITS['back after accepting'](openPage(wordpress()));
    VISITS['back after accepting'](openPage(wordpress()));
    expect(calls).toEqual(GRANTED);
  });

  it('takes nothing for granted before a choice, though it would without a word', () => {
    loadPlugin();
    expect(granted()).toEqual(CATEGORIES);
    openPage(wordpress()).begin();
    expect(granted()).toEqual([]);
    expect(cookies.size).toBe(0);
  });

  it('goes by what was chosen on the page before until that is known again', () => {
    loadPlugin();
    for (const category of CATEGORIES) cookies.set(category, 'allow');
    const { begin } = openPage(wordpress());
    endOfScript();
    expect(granted()).toEqual(CATEGORIES);
    begin({ analytics: 'granted', preference: 'granted', personalization: 'granted' });
    expect(granted()).toEqual(CATEGORIES.slice(0, -1));
  });

  it('loses an answer that no longer holds, while the visitor is asked again', () => {
    for (const category of CATEGORIES) cookies.set(category, 'allow');
    openPage(wordpress()).begin();
    loadPlugin();
    endOfScript();
    expect(granted()).toEqual(['functional']);
    expect(calls).toEqual(TAKEN_BACK);
  });

  it('hears nothing more after a stop', () => {
    const signal = openPage(wordpress());
    VISITS.accepting(signal);
    signal.stop();
    loadPlugin();
    endOfScript();
    expect(calls).toEqual([]);
  });
});

describe('the law', () => {
  it.each([
    ['fr', 'optin'],
    ['us-ca', 'optout'],
  ])('of a visitor in %s is %s, and is told before anything else', (region, type) => {
    const types: unknown[] = [];
    site.addEventListener('wp_consent_type_defined', () =>
      types.push(Reflect.get(globalThis, 'wp_consent_type')),
    );
    openPage(wordpress(), { visitor: { region } });
    expect(types).toEqual([type]);
  });

  it('that lets sites ask afterwards stores nothing before a visitor opts out', () => {
    loadPlugin();
    const { begin, consent } = openPage(wordpress(), { visitor: { region: 'us-ca' } });
    begin();
    expect(granted()).toEqual(CATEGORIES);
    expect(calls).toEqual([]);
    consent.optOut();
    expect(granted()).not.toContain('marketing');
    expect(calls).toContainEqual(['marketing', 'deny']);
  });

  it('hears what the browser asks for by itself', () => {
    loadPlugin();
    openPage(wordpress(), { visitor: { region: 'us-ca', gpc: true } }).begin();
    expect(granted()).not.toContain('marketing');
  });
});

it('a map of marketing to analytics leaves it denied', () => {
  vi.spyOn(console, 'error').mockReturnValue();
  loadPlugin();
  VISITS.accepting(openPage(wordpress({ map: { marketing: 'analytics' } })));
  expect(granted()).toEqual(CATEGORIES.slice(0, -1));
});

it('preferences wait for each of the categories that they stand for', () => {
  loadPlugin();
  const { begin, consent } = openPage(wordpress());
  begin();
  consent.save({ preference: 'granted' });
  expect(granted()).not.toContain('preferences');
  consent.save({ personalization: 'granted' });
  expect(granted()).toContain('preferences');
});
