import { afterEach, describe, expect, it, vi } from 'vitest';
import { POLICY, policyWith } from '../fixtures/policy.ts';

const AMERICAN = policyWith({ region: 'us' });

/** What the handle says of a page whose script tag has these attributes. */
async function regimeOf(attributes: Record<string, string>, policy = policyWith(), options = {}) {
  vi.resetModules();
  Reflect.deleteProperty(window, 'bandeau');
  vi.spyOn(console, 'warn').mockImplementation(() => {});
  const tag = document.createElement('script');
  for (const [name, value] of Object.entries(attributes)) tag.setAttribute(name, value);
  vi.spyOn(document, 'currentScript', 'get').mockReturnValue(tag);
  await import('../../src/script.ts');
  const global = window.bandeau;
  if (!global || Array.isArray(global)) throw new Error('no handle');
  const handle = global.init(policy, options);
  stops.push(handle.destroy);
  return handle.regime;
}
const stops: (() => void)[] = [];

afterEach(() => {
  for (const stop of stops.splice(0)) stop();
  Reflect.deleteProperty(window, 'bandeau');
  vi.restoreAllMocks();
});

describe('data-region of the script tag', () => {
  it('says where the visitor is', async () => {
    expect(await regimeOf({ 'data-region': 'us-ca' })).toBe('opt-out');
    expect(await regimeOf({ 'data-region': 'US' })).toBe('opt-out');
    expect(await regimeOf({ 'data-region': 'fr' }, AMERICAN)).toBe('opt-in');
  });

  it('is the strictest where it is empty or makes no sense', async () => {
    expect(await regimeOf({ 'data-region': '' }, AMERICAN)).toBe('opt-in');
    expect(await regimeOf({ 'data-region': 'undefined' }, AMERICAN)).toBe('opt-in');
  });

  it('leaves the region to the policy where it is absent, and to an option of init', async () => {
    expect(await regimeOf({}, AMERICAN)).toBe('opt-out');
    expect(await regimeOf({}, POLICY)).toBe('opt-in');
    expect(await regimeOf({ 'data-region': 'us' }, POLICY, { region: 'fr' })).toBe('opt-in');
    expect(await regimeOf({ 'data-region': 'fr' }, AMERICAN, { region: 'us' })).toBe('opt-out');
  });

  it('is not undone by an option of init that says nothing', async () => {
    expect(await regimeOf({ 'data-region': 'fr' }, AMERICAN, { region: undefined })).toBe('opt-in');
    expect(await regimeOf({ 'data-region': '' }, AMERICAN, { region: undefined })).toBe('opt-in');
    expect(await regimeOf({ 'data-region': 'us' }, POLICY, { region: undefined })).toBe('opt-out');
    expect(await regimeOf({}, AMERICAN, { region: undefined })).toBe('opt-out');
  });
});
