import type { BrowserContextOptions, Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import type { Policy } from '../../src/types.ts';
import { answer, ask, html, POLICY, preferences, toggle, useChromium, useSite } from '../support/stage.ts';

// How the preferences look and move in a real browser: sizes, colours, directions, the way of the keyboard.

const { site } = useSite();
const visitors = useChromium();
const withLargeFont = useChromium({ args: ['--blink-settings=defaultFontSize=32'] });

const CATEGORIES = ['essential', 'analytics', 'preference', 'personalization', 'performance'];
const FIVE: Policy = {
  ...POLICY,
  categories: CATEGORIES.map((id) => ({ id })),
  services: CATEGORIES.map((category) => ({
    id: `${category}-service`,
    category,
    vendor: { name: `Exemple ${category}`, country: 'FR', privacyUrl: 'https://vendor.example/' },
    purpose: 'Ce que fait ce service, dit en une phrase qui est assez longue pour aller à la ligne.',
    reason: 'Sans lui, pas de page.',
    cookies: [{ name: `_a_very_long_cookie_name_of_${category}_that_can_not_be_broken`, lifetimeDays: 30 }],
    hosts: [`a-host-with-a-rather-long-name.${category}.example`],
  })),
};

interface Look extends BrowserContextOptions {
  readonly policy?: Policy;
  readonly size?: readonly [number, number];
  readonly lang?: string;
  readonly css?: string;
  readonly by?: typeof visitors;
}

async function open({ policy = FIVE, size = [1280, 800], lang = 'fr', css = '', by, ...options }: Look = {}) {
  const page = html({ policy, head: `<style>${css}</style>` });
  site.pages['/'] = String(page).replace('lang="fr"', `lang="${lang}"`);
  const [width, height] = size;
  const visit = await (by ?? visitors).arrive({ viewport: { width, height }, ...options });
  await visit.page.goto(`${site.origin}/`);
  await visit.page.locator('[data-bandeau-layer=banner]').waitFor();
  // By the keyboard, since the banner may cover it.
  await visit.page.locator('#link').press('Enter');
  await answer(visit.page, 'save').waitFor();
  await settled(visit.page);
  return visit.page;
}

/** Every transition of the dialog has come to its end. */
const settled = (page: Page) =>
  preferences(page).evaluate(async (dialog) => {
    await Promise.all(dialog.getAnimations({ subtree: true }).map(({ finished }) => finished));
  });

const unfold = async (page: Page) => {
  for (const summary of await preferences(page).locator('summary').all()) await summary.click();
  await preferences(page).locator('dl').last().waitFor();
};

/** What stands out to the left or right of the dialog, or is wider than what it stands in. */
const clipped = (page: Page) =>
  preferences(page).evaluate((dialog) => {
    const edge = dialog.getBoundingClientRect();
    return [...dialog.querySelectorAll('*')]
      .filter((element) => {
        const { left, right, width } = element.getBoundingClientRect();
        return width > 0 && (left < edge.left - 0.5 || right > edge.right + 0.5);
      })
      .map((element) => `${element.localName} ${element.textContent}`);
  });

const SIZES = [
  [1280, 800],
  [390, 844],
  [320, 568],
] as const;

describe.each(SIZES)('at %d × %d the preferences', (...size) => {
  it('show title, close and the three answers without scrolling, and clip nothing', async () => {
    const page = await open({ size });
    await unfold(page);
    expect(await clipped(page)).toEqual([]);
    for (const action of ['close', 'save', 'accept-all', 'reject-all']) {
      const { x, y, width, height } = (await answer(page, action).boundingBox()) ?? {
        x: -1,
        y: -1,
        width: 0,
        height: 0,
      };
      expect(x, action).toBeGreaterThanOrEqual(0);
      expect(y, action).toBeGreaterThanOrEqual(0);
      expect(x + width, action).toBeLessThanOrEqual(size[0]);
      expect(y + height, action).toBeLessThanOrEqual(size[1]);
      expect(height, action).toBeGreaterThanOrEqual(44);
    }
    expect(await preferences(page).evaluate((root) => root.scrollHeight <= root.clientHeight)).toBe(true);
  });
});

it('are a sheet at the lower edge of a phone, from side to side, and a card elsewhere', async () => {
  const phone = await preferences(await open({ size: [390, 844] })).boundingBox();
  expect(phone).toMatchObject({ x: 0, width: 390 });
  expect((phone?.y ?? 0) + (phone?.height ?? 0)).toBe(844);
  const card = await preferences(await open()).boundingBox();
  expect(card).toMatchObject({ width: 576, x: (1280 - 576) / 2 });
});

describe('where there is little room', () => {
  it.each([
    ['320 × 256', { size: [320, 256] }],
    ['320 × 568 and a font of 32 pixels', { size: [320, 568], by: withLargeFont }],
    ['390 × 844 and a page that doubles its text', { size: [390, 844], css: 'html { font-size: 200% }' }],
    ['320 × 568 and a page that doubles its text', { size: [320, 568], css: 'html { font-size: 200% }' }],
  ] as const)('everything can be reached: %s', async (_, look) => {
    const page = await open(look);
    await unfold(page);
    expect(await clipped(page)).toEqual([]);
    for (const control of await preferences(page).locator('button, input, summary, a').all()) {
      // Scrolls to it, and fails where something covers it.
      await control.click({ trial: true });
    }
  });

  it.each([
    ['320 × 256', { size: [320, 256] }],
    ['a font of 32 pixels', { size: [320, 568], by: withLargeFont }],
  ] as const)('everything scrolls as one: %s', async (_, look) => {
    const page = await open(look);
    expect(
      await preferences(page).evaluate((root) => {
        const body = root.querySelector('.bandeau-body') as HTMLElement;
        return [root.scrollHeight > root.clientHeight, getComputedStyle(body).overflowY];
      }),
    ).toEqual([true, 'visible']);
  });
});

it('break words that are too long for a line', async () => {
  const word = 'Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft';
  const categories = [{ id: 'essential' }, { id: 'own', title: word, description: word }];
  const services = [{ id: 's', category: 'own', vendor: { name: word }, purpose: word, hosts: [word] }];
  const policy = { ...POLICY, categories, services };
  for (const size of [
    [1280, 800],
    [320, 568],
  ] as const) {
    const page = await open({ policy, size });
    await unfold(page);
    expect(await clipped(page)).toEqual([]);
  }
});

it('have no element of a service, of 500, before one looks at them', async () => {
  const withServices = (count: number) => ({
    ...POLICY,
    services: Array.from({ length: count }, (_, i) => ({
      id: `s${i}`,
      category: 'analytics',
      vendor: { name: `Service ${i}` },
      purpose: 'Compter les visites.',
    })),
  });
  const count = (page: Page) => preferences(page).locator('*').count();
  const few = await count(await open({ policy: withServices(5) }));
  const page = await open({ policy: withServices(500) });
  expect(await count(page)).toBe(few);
  expect(few).toBeLessThan(60);
  await page.getByText('500 services').click();
  await preferences(page).locator('h4').nth(499).waitFor({ state: 'attached' });
});

it('lead the keyboard from close through the rows to the refusal, and give the focus back', async () => {
  const page = await open();
  const at = () =>
    page.evaluate(() => {
      const { activeElement: element } = document;
      return (
        element?.getAttribute('data-bandeau-action') ??
        element?.getAttribute('data-bandeau-category') ??
        element?.localName ??
        ''
      );
    });
  const walk = [await at()];
  while (walk.at(-1) !== 'reject-all' && walk.length < 30) {
    await page.keyboard.press('Tab');
    walk.push(await at());
  }
  const rows = CATEGORIES.flatMap((id) => (id === 'essential' ? ['summary'] : [id, 'summary']));
  expect(walk).toEqual(['close', ...rows, 'a', 'save', 'accept-all', 'reject-all']);
  await page.keyboard.press('Escape');
  await preferences(page).waitFor({ state: 'detached' });
  expect(await page.evaluate(() => document.activeElement?.id)).toBe('link');
  expect(await ask(page, ({ receipt }) => receipt)).toBeNull();
});

it('lead the keyboard into services that are unfolded, and switch them by it', async () => {
  const page = await open();
  await toggle(page, 'analytics').focus();
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await toggle(page, 'analytics-service').waitFor();
  await page.keyboard.press('Tab');
  await page.keyboard.press('Space');
  expect(await toggle(page, 'analytics-service').isChecked()).toBe(true);
  expect(await toggle(page, 'analytics').isChecked()).toBe(true);
});

/** Contrast of two colours as WCAG counts it, the second one opaque. */
const contrasts = (page: Page) =>
  preferences(page).evaluate((dialog) => {
    const canvas = document.createElement('canvas').getContext('2d', { willReadFrequently: true });
    if (!canvas) throw new Error('no canvas');
    const luminance = (color: string) => {
      canvas.fillStyle = color;
      canvas.fillRect(0, 0, 1, 1);
      const [r = 0, g = 0, b = 0] = [...canvas.getImageData(0, 0, 1, 1).data].map((value) =>
        value / 255 <= 0.04045 ? value / 255 / 12.92 : ((value / 255 + 0.055) / 1.055) ** 2.4,
      );
      return 0.2126 * r + 0.7152 * g + 0.0722 * b;
    };
    const behind = (element: Element | null): string => {
      const color = element ? getComputedStyle(element).backgroundColor : '#fff';
      return element && /, 0\)$|\/ 0\)$|transparent/.test(color) ? behind(element.parentElement) : color;
    };
    const contrast = (one: string, other: string) => {
      const [light = 0, dark = 0] = [luminance(one), luminance(other)].sort((a, b) => b - a);
      return (light + 0.05) / (dark + 0.05);
    };
    const hasText = (element: Element) =>
      [...element.childNodes].some(({ nodeType, textContent }) => nodeType === 3 && textContent?.trim());
    const texts = [...dialog.querySelectorAll('*')]
      .filter(hasText)
      .map((element) => contrast(getComputedStyle(element).color, behind(element)));
    const edges = [...dialog.querySelectorAll('input')].flatMap((input) => {
      const thumb = getComputedStyle(input, '::before').backgroundColor;
      return [
        contrast(getComputedStyle(input).borderTopColor, behind(input.parentElement)),
        contrast(thumb, behind(input)),
      ];
    });
    return { texts: Math.min(...texts), edges: Math.min(...edges), count: texts.length };
  });

