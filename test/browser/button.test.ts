import type { BrowserContextOptions, Locator, Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import {
  answer,
  banner,
  decide,
  POLICY,
  preferences,
  settle,
  useChromium,
  useDemo,
  useSite,
} from '../support/stage.ts';

const demo = useDemo();
const { site, tracker } = useSite();
const visitors = useChromium();

const buttonOf = (page: Page): Locator => page.locator('[data-bandeau-layer="button"]');

/** A page that has no way back of its own. */
const withoutLink = ({ tag = 'data-button', root = 'lang="fr"', head = '', body = '' } = {}) =>
  `<!doctype html><html ${root}><head><meta charset="utf-8"><title>essai</title><link rel="icon" href="data:,">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <script type="application/json" data-bandeau-policy>${JSON.stringify(POLICY)}</script>
    <script src="/bandeau/bandeau.js" ${tag}></script>${head}</head>
    <body><main><h1>Essai</h1><p>Un texte.</p></main>${body}</body></html>`;

/** Opens that page, and answers the banner. */
async function open(parts: Parameters<typeof withoutLink>[0] = {}, options: BrowserContextOptions = {}) {
  const { page, seen } = await visitors.arrive({ viewport: { width: 1000, height: 600 }, ...options });
  site.pages['/'] = withoutLink(parts);
  await page.goto(site.origin);
  await decide(page, 'reject-all');
  const button = buttonOf(page);
  return { page, seen, button };
}

/** Comes back when what has just happened to the page was looked at, and drawn. */
const drawn = (page: Page) =>
  page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))));

/** Distances of the button from the edges of the window. */
const place = (button: Locator) =>
  button.evaluate((element) => {
    const { top, bottom, left, right } = element.getBoundingClientRect();
    const { clientWidth, clientHeight } = document.documentElement;
    return { top, bottom: clientHeight - bottom, left, right: clientWidth - right };
  });

const styleOf = (button: Locator, ...names: string[]) =>
  button.evaluate(
    (element, names) => names.map((name) => getComputedStyle(element).getPropertyValue(name)),
    names,
  );

/** Where the button is and what of the page lies under it: scrolled to each of these, or as the page is. */
const look = (page: Page, scrollTo: readonly (number | null)[] = [null]) =>
  page.evaluate(async (scrollTo) => {
    const all =
      'a[href], button, input, select, textarea, summary, iframe, [tabindex="0"], [contenteditable]';
    const lookNow = () => {
      const button = document.querySelector<HTMLElement>('[data-bandeau-layer=button]');
      if (!button?.checkVisibility({ visibilityProperty: true })) return { at: 'nowhere', under: [] };
      const own = button.getBoundingClientRect();
      const under = [...document.querySelectorAll(all)].filter((element) => {
        const box = element.getBoundingClientRect();
        return (
          element !== button &&
          box.left < own.right &&
          box.right > own.left &&
          box.top < own.bottom &&
          box.bottom > own.top
        );
      });
      const isLow = own.bottom > innerHeight * 0.75;
      const at = `${isLow ? 'bottom' : 'middle'} ${own.left < innerWidth / 2 ? 'left' : 'right'}`;
      return { at, under: under.map((element) => element.textContent || element.tagName) };
    };
    const seen: ReturnType<typeof lookNow>[] = [];
    for (const y of scrollTo) {
      if (y !== null) window.scrollTo(0, y);
      // At the beginning of the second frame it is as the first was drawn.
      for (const _ of 'ab') await new Promise(requestAnimationFrame);
      seen.push(lookNow());
    }
    return seen;
  }, scrollTo);

