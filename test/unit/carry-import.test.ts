import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { begin } from '../../src/effects/carry-over/carry-over.ts';
import { fromAxeptio } from '../../src/import/axeptio.ts';
import { fromC15t } from '../../src/import/c15t.ts';
import { fromVanillaCookieConsent } from '../../src/import/vanilla-cookieconsent.ts';
import { addMonths } from '../../src/model/lifetime.ts';
import { encodeReceipt } from '../../src/model/receipt.ts';
import type { Choices, Importer } from '../../src/types.ts';
import { createPage } from '../fixtures/carry-context.ts';
import { readFixture } from '../fixtures/import-source.ts';
import { ACCEPTED, NOW, POLICY, policyWith, REFUSED, receiptOf } from '../fixtures/policy.ts';

const TIME = '2025-02-03T09:30:12.000Z';
const importer = (choices: Choices, time = TIME, name = 'klaro'): Importer => ({
  name,
  read: () => ({ time, choices }),
});
const importing = async (importers: Importer[], page: Parameters<typeof createPage>[0] = {}) => {
  const all = createPage({ ...page, options: { importers, ...page?.options } });
  const after = await begin(all.context);
  all.startStorage();
  after();
  return all;
};

/** The cookies of a fixture by name, and what it has in localStorage. */
const partsOf = (fixture: string) => {
  const pairs = fixture
    .split('\n')
    .map((line) => /^(stored )?([^=]+)=(.*)$/.exec(line) ?? [])
    .map(([, isStored, name = '', value = '']) => ({ isStored, name, value }));
  return {
    cookies: Object.fromEntries(
      pairs.flatMap(({ isStored, name, value }) => (isStored ? [] : [[name, value]])),
    ),
    stored: pairs.find(({ isStored }) => isStored)?.value,
  };
};

beforeEach(() => {
  vi.spyOn(console, 'error').mockReturnValue();
});
afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
});

describe('a choice of another tool', () => {
  it('is in force with its own time, and expires from then', async () => {
    const { state, own, expiries } = await importing([importer({ ...ACCEPTED, advertising: 'denied' })]);
    expect(own()).toMatchObject({ method: 'import', time: TIME, policyVersion: POLICY.version });
    expect(state.$choices.get()).toMatchObject({ matomo: 'granted', ads: 'denied', preference: 'granted' });
    expect(state.$promptReason.get()).toBeNull();
    expect(expiries.get('bandeau')).toBe(addMonths(TIME, 6));
  });

  it('is told to the records once effects listen, with the tool that it is from', async () => {
    const { decisions, own } = await importing([importer(REFUSED)]);
    expect(decisions).toEqual([{ receipt: own(), previousId: null, shown: null, importedFrom: 'klaro' }]);
  });

  it('is that of the first tool with a valid one', async () => {
    const none: Importer = { name: 'none', read: () => null };
    const { decisions } = await importing([
      none,
      importer(ACCEPTED, '2020-01-01T00:00:00Z', 'old'),
      importer(REFUSED, TIME, 'second'),
      importer(ACCEPTED, TIME, 'third'),
    ]);
    expect(decisions.map(({ importedFrom }) => importedFrom)).toEqual(['second']);
  });

  it('may be given by service', async () => {
    const { state } = await importing([importer({ ...REFUSED, analytics: 'granted', heatmap: 'denied' })]);
    expect(state.$choices.get()).toMatchObject({ analytics: 'denied', matomo: 'granted', heatmap: 'denied' });
  });

  it('of an importer that needs its own object', async () => {
    class Own implements Importer {
      readonly name = 'own';
      readonly choices = REFUSED;
      read() {
        return { time: TIME, choices: this.choices };
      }
    }
    expect((await importing([new Own()])).own()?.method).toBe('import');
  });
});

