import fc from 'fast-check';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { begin, decorate } from '../../src/effects/carry-over/carry-over.ts';
import { decodePassed, encodePassed, putInto, takeFrom } from '../../src/effects/carry-over/passed-choice.ts';
import { addMonths } from '../../src/model/lifetime.ts';
import { encodeReceipt } from '../../src/model/receipt.ts';
import type { Choices, ConsentOptions, Receipt } from '../../src/types.ts';
import { createPage } from '../fixtures/carry-context.ts';
import { ACCEPTED, NOW, PARTLY, policyWith, REFUSED, receiptOf } from '../fixtures/policy.ts';

const DAY = 864e5;
const POLICY = policyWith({ scope: { sites: ['one.example', 'two.example'] } });
const decided = (wanted: Choices, agoMs: number, id = 'from-one'): Receipt => ({
  ...receiptOf(wanted, { policy: POLICY, now: NOW - agoMs }),
  id,
});
const YES = decided(ACCEPTED, DAY);
const on = (options: Parameters<typeof createPage>[0] = {}) =>
  createPage({ policy: POLICY, options: { sisterSites: true }, ...options });

afterEach(() => vi.unstubAllGlobals());

describe('a link to a sister site', () => {
  const link = async (address: string, page: Parameters<typeof createPage>[0] = {}) => {
    const all = on({
      address: 'https://one.example/',
      cookies: { bandeau: encodeReceipt(YES) },
      ...page,
    });
    all.startStorage();
    return decorate(all.context, address);
  };

  it.each([
    ['https://two.example', 'https://two.example#bandeau='],
    ['https://two.example/a', 'https://two.example/a#bandeau='],
    ['https://two.example/a?b=%20c#d?e', 'https://two.example/a?b=%20c#bandeau='],
    ['https://two.example/a#', 'https://two.example/a#bandeau='],
    ['https://two.example/a?bandeau=x#a&b', 'https://two.example/a?bandeau=x#bandeau='],
    ['http://two.example:8080/a?#:~:text=a', 'http://two.example:8080/a?#bandeau='],
  ])(
    '%s has the choice in its fragment, where no server sees it, and nothing else changed',
    async (address, start) => {
      const decorated = await link(address);
      expect(decorated.startsWith(start)).toBe(true);
      expect(takeFrom(decorated).rest).toBe(address);
      expect(decodePassed(takeFrom(decorated).passed[0] ?? '')).toMatchObject({
        receipt: YES,
        madeAt: NOW,
        host: 'two.example',
      });
    },
  );

  it('that was decorated before has one choice', async () => {
    const twice = await link(await link('https://two.example/?a=b'));
    expect(takeFrom(twice)).toEqual({ passed: [expect.any(String)], rest: 'https://two.example/?a=b' });
  });

  it.each([
    'https://one.example/own',
    'https://three.example/',
    'https://sub.two.example/',
    'ftp://two.example/',
    'javascript:alert(1)',
    '/relative',
    '',
  ])('%j stays as it is', async (address) => {
    expect(await link(address)).toBe(address);
  });

  it('stays as it is without a decision, without the option, and for an account', async () => {
    const address = 'https://two.example/';
    expect(await link(address, { cookies: {} })).toBe(address);
    expect(await link(address, { options: {} })).toBe(address);
    const page = on({ address: 'https://one.example/', cookies: { bandeau: encodeReceipt(YES) } });
    page.startStorage();
    page.inbound.hasAccount = true;
    expect(await decorate(page.context, address)).toBe(address);
  });
});

interface Arrival {
  readonly receipt?: Receipt;
  readonly madeAt?: number;
  readonly host?: string;
  readonly referrer?: string;
  readonly address?: string;
  readonly cookies?: Record<string, string>;
  readonly options?: Pick<ConsentOptions, 'sisterSites' | 'account'>;
  readonly isFull?: boolean;
  readonly tamper?: (encoded: string) => string;
}

