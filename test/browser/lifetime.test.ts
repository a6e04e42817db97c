import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { ask, banner, decide, html, POLICY, ran, settle, useChromium, useSite } from '../support/stage.ts';

// How long a choice holds. The page's clock is set; the browser's own, which drops cookies, is not.

const { site, tracker } = useSite();
const visitors = useChromium();

const DAY = 86_400_000;
/** The coming 15th: the cookie must not have expired for the browser, whose clock is real. */
const CHOSEN = (() => {
  const date = new Date();
  date.setUTCDate(15);
  date.setUTCHours(10, 0, 0, 0);
  if (+date <= Date.now()) date.setUTCMonth(date.getUTCMonth() + 1);
  return +date;
})();
/** The same day, so many calendar months later. */
const after = (months: number) => new Date(CHOSEN).setUTCMonth(new Date(CHOSEN).getUTCMonth() + months);

async function chooseAt(time: number, action: string, policy = POLICY) {
  site.pages['/'] = html({
    policy,
    body: `<script type="text/plain" data-category="analytics" src="${tracker.origin}/s/mesurio.js"></script>`,
  });
  const { page } = await visitors.arrive();
  await page.clock.setFixedTime(time);
  await page.goto(site.origin);
  await decide(page, action);
  return page;
}

/** What a visit at that time finds. */
async function visitAt(page: Page, time: number) {
  await page.clock.setFixedTime(time);
  await page.goto(site.origin);
  await settle(page, tracker.origin);
  const reason = await ask(page, (consent) => consent.promptReason?.type ?? null);
  if (reason) await banner(page).waitFor();
  else expect(await banner(page).count()).toBe(0);
  return { reason, ran: await ran(page) };
}

describe('a choice', () => {
  for (const [action, whatRuns] of [
    ['accept-all', ['mesurio']],
    ['reject-all', []],
  ] as const) {
    it(`${action} holds until a day before six calendar months, and is asked again a day after`, async () => {
      const page = await chooseAt(CHOSEN, action);
      expect(await visitAt(page, CHOSEN + DAY)).toEqual({ reason: null, ran: whatRuns });
      expect(await visitAt(page, after(6) - DAY)).toEqual({ reason: null, ran: whatRuns });
      expect(await visitAt(page, after(6) - 1000)).toEqual({ reason: null, ran: whatRuns });
      expect(await visitAt(page, after(6))).toEqual({ reason: 'expired', ran: [] });
      expect(await visitAt(page, after(6) + DAY)).toEqual({ reason: 'expired', ran: [] });
    });
  }

  it('is not prolonged by visits: neither its day nor its cookie', async () => {
    const page = await chooseAt(CHOSEN, 'accept-all');
    const before = await page.context().cookies();
    for (const month of [1, 2, 3, 4, 5]) {
      expect(await visitAt(page, after(month))).toMatchObject({ reason: null });
    }
    expect(await page.context().cookies()).toEqual(before);
    expect(await visitAt(page, after(6))).toMatchObject({ reason: 'expired' });
  });

  it('that is made anew holds from that day on', async () => {
    const page = await chooseAt(CHOSEN, 'reject-all');
    await visitAt(page, after(6));
    await decide(page, 'accept-all');
    // Asked with the next letter of the calendar: five months after the second choice, eleven after the first.
    expect(await visitAt(page, after(11))).toEqual({ reason: null, ran: ['mesurio'] });
    expect(await visitAt(page, after(12))).toMatchObject({ reason: 'expired' });
  });

  it('holds as long as the policy says', async () => {
    const page = await chooseAt(CHOSEN, 'accept-all', { ...POLICY, lifetimeMonths: 3 });
    expect(await visitAt(page, after(3) - DAY)).toMatchObject({ reason: null });
    expect(await visitAt(page, after(3))).toMatchObject({ reason: 'expired' });
  });

  it('from the future, beyond what a wrong clock explains, is none', async () => {
    const page = await chooseAt(CHOSEN, 'accept-all');
    expect(await visitAt(page, CHOSEN - DAY / 2)).toEqual({ reason: null, ran: ['mesurio'] });
    expect(await visitAt(page, CHOSEN - 2 * DAY)).toEqual({ reason: 'receipt-damaged', ran: [] });
  });
});

describe('the cookie', () => {
  for (const action of ['accept-all', 'reject-all']) {
    it(`of ${action} is one, for this host, of the first party, and expires after six months`, async () => {
      const page = await chooseAt(CHOSEN, action);
      const [cookie, ...others] = await page.context().cookies();
      expect(others.filter(({ name }) => name.startsWith('bandeau'))).toEqual([]);
      expect(cookie).toMatchObject({
        name: 'bandeau',
        domain: 'localhost',
        path: '/',
        sameSite: 'Lax',
        httpOnly: false,
        // The page is on http.
        secure: false,
      });
      expect((cookie?.expires ?? 0) * 1000).toBe(after(6));
      expect(cookie?.value.length).toBeLessThan(400);
    });
  }

  it('has the name that the policy gives it', async () => {
    const page = await chooseAt(CHOSEN, 'reject-all', {
      ...POLICY,
      scope: { ...POLICY.scope, cookieName: 'mes_choix' },
    });
    expect((await page.context().cookies()).map(({ name }) => name)).toEqual(['mes_choix']);
  });

  it('goes when the choice is forgotten, and the question is back', async () => {
    const page = await chooseAt(CHOSEN, 'accept-all');
    await page.evaluate('bandeau.reset()');
    await banner(page).waitFor();
    expect(await page.context().cookies()).toEqual([]);
    await page.reload();
    expect(await ask(page, (consent) => consent.promptReason?.type)).toBe('first-visit');
  });
});
