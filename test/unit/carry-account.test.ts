import { afterEach, describe, expect, it, vi } from 'vitest';
import { attachAccount, begin } from '../../src/effects/carry-over/carry-over.ts';
import { decodeReceipt, encodeReceipt } from '../../src/model/receipt.ts';
import type { AccountOptions, Choices, Policy } from '../../src/types.ts';
import { createPage } from '../fixtures/carry-context.ts';
import {
  ACCEPTED,
  NOW,
  PARTLY,
  POLICY,
  policyWith,
  REFUSED,
  receiptOf,
  service,
} from '../fixtures/policy.ts';
import { recordOf } from '../fixtures/records.ts';

const DAY = 864e5;
const HOUR = 36e5;
/** A decision with an id of its own, as cookies hold it. */
const decided = (wanted: Choices, agoMs: number, id: string) =>
  encodeReceipt({ ...receiptOf(wanted, { now: NOW - agoMs }), id });
const ACCOUNT_YES = decided(ACCEPTED, 2 * DAY, 'account-yes');
const ACCOUNT_NO = decided(REFUSED, 2 * DAY, 'account-no');
const DEVICE_NO = decided(REFUSED, DAY, 'device-no');
const DEVICE_YES = decided(ACCEPTED, DAY, 'device-yes');

const visit = (cookie = '', policy: Policy = POLICY) => {
  const page = createPage({ policy, cookies: { bandeau: cookie } });
  page.startStorage();
  const onDecision = vi.fn<AccountOptions['onDecision']>();
  const signIn = async (receipt: string | null, conflict?: AccountOptions['conflict']) =>
    attachAccount(
      page.context,
      { receipt, onDecision, ...(conflict && { conflict }) },
      page.inbound.acts.length,
    );
  const cookieText = () => page.jar.values('bandeau').join();
  return { ...page, signIn, onDecision, cookieText };
};
const isGranted = (page: ReturnType<typeof createPage>) => page.state.$choices.get()['matomo'];

afterEach(() => vi.unstubAllGlobals());

describe('signing in', () => {
  it('puts the choice of the account in force, and leaves the cookie of the device', async () => {
    const page = visit(DEVICE_NO);
    expect(isGranted(page)).toBe('denied');
    await page.signIn(ACCOUNT_YES);
    expect(isGranted(page)).toBe('granted');
    expect(page.cookieText()).toBe(DEVICE_NO);
    expect(page.inbound).toMatchObject({ hasAccount: true, isSuspended: true });
    expect(page.onDecision).not.toHaveBeenCalled();
  });

  it('holds for a no as for a yes', async () => {
    const page = visit(DEVICE_YES);
    await page.signIn(ACCOUNT_NO);
    expect(isGranted(page)).toBe('denied');
    expect(page.state.$promptReason.get()).toBeNull();
  });

  it('leaves the device its own choice where the account has none, and hands nothing over', async () => {
    const page = visit(DEVICE_YES);
    const before = page.state.$receipt.get();
    await page.signIn(null);
    expect(page.state.$receipt.get()).toBe(before);
    expect(page.state.$promptReason.get()).toBeNull();
    expect(page.onDecision).not.toHaveBeenCalled();
  });

  it('asks where neither has one', async () => {
    const page = visit();
    await page.signIn(null);
    expect(page.state.$promptReason.get()).toEqual({ type: 'first-visit' });
  });

  it.each([
    ['expired', decided(ACCEPTED, 190 * DAY, 'old')],
    ['receipt-damaged', `${ACCOUNT_YES}x`],
    ['receipt-damaged', ''],
    ['receipt-damaged', decided(ACCEPTED, -2 * DAY, 'future')],
  ])('asks where the one of the account is %s, whatever the device said', async (type, receipt) => {
    const page = visit(DEVICE_YES);
    await page.signIn(receipt);
    expect(page.state.$promptReason.get()).toEqual({ type });
    expect(isGranted(page)).toBeUndefined();
  });

  it('lets the newer one of the device pass only where the site says so, and then gives it to the account', async () => {
    const kept = visit(DEVICE_NO);
    await kept.signIn(ACCOUNT_YES, 'account');
    expect(isGranted(kept)).toBe('granted');

    const page = visit(DEVICE_NO);
    await page.signIn(ACCOUNT_YES, 'latest');
    expect(isGranted(page)).toBe('denied');
    expect(page.onDecision).toHaveBeenCalledExactlyOnceWith(DEVICE_NO, null);
  });

  it('gives the account the record that was made of it then, of the policy of then, and makes no other', async () => {
    const id = '11111111-2222-4333-8444-000000000001';
    const record = { ...recordOf(REFUSED, { id }), policyVersion: '2024-12-01', policyHash: 'a'.repeat(64) };
    const receipt = decided(REFUSED, DAY, id);
    const page = visit(receipt);
    localStorage.setItem('bandeau.records', JSON.stringify(['x', recordOf(), record]));
    await page.signIn(ACCOUNT_YES, 'latest');
    expect(page.onDecision).toHaveBeenCalledExactlyOnceWith(receipt, record);
    expect(page.decisions).toEqual([]);
  });

  it.each(['{', '{}', 'null', '[{"id":"device-no"}]'])(
    'gives no record where the device keeps %s',
    async (kept) => {
      const page = visit(DEVICE_NO);
      localStorage.setItem('bandeau.records', kept);
      await page.signIn(ACCOUNT_YES, 'latest');
      expect(page.onDecision).toHaveBeenCalledExactlyOnceWith(DEVICE_NO, null);
    },
  );

  it('lets the newer one of the account pass in both', async () => {
    const page = visit(decided(REFUSED, 3 * DAY, 'device-older'));
    await page.signIn(ACCOUNT_YES, 'latest');
    expect(isGranted(page)).toBe('granted');
    expect(page.onDecision).not.toHaveBeenCalled();
  });

  it('never gives the account an expired one of the device', async () => {
    const page = visit(decided(ACCEPTED, 190 * DAY, 'device-expired'));
    await page.signIn(decided(REFUSED, 200 * DAY, 'account-older'), 'latest');
    expect(page.state.$promptReason.get()).toEqual({ type: 'expired' });
    expect(page.onDecision).not.toHaveBeenCalled();
  });
});

