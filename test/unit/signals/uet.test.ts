import { describe, expect, it, vi } from 'vitest';
import { uet } from '../../../src/signals/uet.ts';
import { cleanGlobals, itHears, openPage, recordPushes, VISITS } from '../../fixtures/signals.ts';
import { uet as uetDouble } from '../../support/vendor-doubles/uet.ts';
import { recordTag } from '../../support/vendor-doubles/vendor-double.ts';

cleanGlobals('uetq');

const DEFAULT = ['consent', 'default', { ad_storage: 'denied' }];
const GRANTED = ['consent', 'update', { ad_storage: 'granted' }];
const DENIED = ['consent', 'update', { ad_storage: 'denied' }];

itHears(uet, () => recordPushes('uetq'), {
  'nothing is known yet': [DEFAULT],
  'a first visit': [DEFAULT],
  accepting: [DEFAULT, GRANTED],
  refusing: [DEFAULT, DENIED],
  'granting analytics alone': [DEFAULT, DENIED],
  'accepting, then withdrawing': [DEFAULT, GRANTED, DENIED],
  'back after accepting': [DEFAULT, GRANTED],
  'back after refusing': [DEFAULT, DENIED],
  'accepting, then reset': [DEFAULT, GRANTED, DENIED],
  'accepting after the signal was stopped': [DEFAULT],
});

const load = () => {
  const { heard, tag } = recordTag();
  uetDouble.load(tag);
  return heard;
};

describe('the tag of Microsoft', () => {
  it('that loads after the choice hears the denied default first, then the choice', () => {
    VISITS.accepting(openPage(uet()));
    expect(load()).toEqual([DEFAULT, GRANTED]);
  });

  it('that loads before the choice hears it as it is made', () => {
    const { begin, consent } = openPage(uet());
    const heard = load();
    begin();
    consent.acceptAll();
    consent.withdraw();
    expect(heard).toEqual([DEFAULT, GRANTED, DENIED]);
  });

  it('that loads before bandeau hears both', () => {
    const heard = load();
    VISITS.accepting(openPage(uet()));
    expect(heard).toEqual([DEFAULT, GRANTED]);
  });
});

it('a map to analytics leaves it denied', () => {
  vi.spyOn(console, 'error').mockReturnValue();
  const calls = recordPushes('uetq');
  VISITS.accepting(openPage(uet({ map: { ad_storage: 'analytics' } })));
  expect(calls).toEqual([DEFAULT, DENIED]);
});
