import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { ask, banner, html, POLICY, ran, reached, settle, useChromium, useSite } from '../support/stage.ts';

// What visitors have told another tool, and pages that are marked for it.

const { site, tracker } = useSite();
const visitors = useChromium();

const held = (category: string) =>
  `<script type="text/plain" data-category="${category}" src="${tracker.origin}/s/${category}.js"></script>`;

/** A site that has just come from another tool. */
const page = (importers: string) => {
  site.pages['/'] = html({
    policy: null,
    head: `${held('analytics')}${held('preference')}<script type="module">
      import { fromCookiebot } from '/bandeau/es/import/cookiebot.js';
      import { fromKlaro } from '/bandeau/es/import/klaro.js';
      bandeau.push(['init', ${JSON.stringify(POLICY)}, { importers: [${importers}] }]);
    </script>`,
  });
};
const COOKIEBOT = `fromCookiebot({ statistics: 'analytics', preferences: 'preference' })`;
const KLARO = `fromKlaro({ mesurio: 'analytics', confort: 'preference' })`;
const DAY = 86_400;

const arriveWith = async (name: string, value: string, maxAgeDays = 300) => {
  const { page: tab, seen } = await visitors.arrive();
  await tab
    .context()
    .addCookies([
      { name, value, url: site.origin, expires: Math.round(Date.now() / 1000) + maxAgeDays * DAY },
    ]);
  await tab.goto(`${site.origin}/`);
  return { tab, seen };
};
const cookiebot = (method: string, agoDays = 10) =>
  `{stamp:%27inventedstamp==%27%2Cnecessary:true%2Cpreferences:false%2Cstatistics:true%2Cmarketing:false%2Cmethod:%27${method}%27%2Cver:1%2Cutc:${Date.now() - agoDays * 864e5}%2Cregion:%27fr%27}`;
const method = (tab: Page) => ask(tab, ({ receipt }) => receipt?.method ?? null);

describe('a visitor who has answered the tool of before', () => {
  it('is not asked, and has what they said yes to and nothing else', async () => {
    page(COOKIEBOT);
    const value = cookiebot('explicit');
    const { tab, seen } = await arriveWith('CookieConsent', value);
    await expect.poll(() => ran(tab)).toEqual(['analytics']);
    await settle(tab, tracker.origin);
    expect(await banner(tab).count()).toBe(0);
    expect(await method(tab)).toBe('import');
    expect(reached(tracker.requests)).toEqual(['/s/analytics.js']);
    // What they told the other tool stays theirs.
    expect(await tab.evaluate(() => document.cookie)).toContain(value);
    expect(seen.errors).toEqual([]);
  });

  it('pays for the move once: the next page loads nothing for it', async () => {
    page(COOKIEBOT);
    const { tab } = await arriveWith('CookieConsent', cookiebot('explicit'));
    await expect.poll(() => method(tab)).toBe('import');
    expect(site.requests.map(({ url }) => url)).toContain('/bandeau/bandeau-carry-over.js');
    site.clear();
    await tab.reload();
    await expect.poll(() => ran(tab)).toEqual(['analytics']);
    await settle(tab, tracker.origin);
    expect(site.requests.filter(({ url }) => /later|carry-over/.test(url))).toEqual([]);
  });

  it('has it in their history, with the tool that it is from', async () => {
    page(COOKIEBOT);
    const { tab } = await arriveWith('CookieConsent', cookiebot('explicit'));
    await expect.poll(() => method(tab)).toBe('import');
    const text = await tab.evaluate<string>("bandeau.exportReceipt('json')");
    expect(JSON.parse(text).records).toMatchObject([
      { method: 'import', importedFrom: 'cookiebot', previousId: null, layer: null },
    ]);
  });

  it('is asked when six months of their own answer are over, not of the move', async () => {
    page(COOKIEBOT);
    const { tab } = await arriveWith('CookieConsent', cookiebot('explicit', 100));
    await expect.poll(() => method(tab)).toBe('import');
    const [kept] = (await tab.context().cookies()).filter(({ name }) => name === 'bandeau');
    const days = ((kept?.expires ?? 0) - Date.now() / 1000) / DAY;
    expect(days).toBeGreaterThan(79);
    expect(days).toBeLessThan(85);
  });

  it('is dated by the age of the cookie where that is all there is', async () => {
    page(KLARO);
    const value = encodeURIComponent(JSON.stringify({ mesurio: false, confort: true }));
    const { tab } = await arriveWith('klaro', value, 100);
    await expect.poll(() => method(tab)).toBe('import');
    const time = await ask(tab, ({ receipt }) => receipt?.time ?? '');
    expect(Math.round((Date.now() - Date.parse(time)) / 864e5)).toBe(20);
    await expect.poll(() => ran(tab)).toEqual(['preference']);
  });

  it('is asked on the next page once they have erased it', async () => {
    page(COOKIEBOT);
    const { tab } = await arriveWith('CookieConsent', cookiebot('explicit'));
    await expect.poll(() => method(tab)).toBe('import');
    await tab.evaluate('bandeau.reset()');
    await tab.reload();
    await banner(tab).waitFor();
    expect(await method(tab)).toBeNull();
  });
});