describe('nothing is taken over', () => {
  const asks = async (importers: Importer[], page: Parameters<typeof createPage>[0] = {}) => {
    const { own, decisions, state } = await importing(importers, page);
    expect([own(), decisions, state.$choices.get()]).toEqual([null, [], {}]);
    return state.$promptReason.get()?.type;
  };

  it.each<[string, Choices, string]>([
    ['that is expired here', ACCEPTED, '2024-09-15T11:59:59Z'],
    ['from the future', ACCEPTED, new Date(NOW + 1000).toISOString()],
    ['without a date', ACCEPTED, ''],
    ['with a category left out', { analytics: 'granted', advertising: 'denied' }, TIME],
    ['with one of two services', { ...ACCEPTED, analytics: undefined, matomo: 'granted' } as never, TIME],
    ['with yes to a service and no to its category', { ...REFUSED, matomo: 'granted' }, TIME],
    ['without any answer', {}, TIME],
  ])('of one %s', async (_, choices, time) => {
    const known = Object.fromEntries(Object.entries(choices).filter(([, choice]) => choice));
    expect(await asks([importer(known, time)])).toBe('first-visit');
  });

  it('where a second less is not expired', async () => {
    const { own } = await importing([importer(ACCEPTED, '2024-09-15T12:00:01Z')]);
    expect(own()?.method).toBe('import');
  });

  it.each<[string, Choices]>([
    ['an id that is not in the policy', { ...ACCEPTED, unheard: 'granted' }],
    ['a value that is no choice', { ...ACCEPTED, analytics: 'yes' as never }],
  ])('of a map with %s, which is told once', async (_, choices) => {
    expect(await asks([importer(choices)])).toBe('first-visit');
    expect(console.error).toHaveBeenCalledOnce();
  });

  it('of an importer that throws, and the next one is asked', async () => {
    const broken: Importer = {
      name: 'broken',
      read() {
        throw new Error('x');
      },
    };
    const { decisions } = await importing([broken, importer(REFUSED)]);
    expect(decisions[0]?.importedFrom).toBe('klaro');
    expect(console.error).toHaveBeenCalledOnce();
  });

  it('where something was decided here before', async () => {
    const refusal = encodeReceipt(receiptOf(REFUSED, { now: NOW - 1000 }));
    const { own, decisions } = await importing([importer(ACCEPTED)], { cookies: { bandeau: refusal } });
    expect([own()?.method, decisions]).toEqual(['custom', []]);
  });

  it('where what was decided here can not be read any more', async () => {
    const { state, decisions } = await importing([importer(ACCEPTED)], { cookies: { bandeau: 'damaged' } });
    expect([state.$promptReason.get()?.type, decisions]).toEqual(['receipt-damaged', []]);
  });

  it('for children', async () => {
    const policy = policyWith({ audience: 'children' });
    const { own, decisions } = await importing([importer(ACCEPTED)], { policy });
    expect([own(), decisions]).toEqual([null, []]);
  });

  it('where the browser keeps nothing', async () => {
    expect(await asks([importer(ACCEPTED)], { isFull: true })).toBe('first-visit');
  });

  it('on a page where an account is signed in', async () => {
    const account = { receipt: null, onDecision: () => {} };
    expect(await asks([importer(ACCEPTED)], { options: { account } })).toBe('first-visit');
  });

  it('a second time, once the visitor has erased it', async () => {
    const { context, jar, own } = await importing([importer(ACCEPTED)]);
    expect(own()?.method).toBe('import');
    jar.remove('bandeau');
    await begin(context);
    expect(own()).toBeNull();
  });

  it('from a cookie that is there twice with two values', async () => {
    const read: Importer['read'] = (page) =>
      page.cookie('other') ? { time: TIME, choices: ACCEPTED } : null;
    const twins = createPage({ options: { importers: [{ name: 'x', read }] }, cookies: { other: 'a' } });
    const values = vi
      .spyOn(twins.jar, 'values')
      .mockImplementation((name) => (name === 'other' ? ['a', 'b'] : []));
    await begin(twins.context);
    expect(twins.own()).toBeNull();
    values.mockRestore();
    await begin(twins.context);
    expect(twins.own()?.method).toBe('import');
  });

  it.each([
    [fromVanillaCookieConsent({ analytics: 'analytics' }), 'vanilla-cookieconsent-3', 'cc_cookie'],
    [fromC15t({ measurement: 'analytics' }), 'c15t-stored', 'c15t'],
    [fromAxeptio({ matomo: 'analytics' }), 'axeptio', 'axeptio_authorized_vendors'],
  ])('from elsewhere where that cookie is there twice: %o', async ({ name, read }, fixture, cookie) => {
    const { cookies, stored } = partsOf(readFixture(fixture));
    const text = decodeURIComponent(stored ?? cookies['cc_cookie'] ?? '');
    // Of the rest of the policy, yes.
    const whole: Importer = {
      name,
      read(page) {
        const found = read(page);
        return found && { ...found, choices: { ...ACCEPTED, ...found.choices } };
      },
    };
    const page = createPage({ options: { importers: [whole] }, cookies });
    localStorage.setItem(cookie, text);
    const one = page.jar.values;
    const values = vi
      .spyOn(page.jar, 'values')
      .mockImplementation((name) => (name === cookie ? ['a', 'b'] : one(name)));
    await begin(page.context);
    expect(page.own()).toBeNull();
    expect(console.error).not.toHaveBeenCalled();
    values.mockImplementation((name) => (name === cookie ? [] : one(name)));
    await begin(page.context);
    expect(page.own()?.method).toBe('import');
  });
});
