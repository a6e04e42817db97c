import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { answer, ask, banner, html, reached, settle, useChromium, useSite } from '../support/stage.ts';

// What a visitor can do in the place of a held embed.

const { site, tracker } = useSite();
const visitors = useChromium();

const frame = (name: string, service = 'mesurio', category = 'analytics') =>
  `<iframe id="${name}" data-category="${category}" data-service="${service}" data-src="${tracker.origin}/f/${name}.html" title="${name}"></iframe>`;
const video = (name: string) =>
  `<video id="${name}" controls preload="auto" data-category="analytics" data-service="mesurio" data-src="${tracker.origin}/p/${name}.gif"></video>`;
const placeholders = (page: Page) => page.locator('[data-bandeau-layer="placeholder"]');
const press = (page: Page, action: string, nth = 0) =>
  placeholders(page).nth(nth).locator(`[data-bandeau-action="${action}"]`).click();

async function open(body: string) {
  site.pages['/'] = html({ body });
  const visit = await visitors.arrive();
  await visit.page.goto(site.origin);
  // The banner would cover what the visitor is to click.
  await answer(visit.page, 'reject-all').click();
  await banner(visit.page).waitFor({ state: 'detached' });
  return visit;
}

describe('a held embed', () => {
  it('loads once when asked to: this one only, and nothing is stored', async () => {
    const { page } = await open(frame('a') + frame('b'));
    await placeholders(page).nth(1).waitFor();
    const receipt = await ask(page, (consent) => consent.receipt);
    await press(page, 'load-once');
    await expect.poll(() => reached(tracker.requests)).toEqual(['/f/a.html']);
    await expect.poll(() => placeholders(page).count()).toBe(1);
    await settle(page, tracker.origin);
    expect(reached(tracker.requests)).toEqual(['/f/a.html']);
    expect(await ask(page, (consent) => consent.receipt)).toEqual(receipt);
    expect(await ask(page, ({ isGranted }) => isGranted('mesurio'))).toBe(false);
    tracker.clear();
    await page.reload();
    await placeholders(page).nth(1).waitFor();
    await settle(page, tracker.origin);
    expect(reached(tracker.requests)).toEqual([]);
  });

  it('is always allowed when asked to: its service is granted, and no other', async () => {
    const { page } = await open(frame('a') + frame('b') + frame('c', 'confort', 'preference'));
    await placeholders(page).nth(2).waitFor();
    await press(page, 'always-allow');
    await expect.poll(() => reached(tracker.requests).sort()).toEqual(['/f/a.html', '/f/b.html']);
    expect(await ask(page, ({ isGranted }) => [isGranted('mesurio'), isGranted('confort')])).toEqual([
      true,
      false,
    ]);
    await expect.poll(() => placeholders(page).count()).toBe(1);
    tracker.clear();
    await page.reload();
    await expect.poll(() => reached(tracker.requests).sort()).toEqual(['/f/a.html', '/f/b.html']);
  });

  it('is put back by a withdrawal, also where it was loaded once, and can be asked for again', async () => {
    const { page } = await open(frame('a') + video('v'));
    await page.evaluate('bandeau.acceptAll()');
    await expect.poll(() => placeholders(page).count()).toBe(0);
    await expect.poll(() => reached(tracker.requests)).toContain('/f/a.html');
    await page.evaluate('bandeau.withdraw()');
    await expect.poll(() => placeholders(page).count()).toBe(2);
    expect(await page.evaluate('[a.hasAttribute("src"), v.hasAttribute("src")]')).toEqual([false, false]);
    expect(await page.evaluate('[a.contentWindow.location.href, v.networkState]')).toEqual([
      'about:blank',
      0,
    ]);
    tracker.clear();
    await press(page, 'load-once');
    await expect.poll(() => reached(tracker.requests)).toEqual(['/f/a.html']);
  });

  it('loads from a button of the site, by `loadOnce`', async () => {
    const { page } = await open(frame('a'));
    await placeholders(page).waitFor();
    await page.evaluate('bandeau.loadOnce(document.getElementById("a"))');
    await expect.poll(() => reached(tracker.requests)).toEqual(['/f/a.html']);
  });

  it('of a service that the policy does not know never loads, whatever is pressed', async () => {
    const { page } = await open(frame('a', 'nobody'));
    await page.evaluate('bandeau.loadOnce(document.getElementById("a"))');
    await settle(page, tracker.origin);
    expect(reached(tracker.requests)).toEqual([]);
  });
});
