import { describe, expect, it, vi } from 'vitest';
import { intercom } from '../../../src/signals/intercom.ts';
import { cleanGlobals, itHears, openPage, recordFunction, VISITS } from '../../fixtures/signals.ts';

cleanGlobals('Intercom', 'intercomSettings');

const shutdown = ['shutdown'];

/** A double of Intercom's snippet: a function that keeps calls, unless there is one. */
const runSnippetDouble = () => {
  const q: unknown[][] = [];
  Reflect.set(
    globalThis,
    'Intercom',
    Object.assign((...args: unknown[]) => void q.push(args), { q }),
  );
  return q;
};

describe('intercom', () => {
  itHears(intercom, () => recordFunction('Intercom'), {
    'nothing is known yet': [],
    'a first visit': [],
    accepting: [],
    refusing: [shutdown],
    'granting analytics alone': [shutdown],
    'accepting, then withdrawing': [shutdown],
    'back after accepting': [],
    'back after refusing': [shutdown],
    'accepting, then reset': [shutdown],
    'accepting after the signal was stopped': [],
  });

  it('boots again with the settings of the page where it is granted after it was shut down', () => {
    const calls = recordFunction('Intercom');
    vi.stubGlobal('intercomSettings', { app_id: 'a' });
    const { begin, consent } = openPage(intercom());
    begin();
    consent.rejectAll();
    consent.acceptAll();
    expect(calls).toEqual([shutdown, ['boot', { app_id: 'a' }]]);
  });

  it('is shut down once', () => {
    const calls = recordFunction('Intercom');
    const { begin, consent } = openPage(intercom());
    begin();
    consent.rejectAll();
    consent.save({ analytics: 'granted' });
    expect(calls).toEqual([shutdown]);
  });

  it('does nothing while the script is held, and makes no global', () => {
    VISITS.refusing(openPage(intercom()));
    expect('Intercom' in globalThis).toBe(false);
    expect(runSnippetDouble()).toEqual([]);
  });

  it('is shut down after it has booted, where the snippet was first', () => {
    const q = runSnippetDouble();
    (Reflect.get(globalThis, 'Intercom') as (...args: unknown[]) => void)('boot', { app_id: 'a' });
    VISITS['back after refusing'](openPage(intercom()));
    expect(q).toEqual([['boot', { app_id: 'a' }], shutdown]);
  });

  it('goes by another category where the site says so', () => {
    const calls = recordFunction('Intercom');
    VISITS['granting analytics alone'](openPage(intercom({ map: { messenger: 'analytics' } })));
    expect(calls).toEqual([]);
  });
});
