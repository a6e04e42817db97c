import { describe, expect, it, vi } from 'vitest';
import { amazon } from '../../../src/signals/amazon.ts';
import { cleanGlobals, itHears, openPage, recordFunction, VISITS } from '../../fixtures/signals.ts';
import { amazon as amazonDouble } from '../../support/vendor-doubles/amazon.ts';
import { recordTag } from '../../support/vendor-doubles/vendor-double.ts';

cleanGlobals('amznConsent');

const told = (isGranted: boolean, country: object = {}) => [
  { ...country, enableAdStorage: isGranted, enableUserData: isGranted },
];
const GRANTED = told(true);
const DENIED = told(false);

itHears(amazon, () => recordFunction('amznConsent'), {
  'nothing is known yet': [],
  'a first visit': [],
  accepting: [GRANTED],
  refusing: [DENIED],
  'granting analytics alone': [DENIED],
  'accepting, then withdrawing': [GRANTED, DENIED],
  'back after accepting': [GRANTED],
  'back after refusing': [DENIED],
  'accepting, then reset': [GRANTED, DENIED],
  'accepting after the signal was stopped': [],
});

const load = () => {
  const { heard, tag } = recordTag();
  amazonDouble.load(tag);
  return heard;
};

describe("Amazon's script", () => {
  it('that comes after the choice hears it as soon as it is there', async () => {
    VISITS.accepting(openPage(amazon()));
    const cookie = load();
    await Promise.resolve();
    expect(cookie).toEqual([GRANTED]);
  });

  it('that comes before the choice hears it as it is made', () => {
    const cookie = load();
    const { begin, consent } = openPage(amazon());
    begin();
    expect(cookie).toEqual([]);
    consent.acceptAll();
    consent.withdraw();
    expect(cookie).toEqual([GRANTED, DENIED]);
  });

  it('hears nothing after a stop', async () => {
    const signal = openPage(amazon());
    VISITS.accepting(signal);
    signal.stop();
    const cookie = load();
    await Promise.resolve();
    expect(cookie).toEqual([]);
  });
});

describe('the country', () => {
  it.each([
    ['fr', 'FR'],
    ['us-ca', 'US'],
    ['gb', 'GB'],
  ])('of a visitor in %s is %s', (region, countryCode) => {
    const calls = recordFunction('amznConsent');
    VISITS.accepting(openPage(amazon(), { visitor: { region } }));
    expect(calls).toEqual([told(true, { countryCode })]);
  });

  it('is left out where all that is known is the European Union', () => {
    const calls = recordFunction('amznConsent');
    VISITS.accepting(openPage(amazon(), { visitor: { region: 'eu' } }));
    expect(calls).toEqual([GRANTED]);
  });

  it('is that of the options, when there is one', () => {
    const calls = recordFunction('amznConsent');
    VISITS.refusing(openPage(amazon({ country: 'BE' }), { visitor: { region: 'fr' } }));
    expect(calls).toEqual([told(false, { countryCode: 'BE' })]);
  });
});

it('what the law grants without being asked is not stored by Amazon', () => {
  const calls = recordFunction('amznConsent');
  const { begin, consent } = openPage(amazon(), { visitor: { region: 'us-ca' } });
  begin();
  expect(calls).toEqual([]);
  consent.optOut();
  expect(calls).toEqual([told(false, { countryCode: 'US' })]);
});

it('a map to analytics leaves it denied', () => {
  vi.spyOn(console, 'error').mockReturnValue();
  const calls = recordFunction('amznConsent');
  const map = { amzn_ad_storage: 'analytics', amzn_user_data: 'stats' };
  VISITS.accepting(openPage(amazon({ map })));
  expect(calls).toEqual([DENIED]);
});
