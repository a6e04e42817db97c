import { describe, expect, it, vi } from 'vitest';
import { clarity } from '../../../src/signals/clarity.ts';
import { cleanGlobals, itHears, openPage, recordFunction, VISITS } from '../../fixtures/signals.ts';

cleanGlobals('clarity');

const told = (ad_Storage: string, analytics_Storage: string) => [
  'consentv2',
  { ad_Storage, analytics_Storage },
];
const GRANTED = told('granted', 'granted');
const DENIED = told('denied', 'denied');

itHears(clarity, () => recordFunction('clarity'), {
  'nothing is known yet': [],
  'a first visit': [],
  accepting: [GRANTED],
  refusing: [DENIED],
  'granting analytics alone': [told('denied', 'granted')],
  'accepting, then withdrawing': [GRANTED, DENIED],
  'back after accepting': [GRANTED],
  'back after refusing': [DENIED],
  'accepting, then reset': [GRANTED, DENIED],
  'accepting after the signal was stopped': [],
});

type Clarity = ((...args: unknown[]) => void) & { q?: unknown[][] };
const page = globalThis as { clarity?: Clarity };

/** Double of Clarity's loading snippet: a function that gathers calls, unless there is one. */
function snippet(): void {
  const stub: Clarity = (...args) => {
    stub.q ??= [];
    stub.q.push(args);
  };
  page.clarity ??= stub;
}

/** Double of its script: takes over what was gathered. */
function load(): unknown[][] {
  const heard: unknown[][] = [];
  const gathered = page.clarity?.q ?? [];
  page.clarity = (...args) => void heard.push(args);
  for (const call of gathered) page.clarity(...call);
  return heard;
}

describe('the script of Clarity', () => {
  it('hears a choice that was made before its snippet ran', async () => {
    VISITS.accepting(openPage(clarity()));
    snippet();
    await Promise.resolve();
    expect(load()).toEqual([GRANTED]);
  });

  it('hears the choice before what the page has to say', () => {
    VISITS.accepting(openPage(clarity()));
    snippet();
    page.clarity?.('set', 'plan', 'free');
    expect(load()).toEqual([GRANTED, ['set', 'plan', 'free']]);
  });

  it('hears a choice that is made between its snippet and its coming', () => {
    snippet();
    VISITS.accepting(openPage(clarity()));
    expect(load()).toEqual([GRANTED]);
  });

  it('hears what is made after it, and nothing before', () => {
    const { begin, consent } = openPage(clarity());
    snippet();
    const heard = load();
    begin();
    expect(heard).toEqual([]);
    consent.rejectAll();
    expect(heard).toEqual([DENIED]);
  });

  it('hears the last of two choices alone, when both were made before its snippet', () => {
    VISITS['accepting, then withdrawing'](openPage(clarity()));
    snippet();
    page.clarity?.('start');
    expect(load()).toEqual([DENIED, ['start']]);
  });

  it('finds nothing in its place after a stop', () => {
    const signal = openPage(clarity());
    VISITS.accepting(signal);
    signal.stop();
    expect('clarity' in globalThis).toBe(false);
  });
});

it('a map of its storage for ads to analytics leaves that denied', () => {
  vi.spyOn(console, 'error').mockReturnValue();
  const calls = recordFunction('clarity');
  VISITS.accepting(openPage(clarity({ map: { ad_Storage: 'analytics' } })));
  expect(calls).toEqual([told('denied', 'granted')]);
});
