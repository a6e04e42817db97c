import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { decodeReceipt, encodeReceipt } from '../../src/model/receipt.ts';
import type { ConsentOptions } from '../../src/types.ts';
import { ACCEPTED, receiptOf } from '../fixtures/policy.ts';
import { useVisits } from '../support/visits.ts';

const start = useVisits();
/** A visit of who has accepted everything before. */
const visit = (options: Partial<ConsentOptions>) => start(options, ACCEPTED);
const stored = () => decodeReceipt(/(?:^|; )bandeau=([^;]+)/.exec(document.cookie)?.[1] ?? '');

beforeEach(() => history.replaceState(null, '', '?bandeau=x#bandeau=x'));
afterEach(() => history.replaceState(null, '', '?'));

describe('a decision that is made before what is stored was read', () => {
  it('stands while a choice from elsewhere is looked for', async () => {
    const consent = visit({ sisterSites: true });
    consent.rejectAll();
    await vi.waitFor(() => expect(document.documentElement.dataset['bandeauState']).toBe('denied'));
    expect(consent.isGranted('matomo')).toBe(false);
    expect(stored()?.method).toBe('reject-all');
  });

  it('stands where an account says otherwise, and is given to it', async () => {
    const onDecision = vi.fn();
    const account = { receipt: encodeReceipt(receiptOf(ACCEPTED)), onDecision };
    const consent = visit({ account });
    consent.rejectAll();
    await vi.waitFor(() => expect(onDecision).toHaveBeenCalledOnce());
    expect(decodeReceipt(onDecision.mock.calls[0]?.[0])?.method).toBe('reject-all');
    expect(consent.isGranted('matomo')).toBe(false);
    // The device's own is what it was.
    expect(stored()?.method).toBe('custom');
  });

  it('stands in a page that was prepared ahead, once it is visited', () => {
    const consent = visit({ environment: { prerendering: true } });
    consent.rejectAll();
    document.dispatchEvent(new Event('prerenderingchange'));
    expect(consent.isGranted('matomo')).toBe(false);
    expect(stored()?.method).toBe('reject-all');
  });

  it('is none where nothing was decided: what is stored holds', async () => {
    const consent = visit({ sisterSites: true });
    expect(consent.isGranted('matomo')).toBe(false);
    await vi.waitFor(() => expect(consent.isGranted('matomo')).toBe(true));
  });
});
