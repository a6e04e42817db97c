import { afterEach, describe, expect, it, vi } from 'vitest';
import { readEnvironment } from '../../src/environment.ts';

const UUID_V4 = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

afterEach(() => {
  vi.unstubAllGlobals();
});

/** A page, as far as the environment looks at one. */
function page({ lang = '', languages = [] as string[], protocol = 'https:' } = {}) {
  vi.stubGlobal('document', { documentElement: { lang } });
  vi.stubGlobal('navigator', { languages });
  vi.stubGlobal('location', { protocol });
}

describe('readEnvironment', () => {
  it('is safe without a document', () => {
    expect(typeof document).toBe('undefined');
    expect(readEnvironment()).toMatchObject({ languages: [], secure: false });
  });

  it('makes a version 4 UUID, another one each time', () => {
    const { uuid } = readEnvironment();
    const made = Array.from({ length: 50 }, () => uuid());
    for (const one of made) expect(one).toMatch(UUID_V4);
    expect(new Set(made).size).toBe(50);
  });

  it('leaves no blob behind for a UUID', () => {
    const revoke = vi.spyOn(URL, 'revokeObjectURL');
    const create = vi.spyOn(URL, 'createObjectURL');
    readEnvironment().uuid();
    expect(revoke).toHaveBeenCalledExactlyOnceWith(create.mock.results[0]?.value);
    vi.restoreAllMocks();
  });

  it('puts the language of the page before those of the browser', () => {
    page({ lang: 'nl-BE', languages: ['fr-BE', 'en'] });
    expect(readEnvironment().languages).toEqual(['nl-BE', 'fr-BE', 'en']);
  });

  it('is secure on https only', () => {
    page({ protocol: 'https:' });
    expect(readEnvironment().secure).toBe(true);
    page({ protocol: 'http:' });
    expect(readEnvironment().secure).toBe(false);
  });

  it('reads the clock when it is asked and not before', () => {
    const { now } = readEnvironment();
    const before = Date.now();
    expect(now()).toBeGreaterThanOrEqual(before);
  });

  it('lets a test state single facts and keeps the others', () => {
    const own = readEnvironment({ now: () => 5, languages: ['fr'] });
    expect(own.now()).toBe(5);
    expect(own.languages).toEqual(['fr']);
    expect(own.uuid()).toMatch(UUID_V4);
  });
});
