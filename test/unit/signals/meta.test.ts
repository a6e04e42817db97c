import { describe, expect, it, vi } from 'vitest';
import { meta } from '../../../src/signals/meta.ts';
import { cleanGlobals, itHears, openPage, recordFunction, VISITS } from '../../fixtures/signals.ts';
import { meta as metaDouble } from '../../support/vendor-doubles/meta.ts';
import { recordTag } from '../../support/vendor-doubles/vendor-double.ts';

cleanGlobals('fbq', '_fbq');

const REVOKE = ['consent', 'revoke'];
const GRANT = ['consent', 'grant'];

itHears(meta, () => recordFunction('fbq'), {
  'nothing is known yet': [REVOKE],
  'a first visit': [REVOKE],
  accepting: [REVOKE, GRANT],
  refusing: [REVOKE, REVOKE],
  'granting analytics alone': [REVOKE, REVOKE],
  'accepting, then withdrawing': [REVOKE, GRANT, REVOKE],
  'back after accepting': [REVOKE, GRANT],
  'back after refusing': [REVOKE, REVOKE],
  'accepting, then reset': [REVOKE, GRANT, REVOKE],
  'accepting after the signal was stopped': [REVOKE],
});

const page = globalThis as { fbq?: (...args: unknown[]) => void };
const { snippet } = metaDouble;
const load = () => {
  const { heard, tag } = recordTag();
  metaDouble.load(tag);
  return heard;
};
const init = () => page.fbq?.('init', 'id');
const INIT = ['init', 'id'];

describe('the pixel', () => {
  it('loads although bandeau was first, and is revoked before it begins', () => {
    openPage(meta()).begin();
    snippet();
    expect(page.fbq).toBeDefined();
    init();
    expect(load()).toEqual([REVOKE, INIT]);
  });

  it('begins granted where that was the choice, without a word of the denial before', () => {
    VISITS['back after accepting'](openPage(meta()));
    snippet();
    init();
    expect(load()).toEqual([GRANT, INIT]);
  });

  it('hears a choice that is made after it has loaded', () => {
    const { begin, consent } = openPage(meta());
    snippet();
    init();
    const heard = load();
    begin();
    consent.acceptAll();
    consent.withdraw();
    expect(heard).toEqual([REVOKE, INIT, GRANT, REVOKE]);
  });

  it('is revoked at once where it was first', () => {
    snippet();
    init();
    const heard = load();
    openPage(meta()).begin();
    expect(heard).toEqual([INIT, REVOKE]);
  });

  it('that has not come yet is told before what the page has to say', () => {
    snippet();
    init();
    const { begin, consent } = openPage(meta());
    begin();
    consent.acceptAll();
    expect(load()).toEqual([REVOKE, GRANT, INIT]);
  });

  it('hears the choice after the denial, where bandeau was before its snippet', () => {
    const { begin, consent } = openPage(meta());
    snippet();
    init();
    begin();
    consent.acceptAll();
    expect(load()).toEqual([REVOKE, GRANT, INIT]);
  });

  it('is left alone after a stop', () => {
    openPage(meta()).stop();
    snippet();
    init();
    expect(load()).toEqual([INIT]);
  });
});

describe('limited data use', () => {
  const LIMITED = ['dataProcessingOptions', ['LDU'], 0, 0];
  const UNLIMITED = ['dataProcessingOptions', []];
  const california = { visitor: { region: 'us-ca' } };

  it('is asked for before consent is revoked, and lifted before it is granted', () => {
    const calls = recordFunction('fbq');
    const { begin, consent } = openPage(meta({ limitedDataUse: true }), california);
    begin();
    consent.optOut();
    expect(calls).toEqual([LIMITED, REVOKE, UNLIMITED, GRANT, LIMITED, REVOKE]);
  });

  it('is asked for before the pixel begins', () => {
    const { begin, consent } = openPage(meta({ limitedDataUse: true }), california);
    begin();
    consent.optOut();
    snippet();
    init();
    expect(load()).toEqual([LIMITED, REVOKE, INIT]);
  });

  it('is not asked for without the option', () => {
    const calls = recordFunction('fbq');
    VISITS.refusing(openPage(meta(), california));
    expect(calls.flat()).not.toContain('dataProcessingOptions');
  });

  it('is not asked for where nothing may run before consent', () => {
    const calls = recordFunction('fbq');
    VISITS.refusing(openPage(meta({ limitedDataUse: true }), { visitor: { region: 'fr' } }));
    expect(calls).toEqual([REVOKE, REVOKE]);
  });
});

it('a map to analytics leaves it revoked', () => {
  vi.spyOn(console, 'error').mockReturnValue();
  const calls = recordFunction('fbq');
  VISITS.accepting(openPage(meta({ map: { consent: 'analytics' } })));
  expect(calls).toEqual([REVOKE, REVOKE]);
});
