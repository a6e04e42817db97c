import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { decodeReceipt } from '../../src/model/receipt.ts';
import type { ConsentRecord } from '../../src/types.ts';
import {
  answer,
  ask,
  banner,
  decide,
  html,
  POLICY,
  ran,
  settle,
  useChromium,
  useSite,
} from '../support/stage.ts';

// A visitor who is signed in: the choice of the account is in force, and that of the device waits.

const { site, tracker } = useSite();
const visitors = useChromium();

const account = (receipt: string | null, more = '') =>
  `{ receipt: ${JSON.stringify(receipt)}, onDecision: (...given) => { (window.__given ??= []).push(given); }${more} }`;
/** A page on which the account is known from the start; null for one where nobody is signed in. */
const page = (options: string | null) =>
  html({
    policy: null,
    head: `<script type="text/plain" data-category="analytics" src="${tracker.origin}/s/mesure.js"></script><script>
      bandeau.push(['init', ${JSON.stringify(POLICY)}, ${options ? `{ account: ${options} }` : '{}'}]);
    </script>`,
  });
const cookieOf = async (tab: Page) =>
  (await tab.context().cookies()).find(({ name }) => name === 'bandeau')?.value ?? null;
/** What another device of theirs has given the site. */
const decidedElsewhere = async (action: string) => {
  site.pages['/elsewhere'] = page(null);
  const { page: tab } = await visitors.arrive();
  await tab.goto(`${site.origin}/elsewhere`);
  await decide(tab, action);
  return cookieOf(tab);
};
const update = (tab: Page) => tab.locator('[data-bandeau-layer="update"]');

describe('signed in from the start', () => {
  it('yes of the account runs on a new device, which keeps nothing of it and is told once', async () => {
    site.pages['/'] = page(account(await decidedElsewhere('accept-all')));
    const { page: tab, seen } = await visitors.arrive();
    await tab.goto(site.origin);
    await expect.poll(() => ran(tab)).toEqual(['mesure']);
    expect(await banner(tab).count()).toBe(0);
    expect(await cookieOf(tab)).toBeNull();
    await tab.getByText('Choix de cookies de votre compte').waitFor();
    await tab.reload();
    await expect.poll(() => ran(tab)).toEqual(['mesure']);
    await settle(tab, tracker.origin);
    expect(await tab.getByText('Choix de cookies de votre compte').count()).toBe(0);
    expect(seen).toMatchObject({ console: [], errors: [] });
  });

  it('no of the account holds what the device had granted, from the first moment', async () => {
    const no = await decidedElsewhere('reject-all');
    site.pages['/'] = page(null);
    const { page: tab } = await visitors.arrive();
    await tab.goto(site.origin);
    await decide(tab, 'accept-all');
    const before = await cookieOf(tab);
    site.pages['/'] = page(account(no));
    tracker.clear();
    await tab.goto(site.origin);
    await expect.poll(() => ask(tab, ({ receipt }) => receipt?.method)).toBe('reject-all');
    await settle(tab, tracker.origin);
    expect(await ran(tab)).toEqual([]);
    expect(await cookieOf(tab)).toBe(before);
  });

  it('without a choice of either, the first layer says that it is for the account', async () => {
    site.pages['/'] = page(account(null));
    const { page: tab } = await visitors.arrive();
    await tab.goto(site.origin);
    await banner(tab).waitFor();
    expect(await banner(tab).textContent()).toContain('Vous êtes connecté');
    site.pages['/'] = page(null);
    await tab.goto(site.origin);
    await banner(tab).waitFor();
    expect(await banner(tab).textContent()).not.toContain('Vous êtes connecté');
  });

  it('does not give what the device had said to the account', async () => {
    site.pages['/'] = page(null);
    const { page: tab } = await visitors.arrive();
    await tab.goto(site.origin);
    await decide(tab, 'accept-all');
    site.pages['/'] = page(account(null));
    await tab.goto(site.origin);
    await expect.poll(() => ran(tab)).toEqual(['mesure']);
    expect(await tab.evaluate('window.__given ?? []')).toEqual([]);
    expect(await update(tab).count()).toBe(0);
  });
});

describe('signing in and out on one page', () => {
  it('out brings back what the device had said', async () => {
    const no = await decidedElsewhere('reject-all');
    site.pages['/'] = page(null);
    const { page: tab } = await visitors.arrive();
    await tab.goto(site.origin);
    await decide(tab, 'accept-all');
    await tab.evaluate(
      `bandeau.attachAccount(${account(no)}).then((signOut) => { window.__signOut = signOut; })`,
    );
    expect(await ask(tab, (consent) => consent.isGranted('analytics'))).toBe(false);
    await tab.evaluate('window.__signOut()');
    expect(await ask(tab, (consent) => consent.isGranted('analytics'))).toBe(true);
  });

  it('out asks on a device that has said nothing', async () => {
    site.pages['/'] = page(null);
    const yes = await decidedElsewhere('accept-all');
    const { page: tab } = await visitors.arrive();
    await tab.goto(site.origin);
    await banner(tab).waitFor();
    await tab.evaluate(
      `bandeau.attachAccount(${account(yes)}).then((signOut) => { window.__signOut = signOut; })`,
    );
    await banner(tab).waitFor({ state: 'detached' });
    await tab.evaluate('window.__signOut()');
    await banner(tab).waitFor();
    expect(await cookieOf(tab)).toBeNull();
  });

  it.each(['accept-all', 'reject-all'])(
    '%s meanwhile is given to the account and to it alone',
    async (action) => {
      site.pages['/'] = page(account(null));
      const { page: tab } = await visitors.arrive();
      await tab.goto(site.origin);
      await answer(tab, action).click();
      await banner(tab).waitFor({ state: 'detached' });
      await tab.waitForFunction('window.__given');
      const given = await tab.evaluate<[string, ConsentRecord][]>('window.__given');
      expect(given).toHaveLength(1);
      const [text, record] = given[0] ?? [];
      expect(decodeReceipt(text ?? '')?.method).toBe(action);
      expect(record).toMatchObject({ method: action, layer: 'banner', previousId: null });
      expect(await cookieOf(tab)).toBeNull();
      expect(await tab.evaluate('Object.keys(localStorage)')).toEqual(['bandeau.account']);

      // On another device it holds at once.
      site.pages['/'] = page(account(text ?? ''));
      const { page: other } = await visitors.arrive();
      await other.goto(site.origin);
      await expect.poll(() => ask(other, ({ receipt }) => receipt?.method)).toBe(action);
      expect(await banner(other).count()).toBe(0);
    },
  );

  it('a withdrawal is given to the account as the yes was', async () => {
    site.pages['/'] = page(account(await decidedElsewhere('accept-all')));
    const { page: tab } = await visitors.arrive();
    await tab.goto(site.origin);
    await expect.poll(() => ran(tab)).toEqual(['mesure']);
    await tab.evaluate('bandeau.withdraw()');
    await tab.waitForFunction('window.__given');
    const [[text] = ['']] = await tab.evaluate<[string][]>('window.__given');
    expect(decodeReceipt(text)).toMatchObject({ method: 'withdraw', choices: { analytics: 'denied' } });
  });
});
