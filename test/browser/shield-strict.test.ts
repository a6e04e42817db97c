import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { contentSecurityPolicy, readReceipt } from '../../src/server/index.ts';
import {
  ask,
  banner,
  decide,
  html,
  POLICY,
  ran,
  reached,
  settle,
  useChromium,
  useSite,
} from '../support/stage.ts';

// The strict shield refuses in the header what is not granted, so a grant starts with the next load.

const { site, tracker } = useSite();
// A page that the test answers itself counts as one of the internet, which may not ask this machine.
const visitors = useChromium({ without: ['LocalNetworkAccessChecks'] });

/** The page as a server sends it: its header follows from the cookie that came with the request. */
const policy = () => ({
  ...POLICY,
  services: POLICY.services.map((service) =>
    service.id === 'mesurio' ? { ...service, hosts: [new URL(tracker.origin).host] } : service,
  ),
});

async function open(attributes = 'data-shield="strict"') {
  const body = html({
    policy: policy(),
    core: `<script src="/bandeau/bandeau.js" ${attributes}></script>`,
    body: `<script type="text/plain" data-service="mesurio" src="${tracker.origin}/s/mesurio.js"></script>`,
  }) as string;
  const visit = await visitors.arrive();
  let loads = 0;
  await visit.page.route(`${site.origin}/`, async (route) => {
    loads++;
    const consent = readReceipt((await route.request().allHeaders())['cookie'], policy());
    const { name, value } = contentSecurityPolicy(policy(), consent, { mode: 'strict' });
    await route.fulfill({ headers: { [name]: value }, contentType: 'text/html; charset=utf-8', body });
  });
  await visit.page.goto(site.origin);
  await banner(visit.page).waitFor();
  return { ...visit, loads: () => loads };
}

const isLoadedAgain = (page: Page) =>
  page.evaluate(`performance.getEntriesByType('navigation')[0].type === 'reload'`);

describe('with data-shield="strict"', () => {
  it('the banner says that the page loads again', async () => {
    const { page } = await open();
    expect(await banner(page).textContent()).toContain('La page se recharge ensuite une fois');
  });

  it('a grant loads the page once more, and there it runs', async () => {
    const { page, loads, seen } = await open();
    await decide(page, 'accept-all');
    await expect.poll(() => ran(page).catch(() => [])).toEqual(['mesurio']);
    await settle(page, tracker.origin);
    expect(loads()).toBe(2);
    expect(await isLoadedAgain(page)).toBe(true);
    expect(reached(tracker.requests)).toEqual(['/s/mesurio.js']);
    expect(seen.console.filter((line) => line.startsWith('error'))).toEqual([]);
  });

  it('a refusal does not, and neither does a grant that the page was loaded with', async () => {
    const { page, loads } = await open();
    await decide(page, 'reject-all');
    await settle(page, site.origin);
    expect(loads()).toBe(1);
    await ask(page, (consent) => consent.acceptAll());
    await expect.poll(() => ran(page).catch(() => [])).toEqual(['mesurio']);
    await ask(page, (consent) => consent.acceptAll());
    await settle(page, site.origin);
    expect(loads()).toBe(2);
  });
});

describe('without it', () => {
  it('nothing reloads, and the browser refuses what was released', async () => {
    const { page, loads } = await open('');
    expect(await banner(page).textContent()).not.toContain('La page se recharge');
    await decide(page, 'accept-all');
    await settle(page, site.origin);
    expect(loads()).toBe(1);
    expect(await ran(page)).toEqual([]);
    expect(reached(tracker.requests)).toEqual([]);
  });
});
