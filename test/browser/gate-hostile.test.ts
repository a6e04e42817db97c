import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { ask, html, POLICY, ran, reached, settle, useChromium, useSite } from '../support/stage.ts';

// Pages that mean no good, or are only odd: nothing is released twice or without a choice, nothing stops.

const { site, tracker } = useSite();
const visitors = useChromium();

const frame = (more = '') =>
  `<iframe id="f" data-service="confort" data-src="${tracker.origin}/f/a.html" ${more}></iframe>`;
const script = (text: string, more = 'data-service="socle"') =>
  `<script type="text/plain" ${more}>${text}</script>`;
const noted = (name: string) => `(window.__ran ??= []).push('${name}');`;

async function open(parts: Parameters<typeof html>[0], csp = '') {
  site.pages['/'] = {
    body: html(parts) as string,
    type: 'text/html; charset=utf-8',
    headers: csp ? { 'content-security-policy': csp } : {},
  };
  const visit = await visitors.arrive();
  await visit.page.goto(site.origin);
  return visit;
}

const accept = (page: Page) => ask(page, (consent) => consent.acceptAll());
const withdraw = (page: Page) => ask(page, (consent) => consent.withdraw());
const loaded = (page: Page, count = 1) => expect.poll(() => page.frames().length - 1).toBe(count);

describe('an embed', () => {
  it('of two instances has one placeholder, and the page goes on', async () => {
    const { page } = await open({ body: frame() });
    await page.evaluate(`(() => {
      const script = document.createElement('script');
      script.src = '/bandeau/bandeau.all.js';
      delete window.bandeau;
      document.head.append(script);
      return new Promise((resolve) => { script.onload = resolve; });
    })()`);
    await settle(page, tracker.origin);
    expect(await page.locator('[data-bandeau-layer="placeholder"]').count()).toBe(1);
  });

  it('that was out of the page at the withdrawal is empty when it comes back', async () => {
    const { page } = await open({ body: frame() });
    await accept(page);
    await loaded(page);
    await page.evaluate('window.f = document.getElementById("f"); f.remove()');
    await withdraw(page);
    tracker.clear();
    await page.evaluate('document.body.append(f)');
    await settle(page, tracker.origin);
    expect(reached(tracker.requests)).toEqual([]);
    expect(await page.locator('#f').getAttribute('src')).toBeNull();
  });

  it('that is a copy from before the withdrawal is emptied', async () => {
    const { page } = await open({ body: frame() });
    await accept(page);
    await loaded(page);
    await page.evaluate('window.copy = document.getElementById("f").cloneNode()');
    await withdraw(page);
    await page.evaluate('document.body.append(copy)');
    await expect.poll(() => page.evaluate('copy.hasAttribute("src")')).toBe(false);
    await settle(page, tracker.origin);
    expect(page.frames().some((one) => one.url().includes('/f/a.html'))).toBe(false);
  });

  it('that is loaded once is not so for another service', async () => {
    const { page } = await open({ body: frame() });
    await ask(page, (consent) => consent.loadOnce(document.getElementById('f') as HTMLElement));
    await expect.poll(() => reached(tracker.requests)).toEqual(['/f/a.html']);
    tracker.clear();
    await page.evaluate(`f.dataset.service = 'mesurio'; f.dataset.src = '${tracker.origin}/f/two.html'`);
    await settle(page, tracker.origin);
    expect(reached(tracker.requests)).toEqual([]);
  });

  it('with srcdoc is there when it is allowed from the start', async () => {
    const { page } = await open({
      body: `<iframe data-category="essential" data-srcdoc="&lt;img src='${tracker.origin}/p/a.gif'&gt;"></iframe>`,
    });
    await settle(page, tracker.origin);
    expect(reached(tracker.requests)).toEqual(['/p/a.gif']);
  });

  it('that nobody was to see has no placeholder', async () => {
    const { page } = await open({
      body: frame('width="0" height="0" style="display:none;visibility:hidden"'),
    });
    await settle(page, tracker.origin);
    expect(await page.locator('[data-bandeau-layer="placeholder"]').count()).toBe(0);
  });
});