it.each(['light', 'dark'])('have text of 4.5 : 1 and edges of 3 : 1 in %s', async (scheme) => {
  const page = await open({ css: `html { color-scheme: ${scheme} }` });
  await toggle(page, 'analytics').click();
  await unfold(page);
  await settled(page);
  const { texts, edges, count } = await contrasts(page);
  expect(count).toBeGreaterThan(20);
  expect(texts).toBeGreaterThanOrEqual(4.5);
  expect(edges).toBeGreaterThanOrEqual(3);
});

it('tell on from off in forced colours by an edge, a fill, the place of the thumb and a word', async () => {
  const page = await open({ forcedColors: 'active' });
  await toggle(page, 'analytics').click();
  await settled(page);
  const [on, off] = await Promise.all(
    ['analytics', 'preference'].map((id) =>
      toggle(page, id).evaluate((input) => {
        const { borderTopStyle, borderTopColor, backgroundColor } = getComputedStyle(input);
        const { backgroundColor: thumb, marginInlineStart } = getComputedStyle(input, '::before');
        const word = input.parentElement?.textContent;
        return { borderTopStyle, borderTopColor, backgroundColor, thumb, marginInlineStart, word };
      }),
    ),
  );
  expect([on?.word, off?.word]).toEqual(['Accepté', 'Refusé']);
  expect([on?.borderTopStyle, off?.borderTopStyle]).toEqual(['solid', 'solid']);
  expect(on?.backgroundColor).not.toBe(off?.backgroundColor);
  expect([on?.marginInlineStart, off?.marginInlineStart]).toEqual(['20px', '0px']);
  for (const one of [on, off]) expect(one?.thumb).not.toBe(one?.backgroundColor);
});