describe('the way back', () => {
  it('comes once the banner is answered, and opens the preferences', async () => {
    const { page, seen } = await visitors.arrive();
    site.pages['/'] = withoutLink();
    await page.goto(site.origin);
    await banner(page).waitFor();
    await buttonOf(page).waitFor({ state: 'attached' });
    expect(await buttonOf(page).isVisible()).toBe(false);
    await decide(page, 'reject-all');
    await page.getByRole('button', { name: 'Gérer mes cookies', exact: true }).click();
    await preferences(page).waitFor();
    expect(seen).toMatchObject({ console: [], errors: [] });
  });

  it('is there on the next visit, where nothing is asked', async () => {
    const { page, button } = await open();
    await page.reload();
    await button.waitFor();
    expect(await banner(page).count()).toBe(0);
  });

  it.each([
    ['data-button', true],
    ['', false],
    ['data-position="bottom end"', false],
  ])('comes where the site wants one, and only there: %s', async (tag, isWanted) => {
    const { page, button } = await open({ tag });
    if (isWanted) await button.waitFor();
    await settle(page, tracker.origin);
    expect(await button.count()).toBe(isWanted ? 1 : 0);
    expect(site.requests.some(({ url }) => url === '/bandeau/bandeau-button.js')).toBe(isWanted);
  });

  it('leaves the page to its own link, whenever that comes', async () => {
    const link = '<footer><a href="#cookies" data-bandeau="preferences">Cookies</a></footer>';
    const { page, button } = await open({ body: link });
    await page.waitForFunction(
      () => performance.getEntriesByName(`${origin}/bandeau/bandeau-button.js`).length,
    );
    await drawn(page);
    expect(await button.count()).toBe(0);
    await page.locator('footer').evaluate((footer) => footer.replaceChildren());
    await button.waitFor();
    await page.locator('footer').evaluate((footer) => footer.append(document.createElement('a')));
    await drawn(page);
    expect(await button.count()).toBe(1);
    await page.locator('footer a').evaluate((a) => a.setAttribute('data-bandeau', 'reject'));
    await button.waitFor({ state: 'detached' });
  });

  it.each(['Escape', 'close', 'save'])('has the focus again when the preferences close: %s', async (how) => {
    const { page, button } = await open();
    await button.focus();
    await page.keyboard.press('Enter');
    await answer(page, 'save').waitFor();
    await expect.poll(() => styleOf(button, 'opacity')).toEqual(['0']);
    expect(await preferences(page).evaluate((dialog) => dialog.contains(document.activeElement))).toBe(true);
    if (how === 'Escape') await page.keyboard.press('Escape');
    else await answer(page, how).click();
    await preferences(page).waitFor({ state: 'detached' });
    expect(await button.evaluate((element) => document.activeElement === element)).toBe(true);
    await expect.poll(() => styleOf(button, 'opacity', 'visibility')).toEqual(['1', 'visible']);
  });

  it('has the focus again on a phone, where the preferences cover it', async () => {
    const { page, button } = await open({}, { viewport: { width: 360, height: 640 } });
    await button.click();
    await answer(page, 'save').waitFor();
    await page.evaluate(() => dispatchEvent(new Event('resize')));
    await drawn(page);
    await page.keyboard.press('Escape');
    await preferences(page).waitFor({ state: 'detached' });
    expect(await button.evaluate((element) => document.activeElement === element)).toBe(true);
  });

  it('goes with destroy, and does not come again', async () => {
    const { page, button } = await open();
    await button.waitFor();
    await page.evaluate('bandeau.destroy()');
    expect(await button.count()).toBe(0);
    await page.evaluate(() => document.body.append('x'));
    await drawn(page);
    expect(await button.count()).toBe(0);
    expect(await page.evaluate(() => document.adoptedStyleSheets.length)).toBe(0);
  });

  it('is in the case of the demo', async () => {
    const { page } = await visitors.arrive();
    await page.goto(`${demo.url}/cases/button.html`);
    await decide(page, 'reject-all');
    await buttonOf(page).click();
    await preferences(page).waitFor();
  });
});

