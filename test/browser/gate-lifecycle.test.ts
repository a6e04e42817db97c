import { build } from 'esbuild';
import type { Page } from 'playwright-core';
import { afterEach, describe, expect, it } from 'vitest';
import { openAlone } from '../support/own-chromium.ts';
import { ROOT } from '../support/root.ts';
import { settled } from '../support/settled.ts';
import { ask, decide, html, ran, reached, settle, useChromium, useSite } from '../support/stage.ts';

// What happens to a page beside being loaded: other tabs, the back/forward cache, prerendering, views that
// are drawn anew, and the end of the SDK.

const { site, tracker } = useSite();
const visitors = useChromium();

const MARK = 'data-category="analytics" data-service="mesurio"';
const script = (name: string) =>
  `<script type="text/plain" ${MARK} src="${tracker.origin}/s/${name}.js"></script>`;
const frame = (name: string) =>
  `<iframe ${MARK} data-src="${tracker.origin}/f/${name}.html" title="${name}"></iframe>`;

async function open(parts: Parameters<typeof html>[0]) {
  site.pages['/'] = html(parts);
  const visit = await visitors.arrive();
  await visit.page.goto(site.origin);
  return visit;
}

const addresses = (page: Page) =>
  page.evaluate(() => [...document.querySelectorAll('iframe')].map((one) => one.getAttribute('src')));

/** The promise of the SDK, in milliseconds. */
const SOON = { timeout: 1000, interval: 25 };

describe('tabs', () => {
  async function twoTabs() {
    const { page } = await open({ body: script('a') + frame('a') });
    const other = await page.context().newPage();
    await other.goto(site.origin);
    return [page, other] as const;
  }

  it('a yes in one acts in the other within a second, and its banner goes', async () => {
    const [page, other] = await twoTabs();
    await decide(page, 'accept-all');
    await expect.poll(() => ran(other), SOON).toEqual(['a']);
    await expect.poll(() => addresses(other), SOON).toEqual([`${tracker.origin}/f/a.html`]);
    await expect.poll(() => other.locator('[data-bandeau-layer="banner"]').count(), SOON).toBe(0);
  });

  it('no decision in one is no decision in the other', async () => {
    const [, other] = await twoTabs();
    await settle(other, tracker.origin);
    expect(reached(tracker.requests)).toEqual([]);
  });

  it('a withdrawal in one acts in the other within a second', async () => {
    const [page, other] = await twoTabs();
    await decide(page, 'accept-all');
    await expect.poll(() => ran(other), SOON).toEqual(['a']);
    await page.evaluate('bandeau.withdraw()');
    await expect.poll(() => addresses(other), SOON).toEqual([null]);
    expect(await ask(other, ({ isGranted }) => isGranted('mesurio'))).toBe(false);
    expect(await other.evaluate('bandeau.$needsReload.get()')).toBe(true);
  });
});