it.each([
  ['fr', 'ltr'],
  ['ar', 'rtl'],
])('go the way that the language goes: %s is %s', async (lang, direction) => {
  const page = await open({ lang, size: [390, 844] });
  await toggle(page, 'analytics').click();
  expect(await preferences(page).getAttribute('dir')).toBe(direction);
  expect(await clipped(page)).toEqual([]);
  const [title, close, box] = await Promise.all([
    preferences(page).locator('h2').boundingBox(),
    answer(page, 'close').boundingBox(),
    toggle(page, 'analytics').boundingBox(),
  ]);
  expect((title?.x ?? 0) < (close?.x ?? 0)).toBe(direction === 'ltr');
  // The switch at the end of the line, its thumb at the end of the switch.
  expect((box?.x ?? 0) > 195).toBe(direction === 'ltr');
  await settled(page);
  const image = await toggle(page, 'analytics').evaluate((input) => {
    const { direction, marginInlineStart, marginLeft, marginRight } = getComputedStyle(input, '::before');
    return { direction, marginInlineStart, marginLeft, marginRight };
  });
  const [start, end] = direction === 'ltr' ? ['20px', '0px'] : ['0px', '20px'];
  expect(image).toMatchObject({ marginInlineStart: '20px', marginLeft: start, marginRight: end });
});

it.each([
  ['no-preference', true],
  ['reduce', false],
] as const)('move where motion is wanted, and not where it is not: %s', async (reducedMotion, moves) => {
  const page = await open({ reducedMotion });
  const seconds = await preferences(page).evaluate((dialog) =>
    [getComputedStyle(dialog), getComputedStyle(dialog.querySelector('input') as Element, '::before')].map(
      ({ transitionDuration }) => Math.max(...transitionDuration.split(',').map(Number.parseFloat)),
    ),
  );
  for (const one of seconds) {
    expect(one > 0).toBe(moves);
    expect(one).toBeLessThanOrEqual(0.2);
  }
});