describe('a decision while signed in', () => {
  it.each(['acceptAll', 'rejectAll', 'withdraw'] as const)('%s goes to the account alone', async (act) => {
    const page = visit(DEVICE_YES);
    await page.signIn(ACCOUNT_YES);
    page.forSite[act]();
    const [text = '', record] = page.onDecision.mock.calls[0] ?? [];
    expect(decodeReceipt(text)).toEqual(page.state.$receipt.get());
    expect(record).toMatchObject({ id: page.state.$receipt.get()?.id, previousId: 'account-yes' });
    expect(page.onDecision).toHaveBeenCalledOnce();
    expect(page.cookieText()).toBe(DEVICE_YES);
  });

  it('goes to the account that had none, too', async () => {
    const page = visit(DEVICE_NO);
    await page.signIn(null);
    page.forSite.acceptAll();
    expect(page.onDecision).toHaveBeenCalledOnce();
    expect(page.cookieText()).toBe(DEVICE_NO);
  });

  it('that erases is a withdrawal of what the account had said, and leaves the device its own', async () => {
    const page = visit(DEVICE_YES);
    await page.signIn(ACCOUNT_YES);
    page.forSite.reset();
    const [text = '', record] = page.onDecision.mock.calls[0] ?? [];
    expect(decodeReceipt(text)).toMatchObject({
      method: 'withdraw',
      choices: { analytics: 'denied', advertising: 'denied', preference: 'denied' },
    });
    expect(record).toMatchObject({ method: 'withdraw', previousId: 'account-yes' });
    expect(page.onDecision).toHaveBeenCalledOnce();
    expect(isGranted(page)).toBeUndefined();
    expect(page.state.$promptReason.get()).toEqual({ type: 'first-visit' });
    expect(page.cookieText()).toBe(DEVICE_YES);
  });

  it('that erases where nothing was said tells the account nothing', async () => {
    const page = visit();
    await page.signIn(null);
    page.forSite.reset();
    expect(page.onDecision).not.toHaveBeenCalled();
  });

  it('stands though the site could not keep it', async () => {
    const page = visit();
    page.onDecision.mockImplementation(() => {
      throw new Error('offline');
    });
    await page.signIn(null);
    page.forSite.rejectAll();
    expect(isGranted(page)).toBe('denied');
    expect(reportError).toHaveBeenCalledOnce();
  });
});

