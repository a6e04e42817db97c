import { describe, expect, it } from 'vitest';
import { answer, html, ran, settle, useChromium, useSite } from '../support/stage.ts';

// A page full of held scripts. How long it takes is measured by bench/gate, not here.

const { site, tracker } = useSite();
const visitors = useChromium();

const THOUSAND = Array.from({ length: 1000 }, (_, index) => String(index));
const MARK = 'data-category="analytics" data-service="mesurio"';

describe('a thousand inline scripts', () => {
  const body = THOUSAND.map(
    (name) =>
      `<script type="text/plain" ${MARK}>(window.__ran ??= []).push('${name}'); window.__first?.();</script>`,
  ).join('');

  async function open() {
    site.pages['/'] = html({ body });
    const visit = await visitors.arrive();
    await visit.page.goto(site.origin);
    await answer(visit.page, 'accept-all').waitFor();
    return visit;
  }

  it('run all of them, in order, once each', async () => {
    const { page, seen } = await open();
    await answer(page, 'accept-all').click();
    await expect.poll(() => ran(page).then(({ length }) => length)).toBe(1000);
    await settle(page, tracker.origin);
    expect(await ran(page)).toEqual(THOUSAND);
    expect(seen.errors).toEqual([]);
  });

  it('none of them runs before the frame of the click was painted', async () => {
    const { page } = await open();
    await page.evaluate(`(() => {
      window.order = [];
      addEventListener('click', () => {
        order.push('click');
        // A size is told when the frame is laid out, just before it is painted.
        requestAnimationFrame(() => {
          new ResizeObserver((_, all) => { order.push('painted'); all.disconnect(); }).observe(document.body);
        });
      }, true);
      window.__first = () => { order.push('first'); window.__first = undefined; };
    })()`);
    await answer(page, 'accept-all').click();
    await expect.poll(() => ran(page).then(({ length }) => length)).toBe(1000);
    expect(await page.evaluate('order')).toEqual(['click', 'painted', 'first']);
  });

  it('a refusal runs none', async () => {
    const { page } = await open();
    await answer(page, 'reject-all').click();
    await page.locator('[data-bandeau-root]').first().waitFor({ state: 'detached' });
    await settle(page, tracker.origin);
    expect(await ran(page)).toEqual([]);
  });

  it('taken back half-way, the rest does not run', async () => {
    const half = THOUSAND.map(
      (name) =>
        `<script type="text/plain" ${MARK}>(window.__ran ??= []).push('${name}');${name === '500' ? 'bandeau.withdraw();' : ''}</script>`,
    ).join('');
    site.pages['/'] = html({ body: half });
    const { page } = await visitors.arrive();
    await page.goto(site.origin);
    await page.evaluate('bandeau.acceptAll()');
    await expect.poll(() => ran(page).then(({ length }) => length)).toBe(501);
    await settle(page, tracker.origin);
    expect(await ran(page)).toHaveLength(501);
  });
});
