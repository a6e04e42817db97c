import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import type { Policy } from '../../src/types.ts';
import { html, POLICY, ran, reached, settle, useChromium, useSite } from '../support/stage.ts';

// What a withdrawal takes away: cookies in every scope that the page can reach, stored keys, running scripts.

const { site, tracker } = useSite();
const visitors = useChromium();

/** `*.localhost` is this machine for Chromium, and `shop.localhost` a domain that takes cookies. */
const HOST = 'a.b.shop.localhost';
const DEEP = '/deep/er/page';

const measure = (more: Partial<Policy['services'][number]> = {}) => ({
  id: 'visits',
  category: 'analytics',
  vendor: { name: 'Mesurio' },
  purpose: 'Compter les visites.',
  ...more,
});
const policyOf = (...services: Policy['services']): Policy => ({ ...POLICY, services });
const TAKEN = policyOf(measure({ cookies: [{ pattern: '(__Host-|__Secure-)?t_\\w+', lifetimeDays: 30 }] }));

/** One cookie in each scope: what is written after its name and value. */
const SCOPES: Record<string, string> = {
  t_session: 'path=/',
  t_lasting: 'path=/; max-age=9999',
  t_domain: 'path=/; domain=shop.localhost',
  t_middle: 'path=/; domain=b.shop.localhost',
  t_path: 'path=/deep/er',
  t_path_slash: 'path=/deep/er/',
  t_page: `path=${DEEP}; domain=shop.localhost`,
  t_secure: 'path=/; secure; samesite=none',
  '__Host-t_partitioned': 'path=/; secure; partitioned',
};

async function arrive(policy: Policy, parts: { body?: string; head?: string } = {}) {
  site.pages[DEEP] = html({ policy, ...parts });
  site.pages['/'] = html({ policy, ...parts });
  const { page, seen } = await visitors.arrive();
  const address = `http://${HOST}:${new URL(site.origin).port}`;
  await page.goto(address + DEEP);
  return { page, seen, address };
}

const names = async (page: Page) => (await page.context().cookies()).map(({ name }) => name).sort();
const withdraw = (page: Page) => page.evaluate('bandeau.withdraw()');
const accept = (page: Page) => page.evaluate('bandeau.acceptAll()');
const setCookies = (page: Page, scopes: Record<string, string>) =>
  page.evaluate(
    Object.entries(scopes)
      .map(([name, scope]) => `document.cookie = '${name}=1; ${scope}';`)
      .join(''),
  );
const entries = (page: Page, action: string) =>
  page.evaluate(
    `bandeau.report().filter((entry) => entry.action === '${action}').map(({ kind, name }) => kind + ' ' + name).sort()`,
  );