describe('signing out', () => {
  it('restores the choice of the device', async () => {
    const page = visit(DEVICE_NO);
    const signOut = await page.signIn(ACCOUNT_YES);
    signOut();
    expect(isGranted(page)).toBe('denied');
    expect(page.state.$receipt.get()?.id).toBe('device-no');
    expect(page.inbound).toMatchObject({ hasAccount: false, isSuspended: false });
  });

  it('asks on a device that never decided', async () => {
    const page = visit();
    const signOut = await page.signIn(ACCOUNT_YES);
    expect(page.state.$promptReason.get()).toBeNull();
    signOut();
    expect(page.state.$promptReason.get()).toEqual({ type: 'first-visit' });
    expect(isGranted(page)).toBeUndefined();
  });

  it('leaves the account alone from then on', async () => {
    const page = visit(DEVICE_NO);
    (await page.signIn(ACCOUNT_YES))();
    page.forSite.acceptAll();
    expect(page.onDecision).not.toHaveBeenCalled();
    expect(decodeReceipt(page.cookieText())?.method).toBe('accept-all');
  });

  it('of an account that another has replaced does nothing', async () => {
    const page = visit(DEVICE_NO);
    const first = await page.signIn(ACCOUNT_NO);
    await page.signIn(ACCOUNT_YES);
    first();
    expect(isGranted(page)).toBe('granted');
    expect(page.inbound.hasAccount).toBe(true);
  });

  it('and in again without a choice of the account is the device again, not the account before', async () => {
    const page = visit(DEVICE_NO);
    await page.signIn(ACCOUNT_YES);
    await page.signIn(null);
    expect(isGranted(page)).toBe('denied');
  });
});

describe('the notice of an account', () => {
  const told = async (cookie: string, receipt: string | null, conflict?: AccountOptions['conflict']) => {
    const page = visit(cookie);
    await page.signIn(receipt, conflict);
    await Promise.resolve();
    return page;
  };

  it.each([
    ['has none', '', ACCOUNT_YES],
    ['said otherwise', DEVICE_NO, ACCOUNT_YES],
    ['said otherwise in part', DEVICE_YES, decided(PARTLY, HOUR, 'account-partly')],
  ])('is shown on a device that %s', async (_, cookie, receipt) => {
    expect((await told(cookie, receipt)).informed).toEqual(['account']);
  });

  it('is not shown where both say the same, where there is none, nor where the visitor is asked', async () => {
    expect((await told(DEVICE_YES, ACCOUNT_YES)).informed).toEqual([]);
    expect((await told(DEVICE_YES, null)).informed).toEqual([]);
    expect((await told(DEVICE_YES, decided(REFUSED, 190 * DAY, 'old'))).informed).toEqual([]);
  });

  it('leaves it to the first layer where something is asked', async () => {
    const policy = policyWith({ services: [...POLICY.services, service('chat', 'preference')] });
    const page = visit(DEVICE_NO, policy);
    await page.signIn(ACCOUNT_YES);
    await Promise.resolve();
    expect(page.state.$promptReason.get()?.type).toBe('policy-changed');
    expect(page.informed).toEqual([]);
  });

  it('is shown once for each choice of the account', async () => {
    const page = await told(DEVICE_NO, ACCOUNT_YES);
    await page.signIn(ACCOUNT_YES);
    await Promise.resolve();
    expect(page.informed).toEqual(['account']);
    await page.signIn(decided(ACCEPTED, HOUR, 'account-changed-elsewhere'));
    await Promise.resolve();
    expect(page.informed).toEqual(['account', 'account']);
  });

  it('is not shown for what was decided on this very device', async () => {
    const page = await told(DEVICE_NO, null);
    page.forSite.acceptAll();
    await page.signIn(page.onDecision.mock.calls[0]?.[0] ?? '');
    await Promise.resolve();
    expect(page.informed).toEqual([]);
  });

  it('is shown where the newer choice of the device became that of the account', async () => {
    expect((await told(DEVICE_NO, ACCOUNT_YES, 'latest')).informed).toEqual(['account']);
  });
});

describe('an account that is known from the start', () => {
  it('is in force before effects start, and what there is to tell is told after', async () => {
    const onDecision = vi.fn();
    const account = { receipt: ACCOUNT_YES, conflict: 'latest', onDecision } as const;
    const page = createPage({ cookies: { bandeau: DEVICE_NO }, options: { account } });
    const after = await begin(page.context);
    expect(isGranted(page)).toBe('denied');
    expect(onDecision).not.toHaveBeenCalled();
    page.startStorage();
    after();
    expect(onDecision).toHaveBeenCalledOnce();
    expect(isGranted(page)).toBe('denied');
  });

  it('without a choice leaves the device its own', async () => {
    const account = { receipt: null, onDecision: () => {} };
    const page = createPage({ cookies: { bandeau: DEVICE_YES }, options: { account } });
    await begin(page.context);
    page.startStorage();
    expect(isGranted(page)).toBe('granted');
  });

  it('lets nothing of the device through before', async () => {
    const account = { receipt: ACCOUNT_NO, onDecision: () => {} };
    const page = createPage({ cookies: { bandeau: DEVICE_YES }, options: { account } });
    const seen: unknown[] = [];
    page.state.$choices.listen((choices) => seen.push(choices['matomo']));
    await begin(page.context);
    page.startStorage();
    expect(seen).toEqual(['denied']);
  });
});