describe('the place of the button', () => {
  it.each([
    ['data-button', 'lang="fr"', 'left'],
    ['data-button data-position="bottom end"', 'lang="fr"', 'right'],
    ['data-button', 'lang="ar" dir="rtl"', 'right'],
    ['data-button data-position="top end"', 'lang="ar" dir="rtl"', 'left'],
  ] as const)('is 1rem from the lower corner: %s, %s', async (tag, root, side) => {
    const { button } = await open({ tag, root });
    await button.waitFor();
    expect(await place(button)).toMatchObject({ bottom: 16, [side]: 16 });
    expect(await button.boundingBox()).toMatchObject({ width: 44, height: 44 });
  });

  it('is 44 pixels wide also where a rem is ten', async () => {
    const { button } = await open({ head: '<style>html{font-size:62.5%}</style>' });
    await button.waitFor();
    expect(await button.boundingBox()).toMatchObject({ width: 44, height: 44 });
  });

  it('is in the window where the body is transformed, and above what overlays it', async () => {
    const head = `<style>body{transform:translate(9px);height:3000px}
      #over{position:fixed;inset:0;height:100vh;z-index:2147483647}</style>`;
    const { page, button } = await open({ head, body: '<div id="over"></div>' });
    await button.click();
    await preferences(page).waitFor();
  });

  it('is between what the site says it is, where it says so', async () => {
    const head = `<style>:root{--bandeau-z-index:5}#over{position:fixed;inset:50% 0 0;z-index:4}</style>`;
    const { page, button } = await open({ head, body: '<div id="over"></div>' });
    await button.waitFor();
    const hit = () =>
      button.evaluate((element) => {
        const { left, top } = element.getBoundingClientRect();
        return document.elementFromPoint(left + 22, top + 22)?.id;
      });
    expect(await hit()).toBe('');
    await page.locator('#over').evaluate((element) => element.style.setProperty('z-index', '6'));
    expect(await hit()).toBe('over');
  });
});

