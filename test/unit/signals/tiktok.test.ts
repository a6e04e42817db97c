import { describe, expect, it, vi } from 'vitest';
import { tiktok } from '../../../src/signals/tiktok.ts';
import { cleanGlobals, itHears, openPage, recordPushes, VISITS } from '../../fixtures/signals.ts';
import { tiktok as tiktokDouble } from '../../support/vendor-doubles/tiktok.ts';
import { recordTag } from '../../support/vendor-doubles/vendor-double.ts';

cleanGlobals('ttq');

/** Each call is a list that is pushed. */
const GRANT = [['grantConsent']];
const REVOKE = [['revokeConsent']];

itHears(tiktok, () => recordPushes('ttq'), {
  'nothing is known yet': [],
  'a first visit': [],
  accepting: [GRANT],
  refusing: [REVOKE],
  'granting analytics alone': [REVOKE],
  'accepting, then withdrawing': [GRANT, REVOKE],
  'back after accepting': [GRANT],
  'back after refusing': [REVOKE],
  'accepting, then reset': [GRANT, REVOKE],
  'accepting after the signal was stopped': [],
});

const page = globalThis as { ttq?: unknown };
const { snippet } = tiktokDouble;
const load = () => {
  const { heard, tag } = recordTag();
  tiktokDouble.load(tag);
  return heard;
};
const call = (method: string) => {
  if (page.ttq) Reflect.get(page.ttq, method)();
};

describe('the pixel', () => {
  it('hears a choice that was made before its base code ran, first of all', () => {
    VISITS.accepting(openPage(tiktok()));
    snippet();
    call('page');
    expect(load()).toEqual([['grantConsent'], ['page']]);
  });

  it('hears a choice that is made between its base code and its coming, before what the page has to say', () => {
    const { begin, consent } = openPage(tiktok());
    snippet();
    call('page');
    begin();
    consent.rejectAll();
    expect(load()).toEqual([['revokeConsent'], ['page']]);
  });

  it('hears what is chosen after it has come', () => {
    const { begin, consent } = openPage(tiktok());
    snippet();
    const heard = load();
    begin();
    consent.acceptAll();
    consent.withdraw();
    expect(heard).toEqual([['grantConsent'], ['revokeConsent']]);
  });

  it('is held before anything, on request', () => {
    const { begin, consent } = openPage(tiktok({ hold: true }));
    snippet();
    call('page');
    begin();
    consent.acceptAll();
    expect(load()).toEqual([['holdConsent'], ['grantConsent'], ['page']]);
  });

  it('finds nothing in its place before a choice', () => {
    openPage(tiktok()).begin();
    expect('ttq' in globalThis).toBe(false);
  });
});

it('a map to analytics leaves it revoked', () => {
  vi.spyOn(console, 'error').mockReturnValue();
  const calls = recordPushes('ttq');
  VISITS.accepting(openPage(tiktok({ map: { consent: 'analytics' } })));
  expect(calls).toEqual([REVOKE]);
});