describe('a page that nobody drives', () => {
  const closers: (() => Promise<void>)[] = [];
  afterEach(async () => {
    for (const close of closers.splice(0)) await close();
  });

  /** In a page: sends what it knows to the site, which logs it. */
  const REPORT = `const report = (name, value) => fetch('/report?' + name + '=' + encodeURIComponent(JSON.stringify(value)));`;
  const reports = () =>
    Object.fromEntries(
      site.requests
        .filter(({ url }) => url.startsWith('/report?'))
        .map(({ url }) => {
          const [[name, value] = ['', '']] = new URLSearchParams(url.slice('/report?'.length));
          return [name, JSON.parse(value)];
        }),
    );
  const play = async (path: string) => {
    site.pages['/report'] = '';
    closers.push(await openAlone(site.origin + path));
  };
  const LONG = { timeout: 20_000, interval: 50 };

  /** In a page: comes back once the expression is true, or never. */
  const UNTIL = `const until = async (isTrue) => { while (!isTrue()) await new Promise(requestAnimationFrame); };`;
  const HAS_RUN = 'window.__ran';

  /** The servers of the tests say `no-store`, and what may not be stored is not kept for coming back. */
  const cacheable = (parts: Parameters<typeof html>[0]) => {
    const page = html(parts);
    return {
      ...(typeof page === 'string' ? { body: page } : page),
      headers: { 'cache-control': 'no-cache' },
    };
  };

  /** `first` is left for `second`, which does something and goes back. Then `awaited` has to become true. */
  function leaveAndComeBack(before: string, elsewhere: string, awaited = 'true') {
    const state = `[window.__ran ?? [], document.querySelector('iframe')?.hasAttribute('src') ?? false]`;
    site.pages['/first'] = cacheable({
      body: `${script('a')}${frame('a')}<script>${REPORT} ${UNTIL}
        addEventListener('pageshow', async ({ persisted }) => {
          if (!persisted) {
            ${before}
            await ${settled(tracker.origin)};
            await report('left', ${state});
            location.href = '/second';
            return;
          }
          await until(() => ${awaited});
          await ${settled(tracker.origin)};
          await report('restored', ${state});
        });
      </script>`,
    });
    site.pages['/second'] = html({
      body: `<script>onload = async () => { ${elsewhere} await ${settled(tracker.origin)}; history.back(); };</script>`,
    });
    return play('/first');
  }

  it('restored from the back/forward cache, it acts on a yes that was given meanwhile', async () => {
    await leaveAndComeBack('', 'bandeau.acceptAll();', HAS_RUN);
    await expect.poll(reports, LONG).toMatchObject({ restored: [['a'], true] });
    expect(reports()).toMatchObject({ left: [[], false] });
  });

  it('restored without a decision, it still holds', async () => {
    await leaveAndComeBack('', '');
    await expect.poll(reports, LONG).toMatchObject({ restored: [[], false] });
  });

  it('restored, it acts on a withdrawal that was made meanwhile', async () => {
    await leaveAndComeBack(`bandeau.acceptAll(); await until(() => ${HAS_RUN});`, 'bandeau.withdraw();');
    await expect.poll(reports, LONG).toMatchObject({ left: [['a'], true], restored: [['a'], false] });
  });

  /** `/from` prerenders `/ahead`, and goes there once that has said what it did. Then `awaited` has to become true. */
  function prerender(decision: string, awaited: string) {
    const rules = JSON.stringify({ prerender: [{ urls: ['/ahead'], eagerness: 'immediate' }] });
    site.pages['/from'] = html({
      body: `<script>${REPORT} onload = async () => {
          ${decision}
          const rules = document.createElement('script');
          rules.type = 'speculationrules';
          rules.text = ${JSON.stringify(rules)};
          addEventListener('storage', ({ key }) => { if (key === 'prerendered') location.href = '/ahead'; });
          document.head.append(rules);
        };</script>`,
    });
    site.pages['/ahead'] = html({
      body: `${script('a')}<script>${REPORT} ${UNTIL}
        const state = () => [window.__ran ?? [], document.querySelectorAll('[data-bandeau-root]').length];
        (window.__control ??= []).push('ran');
        (async () => {
          if (!document.prerendering) return report('not-prerendered', true);
          document.addEventListener('prerenderingchange', async () => {
            await until(() => ${awaited});
            await ${settled(tracker.origin)};
            await report('activated', state());
          });
          await ${settled(tracker.origin)};
          await report('prerendered', [...state(), window.__control]);
          localStorage.setItem('prerendered', 'yes');
        })();
      </script>`,
    });
    return play('/from');
  }

  it('prerendered, it releases nothing before it is visited, and then what was granted', async () => {
    await prerender('bandeau.acceptAll();', HAS_RUN);
    await expect.poll(reports, LONG).toMatchObject({ activated: [['a'], 0] });
    // What nobody marked has run ahead, so there was a prerendered page to run in.
    expect(reports()['prerendered']).toEqual([[], 0, ['ran']]);
    expect(reached(tracker.requests)).toEqual(['/s/a.js']);
  });

  it('prerendered, it asks nothing before it is visited, and then asks', async () => {
    await prerender('', `document.querySelector('[data-bandeau-root]')`);
    await expect.poll(reports, LONG).toMatchObject({ activated: [[], 1] });
    expect(reports()['prerendered']).toEqual([[], 0, ['ran']]);
    expect(reached(tracker.requests)).toEqual([]);
  });
});