describe('the look of the button', () => {
  const LOOK = [
    'width height margin padding display position opacity transform border-top-width border-radius background-color',
    'color box-shadow font-size cursor inset-block-end inset-inline-start stroke visibility',
  ].flatMap((names) => names.split(' '));

  it('is no matter of the page', async () => {
    const { page, button } = await open({ head: '<style id="theirs"></style>' });
    await button.waitFor();
    const parts = async () => [
      await styleOf(button, ...LOOK),
      await styleOf(button.locator('svg'), 'width', 'height', 'margin', 'display'),
      await styleOf(button.locator('path'), 'stroke', 'fill', 'stroke-width', 'd'),
      await button.boundingBox(),
    ];
    const expected = await parts();
    for (const css of [
      'button{all:unset;width:10px;background:red}*{margin:9px}',
      'button{width:10px!important;height:200px!important;background:red!important;border:5px solid red!important}',
      'button,svg,path{color:red!important;border-radius:0!important;box-shadow:none!important;cursor:none!important}',
      'path{stroke:red!important;fill:red!important;d:none}svg{width:100px!important;margin:9px!important}',
      'body button:not(#a#b){padding:40px}svg *{stroke:red}',
    ]) {
      await page.locator('#theirs').evaluate((style, css) => style.replaceChildren(css), css);
      await drawn(page);
      expect(await parts(), css).toEqual(expected);
    }
    // The same page can change what is not ours.
    const other = await page.evaluate(() => {
      const button = document.createElement('button');
      document.body.append(button);
      return getComputedStyle(button).padding;
    });
    expect(other).toBe('40px');
  });

  it('is a circle with three sliders', async () => {
    const { button } = await open();
    await button.waitFor();
    expect(await styleOf(button, 'border-radius', 'display')).toEqual(['50%', 'flex']);
    const [outer, icon] = await Promise.all([button.boundingBox(), button.locator('path').boundingBox()]);
    if (!outer || !icon) throw new Error('not drawn');
    expect(icon.x - outer.x).toBeCloseTo(outer.x + outer.width - icon.x - icon.width, 0);
    expect(icon.y - outer.y).toBeCloseTo(outer.y + outer.height - icon.y - icon.height, 0);
    expect(icon.width).toBeGreaterThan(16);
  });

  it.each([
    ['light', ''],
    ['dark', '<style>:root{color-scheme:light dark}</style>'],
  ] as const)('has an edge and an icon with a contrast of 3 and more: %s', async (colorScheme, head) => {
    const { button } = await open({ head }, { colorScheme });
    await button.waitFor();
    const contrasts = await button.evaluate((element) => {
      const luminance = (color: string) => {
        const canvas = new OffscreenCanvas(1, 1).getContext('2d');
        if (!canvas) throw new Error('no canvas');
        canvas.fillStyle = color;
        canvas.fillRect(0, 0, 1, 1);
        const [r = 0, g = 0, b = 0] = [...canvas.getImageData(0, 0, 1, 1).data].map((value) => {
          const part = value / 255;
          return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
        });
        return 0.2126 * r + 0.7152 * g + 0.0722 * b;
      };
      const { backgroundColor, borderTopColor, color } = getComputedStyle(element);
      return [borderTopColor, color].map((other) => {
        const [dark = 0, bright = 0] = [luminance(other), luminance(backgroundColor)].sort((a, b) => a - b);
        return (bright + 0.05) / (dark + 0.05);
      });
    });
    for (const contrast of contrasts) expect(contrast).toBeGreaterThan(3);
  });

  it('shows the focus of a keyboard, and not of a pointer', async () => {
    const { page, button } = await open();
    await button.waitFor();
    await page.keyboard.press('Tab');
    expect(await button.evaluate((element) => document.activeElement === element)).toBe(true);
    expect(await styleOf(button, 'outline-style', 'outline-width', 'outline-offset')).toEqual([
      'solid',
      '3px',
      '2px',
    ]);
    await button.blur();
    expect(await styleOf(button, 'outline-style')).toEqual(['none']);
  });

  it('has a real border and icon in forced colours', async () => {
    const { button } = await open({}, { forcedColors: 'active' });
    await button.waitFor();
    const system = await button.evaluate((element) => {
      const probe = document.createElement('i');
      probe.style.color = 'ButtonText';
      element.before(probe);
      return getComputedStyle(probe).color;
    });
    expect(await styleOf(button, 'border-top-style', 'border-top-width', 'border-top-color')).toEqual([
      'solid',
      '1px',
      system,
    ]);
    expect(await styleOf(button.locator('path'), 'stroke')).toEqual([system]);
  });

  it('is not printed', async () => {
    const { page, button } = await open();
    await button.waitFor();
    await page.emulateMedia({ media: 'print' });
    expect(await styleOf(button, 'display')).toEqual(['none']);
  });
});