const arrive = async (arrival: Arrival = {}) => {
  const {
    receipt = YES,
    madeAt = NOW - 1000,
    host = 'two.example',
    tamper = (text) => text,
    ...page
  } = arrival;
  const encoded = tamper(encodePassed({ receipt, madeAt, host, nonce: 'abcd1234' }));
  const { referrer = 'https://one.example/', address = 'https://two.example/a?b=c#d' } = arrival;
  const all = on({ ...page, referrer, address: putInto(address, encoded) });
  const after = await begin(all.context);
  all.startStorage();
  after();
  return all;
};

describe('an arrival from a sister site', () => {
  it('takes the choice over as it is', async () => {
    const { own, state, expiries, decisions } = await arrive();
    expect(own()).toEqual(YES);
    expect(state.$choices.get()['matomo']).toBe('granted');
    expect(expiries.get('bandeau')).toBe(addMonths(YES.time, 6));
    expect(decisions).toEqual([{ receipt: YES, previousId: null, shown: null, importedFrom: 'sister-site' }]);
  });

  it('is recorded as what replaces the decision that was in force here', async () => {
    const older = encodeReceipt(decided(ACCEPTED, 2 * DAY, 'here'));
    const no = decided(REFUSED, DAY);
    const { decisions } = await arrive({ receipt: no, cookies: { bandeau: older } });
    expect(decisions).toEqual([
      { receipt: no, previousId: 'here', shown: null, importedFrom: 'sister-site' },
    ]);
  });

  it('is not recorded as one about the policy of this site where it was about another version', async () => {
    const receipt = { ...YES, policyVersion: '2024-12-01' };
    const { own, decisions } = await arrive({ receipt });
    expect(own()).toEqual(receipt);
    expect(decisions).toEqual([]);
  });

  it.each([
    ['all', ACCEPTED, REFUSED],
    ['a part', PARTLY, REFUSED],
    [
      'another part',
      { ...ACCEPTED, analytics: 'denied' } as const,
      { ...ACCEPTED, advertising: 'denied' } as const,
    ],
  ])('never turns a no that was said here into a yes, though it is newer: %s', async (_, there, said) => {
    const here = decided(said, 2 * DAY, 'here');
    const page = await arrive({ receipt: decided(there, DAY), cookies: { bandeau: encodeReceipt(here) } });
    expect(page.own()).toEqual(here);
    expect(page.decisions).toEqual([]);
  });

  it('takes over what says no to more than was said here, and what was said here too long ago does not count', async () => {
    const part = decided(PARTLY, 2 * DAY, 'here');
    const no = decided(REFUSED, DAY);
    expect((await arrive({ receipt: no, cookies: { bandeau: encodeReceipt(part) } })).own()).toEqual(no);
    const expired = decided(REFUSED, 190 * DAY, 'here');
    expect((await arrive({ cookies: { bandeau: encodeReceipt(expired) } })).own()).toEqual(YES);
  });

  it('takes nothing over where what was said here can not be read', async () => {
    expect((await arrive({ cookies: { bandeau: 'damaged' } })).own()).toBeNull();
  });

  it('takes nothing over while an account is signed in, and cleans the address', async () => {
    const account = { receipt: null, onDecision: vi.fn() };
    const page = await arrive({ options: { sisterSites: true, account } });
    expect(page.own()).toBeNull();
    expect(page.addresses).toHaveLength(1);
    expect(account.onDecision).not.toHaveBeenCalled();
  });

  it('takes a refusal over as well, and one that is newer than what was said here', async () => {
    const no = decided(REFUSED, DAY);
    const older = encodeReceipt(decided(ACCEPTED, 2 * DAY, 'here'));
    expect((await arrive({ receipt: no, cookies: { bandeau: older } })).own()).toEqual(no);
  });

  const unlisted = { referrer: 'https://evil.example/' };
  const HOLDS: Record<string, Arrival> = {
    'from a site that is not named': unlisted,
    'from below a site that is named': { referrer: 'https://evil.one.example/' },
    'without a referrer': { referrer: '' },
    'with a broken referrer': { referrer: 'one.example' },
    'from this very site': { referrer: 'https://two.example/forum' },
    'from a page without encryption': { referrer: 'http://one.example/' },
    'that is for another site': { host: 'one.example' },
    'that is too old': { madeAt: NOW - 60_001 },
    'that is from the future': { madeAt: NOW + 60_001 },
    'that was decided after it was passed': { receipt: decided(ACCEPTED, -500) },
    'that is expired': { receipt: decided(ACCEPTED, 190 * DAY) },
    'with one character changed': {
      tamper: (text) => text.replace(/.$/, (last) => (last === 'A' ? 'B' : 'A')),
    },
    'that is cut off': { tamper: (text) => text.slice(0, -3) },
    'that is empty': { tamper: () => '' },
    'that is there twice': { tamper: (text) => `${text}&bandeau=${text}` },
    'that could not be noted as used': { isFull: true },
  };
  it.each(Object.entries(HOLDS))('takes nothing over %s', async (_, arrival) => {
    const { own, state } = await arrive(arrival);
    expect(own()).toBeNull();
    expect(state.$choices.get()).toEqual({});
    expect(state.$promptReason.get()).toEqual({ type: 'first-visit' });
  });

  it.each([60_000, -60_000])('takes it over up to %d ms later', async (age) => {
    expect((await arrive({ madeAt: NOW - age })).own()).toEqual(YES);
  });

  it('keeps a refusal that was said here later', async () => {
    const here = decided(REFUSED, 1000, 'here');
    expect((await arrive({ cookies: { bandeau: encodeReceipt(here) } })).own()).toEqual(here);
  });

  it('takes nothing over, and leaves the address, where the site does not want it', async () => {
    const { own, addresses } = await arrive({ options: {} });
    expect([own(), addresses]).toEqual([null, []]);
  });

  it('cleans the address byte for byte, whether it is believed or not', async () => {
    const address = 'https://two.example/%C3%A9?a=%20&&b&bandeau=y#?bandeau=x';
    for (const more of [{}, unlisted, { tamper: () => 'x' }]) {
      expect((await arrive({ address, ...more })).addresses).toEqual([address]);
    }
  });

  it('goes to the fragment that the address had of its own, and nowhere where it had none', async () => {
    const address = 'https://two.example/a#b';
    expect((await arrive({ address })).gone).toEqual([address]);
    expect((await arrive({ address: 'https://two.example/a' })).gone).toEqual([]);
  });

  it('believes each once', async () => {
    const { context, jar, own } = await arrive();
    expect(own()).toEqual(YES);
    jar.remove('bandeau');
    await begin(context);
    expect(own()).toBeNull();
  });

  it('does not let a used one in after another', async () => {
    const { context, jar, own } = await arrive();
    jar.remove('bandeau');
    const later = encodePassed({ receipt: YES, madeAt: NOW, host: 'two.example', nonce: 'efgh5678' });
    const first = location.href;
    vi.stubGlobal('location', new URL(putInto('https://two.example/', later)));
    await begin(context);
    expect(own()).toEqual(YES);
    jar.remove('bandeau');
    vi.stubGlobal('location', new URL(first));
    await begin(context);
    expect(own()).toBeNull();
  });
});

describe('what is passed', () => {
  it('any text is either what was written, or nothing', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        const passed = decodePassed(text);
        expect(passed === null || encodePassed(passed) === text).toBe(true);
      }),
    );
  });

  it('any address gets its choice and loses it again without a trace', () => {
    const address = fc
      .tuple(
        fc.webUrl({ withQueryParameters: true, withFragments: true }),
        fc.constantFrom('', '?', '&', '?&'),
      )
      .map(([url, more]) => url + more);
    fc.assert(
      fc.property(address, (url) => {
        const { rest, passed } = takeFrom(putInto(url, 'abc-_1'));
        expect([rest, passed]).toEqual([url, ['abc-_1']]);
      }),
    );
  });
});
