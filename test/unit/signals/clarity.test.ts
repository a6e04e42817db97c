import { describe, expect, it, vi } from 'vitest';
import { clarity } from '../../../src/signals/clarity.ts';
import { cleanGlobals, itHears, openPage, recordFunction, VISITS } from '../../fixtures/signals.ts';
import { clarity as clarityDouble } from '../../support/vendor-doubles/clarity.ts';
import { recordTag } from '../../support/vendor-doubles/vendor-double.ts';

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

const START = ['start'];
const page = globalThis as { clarity?: (...args: unknown[]) => void };
const { snippet } = clarityDouble;
const load = () => {
  const { heard, tag } = recordTag();
  clarityDouble.load(tag);
  return heard;
};

describe('the script of Clarity', () => {
  it('hears a choice that was made before its snippet ran', async () => {
    VISITS.accepting(openPage(clarity()));
    snippet();
    await Promise.resolve();
    expect(load()).toEqual([GRANTED, START]);
  });

  it('hears the choice before what the page has to say', () => {
    VISITS.accepting(openPage(clarity()));
    snippet();
    page.clarity?.('set', 'plan', 'free');
    expect(load()).toEqual([GRANTED, ['set', 'plan', 'free'], START]);
  });

  it('hears a choice that is made between its snippet and its coming', () => {
    snippet();
    VISITS.accepting(openPage(clarity()));
    expect(load()).toEqual([GRANTED, START]);
  });

  it('hears what is made after it, and nothing before', () => {
    const { begin, consent } = openPage(clarity());
    snippet();
    const heard = load();
    begin();
    expect(heard).toEqual([START]);
    consent.rejectAll();
    expect(heard).toEqual([START, DENIED]);
  });

  it('hears the last of two choices alone, when both were made before its snippet', () => {
    VISITS['accepting, then withdrawing'](openPage(clarity()));
    snippet();
    expect(load()).toEqual([DENIED, START]);
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