describe('views that are drawn anew', () => {
  const router = () => `<div id="view"></div><script>
    const views = {
      one: ${JSON.stringify(script('one') + frame('one')).replaceAll('</', '<\\/')},
      two: ${JSON.stringify(script('two') + frame('two')).replaceAll('</', '<\\/')},
    };
    window.go = (name) => {
      history.pushState(null, '', '#' + name);
      document.getElementById('view').innerHTML = views[name];
    };
    go('one');
  </script>`;

  it('hold what each brings, until a yes', async () => {
    const { page } = await open({ body: router() });
    await page.evaluate('go("two")');
    await page.evaluate('go("one")');
    await settle(page, tracker.origin);
    expect(reached(tracker.requests)).toEqual([]);
    await decide(page, 'accept-all');
    // The other view is not there.
    await expect.poll(() => ran(page)).toEqual(['one']);
    await expect.poll(() => reached(tracker.requests).sort()).toEqual(['/f/one.html', '/s/one.js']);
  });

  it('after a yes act as they come, each time they come', async () => {
    const { page, seen } = await open({ body: router() });
    await decide(page, 'accept-all');
    await expect.poll(() => ran(page)).toEqual(['one']);
    await page.evaluate('go("two")');
    await expect.poll(() => ran(page)).toEqual(['one', 'two']);
    await page.evaluate('go("one")');
    await expect.poll(() => ran(page)).toEqual(['one', 'two', 'one']);
    expect(await addresses(page)).toEqual([`${tracker.origin}/f/one.html`]);
    expect(seen.errors).toEqual([]);
  });

  it('that a framework draws hold, act, are drawn again and are taken down without an error', async () => {
    const { outputFiles } = await build({
      stdin: {
        resolveDir: ROOT,
        contents: `
          import { h, render } from 'preact';
          const mark = { 'data-category': 'analytics', 'data-service': 'mesurio' };
          const View = ({ name, count }) =>
            h('section', { key: name },
              h('p', { id: 'count' }, String(count)),
              h('script', { ...mark, type: 'text/plain', src: '${tracker.origin}/s/' + name + '.js' }),
              h('iframe', { ...mark, 'data-src': '${tracker.origin}/f/' + name + '.html', title: name }),
              h('p', null, 'end'));
          const root = document.getElementById('view');
          window.draw = (name, count) => render(name ? h(View, { name, count }) : null, root);
          draw('one', 0);`,
      },
      bundle: true,
      write: false,
      format: 'iife',
    });
    site.pages['/app.js'] = { body: outputFiles[0]?.text ?? '', type: 'text/javascript' };
    const { page, seen } = await open({ body: '<div id="view"></div><script src="/app.js"></script>' });
    const order = () =>
      page.evaluate(
        `[...document.querySelectorAll('#view section > :is(p, iframe)')].map((e) => e.localName).join()`,
      );
    await page.evaluate('draw("one", 1)');
    await settle(page, tracker.origin);
    expect(reached(tracker.requests)).toEqual([]);
    await decide(page, 'accept-all');
    await expect.poll(() => ran(page)).toEqual(['one']);
    await expect.poll(() => reached(tracker.requests).sort()).toEqual(['/f/one.html', '/s/one.js']);
    for (const count of [2, 3, 4]) await page.evaluate(`draw("one", ${count})`);
    await settle(page, tracker.origin);
    expect(await page.locator('#count').textContent()).toBe('4');
    expect(await order()).toBe('p,iframe,p');
    await page.evaluate('draw("two", 5)');
    await expect.poll(() => ran(page)).toEqual(['one', 'two']);
    await page.evaluate('bandeau.withdraw()');
    await page.evaluate('draw("two", 6)');
    expect(await page.locator('#count').textContent()).toBe('6');
    await expect.poll(() => addresses(page)).toEqual([null]);
    await page.evaluate('draw(null)');
    await settle(page, tracker.origin);
    expect(await page.locator('#view > *').count()).toBe(0);
    expect(await ran(page)).toEqual(['one', 'two']);
    expect(seen.errors).toEqual([]);
  });
});

describe('the end', () => {
  const BODY = () => `<div id="held">${script('a')}<p>text</p>${frame('a')}
    <script type="text/plain" ${MARK}>(window.__ran ??= []).push('inline');</script>
    <p ${MARK} data-style="color: red">styled</p></div>`;
  const markup = (page: Page) => page.evaluate('document.getElementById("held").innerHTML');

  it('leaves held markup as it was found, and holds it', async () => {
    const { page } = await open({ body: BODY() });
    await page.locator('[data-bandeau-layer="placeholder"]').waitFor();
    await page.evaluate('bandeau.destroy()');
    await settle(page, tracker.origin);
    expect(await markup(page)).toBe(BODY().replace(/^<div id="held">|<\/div>$/g, ''));
    expect(await page.locator('[data-bandeau-root]').count()).toBe(0);
    expect(reached(tracker.requests)).toEqual([]);
  });

  it('releases nothing any more, neither what is there nor what comes', async () => {
    const { page } = await open({ body: BODY() });
    await page.evaluate('bandeau.destroy(), bandeau.acceptAll()');
    await page.evaluate(`document.body.insertAdjacentHTML('beforeend', ${JSON.stringify(frame('late'))})`);
    await settle(page, tracker.origin);
    expect(reached(tracker.requests)).toEqual([]);
  });

  it('leaves what was released', async () => {
    const { page } = await open({ body: BODY() });
    await decide(page, 'accept-all');
    await expect.poll(() => ran(page)).toEqual(['a', 'inline']);
    await page.evaluate('bandeau.destroy()');
    await settle(page, tracker.origin);
    expect(await addresses(page)).toEqual([`${tracker.origin}/f/a.html`]);
    expect(await ran(page)).toEqual(['a', 'inline']);
  });
});
