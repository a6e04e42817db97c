import { describe, expect, it, vi } from 'vitest';
import { hubspot } from '../../../src/signals/hubspot.ts';
import { cleanGlobals, itHears, openPage, recordPushes, VISITS } from '../../fixtures/signals.ts';

cleanGlobals('_hsp', 'disableHubSpotCookieBanner');

const told = (analytics: boolean, advertisement = analytics, functionality = analytics) => [
  ['setHubSpotConsent', { analytics, advertisement, functionality }],
];
const none = told(false);
const every = told(true);
const revoked = [['revokeCookieConsent']];

/** A double of HubSpot's script: the consent that its list says, and what was revoked. */
const loadDouble = () => {
  const state = { consent: undefined as unknown, revoked: 0 };
  const push = ([command, value]: readonly unknown[]) => {
    if (command === 'setHubSpotConsent') state.consent = value;
    else state.revoked++;
  };
  for (const call of Reflect.get(globalThis, '_hsp') ?? []) push(call);
  Reflect.set(globalThis, '_hsp', { push });
  return state;
};

describe('hubspot', () => {
  itHears(hubspot, () => recordPushes('_hsp'), {
    'nothing is known yet': [none],
    'a first visit': [none],
    accepting: [none, every],
    refusing: [none, none],
    'granting analytics alone': [none, told(true, false, false)],
    'accepting, then withdrawing': [none, every, revoked, none],
    'back after accepting': [none, every],
    'back after refusing': [none, none],
    'accepting, then reset': [none, every, revoked, none],
    'accepting after the signal was stopped': [none],
  });

  it('is heard by a script that comes after the choice, and by one that was first', () => {
    const granted = { analytics: true, advertisement: true, functionality: true };
    VISITS.accepting(openPage(hubspot()));
    expect(loadDouble()).toEqual({ consent: granted, revoked: 0 });
    VISITS.accepting(openPage(hubspot()));
    Reflect.deleteProperty(globalThis, '_hsp');
    const running = loadDouble();
    VISITS.accepting(openPage(hubspot()));
    expect(running).toEqual({ consent: granted, revoked: 0 });
  });

  it('says it to the script that has taken over the list meanwhile', () => {
    const { begin, consent } = openPage(hubspot());
    const running = loadDouble();
    begin();
    consent.acceptAll();
    consent.withdraw();
    expect(running).toEqual({
      consent: { analytics: false, advertisement: false, functionality: false },
      revoked: 1,
    });
  });

  it('grants no advertisement by a category that says nothing of it', () => {
    const error = vi.spyOn(console, 'error').mockImplementation(() => {});
    const calls = recordPushes('_hsp');
    VISITS['granting analytics alone'](openPage(hubspot({ map: { advertisement: 'analytics' } })));
    expect(calls.at(-1)).toEqual(told(true, false, false));
    expect(error).toHaveBeenCalledOnce();
  });

  it('leaves the banner of HubSpot alone, unless it is told', () => {
    openPage(hubspot());
    expect(Reflect.get(globalThis, 'disableHubSpotCookieBanner')).toBeUndefined();
    openPage(hubspot({ disableBanner: true }));
    expect(Reflect.get(globalThis, 'disableHubSpotCookieBanner')).toBe(true);
  });
});
