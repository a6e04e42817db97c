import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { answer, banner, useChromium, useDemo } from '../support/stage.ts';

// Every language in small windows: nothing wider than its place, nothing cut, both answers alike and in view.

const TAGS = readdirSync(new URL('../../locales/banner', import.meta.url)).map((file) =>
  file.replace('.json', ''),
);
const demo = useDemo();

interface Fit {
  tag: string;
  faults: string[];
}

/** Speaks one language after the other, and says what does not fit in each. */
const fits = async ({
  tags,
  layer,
  scrolls = false,
}: {
  tags: string[];
  layer: string;
  scrolls?: boolean;
}): Promise<Fit[]> => {
  const { bandeau } = window as unknown as { bandeau: { setLocale(tag: string): void } };
  const root = document.querySelector(`[data-bandeau-layer="${layer}"]`) as HTMLElement;
  const all: Fit[] = [];
  for (const tag of tags) {
    bandeau.setLocale(tag);
    while (root.lang !== tag) await new Promise(requestAnimationFrame);
    const faults: string[] = [];
    const name = (element: Element) =>
      `${element.localName}.${element.className} ${element.textContent?.slice(0, 30)}`;
    const { clientWidth: width, clientHeight: height } = document.documentElement;
    for (const element of [root, ...root.querySelectorAll('*')]) {
      const box = element.getBoundingClientRect();
      if (!box.width) continue;
      if (element.clientWidth && element.scrollWidth > element.clientWidth)
        faults.push(`wide: ${name(element)}`);
      if (box.left < -0.5 || box.right > width + 0.5) faults.push(`cut: ${name(element)}`);
    }
    const buttons = ['reject-all', 'accept-all'].map((it) =>
      root.querySelector(`[data-bandeau-action=${it}]`),
    );
    if (scrolls) buttons[0]?.scrollIntoView({ block: 'nearest' });
    const [reject, accept] = buttons.map((button) => button?.getBoundingClientRect());
    if (!reject || !accept) throw new Error('no answers');
    if (Math.abs(reject.width - accept.width) > 0.5) faults.push(`widths: ${reject.width} ${accept.width}`);
    if (Math.abs(reject.height - accept.height) > 0.5)
      faults.push(`heights: ${reject.height} ${accept.height}`);
    for (const box of [reject, accept]) {
      if (box.top < -0.5 || box.bottom > height + 0.5)
        faults.push(`out of view: ${box.top} to ${box.bottom}`);
    }
    if (layer === 'banner') {
      const share = root.getBoundingClientRect().height / height;
      // Where the text is as large as that, half a window is not enough.
      if (share > (matchMedia('(height < 32rem)').matches ? 1 : 0.5)) faults.push(`covers ${share}`);
      if (root.querySelectorAll('li').length !== 4) faults.push('no purposes');
    }
    if (faults.length) all.push({ tag, faults });
  }
  return all;
};

describe.each([
  ['320 × 568', { width: 320, height: 568 }, 16],
  ['360 × 740', { width: 360, height: 740 }, 16],
  ['320 × 568 with text of 200 %', { width: 320, height: 568 }, 32],
] as const)('in a window of %s', (_, viewport, size) => {
  // As visitors set it: what media queries measure in is as large.
  const visitors = useChromium({ args: [`--blink-settings=defaultFontSize=${size}`] });

  it('every language fits in the banner and the preferences', async () => {
    expect(TAGS).toHaveLength(35);
    const { page } = await visitors.arrive({ viewport, reducedMotion: 'reduce' });
    await page.goto(`${demo.url}/clairpas/`);
    await banner(page).waitFor();
    expect(await page.evaluate(fits, { tags: TAGS, layer: 'banner' })).toEqual([]);
    await answer(page, 'customize').click();
    await answer(page, 'save').waitFor();
    // Text as large as that leaves no room for parts that stay: the preferences scroll as one.
    const scrolls = size > 16;
    expect(await page.evaluate(fits, { tags: TAGS, layer: 'preferences', scrolls })).toEqual([]);
  });
});

describe('what is measured', () => {
  const visitors = useChromium();

  it('is what a visitor would see: too wide, cut, unlike, out of view', async () => {
    const { page } = await visitors.arrive({
      viewport: { width: 320, height: 568 },
      reducedMotion: 'reduce',
    });
    await page.goto(`${demo.url}/clairpas/`);
    await banner(page).waitFor();
    await answer(page, 'reject-all').evaluate((button) => {
      for (const property of ['min-width', 'min-height'])
        button.style.setProperty(property, '600px', 'important');
    });
    // The answers are drawn anew in another language, so in this one.
    const [found] = await page.evaluate(fits, { tags: ['fr'], layer: 'banner' });
    const kinds = new Set(found?.faults.map((fault) => fault.split(':')[0]));
    expect([...kinds].sort()).toEqual(['cut', 'heights', 'out of view', 'wide', 'widths']);
  });
});
