import { describe, expect, it } from 'vitest';
import { answer, banner, html, preferences, useChromium, useSite } from '../support/stage.ts';

// The strictest policies that a page can have: the interface is there, looks as elsewhere, and breaks none of them.

const { site, tracker } = useSite();
const visitors = useChromium();

declare global {
  interface Window {
    violations: string[];
  }
}

const STRICT =
  "default-src 'none'; script-src 'nonce-x'; style-src 'nonce-x'; connect-src 'self'; img-src 'self'; base-uri 'none'";
const NAMED = "; require-trusted-types-for 'script'; trusted-types bandeau";
const NAMELESS = "; require-trusted-types-for 'script'; trusted-types 'none'";

async function open(csp: string, body = '') {
  const { page, seen } = await visitors.arrive({ reducedMotion: 'reduce' });
  await page.addInitScript(() => {
    window.violations = [];
    addEventListener('securitypolicyviolation', ({ effectiveDirective, blockedURI, sample }) => {
      window.violations.push(`${effectiveDirective} ${blockedURI} ${sample}`);
    });
  });
  site.pages['/'] = {
    // Its icon has an address that no directive here allows.
    body: String(html({ body }))
      .replace(/<link rel="icon".*?>/, '')
      .replaceAll('<script ', '<script nonce="x" '),
    headers: { 'content-security-policy': csp },
  };
  await page.goto(site.origin);
  return { page, seen };
}

const violations = (page: Awaited<ReturnType<typeof open>>['page']) => page.evaluate(() => window.violations);
const EMBED = () =>
  `<iframe data-service="mesurio" data-src="${tracker.origin}/f/film.html" title="Film"></iframe>`;

describe('a page under a strict Content-Security-Policy', () => {
  it.each([
    ['with Trusted Types and our name among them', NAMED, true],
    ['with Trusted Types of nobody, where nothing is held by data-src', NAMELESS, false],
  ])('has the whole interface, and no rule is broken: %s', async (_, types, hasEmbed) => {
    const { page, seen } = await open(STRICT + types, hasEmbed ? EMBED() : '');
    await banner(page).waitFor();
    const style = (selector: string, name: string) =>
      page
        .locator(selector)
        .first()
        .evaluate((element, property) => getComputedStyle(element).getPropertyValue(property), name);
    expect(await style('[data-bandeau-layer="banner"]', 'position')).toBe('fixed');
    expect(await style('.bandeau-answer', 'background-color')).toBe('rgb(47, 95, 224)');
    if (hasEmbed) {
      await page.locator('[data-bandeau-layer="placeholder"]').waitFor();
      expect(await style('[data-bandeau-layer="placeholder"]', 'border-top-style')).toBe('solid');
    }
    await answer(page, 'customize').click();
    await answer(page, 'save').waitFor();
    expect(await style('[data-bandeau-layer="preferences"]', 'position')).toBe('fixed');
    await page.evaluate("bandeau.setLocale('ar')");
    await page.locator('[data-bandeau-layer="preferences"][dir="rtl"]').waitFor();
    await preferences(page).locator('summary').first().click();
    await answer(page, 'save').click();
    await preferences(page).waitFor({ state: 'detached' });
    expect(await violations(page)).toEqual([]);
    expect(seen).toMatchObject({ console: [], errors: [] });
  });

  it('says so where a rule is broken', async () => {
    const { page } = await open(STRICT + NAMED, '<p style="color: red">Un style que rien ne permet.</p>');
    await banner(page).waitFor();
    await expect.poll(() => violations(page)).toEqual(['style-src-attr inline ']);
  });
});
