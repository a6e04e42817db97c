import { describe, expect, it } from 'vitest';
import { answer, ask, banner, decide, ran, reached, settle, useChromium, useDemo } from '../support/stage.ts';

// Le Fil du Soir: one choice for three hosts. `*.localhost` is this machine for Chromium.

const demo = useDemo();
const visitors = useChromium();
const host = (name: string) => `http://${name}fil-du-soir.localhost:${new URL(demo.url).port}/`;

describe('one choice for the sub-domains', () => {
  it('no on one of them is no on the others, which do not ask', async () => {
    const { page, seen } = await visitors.arrive();
    await page.goto(host('actu.'));
    await decide(page, 'reject-all');
    for (const other of ['forum.', '', 'actu.']) {
      await page.goto(host(other));
      await settle(page, demo.trackerUrl);
      expect(await ask(page, ({ receipt }) => receipt?.method), other).toBe('reject-all');
      expect(await banner(page).count(), other).toBe(0);
    }
    expect(reached(demo.requests)).toEqual([]);
    const cookies = await page.context().cookies();
    expect(cookies.map(({ name, domain }) => [name, domain])).toEqual([
      ['bandeau_soir', '.fil-du-soir.localhost'],
    ]);
    expect(seen).toMatchObject({ console: [], errors: [] });
  });

  it('yes on one of them releases on the others', async () => {
    const { page } = await visitors.arrive();
    await page.goto(host('forum.'));
    await decide(page, 'accept-all');
    await page.goto(host('actu.'));
    await expect.poll(() => ran(page)).toHaveLength(3);
    expect((await ran(page)).sort()).toEqual(['comptannonce', 'mesurio', 'reclamix']);
    expect(await banner(page).count()).toBe(0);
  });

  it('taken back on one of them is taken back on the others', async () => {
    const { page } = await visitors.arrive();
    await page.goto(host('actu.'));
    await decide(page, 'accept-all');
    await page.goto(host('forum.'));
    await page.locator('[data-bandeau="preferences"]').click();
    await answer(page, 'reject-all').click();
    await page.waitForFunction(() => !document.querySelector('[data-bandeau-root]'));
    await page.goto(host('actu.'));
    await settle(page, demo.trackerUrl);
    expect(await ran(page)).toEqual([]);
    expect((await page.context().cookies()).filter(({ name }) => name === 'bandeau_soir')).toHaveLength(1);
  });

  it('says for which hosts it is', async () => {
    const { page } = await visitors.arrive();
    await page.goto(host('actu.'));
    const text = await banner(page).textContent();
    for (const name of ['', 'actu.', 'forum.']) expect(text).toContain(`${name}fil-du-soir.localhost`);
  });

  it('does not leak to another site of this machine', async () => {
    const { page } = await visitors.arrive();
    await page.goto(host('actu.'));
    await decide(page, 'accept-all');
    await page.goto(`${demo.url}/clairpas/`);
    await banner(page).waitFor();
    expect(await ask(page, ({ receipt }) => receipt)).toBeNull();
  });
});