describe('what can have the focus', () => {
  const LINKS = (count: number) =>
    Array.from({ length: count }, (_, i) => `<a href="#${i}">Lien ${i}</a> `).join('');

  it.each([1000, 320])('is never under it, wherever the page is scrolled: %i px wide', async (width) => {
    const { page } = await visitors.arrive({ viewport: { width, height: 500 } });
    await page.goto(`${demo.url}/cases/button.html`);
    await decide(page, 'reject-all');
    await buttonOf(page).waitFor();
    const height = await page.evaluate(() => document.documentElement.scrollHeight);
    const seen = await look(
      page,
      Array.from({ length: Math.ceil(height / 29) }, (_, step) => step * 29),
    );
    expect(seen.filter(({ under }) => under.length > 0)).toEqual([]);
    // It had to go everywhere, or the page was too easy.
    const places = new Set(seen.map(({ at }) => at));
    expect([...places].sort()).toEqual([
      'bottom left',
      'bottom right',
      'middle left',
      'middle right',
      'nowhere',
    ]);
  });

  it('makes it hide where it is everywhere, until there is room', async () => {
    const { page, button } = await open({
      head: '<style>nav{position:fixed;inset:0;overflow:hidden}a{padding:20px}</style>',
      body: `<nav>${LINKS(400)}</nav>`,
    });
    await button.waitFor({ state: 'hidden' });
    await page.locator('nav').evaluate((nav) => nav.replaceChildren());
    await button.waitFor();
    expect(await place(button)).toMatchObject({ bottom: 16, left: 16 });
  });

  const CORNER = `<style>
    #corner > *{position:fixed;left:0;bottom:0;width:90px;height:90px;margin:0}</style>`;
  /** Where the button goes with each of these in its corner. */
  const placesWith = async (parts: readonly string[]) => {
    const { page, button } = await open({ head: CORNER, body: '<div id="corner"></div>' });
    await button.waitFor();
    const places: Record<string, string | undefined> = {};
    for (const part of ['', ...parts]) {
      await page.evaluate((part) => {
        const corner = document.querySelector('#corner');
        if (corner) corner.innerHTML = part;
      }, part);
      await drawn(page);
      places[part] = (await look(page))[0]?.at;
    }
    return places;
  };
  const each = (parts: readonly string[], at: string) => Object.fromEntries(parts.map((part) => [part, at]));

  it('makes it go to the other corner', async () => {
    const parts = [
      '<a href="#a"></a>',
      '<button></button>',
      '<input>',
      '<select></select>',
      '<textarea></textarea>',
      '<details><summary style="height: 90px"></summary></details>',
      '<label></label>',
      '<iframe></iframe>',
      '<p tabindex="0"></p>',
      '<p contenteditable></p>',
      '<audio controls></audio>',
      '<video controls></video>',
    ];
    expect(await placesWith(parts)).toEqual({ '': 'bottom left', ...each(parts, 'bottom right') });
  });

  it('is all that it gives way to', async () => {
    const parts = [
      '<p>Texte</p>',
      '<a>Sans adresse</a>',
      '<p tabindex="-1"></p>',
      '<video></video>',
      '<a href="#a" style="visibility:hidden">Menu fermé</a>',
      '<a href="#a" style="display:none">Menu fermé</a>',
    ];
    expect(await placesWith(parts)).toEqual({ '': 'bottom left', ...each(parts, 'bottom left') });
  });

  it('is seen where it comes later: by a class, a transition, a part that scrolls, a smaller window', async () => {
    const { page, button } = await open({
      head: `<style>
        #menu{position:fixed;left:0;bottom:0;width:80px;translate:-100px;transition:translate .05s}
        #menu.open{translate:0}
        #part{position:fixed;left:0;bottom:0;width:80px;height:80px;overflow:auto}
        #part a{display:block;margin-top:300px;margin-bottom:300px}
        #far{position:absolute;top:500px;left:0}</style>`,
      body: '<a id="menu" href="#a">Menu</a><div id="part"><a href="#b">Partie</a></div><a id="far" href="#c">Loin</a>',
    });
    await button.waitFor();
    const is = (at: string) => expect.poll(() => look(page)).toEqual([{ at, under: [] }]);
    await is('bottom left');
    await page.locator('#menu').evaluate((menu) => menu.classList.add('open'));
    await is('bottom right');
    await page.locator('#menu').evaluate((menu) => menu.classList.remove('open'));
    await is('bottom left');
    await page.locator('#part').evaluate((part) => part.scrollTo(0, 280));
    await is('bottom right');
    await page.locator('#part').evaluate((part) => part.scrollTo(0, 0));
    await is('bottom left');
    await page.setViewportSize({ width: 1000, height: 550 });
    await is('bottom right');
  });

  it('is looked at without an end: a page that rests is left alone', async () => {
    const { page, button } = await open({ body: `<nav>${LINKS(40)}</nav>` });
    await button.waitFor();
    await drawn(page);
    const asked = await page.evaluate(async () => {
      let count = 0;
      const { requestAnimationFrame } = window;
      const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));
      window.requestAnimationFrame = (callback) => {
        count++;
        return requestAnimationFrame(callback);
      };
      for (let i = 0; i < 10; i++) await frame();
      const atRest = count;
      document.body.append('x');
      for (let i = 0; i < 10; i++) await frame();
      return { atRest, afterChange: count - atRest };
    });
    expect(asked.atRest).toBe(0);
    expect(asked.afterChange).toBeGreaterThan(0);
    expect(asked.afterChange).toBeLessThan(4);
  });
});
