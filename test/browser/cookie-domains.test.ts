import type { BrowserContext } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { encodeReceipt } from '../../src/model/receipt.ts';
import type { Choices, Policy } from '../../src/types.ts';
import { receiptOf } from '../fixtures/policy.ts';
import { ask, decide, html, POLICY, ran, settle, useChromium, useSite } from '../support/stage.ts';

// Where the cookie of a choice is kept, and what becomes of two of one name. `*.localhost` is this machine for Chromium.

const { site, tracker } = useSite();
const visitors = useChromium();
const host = (name: string) => `http://${name}:${new URL(site.origin).port}/`;
const NAMES = ['a.deux.localhost', 'b.deux.localhost', 'deux.localhost'];

const policy = (cookieDomain?: string): Policy => ({
  ...POLICY,
  scope: { sites: NAMES, ...(cookieDomain && { cookieDomain }) },
});
const publish = (cookieDomain?: string) => {
  site.pages['/'] = html({
    policy: policy(cookieDomain),
    head: `<script type="text/plain" data-category="analytics" src="${tracker.origin}/s/mesure.js"></script>`,
  });
};
const kept = async (context: BrowserContext) =>
  (await context.cookies()).filter(({ name }) => name === 'bandeau').map(({ domain }) => domain);

describe("cookieDomain 'auto'", () => {
  it('is one cookie for all sub-domains, as wide as the browser lets it be', async () => {
    publish('auto');
    const { page, seen } = await visitors.arrive();
    await page.goto(host('a.deux.localhost'));
    await decide(page, 'reject-all');
    const [domain = '', ...others] = await kept(page.context());
    expect(others).toEqual([]);
    expect('.b.deux.localhost'.endsWith(domain)).toBe(true);
    for (const name of NAMES) {
      await page.goto(host(name));
      expect(await ask(page, ({ receipt }) => receipt?.method), name).toBe('reject-all');
    }
    expect(seen).toMatchObject({ console: [], errors: [] });
  });

  it('does not ask for more than the host where it has no wider one', async () => {
    publish('auto');
    const { page } = await visitors.arrive();
    for (const name of ['localhost', '127.0.0.1']) {
      await page.goto(host(name)).catch(() => page.goto(host('localhost')));
      await decide(page, 'accept-all');
      expect(await kept(page.context())).toEqual([new URL(page.url()).hostname]);
      await page.context().clearCookies();
    }
  });

  it('absent, the choice is of the exact host', async () => {
    publish();
    const { page } = await visitors.arrive();
    await page.goto(host('a.deux.localhost'));
    await decide(page, 'accept-all');
    expect(await kept(page.context())).toEqual(['a.deux.localhost']);
    await page.goto(host('b.deux.localhost'));
    expect(await ask(page, ({ receipt }) => receipt)).toBeNull();
  });
});

describe('two cookies of one name', () => {
  const DAY = 864e5;
  const decidedAt = (wanted: Choices, agoDays: number) =>
    encodeReceipt(receiptOf(wanted, { policy: policy('deux.localhost'), now: Date.now() - agoDays * DAY }));
  const YES = { analytics: 'granted', preference: 'granted' } as const;
  const NO = { analytics: 'denied', preference: 'denied' } as const;
  const arriveWith = async (ofHost: string, ofDomain: string) => {
    publish('deux.localhost');
    const { page, seen } = await visitors.arrive();
    const expires = Math.round(Date.now() / 1000) + 86_400;
    await page.context().addCookies([
      { name: 'bandeau', value: ofHost, domain: 'a.deux.localhost', path: '/', expires },
      { name: 'bandeau', value: ofDomain, domain: '.deux.localhost', path: '/', expires },
    ]);
    await page.goto(host('a.deux.localhost'));
    await settle(page, tracker.origin);
    return { page, seen };
  };

  it.each<[string, string, string, string[]]>([
    ['no of the host over an older yes of the domain', decidedAt(NO, 1), decidedAt(YES, 2), []],
    ['no of the domain over an older yes of the host', decidedAt(YES, 2), decidedAt(NO, 1), []],
    ['yes of the host over an older no of the domain', decidedAt(YES, 1), decidedAt(NO, 2), ['mesure']],
    ['yes of the domain over an older no of the host', decidedAt(NO, 2), decidedAt(YES, 1), ['mesure']],
    ['what can be read over what can not', 'damaged', decidedAt(YES, 1), ['mesure']],
  ])('%s is in force, and the only one left', async (_, ofHost, ofDomain, runs) => {
    const { page, seen } = await arriveWith(ofHost, ofDomain);
    await expect.poll(() => ran(page)).toEqual(runs);
    expect(await kept(page.context())).toEqual(['.deux.localhost']);
    await page.reload();
    await settle(page, tracker.origin);
    expect(await ran(page)).toEqual(runs);
    expect(seen.errors).toEqual([]);
  });

  it('neither of which can be read are no choice', async () => {
    const { page } = await arriveWith('damaged', 'broken');
    expect(await ran(page)).toEqual([]);
    expect(await ask(page, ({ promptReason }) => promptReason?.type)).toBe('receipt-damaged');
  });

  it('the newest of which is expired are no choice, since the other is older', async () => {
    const { page } = await arriveWith(decidedAt(YES, 300), decidedAt(YES, 200));
    expect(await ran(page)).toEqual([]);
    expect(await ask(page, ({ promptReason }) => promptReason?.type)).toBe('expired');
  });
});