describe('cookies', () => {
  it('in each of nine scopes are there after a yes, and gone after the withdrawal', async () => {
    const { page } = await arrive(TAKEN);
    await accept(page);
    await setCookies(page, SCOPES);
    expect(await names(page)).toEqual([...Object.keys(SCOPES), 'bandeau'].sort());
    await withdraw(page);
    await expect.poll(() => names(page)).toEqual(['bandeau']);
    expect(await entries(page, 'erased')).toEqual(
      Object.keys(SCOPES)
        .map((name) => `cookie ${name}`)
        .sort(),
    );
    expect(await entries(page, 'kept')).toEqual([]);
  });

  it('stay while nothing is withdrawn, across a reload too', async () => {
    const { page } = await arrive(TAKEN);
    await accept(page);
    await setCookies(page, SCOPES);
    await page.reload();
    await settle(page, tracker.origin);
    expect(await names(page)).toHaveLength(10);
  });

  it('are gone on the next page as well, where one was for a path that the first could not see', async () => {
    const { page, address } = await arrive(TAKEN);
    await accept(page);
    await setCookies(page, { t_page: `path=${DEEP}` });
    await page.goto(`${address}/`);
    await withdraw(page);
    expect(await names(page)).toEqual(['bandeau', 't_page']);
    await page.goto(address + DEEP);
    await expect.poll(() => names(page)).toEqual(['bandeau']);
  });

  it('are gone at once for a path that the policy declares', async () => {
    const declared = [{ name: 't_page', path: DEEP, lifetimeDays: 30 }];
    const { page, address } = await arrive(policyOf(measure({ cookies: declared })));
    await accept(page);
    await setCookies(page, { t_page: `path=${DEEP}` });
    await page.goto(`${address}/`);
    await withdraw(page);
    await expect.poll(() => names(page)).toEqual(['bandeau']);
  });

  it('that a granted service declares too stay, as do the receipt and what nobody declares', async () => {
    const shared = [{ name: 't_shared', lifetimeDays: 30 }];
    const { page } = await arrive(
      policyOf(
        measure({ cookies: [{ pattern: 't_\\w+', lifetimeDays: 30 }] }),
        measure({ id: 'comfort', category: 'preference', cookies: shared }),
      ),
    );
    await accept(page);
    await setCookies(page, { t_shared: 'path=/', t_own: 'path=/', nobodys: 'path=/' });
    await page.evaluate(`bandeau.withdraw('visits')`);
    await expect.poll(() => names(page)).toEqual(['bandeau', 'nobodys', 't_shared']);
    await page.evaluate(`bandeau.withdraw('comfort')`);
    await expect.poll(() => names(page)).toEqual(['bandeau', 'nobodys']);
  });

  it('stay where a pattern names the receipt itself', async () => {
    const { page } = await arrive(policyOf(measure({ cookies: [{ pattern: '.*', lifetimeDays: 30 }] })));
    await accept(page);
    await setCookies(page, { t_own: 'path=/' });
    await withdraw(page);
    await expect.poll(() => names(page)).toEqual(['bandeau']);
    expect(await page.evaluate('bandeau.receipt.method')).toBe('withdraw');
  });

  it('that only the server sees (HttpOnly) stay: no page can reach them', async () => {
    const { page, address } = await arrive(TAKEN);
    await page.context().addCookies([{ name: 't_server', value: '1', url: address, httpOnly: true }]);
    await accept(page);
    await withdraw(page);
    await settle(page, tracker.origin);
    expect(await names(page)).toEqual(['bandeau', 't_server']);
  });

  it('that come back after a refusal are erased at the next load', async () => {
    const { page } = await arrive(TAKEN);
    await page.evaluate('bandeau.rejectAll()');
    await setCookies(page, { t_again: 'path=/' });
    await page.reload();
    await expect.poll(() => names(page)).toEqual(['bandeau']);
  });

  it('of what was granted are gone when everything is forgotten', async () => {
    const { page } = await arrive(TAKEN);
    await accept(page);
    await setCookies(page, SCOPES);
    await page.evaluate('bandeau.reset()');
    await expect.poll(() => names(page)).toEqual([]);
  });

  it('stay when what was never granted is forgotten', async () => {
    const { page } = await arrive(TAKEN);
    await setCookies(page, { t_before: 'path=/' });
    await page.evaluate('bandeau.reset()');
    await settle(page, tracker.origin);
    expect(await names(page)).toEqual(['t_before']);
  });

  it('of a visitor who has not been asked yet are left alone', async () => {
    const { page } = await arrive(TAKEN);
    await setCookies(page, { t_before: 'path=/' });
    await page.reload();
    await settle(page, tracker.origin);
    expect(await names(page)).toEqual(['t_before']);
  });
});

/** Fills each kind of storage with what `name` says. */
const fill = (page: Page, name: string) =>
  page.evaluate(async (key) => {
    localStorage.setItem(key, '1');
    sessionStorage.setItem(key, '1');
    const opening = indexedDB.open(key);
    await new Promise((resolve) => {
      opening.onsuccess = resolve;
    });
    opening.result.close();
    await caches.open(key);
  }, name);

const keys = (page: Page) =>
  page.evaluate(async () =>
    [
      ...Object.keys(localStorage)
        // Ours: what was decided.
        .filter((key) => !key.startsWith('bandeau.'))
        .map((key) => `localStorage ${key}`),
      ...Object.keys(sessionStorage).map((key) => `sessionStorage ${key}`),
      ...(await indexedDB.databases()).map(({ name }) => `indexedDB ${name}`),
      ...(await caches.keys()).map((key) => `cacheStorage ${key}`),
    ].sort(),
  );

describe('storage', () => {
  const KINDS = ['localStorage', 'sessionStorage', 'indexedDB', 'cacheStorage'] as const;
  const STORED = policyOf(measure({ storage: KINDS.map((kind) => ({ kind, key: 't_*' })) }));
  // Caches need a context that is secure, which `localhost` itself is everywhere.
  const arriveLocal = async (policy: Policy) => {
    site.pages['/'] = html({ policy });
    const visit = await visitors.arrive();
    await visit.page.goto(site.origin);
    return visit;
  };

  it('of every kind that the policy names is emptied, by pattern; other keys stay', async () => {
    const { page } = await arriveLocal(STORED);
    await accept(page);
    await fill(page, 't_visits');
    await fill(page, 'own');
    expect(await keys(page)).toHaveLength(8);
    await withdraw(page);
    await expect.poll(() => keys(page)).toEqual(KINDS.map((kind) => `${kind} own`).sort());
    await expect.poll(() => entries(page, 'erased')).toEqual(KINDS.map((kind) => `${kind} t_visits`).sort());
  });

  it('of a service that is still granted stays', async () => {
    const { page } = await arriveLocal(
      policyOf(measure(STORED.services[0]), measure({ id: 'comfort', category: 'preference' })),
    );
    await accept(page);
    await fill(page, 't_visits');
    await page.evaluate(`bandeau.withdraw('comfort')`);
    await settle(page, tracker.origin);
    expect(await keys(page)).toHaveLength(4);
  });

  it('that is in use is told as kept, and emptied at the next load', async () => {
    const { page } = await arriveLocal(STORED);
    await accept(page);
    await page.evaluate(async () => {
      const opening = indexedDB.open('t_open');
      await new Promise((resolve) => {
        opening.onsuccess = resolve;
      });
      Object.assign(window, { kept: opening.result });
    });
    await withdraw(page);
    await expect.poll(() => entries(page, 'kept')).toEqual(['indexedDB t_open']);
    await page.reload();
    await expect.poll(() => keys(page)).toEqual([]);
  });
});