describe('what is refused', () => {
  it.each([
    ['a frame', '<iframe data-category="essential" data-srcdoc="<p>x"></iframe>'],
    ['an embed', '<embed data-category="essential" data-src="/x.html">'],
    ['code', '<iframe data-category="essential" data-src="javascript:parent.__xss=1"></iframe>'],
    [
      'code, under a base that is none',
      '<img name="baseURI"><iframe data-category="essential" data-src="javascript:parent.__xss=1"></iframe>',
    ],
  ])('is tried once: %s', async (_, markup) => {
    const { page } = await open({ body: markup }, "require-trusted-types-for 'script'; trusted-types 'none'");
    for (let i = 0; i < 3; i++) {
      await page.evaluate('document.body.append(document.createElement("i"))');
      await settle(page, tracker.origin);
    }
    const failed = await ask(page, (consent) => consent.report().filter(({ action }) => action === 'failed'));
    expect(failed).toHaveLength(1);
    expect(await page.evaluate('window.__xss')).toBeUndefined();
  });
});

describe('a style', () => {
  it('goes without what the page has set meanwhile, and without a subtree being inserted again', async () => {
    const { page } = await open({
      body: `<div id="s" style="color: red" data-service="confort" data-style="background-image: url(${tracker.origin}/p/b.gif)"><iframe src="/own.html"></iframe></div>`,
    });
    site.pages['/own.html'] = '<p>own</p>';
    await accept(page);
    await expect.poll(() => reached(tracker.requests)).toEqual(['/p/b.gif']);
    await page.evaluate('s.style.height = "50px"; s.firstChild.contentWindow.mark = 1');
    await withdraw(page);
    expect(await page.locator('#s').getAttribute('style')).toBe('color: red; height: 50px;');
    expect(await page.evaluate('s.firstChild.contentWindow.mark')).toBe(1);
  });
});

describe('a polluted or clobbered page', () => {
  it('lends no script an address', async () => {
    const { page } = await open({
      head: `<script>Object.prototype.src = '${tracker.origin}/s/evil.js'; Object.prototype.srcdoc = '<p>'</script>`,
      body: script(noted('own')),
    });
    await expect.poll(() => ran(page)).toEqual(['own']);
    await settle(page, tracker.origin);
    expect(reached(tracker.requests)).toEqual([]);
  });

  it.each([
    '<form data-service="mesurio" data-style="x"><input name="matches"></form>',
    '<img name="implementation">',
    '<img name="querySelector">',
  ])('still has a handle, and stops what is being fetched: %s', async (markup) => {
    const { page } = await open({
      body: `${markup}<script type="text/plain" data-service="mesurio" src="${tracker.origin}/s/slow-300/late.js"></script>`,
    });
    await accept(page);
    await expect.poll(() => reached(tracker.requests)).toEqual(['/s/slow-300/late.js']);
    await withdraw(page);
    await page.evaluate(
      (address) => fetch(address, { mode: 'no-cors' }),
      `${tracker.origin}/s/slow-300/x.js`,
    );
    await settle(page, tracker.origin);
    expect(await ran(page)).toEqual([]);
  });

  it('may freeze what it likes', async () => {
    const { page } = await open({
      core: '<script>Object.freeze(Element.prototype); Object.defineProperty(document, "write", { value() {} })</script><script type="module">import { createConsent } from "/bandeau/es/index.js"; </script><script src="/bandeau/bandeau.js"></script>',
      body: script(noted('own')),
    });
    await expect.poll(() => ran(page)).toEqual(['own']);
  });
});

describe('a page that comes piece by piece', () => {
  it('has its inline scripts run whole, whatever is appended meanwhile', async () => {
    const policy = { ...POLICY, categories: [{ id: 'essential' }], services: [POLICY.services[0]] };
    const head = `<!doctype html><body><script type="application/json" data-bandeau-policy>${JSON.stringify(policy)}</script>
      <script src="${site.origin}/bandeau/bandeau.js"></script>
      <script>setTimeout(() => document.body.append(document.createElement('i')), 50)</script>
      <script type="text/plain" data-service="socle">${noted('first')}`;
    const server = createServer((_, response) => {
      response.writeHead(200, { 'content-type': 'text/html' });
      response.write(head);
      setTimeout(() => response.end(`${noted('second')}</script><p>end`), 600);
    });
    await new Promise<void>((resolve) => server.listen(0, 'localhost', resolve));
    const { page } = await visitors.arrive();
    await page.goto(`http://localhost:${(server.address() as AddressInfo).port}/`);
    await expect.poll(() => ran(page)).toEqual(['first', 'second']);
    server.close();
  });
});
