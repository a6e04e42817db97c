import { describe, expect, it } from 'vitest';
import { ask, banner, decide, preferences, settle, useChromium, useDemo } from '../support/stage.ts';

const demo = useDemo();
const visitors = useChromium();
const host = (name: string) => `http://${name}fil-du-soir.localhost:${new URL(demo.url).port}/`;

describe('a second cookie of the same name', () => {
  it.each([
    ['of the parent domain', 'domain=fil-du-soir.localhost; path=/'],
    ['of a deeper path', 'path=/clairpas'],
  ])('%s does not bring an old grant back after a refusal', async (_, where) => {
    const { page } = await visitors.arrive();
    const address = where.startsWith('domain') ? host('actu.') : `${demo.url}/clairpas/`;
    await page.goto(address);
    await decide(page, 'accept-all');
    // The grant moves to where the policy of today would not write it.
    await page.evaluate((attributes) => {
      const [name, value] = (document.cookie.split('; ').find((it) => /accept-all/.test(it)) ?? '').split(
        '=',
      );
      const expired = 'expires=Thu, 01 Jan 1970 00:00:00 GMT';
      for (const domain of ['', '; domain=fil-du-soir.localhost']) {
        // biome-ignore lint/suspicious/noDocumentCookie: the cookies themselves are what is tested
        document.cookie = `${name}=; path=/${domain}; ${expired}`;
      }
      // biome-ignore lint/suspicious/noDocumentCookie: as above
      document.cookie = `${name}=${value}; ${attributes}; max-age=9999`;
    }, where);
    await page.reload();
    await expect.poll(() => ask(page, ({ receipt }) => receipt?.method)).toBe('accept-all');
    await page.evaluate(() => (window as unknown as { bandeau: { rejectAll(): void } }).bandeau.rejectAll());
    await page.reload();
    await expect.poll(() => ask(page, ({ receipt }) => receipt?.method)).toBe('reject-all');
    await settle(page, demo.trackerUrl);
    expect(await banner(page).count()).toBe(0);
  });
});

describe('a page that takes the interface away', () => {
  it('can show it again', async () => {
    const { page } = await visitors.arrive();
    await page.goto(`${demo.url}/clairpas/`);
    await banner(page).waitFor();
    await page.evaluate(() => document.querySelector('[data-bandeau-root]')?.remove());
    expect(await banner(page).count()).toBe(0);
    await ask(page, (consent) => consent.open('banner'));
    await banner(page).waitFor();
    await ask(page, (consent) => consent.open('preferences'));
    await preferences(page).waitFor();
    await page.evaluate(() => document.querySelector('dialog')?.remove());
    await ask(page, (consent) => consent.open('preferences'));
    await preferences(page).waitFor();
    expect(await preferences(page).count()).toBe(1);
  });
});

describe('the style of a page', () => {
  it.each([
    '[data-bandeau-action=reject-all] { --_a6: transparent; --_o9: #eee; --bandeau-accent: red }',
    'button[data-bandeau-action=reject-all] { background: none; color: grey; font-size: 9px; opacity: 0.4 }',
    '[data-bandeau-action=reject-all]::after { content: ""; position: absolute; inset: 0; background: #fff }',
    'button { all: unset } * { margin: 3px } section { display: none } .bandeau-answer { display: none }',
  ])('does not part the answers: %s', async (css) => {
    const { page } = await visitors.arrive();
    await page.goto(`${demo.url}/clairpas/`);
    await banner(page).waitFor();
    await page.addStyleTag({ content: css });
    const looks = await page.evaluate(() =>
      ['reject-all', 'accept-all'].map((action) => {
        const button = document.querySelector(`[data-bandeau-action=${action}]`) as HTMLElement;
        const style = getComputedStyle(button);
        const { width, height } = button.getBoundingClientRect();
        const named = ['color', 'background-color', 'font-size', 'font-weight', 'opacity', 'border-width'];
        return [
          ...named.map((name) => style.getPropertyValue(name)),
          getComputedStyle(button, '::after').content,
          Math.round(width),
          Math.round(height),
        ];
      }),
    );
    expect(looks[0]).toEqual(looks[1]);
    expect(looks[0]?.[1]).not.toBe('rgba(0, 0, 0, 0)');
    expect(Number(looks[0]?.at(-1))).toBeGreaterThanOrEqual(44);
  });
});