describe('what runs', () => {
  const slow = () =>
    `<script type="text/plain" data-category="analytics" data-service="visits" src="${tracker.origin}/s/slow-400/late.js"></script>`;

  it('a script that is still being fetched does not run afterwards', async () => {
    const { page } = await arrive(policyOf(measure()), { body: slow() });
    await accept(page);
    await expect.poll(() => reached(tracker.requests)).toEqual(['/s/slow-400/late.js']);
    await withdraw(page);
    // The tracker answers requests in their time: this one is asked for later and answered later.
    await page.evaluate(`fetch('${tracker.origin}/s/slow-600/other.js').then(() => 0)`);
    expect(await ran(page)).toEqual([]);
  });

  it('one that is not withdrawn meanwhile runs', async () => {
    const { page } = await arrive(policyOf(measure()), { body: slow() });
    await accept(page);
    await expect.poll(() => ran(page)).toEqual(['late']);
  });

  it('one that was stopped while being fetched runs after a new yes', async () => {
    const { page } = await arrive(policyOf(measure()), { body: slow() });
    await accept(page);
    await expect.poll(() => reached(tracker.requests)).toHaveLength(1);
    await withdraw(page);
    await accept(page);
    await expect.poll(() => ran(page)).toEqual(['late']);
  });

  const inline = `<script type="text/plain" data-category="analytics" data-service="visits">(window.__ran ??= []).push('a')</script>`;

  it('a service with `reload: true` reloads the page at once, when it has run here', async () => {
    const { page } = await arrive(policyOf(measure({ reload: true })), { body: inline });
    await accept(page);
    await expect.poll(() => ran(page)).toEqual(['a']);
    await page.evaluate('window.isOld = true');
    await withdraw(page);
    await page.waitForFunction('!window.isOld && window.bandeau?.receipt');
    expect(await ran(page)).toEqual([]);
    expect(await page.evaluate('bandeau.$needsReload.get()')).toBe(false);
    const { records } = JSON.parse(await page.evaluate(`bandeau.exportReceipt('json')`));
    expect(records.map(({ method }: { method: string }) => method)).toEqual(['withdraw', 'accept-all']);
  });

  it('a service with `reload: true` that has not run here reloads nothing', async () => {
    const { page } = await arrive(policyOf(measure({ reload: true })));
    await accept(page);
    await page.evaluate('window.isOld = true');
    await withdraw(page);
    await settle(page, tracker.origin);
    expect(await page.evaluate('window.isOld')).toBe(true);
  });

  it('`onWithdraw` is called once for each withdrawal, and a throwing one is no hindrance', async () => {
    site.pages['/'] = html({
      policy: null,
      head: `<script>
        window.stopped = [];
        bandeau.init(${JSON.stringify(policyOf(measure(), measure({ id: 'comfort', category: 'preference' })))}, {
          onWithdraw: {
            visits() { stopped.push('visits'); throw new Error('from the site'); },
            comfort() { stopped.push('comfort'); },
          },
        });
      </script>`,
    });
    const { page } = await visitors.arrive();
    await page.goto(site.origin);
    const stopped = () => page.evaluate('stopped');
    await page.evaluate('bandeau.rejectAll()');
    expect(await stopped()).toEqual([]);
    await accept(page);
    await page.evaluate(`bandeau.withdraw('visits')`);
    expect(await stopped()).toEqual(['visits']);
    await page.evaluate('bandeau.withdraw()');
    expect(await stopped()).toEqual(['visits', 'comfort']);
    await accept(page);
    await withdraw(page);
    expect(await page.evaluate('stopped.length')).toBe(4);
    await page.reload();
    await settle(page, tracker.origin);
    expect(await stopped()).toEqual([]);
  });
});
