import { atom } from 'nanostores';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Receipt } from '../../src/types.ts';
import * as banner from '../../src/ui/banner.tsx';
import { REFUSED, receiptOf } from '../fixtures/policy.ts';
import { show } from '../fixtures/stage.tsx';

const status = () => document.querySelector('[role=status]');
const frame = () => vi.advanceTimersToNextFrame();

beforeEach(() => {
  vi.useFakeTimers({
    toFake: ['requestAnimationFrame', 'cancelAnimationFrame', 'setTimeout', 'clearTimeout'],
  });
});
afterEach(() => vi.useRealTimers());

function shown(isStored = true, takesFocus = false) {
  const $receipt = atom<Receipt | null>(null);
  const page = show(banner, { takesFocus, known: { $receipt, $isStored: atom(isStored) } });
  return { ...page, decide: () => $receipt.set(receiptOf(REFUSED)) };
}

describe('the status', () => {
  it('is empty when it comes, and then names what is asked, once', () => {
    shown();
    expect(status()?.textContent).toBe('');
    frame();
    expect(status()?.textContent).toBe('Vos choix sur les cookies');
  });

  it('says nothing where focus goes to the banner, which says it by itself', () => {
    shown(true, true);
    frame();
    expect(status()?.textContent).toBe('');
  });

  it('outlives the banner, and says that the answer is kept', () => {
    const { unmount, decide } = shown();
    frame();
    unmount();
    expect(document.querySelector('[data-bandeau-layer=banner]')).toBeNull();
    decide();
    frame();
    expect(status()?.textContent).toBe('Vos choix sont enregistrés.');
  });

  it('does not say so where the browser kept nothing', () => {
    const { unmount, decide } = shown(false);
    unmount();
    decide();
    frame();
    expect(status()?.textContent).toContain('il ne vaut que pour cette page');
  });

  it('says nothing of the kind to who closed without an answer', () => {
    const { unmount } = shown();
    frame();
    unmount();
    expect(status()?.textContent).not.toContain('enregistrés');
  });

  it('does not stay in the page for ever', () => {
    const { unmount, decide } = shown();
    unmount();
    decide();
    frame();
    expect(status()?.textContent).not.toBe('');
    vi.advanceTimersByTime(20_000);
    expect(status()?.textContent).toBe('');
    expect(vi.getTimerCount()).toBe(0);
  });

  it('is one, however often the banner comes', () => {
    shown().unmount();
    shown();
    expect(document.querySelectorAll('[role=status]')).toHaveLength(1);
  });
});
