import type { Page } from 'playwright-core';
import { beforeEach, describe, expect, it } from 'vitest';
import type { Policy } from '../../src/types.ts';
import { ask, banner, decide, html, POLICY, ran, settle, useChromium, useSite } from '../support/stage.ts';

// One choice for sites on domains of their own. `*.localhost` is this machine for Chromium.

const { site, tracker } = useSite();
const visitors = useChromium();
const SITES = ['un.localhost', 'deux.localhost'];
const host = (name: string) => `http://${name}.localhost:${new URL(site.origin).port}`;

/** As a site writes it: the choice is put into the address at the click, or it would be too old. */
const SHARED: Policy = { ...POLICY, scope: { sites: SITES } };
const page = (options = '{ sisterSites: true }', referrer = '', end = '') =>
  html({
    policy: null,
    head: `${referrer}<script>
      bandeau.push(['init', ${JSON.stringify(SHARED)}, ${options}]);
      addEventListener('click', async (event) => {
        const link = event.target.closest('a.sister');
        if (!link) return;
        event.preventDefault();
        location.href = await bandeau.decorate(link.href);
      });
    </script><script type="text/plain" data-category="analytics" src="${tracker.origin}/s/mesure.js"></script>`,
    body: `<a class="sister" id="to-un" href="${host('un')}/arrivee?a=%20b#c">un</a>
      <a class="sister" id="to-deux" href="${host('deux')}/arrivee?a=%20b#c">deux</a>
      <a class="sister" id="to-trois" href="${host('trois')}/arrivee?a=%20b#c">trois</a>${end}`,
  });
beforeEach(() => {
  site.pages['/'] = page();
  site.pages['/arrivee'] = page();
});

