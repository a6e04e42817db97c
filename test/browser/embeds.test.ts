import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import type { GateEntry } from '../../src/types.ts';
import { boxOf, openEmbeds, placeholders } from '../support/embeds-demo.ts';
import {
  answer,
  ask,
  decide,
  html,
  preferences,
  reached,
  settle,
  toggle,
  useChromium,
  useDemo,
  useSite,
} from '../support/stage.ts';

// What stands in for an embed that is held, and what its buttons do.

const demo = useDemo();
const { site, tracker } = useSite();
const visitors = useChromium();

const of = (page: Page, name: string) => page.getByRole('region', { name });
const inside = (page: Page, name: string, action: string) =>
  of(page, name).locator(`[data-bandeau-action="${action}"]`);

const open = (options: Parameters<typeof visitors.arrive>[0] = {}) => openEmbeds(demo, visitors, options);

describe('a held embed', () => {
  it('has a placeholder that says whose it is, and asks nobody for anything', async () => {
    const { page, seen } = await open();
    expect(await of(page, 'Remplir son dossier').textContent()).toContain('Projectine Vidéo');
    expect(await of(page, 'Nos agences').textContent()).toContain('Toujours autoriser Plantine');
    expect(await of(page, 'Remplir son dossier').getByRole('link').getAttribute('href')).toContain(
      '/e/projectine',
    );
    await settle(page, demo.trackerUrl);
    expect(reached(demo.requests)).toEqual([]);
    expect(
      await page.locator('iframe').evaluateAll((all) => all.map((one) => one.checkVisibility())),
    ).toEqual([false, false]);
    expect(seen.errors).toEqual([]);
  });

  it('takes the room of the embed, so that nothing moves when it loads', async () => {
    const { page } = await open();
    await decide(page, 'reject-all');
    const room = await of(page, 'Remplir son dossier').evaluate((element) => {
      const { width, height } = element.getBoundingClientRect();
      return Math.round((width / height) * 9);
    });
    expect(room).toBe(16);
    const before = await boxOf(page, '#extrait');
    await inside(page, 'Nos agences', 'load-once').click();
    await expect.poll(() => placeholders(page).count()).toBe(2);
    expect(await boxOf(page, '#extrait')).toEqual(before);
  });

  it('is not stood in for when it is granted from the start', async () => {
    const { page } = await open();
    await decide(page, 'accept-all');
    await expect.poll(() => placeholders(page).count()).toBe(0);
    await page.reload();
    await expect
      .poll(() => reached(demo.requests).filter((path) => path === '/e/projectine.html'))
      .toHaveLength(2);
    expect(await placeholders(page).count()).toBe(0);
  });
});

describe('load once', () => {
  it('loads that one, stores nothing, and keeps the question open', async () => {
    const { page } = await open();
    await inside(page, 'Remplir son dossier', 'load-once').click();
    await expect.poll(() => reached(demo.requests)).toEqual(['/e/projectine.html']);
    await expect.poll(() => placeholders(page).count()).toBe(2);
    expect(await page.context().cookies(demo.url)).toEqual([]);
    expect(await ask(page, (consent) => consent.promptReason?.type)).toBe('first-visit');
    expect(await page.evaluate('document.activeElement.id')).toBe('video');
    await page.reload();
    await expect.poll(() => placeholders(page).count()).toBe(3);
    await settle(page, demo.trackerUrl);
    expect(reached(demo.requests)).toEqual(['/e/projectine.html']);
  });

  it('works by keyboard', async () => {
    const { page } = await open();
    await inside(page, 'Nos agences', 'load-once').focus();
    await page.keyboard.press('Enter');
    await expect.poll(() => reached(demo.requests)).toEqual(['/e/plantine.html']);
    expect(await page.evaluate('document.activeElement.id')).toBe('plan');
  });

  it('lasts through a decision about something else, and ends with a refusal of it', async () => {
    const { page } = await open();
    await inside(page, 'Remplir son dossier', 'load-once').click();
    await expect.poll(() => placeholders(page).count()).toBe(2);
    await ask(page, (consent) => consent.save({ plantine: 'granted', projectine: 'denied' }));
    await expect.poll(() => placeholders(page).count()).toBe(2);
    expect(await page.locator('#video').getAttribute('src')).toBeNull();
    await inside(page, 'Remplir son dossier', 'load-once').click();
    await expect.poll(() => page.locator('#video').getAttribute('src')).toContain('/e/projectine');
    await ask(page, (consent) => consent.save({ plantine: 'denied' }));
    await expect.poll(() => page.locator('#plan').getAttribute('src')).toBeNull();
    expect(await page.locator('#video').getAttribute('src')).toContain('/e/projectine');
  });
});

describe('always allow', () => {
  it('grants the service, now and at the next visit, and no other', async () => {
    const { page } = await open();
    await inside(page, 'Remplir son dossier', 'always-allow').click();
    await expect.poll(() => placeholders(page).count()).toBe(1);
    expect(await ask(page, ({ choices }) => choices)).toMatchObject({
      projectine: 'granted',
      plantine: 'denied',
    });
    demo.requests.length = 0;
    await page.reload();
    await expect.poll(() => reached(demo.requests).sort()).toEqual(['/e/projectine.html', '/p/extrait.gif']);
    expect(await placeholders(page).count()).toBe(1);
  });
});