describe('where what reads other tools does not come', () => {
  /** The time of the page, which stands still until it is moved. */
  const arriveAtStillness = async () => {
    page(COOKIEBOT);
    const { page: tab } = await visitors.arrive();
    await tab.route('**/bandeau-carry-over.js', () => {});
    await tab.clock.install();
    const asked = tab.waitForRequest('**/bandeau-carry-over.js');
    await tab.goto(`${site.origin}/`);
    await asked;
    return tab;
  };

  it('the visitor is asked after three seconds, and nothing has run', async () => {
    const tab = await arriveAtStillness();
    await tab.clock.runFor(3100);
    await banner(tab).waitFor();
    expect(await ran(tab)).toEqual([]);
  });

  it('they are not asked before', async () => {
    const tab = await arriveAtStillness();
    await tab.clock.runFor(2500);
    await tab.evaluate(`fetch('${tracker.origin}/p/settled.gif', { mode: 'no-cors' }).then(() => 0)`);
    expect(await banner(tab).count()).toBe(0);
  });
});

describe('a visitor who has not', () => {
  it.each([
    ['whose consent was implied', () => cookiebot('implied')],
    ['whose answer is older than ours may be', () => cookiebot('explicit', 200)],
    ['who was in a region where it did not ask', () => '-1'],
  ])('%s is asked, and nothing runs', async (_, value) => {
    page(COOKIEBOT);
    const { tab } = await arriveWith('CookieConsent', value());
    await banner(tab).waitFor();
    await settle(tab, tracker.origin);
    expect(await ran(tab)).toEqual([]);
    expect(await ask(tab, ({ promptReason }) => promptReason?.type)).toBe('first-visit');
  });
});

