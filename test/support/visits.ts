import { afterEach, beforeEach, vi } from 'vitest';
import { encodeReceipt } from '../../src/model/receipt.ts';
import type { Choices, Consent, ConsentOptions } from '../../src/types.ts';
import { NOW, receiptOf } from '../fixtures/policy.ts';
import { clearCookies, start } from '../fixtures/stage.tsx';

/**
 * A clean device for each test, whose clock stands at NOW. The function starts the SDK as one page load does.
 * @returns `visit(options, wanted)`: with `wanted`, on a device that has decided so on the policy of the fixtures
 */
export function useVisits() {
  const running: Consent[] = [];
  beforeEach(() => {
    vi.useFakeTimers({ now: NOW, toFake: ['Date'] });
    localStorage.clear();
    clearCookies();
  });
  afterEach(async () => {
    // What was begun to load is not cut off by the end of the file.
    await vi.dynamicImportSettled();
    for (const consent of running.splice(0)) consent.destroy();
    vi.restoreAllMocks();
    vi.unstubAllGlobals();
    vi.useRealTimers();
    localStorage.clear();
    clearCookies();
  });
  return (options: Partial<ConsentOptions> = {}, wanted?: Choices | null): Consent => {
    // biome-ignore lint/suspicious/noDocumentCookie: it stands for an earlier visit
    if (wanted) document.cookie = `bandeau=${encodeReceipt(receiptOf(wanted))}; path=/`;
    const consent = start(options as Parameters<typeof start>[0]);
    running.push(consent);
    return consent;
  };
}