describe('withdrawal', () => {
  it('empties the frame, puts the placeholder back, and tells of it', async () => {
    const { page } = await open();
    await decide(page, 'accept-all');
    await expect.poll(() => page.frames().some((frame) => frame.url().includes('/e/projectine'))).toBe(true);
    // Not the mouse: a click right after scrolling can reach the frame that was there before.
    await page.locator('[data-bandeau="preferences"]').press('Enter');
    await toggle(page, 'personalization').click();
    await answer(page, 'save').click();
    await preferences(page).waitFor({ state: 'detached' });
    await of(page, 'Remplir son dossier').waitFor();
    expect(page.frames().map((frame) => frame.url())).not.toContainEqual(
      expect.stringContaining('projectine'),
    );
    expect(page.frames().map((frame) => frame.url())).toContainEqual(expect.stringContaining('plantine'));
    // A frame that is gone needs no reload.
    expect(await ask(page, (consent) => consent.$needsReload.get())).toBe(false);
    const told = await ask(page, (consent) =>
      consent
        .report()
        .filter(({ element }: GateEntry) => element?.id === 'video')
        .map(({ action }: GateEntry) => action),
    );
    expect(told).toEqual(['held', 'released', 'held']);
  });
});

describe('a page that moves its embeds about', () => {
  it('takes the placeholder along, and leaves none behind', async () => {
    const { page } = await open();
    await page.evaluate(`document.querySelector('h1').after(document.querySelector('#plan'))`);
    await expect
      .poll(() => page.evaluate(`document.querySelector('h1').nextSibling.dataset.bandeauLayer`))
      .toBe('placeholder');
    expect(await placeholders(page).count()).toBe(3);
    await page.evaluate(`document.querySelector('#plan').remove()`);
    await expect.poll(() => placeholders(page).count()).toBe(2);
  });

  it('is as it was after destroy()', async () => {
    const { page } = await open();
    const markup = () => page.locator('main').evaluate((main) => new XMLSerializer().serializeToString(main));
    await ask(page, (consent) => consent.destroy());
    const after = await markup();
    expect(after).not.toContain('bandeau-');
    expect(after).not.toContain('style=');
    await page.route('**/bandeau.js', (route) => route.abort());
    await page.reload();
    expect(await markup()).toBe(after);
  });
});

describe("an embed of a page of one's own", () => {
  const MARK = 'data-category="analytics" data-service="mesurio"';
  const frame = (mark = MARK) =>
    `<iframe id="frame" ${mark} data-src="${tracker.origin}/f/a.html" title="frame"></iframe>`;
  const video = () =>
    `<video id="video" controls preload="auto" ${MARK} data-src="${tracker.origin}/p/a.gif"></video>`;

  async function openPage(body: string) {
    site.pages['/'] = html({ body });
    const { page } = await visitors.arrive();
    await page.goto(site.origin);
    // The banner would cover what the visitor is to click.
    await decide(page, 'reject-all');
    return page;
  }

  it('is emptied by a withdrawal, a video too, and can be asked for again', async () => {
    const page = await openPage(frame() + video());
    const state = () =>
      page.evaluate(`[frame, video].map((one) => one.hasAttribute('src')).concat(
        document.getElementById('frame').contentDocument?.URL ?? 'elsewhere', video.networkState)`);
    await page.evaluate('bandeau.acceptAll()');
    await expect.poll(() => placeholders(page).count()).toBe(0);
    await expect.poll(() => reached(tracker.requests).sort()).toEqual(['/f/a.html', '/p/a.gif']);
    await page.evaluate('bandeau.withdraw()');
    await expect.poll(() => placeholders(page).count()).toBe(2);
    expect(await state()).toEqual([false, false, 'about:blank', 0]);
    tracker.clear();
    await inside(page, 'frame', 'load-once').click();
    await expect.poll(() => reached(tracker.requests)).toEqual(['/f/a.html']);
    await settle(page, tracker.origin);
    expect(reached(tracker.requests)).toEqual(['/f/a.html']);
  });

  const BUTTON = `<button onclick="bandeau.loadOnce(document.getElementById('frame'))">Voir</button>`;

  it("loads once from the site's own button", async () => {
    const page = await openPage(frame() + BUTTON);
    await settle(page, tracker.origin);
    expect(reached(tracker.requests)).toEqual([]);
    await page.getByRole('button', { name: 'Voir' }).click();
    await expect.poll(() => reached(tracker.requests)).toEqual(['/f/a.html']);
    expect(await ask(page, ({ isGranted }) => isGranted('mesurio'))).toBe(false);
  });

  it('never loads from it where the policy does not know the service', async () => {
    const page = await openPage(frame('data-category="analytics" data-service="nobody"') + BUTTON);
    await page.getByRole('button', { name: 'Voir' }).click();
    await settle(page, tracker.origin);
    expect(reached(tracker.requests)).toEqual([]);
  });
});
