import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { begin as Begin } from '../../src/effects/carry-over/carry-over.ts';
import { decodeReceipt, encodeReceipt } from '../../src/model/receipt.ts';
import type { AccountOptions } from '../../src/types.ts';
import { ACCEPTED, NOW, REFUSED, receiptOf } from '../fixtures/policy.ts';
import { useVisits } from '../support/visits.ts';

/** What an account is read with may be out of reach: a network that fails between two files. */
const network = vi.hoisted(() => ({ isDown: false }));
vi.mock('../../src/effects/carry-over/carry-over.ts', async (original) => {
  const real = await original<typeof import('../../src/effects/carry-over/carry-over.ts')>();
  const begin: typeof Begin = async (context) => {
    if (network.isDown) throw new TypeError('Failed to fetch dynamically imported module');
    return real.begin(context);
  };
  return { ...real, begin };
});

const DAY = 864e5;
const YES = encodeReceipt(receiptOf(ACCEPTED, { now: NOW - DAY }));
const NO = encodeReceipt(receiptOf(REFUSED, { now: NOW - DAY }));
const begin = useVisits();
const onDecision = vi.fn<AccountOptions['onDecision']>();
/** What the account was told, by method. */
const told = () => onDecision.mock.calls.map(([text]) => decodeReceipt(text)?.method);

beforeEach(() => {
  onDecision.mockReset();
  network.isDown = false;
});

describe('a decision while an account is on its way', () => {
  it('goes before what the account said, and is given to it with its record', async () => {
    const consent = begin();
    const attached = consent.attachAccount({ receipt: YES, onDecision });
    consent.rejectAll();
    await attached;
    expect(consent.isGranted('analytics')).toBe(false);
    expect(told()).toEqual(['reject-all']);
    expect(onDecision.mock.calls[0]?.[1]).toMatchObject({ id: consent.receipt?.id, method: 'reject-all' });
  });

  it('is a yes as well as a no, and of several each is given, in their order', async () => {
    const consent = begin();
    const attached = consent.attachAccount({ receipt: NO, onDecision });
    consent.rejectAll();
    consent.acceptAll();
    await attached;
    expect(consent.isGranted('analytics')).toBe(true);
    expect(told()).toEqual(['reject-all', 'accept-all']);
  });

  it('is a withdrawal where it erases', async () => {
    const consent = begin();
    consent.acceptAll();
    const attached = consent.attachAccount({ receipt: YES, onDecision });
    consent.reset();
    await attached;
    expect(consent.isGranted('analytics')).toBe(false);
    expect(told()).toEqual(['withdraw']);
  });

  it('is not one that was made before', async () => {
    const consent = begin();
    consent.rejectAll();
    await consent.attachAccount({ receipt: YES, onDecision });
    expect(consent.isGranted('analytics')).toBe(true);
    expect(told()).toEqual([]);
  });
});

describe('an account that comes after the end', () => {
  it('changes nothing', async () => {
    const consent = begin();
    const attached = consent.attachAccount({ receipt: YES, onDecision });
    consent.destroy();
    const signOut = await attached;
    expect(consent.isGranted('analytics')).toBe(false);
    signOut();
  });

  it('does not either where it was known from the start', async () => {
    const consent = begin({ account: { receipt: YES, onDecision } });
    consent.destroy();
    // Asked after it, and so answered after it.
    await consent.exportReceipt('json');
    await consent.decorate('https://example.org/');
    expect(consent.isGranted('analytics')).toBe(false);
  });
});

describe('an account that can not be read', () => {
  it('grants nothing, and what is decided then is said not to be kept', async () => {
    const complained = vi.fn();
    vi.stubGlobal('reportError', complained);
    network.isDown = true;
    const consent = begin({ account: { receipt: YES, onDecision } });
    await vi.waitFor(() => expect(complained).toHaveBeenCalledOnce());
    consent.rejectAll();
    expect(consent.isGranted('analytics')).toBe(false);
    expect(consent.$isStored.get()).toBe(false);
    expect(document.cookie).not.toContain('bandeau=');
  });

  it('is kept again once it can be', async () => {
    vi.stubGlobal('reportError', vi.fn());
    network.isDown = true;
    const consent = begin({ account: { receipt: YES, onDecision } });
    await vi.waitFor(() => expect(consent.$isStored.get()).toBe(false));
    await consent.attachAccount({ receipt: YES, onDecision });
    expect(consent.isGranted('analytics')).toBe(true);
    consent.rejectAll();
    expect(told()).toEqual(['reject-all']);
    expect(consent.$isStored.get()).toBe(true);
  });
});
