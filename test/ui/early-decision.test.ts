import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { decodeReceipt, encodeReceipt } from '../../src/model/receipt.ts';
import type { Consent, ConsentOptions } from '../../src/types.ts';
import { ACCEPTED, NOW, receiptOf } from '../fixtures/policy.ts';
import { clearCookies, start } from '../fixtures/stage.tsx';

const running: Consent[] = [];
/** A visit of who has accepted everything before. */
function visit(options: Partial<ConsentOptions>) {
  // biome-ignore lint/suspicious/noDocumentCookie: it stands for an earlier visit
  document.cookie = `bandeau=${encodeReceipt(receiptOf(ACCEPTED))}; path=/`;
  const consent = start(options as Parameters<typeof start>[0]);
  running.push(consent);
  return consent;
}
const stored = () => decodeReceipt(/(?:^|; )bandeau=([^;]+)/.exec(document.cookie)?.[1] ?? '');

beforeEach(() => {
  vi.useFakeTimers({ now: NOW, toFake: ['Date'] });
  localStorage.clear();
  clearCookies();
  history.replaceState(null, '', '?bandeau=x#bandeau=x');
});
afterEach(() => {
  for (const consent of running.splice(0)) consent.destroy();
  vi.useRealTimers();
  clearCookies();
  history.replaceState(null, '', '?');
});

describe('a decision that is made before what is stored was read', () => {
  it('stands while a choice from elsewhere is looked for', async () => {
    const consent = visit({ sisterSites: true });
    consent.rejectAll();
    await vi.waitFor(() => expect(document.documentElement.dataset['bandeauState']).toBe('denied'));
    expect(consent.isGranted('matomo')).toBe(false);
    expect(stored()?.method).toBe('reject-all');
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