describe('pages that are marked for another tool', () => {
  const MAP = {
    cookiebot: { statistics: 'analytics', preferences: 'preference', necessary: 'socle' },
    klaro: { mesurio: 'mesurio' },
    oneTrust: { C0002: 'analytics', C0003: 'preference' },
  };
  const script = (attributes: string, name: string) =>
    `<script type="text/plain" ${attributes} src="${tracker.origin}/s/${name}.js"></script>`;
  const marked = (body: string, map: object = MAP) => {
    site.pages['/'] = html({
      core: `<script src="/bandeau/bandeau-markup.js" data-map='${JSON.stringify(map)}'></script><script src="/bandeau/bandeau.js"></script>`,
      body,
    });
  };
  const open = async () => {
    const { page: tab, seen } = await visitors.arrive();
    await tab.goto(`${site.origin}/`);
    await banner(tab).waitFor();
    await settle(tab, tracker.origin);
    return { tab, seen };
  };

  it('are held before a choice, and act by the map after it', async () => {
    marked(
      script('data-cookieconsent="statistics"', 'bot') +
        script('data-name="mesurio"', 'klaro') +
        script('class="x optanon-category-C0002"', 'trust') +
        script('data-cookieconsent="preferences"', 'other') +
        script('data-cookieconsent="necessary"', 'needed') +
        `<iframe data-cookieconsent="statistics" data-cookieblock-src="${tracker.origin}/f/frame.html"></iframe>
         <iframe class="optanon-category-C0003" data-src="${tracker.origin}/f/other.html"></iframe>`,
    );
    const { tab, seen } = await open();
    expect(await ran(tab)).toEqual(['needed']);
    await tab.evaluate("bandeau.save({ analytics: 'granted' })");
    await expect.poll(() => ran(tab)).toEqual(['needed', 'bot', 'klaro', 'trust']);
    await expect.poll(() => reached(tracker.requests)).toContain('/f/frame.html');
    await settle(tab, tracker.origin);
    expect(reached(tracker.requests)).not.toContain('/f/other.html');
    expect(await ran(tab)).not.toContain('other');
    expect(seen).toMatchObject({ console: [], errors: [] });
  });

  it('are read where they are added later', async () => {
    marked('');
    const { tab } = await open();
    await tab.evaluate("bandeau.save({ analytics: 'granted' })");
    await tab.evaluate((src) => {
      for (const [consent, name] of [
        ['statistics', 'late'],
        ['preferences', 'denied'],
      ]) {
        const added = document.createElement('script');
        added.type = 'text/plain';
        added.setAttribute('data-cookieconsent', consent ?? '');
        added.src = `${src}/s/${name}.js`;
        document.body.append(added);
      }
    }, tracker.origin);
    await expect.poll(() => ran(tab)).toEqual(['late']);
    await settle(tab, tracker.origin);
    expect(reached(tracker.requests)).not.toContain('/s/denied.js');
  });

  it('stay held, and say so, where no answer stands for them or more than one does', async () => {
    marked(
      script('data-cookieconsent="marketing"', 'unmapped') +
        script('data-cookieconsent="statistics,preferences"', 'both') +
        script('data-cookieconsent="statistics, marketing"', 'partly') +
        script('data-name="toString"', 'inherited') +
        script('class="optanon-category-C0002-C0003"', 'groups') +
        script('data-cookieconsent="statistics,statistics"', 'same'),
    );
    const { tab, seen } = await open();
    await tab.evaluate('bandeau.acceptAll()');
    await expect.poll(() => ran(tab)).toEqual(['same']);
    await settle(tab, tracker.origin);
    expect(await ran(tab)).toEqual(['same']);
    expect(seen.console.map((text) => /"(.*?)" (needs|not)/.exec(text)?.slice(1).join())).toEqual([
      'marketing,not',
      'statistics,preferences,needs',
      'statistics,marketing,not',
      'toString,not',
      'C0002,C0003,needs',
    ]);
  });

  it('leave what is marked for us as it is, and what no tool of the map has marked', async () => {
    marked(
      script('data-cookieconsent="statistics" data-category="preference"', 'ours') +
        script('data-name="mesurio"', 'klaro'),
      { cookiebot: MAP.cookiebot },
    );
    const { tab } = await open();
    await tab.evaluate("bandeau.save({ analytics: 'granted', preference: 'denied' })");
    await settle(tab, tracker.origin);
    expect(await ran(tab)).toEqual([]);
    expect(await tab.locator('[data-service]').count()).toBe(0);
  });

  it('are released for what they are marked for by then, and for nothing that they were marked for before', async () => {
    marked(
      script('data-cookieconsent="statistics" id="changed"', 'changed') +
        script('data-cookieconsent="statistics" id="doubled"', 'doubled') +
        script('data-cookieconsent="preferences" id="back"', 'back') +
        `<iframe data-cookieconsent="statistics" data-cookieblock-src="${tracker.origin}/f/frame.html"></iframe>`,
    );
    const { tab } = await open();
    const change = (selector: string, to: string) =>
      tab.locator(selector).evaluate((one, value) => one.setAttribute('data-cookieconsent', value), to);
    await change('#changed', 'preferences');
    await change('#doubled', 'statistics,preferences');
    await change('#back', 'statistics');
    await tab.locator('#changed[data-service="preference"]').waitFor({ state: 'attached' });
    await tab.locator('#doubled[data-service=""]').waitFor({ state: 'attached' });
    await tab.evaluate("bandeau.save({ analytics: 'granted', preference: 'denied' })");
    await expect.poll(() => ran(tab)).toEqual(['back']);
    await settle(tab, tracker.origin);
    expect(await ran(tab)).toEqual(['back']);
    expect(await tab.locator('iframe').getAttribute('src')).toContain('/f/frame.html');
    await change('iframe', 'marketing');
    await tab.waitForFunction(() => !document.querySelector('iframe')?.hasAttribute('src'));
    await change('iframe', 'statistics');
    await tab.waitForFunction(() => document.querySelector('iframe')?.hasAttribute('src'));
  });

  it('are taken back when they are withdrawn', async () => {
    marked(
      `<iframe data-cookieconsent="preferences" data-cookieblock-src="${tracker.origin}/f/frame.html"></iframe>`,
    );
    const { tab } = await open();
    await tab.evaluate('bandeau.acceptAll()');
    await tab.waitForFunction(() => document.querySelector('iframe')?.hasAttribute('src'));
    await tab.evaluate("bandeau.withdraw('preference')");
    await tab.waitForFunction(() => !document.querySelector('iframe')?.hasAttribute('src'));
  });

  it('stay held where the map can not be read', async () => {
    site.pages['/'] = html({
      core: `<script src="/bandeau/bandeau-markup.js" data-map="{"></script><script src="/bandeau/bandeau.js"></script>`,
      body: script('data-cookieconsent="statistics"', 'bot'),
    });
    const { tab, seen } = await open();
    await tab.evaluate('bandeau.acceptAll()');
    await settle(tab, tracker.origin);
    expect(await ran(tab)).toEqual([]);
    expect(seen.console[0]).toContain('no map of the markup');
  });
});
