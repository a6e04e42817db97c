import { afterEach, describe, expect, it, vi } from 'vitest';
import { createConsent } from '../../src/create-consent.ts';
import * as entry from '../../src/index.ts';
import type { Policy } from '../../src/types.ts';
import { POLICY } from '../fixtures/policy.ts';

/** Before any import: this runs first. */
const GLOBALS = vi.hoisted(() => Object.getOwnPropertyNames(globalThis));

afterEach(() => {
  vi.restoreAllMocks();
});

describe('on a server', () => {
  it('there is no document here, or these tests would claim nothing', () => {
    expect(typeof document).toBe('undefined');
    expect(typeof window).toBe('undefined');
  });

  it('importing leaves no global, but for the one by which copies of nanostores know each other', async () => {
    await import('../../src/index.development.ts');
    const added = Object.getOwnPropertyNames(globalThis).filter((name) => !GLOBALS.includes(name));
    expect(added.filter((name) => name !== 'nanostoresGlobal' && !/^__(vite|vitest)/i.test(name))).toEqual(
      [],
    );
    expect(entry.createConsent).toBe(createConsent);
  });

  it('everything is denied, except what is required', () => {
    const consent = createConsent({ policy: POLICY });
    const ids = [...POLICY.categories, ...POLICY.services].map(({ id }) => id);
    expect(ids.filter((id) => consent.isGranted(id))).toEqual(['essential', 'session']);
    expect(consent.isGranted('constructor' as 'essential')).toBe(false);
    expect(consent.choices).toEqual({});
    expect(consent.receipt).toBeNull();
  });

  it('nothing is asked or shown', () => {
    const consent = createConsent({ policy: POLICY });
    expect(consent.promptReason).toBeNull();
    expect(consent.$surface.get()).toBeNull();
  });

  it('no callback is called, and subscribers are told that nothing is chosen', () => {
    const ready = vi.fn();
    const consent = createConsent({ policy: POLICY, callbacks: { ready } });
    const seen: unknown[] = [];
    consent.subscribe((choices) => seen.push(choices));
    expect(ready).not.toHaveBeenCalled();
    expect(seen).toEqual([{}]);
  });

  it.each(['open', 'close', 'scan', 'reset', 'destroy'] as const)('%s() does not throw', (method) => {
    const consent = createConsent({ policy: POLICY });
    expect(() => consent[method]('banner' as never)).not.toThrow();
    if (method !== 'open') expect(() => (consent[method] as () => void)()).not.toThrow();
  });

  it('an unusable policy is told once, grants nothing and does not throw', async () => {
    const error = vi.spyOn(console, 'error').mockImplementation(() => {});
    vi.spyOn(console, 'info').mockImplementation(() => {});
    vi.spyOn(console, 'warn').mockImplementation(() => {});
    const consent = createConsent({ policy: { ...POLICY, services: undefined } as unknown as Policy });
    expect(consent.isGranted('essential')).toBe(false);
    await vi.waitFor(() => expect(error).toHaveBeenCalledOnce());
    expect(error.mock.calls[0]?.[0]).toContain('services');
  });

  it.each([undefined, null, 'x', []])('the policy %j does not throw either', async (policy) => {
    const error = vi.spyOn(console, 'error').mockImplementation(() => {});
    vi.spyOn(console, 'info').mockImplementation(() => {});
    vi.spyOn(console, 'warn').mockImplementation(() => {});
    expect(() => createConsent({ policy: policy as unknown as Policy })).not.toThrow();
    await vi.waitFor(() => expect(error).toHaveBeenCalled());
  });

  it('a usable policy prints nothing', async () => {
    const spies = (['error', 'warn', 'info', 'log'] as const).map((name) =>
      vi.spyOn(console, name).mockImplementation(() => {}),
    );
    createConsent({ policy: POLICY });
    await vi.dynamicImportSettled();
    for (const spy of spies) expect(spy).not.toHaveBeenCalled();
  });
});