const method = (tab: Page) => ask(tab, ({ receipt }) => receipt?.method ?? null);
const asks = async (tab: Page) => {
  await banner(tab).waitFor();
  await settle(tab, tracker.origin);
  expect(await ran(tab)).toEqual([]);
  expect(await method(tab)).toBeNull();
};
const arrived = (tab: Page) => tab.waitForURL(/\/arrivee\?a=%20b#c$/);
const passedAddress = (tab: Page, name: string) =>
  tab.evaluate(
    (url) =>
      (window as unknown as { bandeau: { decorate(url: string): Promise<string> } }).bandeau.decorate(url),
    `${host(name)}/arrivee`,
  );
const decidedOn = async (name: string, action: string) => {
  const { page: tab, seen } = await visitors.arrive();
  await tab.goto(`${host(name)}/`);
  await decide(tab, action);
  return { tab, seen };
};

describe('a link to a sister site', () => {
  it.each([
    ['accept-all', ['mesure']],
    ['reject-all', []],
  ])('takes %s along, as the same decision', async (action, runs) => {
    const { tab, seen } = await decidedOn('un', action);
    const id = await ask(tab, ({ receipt }) => receipt?.id);
    await tab.locator('#to-deux').click();
    await arrived(tab);
    await expect.poll(() => method(tab)).toBe(action);
    await settle(tab, tracker.origin);
    expect(await ask(tab, ({ receipt }) => receipt?.id)).toBe(id);
    expect(await ran(tab)).toEqual(runs);
    expect(await banner(tab).count()).toBe(0);
    expect(seen.errors).toEqual([]);
  });

  it('takes it back again once it was changed there', async () => {
    const { tab } = await decidedOn('un', 'accept-all');
    await tab.locator('#to-deux').click();
    await arrived(tab);
    await expect.poll(() => ran(tab)).toEqual(['mesure']);
    // The next second, since a receipt counts in seconds.
    await tab.waitForFunction(
      () =>
        Date.now() -
          Date.parse((window as unknown as { bandeau: { receipt: { time: string } } }).bandeau.receipt.time) >
        1000,
    );
    await tab.evaluate('bandeau.withdraw()');
    await tab.locator('#to-un').click();
    await arrived(tab);
    await expect.poll(() => method(tab)).toBe('withdraw');
  });

  it('shows it to no server, and finds the anchor that the address had', async () => {
    site.pages['/arrivee'] = page(undefined, undefined, '<p style="margin:300vh 0" id="c">c</p>');
    const { tab } = await decidedOn('un', 'accept-all');
    await tab.locator('#to-deux').click();
    await arrived(tab);
    await expect.poll(() => method(tab)).toBe('accept-all');
    await tab.waitForFunction(() => scrollY > 0);
    await settle(tab, tracker.origin);
    for (const { url, headers } of [...site.requests, ...tracker.requests]) {
      expect(`${url} ${headers.referer}`).not.toContain('bandeau=');
    }
  });

  it('has nothing in it before a decision, nor to a site that is not named', async () => {
    const { page: tab } = await visitors.arrive();
    await tab.goto(`${host('un')}/`);
    await banner(tab).waitFor();
    expect(await passedAddress(tab, 'deux')).toBe(`${host('deux')}/arrivee`);
    await decide(tab, 'accept-all');
    expect(await passedAddress(tab, 'trois')).toBe(`${host('trois')}/arrivee`);
    expect(await passedAddress(tab, 'deux')).toContain('#bandeau=');
  });

  it('is all that loads the code for it', async () => {
    const { page: tab } = await visitors.arrive();
    await tab.goto(`${host('un')}/`);
    await banner(tab).waitFor();
    await settle(tab, tracker.origin);
    expect(site.requests.filter(({ url }) => url.includes('carry-over'))).toEqual([]);
    await tab.goto(`${host('un')}/arrivee#bandeau=x`);
    await banner(tab).waitFor();
    expect(site.requests.filter(({ url }) => url.includes('carry-over'))).toHaveLength(1);
  });

  it('grants nothing on a site that does not want it', async () => {
    site.pages['/arrivee'] = page('{}');
    const { tab } = await decidedOn('un', 'accept-all');
    await tab.locator('#to-deux').click();
    await tab.waitForURL(/\/arrivee/);
    await asks(tab);
  });
});

describe('a forged or stolen link grants nothing', () => {
  const stolen = async () => {
    const { tab } = await decidedOn('un', 'accept-all');
    return passedAddress(tab, 'deux');
  };
  const follow = async (tab: Page, from: string, url: string) => {
    site.pages['/lien'] = `<!doctype html><title>x</title><a id="go" href="${url}">x</a>`;
    await tab.goto(`${from}/lien`);
    await tab.locator('#go').click();
    await tab.waitForURL(/\/arrivee$/);
  };

  it('from a site that is not named, and is gone from the address all the same', async () => {
    const url = await stolen();
    const { page: tab } = await visitors.arrive();
    await follow(tab, host('pirate'), url);
    await asks(tab);
  });

  it('without a referrer', async () => {
    const url = await stolen();
    const { page: tab } = await visitors.arrive();
    await tab.goto(url);
    await tab.waitForURL(/\/arrivee$/);
    await asks(tab);
  });

  it('where the sister site hides who links', async () => {
    site.pages['/'] = page('{ sisterSites: true }', '<meta name="referrer" content="no-referrer">');
    const { tab } = await decidedOn('un', 'accept-all');
    await tab.locator('#to-deux').click();
    await arrived(tab);
    await asks(tab);
  });

  it('changed by one character', async () => {
    const url = await stolen();
    const { page: tab } = await visitors.arrive();
    await follow(
      tab,
      host('un'),
      url.replace(/.$/, (last) => (last === 'A' ? 'B' : 'A')),
    );
    await asks(tab);
  });

  it('a second time, and did the first', async () => {
    const url = await stolen();
    const { page: tab } = await visitors.arrive();
    await follow(tab, host('un'), url);
    await expect.poll(() => method(tab)).toBe('accept-all');
    await tab.evaluate('bandeau.reset()');
    await follow(tab, host('un'), url);
    await asks(tab);
  });

  it('over a refusal that was said here later', async () => {
    const url = await stolen();
    const { page: tab } = await visitors.arrive();
    await tab.goto(`${host('deux')}/`);
    await banner(tab).waitFor();
    await tab.evaluate('bandeau.rejectAll()');
    await follow(tab, host('un'), url);
    await settle(tab, tracker.origin);
    expect(await method(tab)).toBe('reject-all');
    expect(await ran(tab)).toEqual([]);
  });
});
