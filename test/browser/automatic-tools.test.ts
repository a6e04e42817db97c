import { readFileSync } from 'node:fs';
import type { AutoConsentCMPRule, Config } from '@duckduckgo/autoconsent';
import PUBLISHED from '@duckduckgo/autoconsent/rules/rules.json' with { type: 'json' };
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import type { Choices, Policy } from '../../src/types.ts';
import { useAutoconsent } from '../support/autoconsent.ts';
import { answerByRule, type ConsentOMaticRule } from '../support/consent-o-matic.ts';
import {
  answer,
  ask,
  banner,
  decide,
  html,
  POLICY,
  preferences,
  reached,
  settle,
  toggle,
  useChromium,
  useDemo,
  useSite,
} from '../support/stage.ts';

// Tools that answer for the visitor: with the rules of docs/rules, and one that knows nothing of us.

const demo = useDemo();
const { site, tracker } = useSite();
const visitors = useChromium();

const read = (name: string) =>
  JSON.parse(readFileSync(new URL(`../../docs/rules/${name}`, import.meta.url), 'utf8'));
const OURS: AutoConsentCMPRule = read('autoconsent.json');
/** Every rule that autoconsent brings; none of them is for us. */
const OTHERS = PUBLISHED.autoconsent as readonly AutoConsentCMPRule[];

/** The heuristic is off unless asked for, so that only the rule can have done it. */
const REFUSE: Partial<Config> = { autoAction: 'optOut' };
const ACCEPT: Partial<Config> = { autoAction: 'optIn' };
/** The search may take 100 ms by default, which a machine with a browser on each core can need for a style. */
const GUESS: Partial<Config> = {
  autoAction: 'optOut',
  heuristicMode: 'reject',
  heuristicPopupSearchTimeout: 2000,
};

const REFUSED = { optOutResult: true, selfTestResult: true };
/** The tool has half a second between two looks and as much before it tests itself. */
const SLOWLY = { timeout: 15_000 };

const choices = (page: Page) => ask(page, (consent) => consent.choices as Choices);
const receiptId = (page: Page) => ask(page, (consent) => consent.receipt?.id);
const DENIED = { analytics: 'denied', preference: 'denied', mesurio: 'denied', confort: 'denied' };
const GRANTED = { analytics: 'granted', preference: 'granted', mesurio: 'granted', confort: 'granted' };

const publish = (options: { policy?: Policy; lang?: string; body?: string } = {}) => {
  const { policy = POLICY, lang = 'fr', body = '' } = options;
  const held = `<script type="text/plain" data-category="analytics" src="${tracker.origin}/s/mesurio.js"></script>`;
  site.pages['/'] = String(html({ policy, body: held + body })).replace('lang="fr"', `lang="${lang}"`);
};
const CHANGED: Policy = {
  ...POLICY,
  version: '2025-06-01',
  services: [
    ...POLICY.services,
    { id: 'ecoutio', category: 'analytics', vendor: { name: 'Écoutio' }, purpose: 'Compter les écoutes.' },
  ],
};

/** Opens the page with the tool in it. */
async function visit(config: Partial<Config>, rules: readonly AutoConsentCMPRule[], url = `${site.origin}/`) {
  const { page, seen } = await visitors.arrive();
  const tool = await useAutoconsent(page, config, rules);
  await page.goto(url);
  return { page, seen, tool };
}

/** The same for a visitor who has accepted everything before, by hand. */
async function visitAgain(
  config: Partial<Config>,
  rules: readonly AutoConsentCMPRule[],
  publishNext = publish,
) {
  const { page } = await visitors.arrive();
  publish();
  await page.goto(`${site.origin}/`);
  await decide(page, 'accept-all');
  const id = await receiptId(page);
  publishNext();
  const tool = await useAutoconsent(page, config, rules);
  await page.reload();
  return { page, tool, id };
}

describe('autoconsent, by our rule', () => {
  it('refuses, and its own test confirms it', async () => {
    publish();
    const { page, tool, seen } = await visit(REFUSE, [OURS]);
    await expect.poll(tool.results, SLOWLY).toEqual(REFUSED);
    expect(tool.detected()).toEqual(['bandeau']);
    expect(tool.clicks()).toBe(1);
    expect(await choices(page)).toMatchObject(DENIED);
    expect(await ask(page, (consent) => consent.receipt?.method)).toBe('reject-all');
    expect(await banner(page).count()).toBe(0);
    await settle(page, tracker.origin);
    expect(reached(tracker.requests)).toEqual([]);
    expect(seen.errors).toEqual([]);
  });

  it('accepts for who wants that', async () => {
    publish();
    const { page, tool } = await visit(ACCEPT, [OURS]);
    await expect.poll(tool.results, SLOWLY).toEqual({ optInResult: true });
    expect(await choices(page)).toMatchObject(GRANTED);
    expect(await ask(page, (consent) => consent.receipt?.method)).toBe('accept-all');
    await expect.poll(() => reached(tracker.requests)).toEqual(['/s/mesurio.js']);
  });

  it('nothing is answered without our rule: no other takes us for its own', async () => {
    publish();
    const { page, tool } = await visit(REFUSE, OTHERS);
    await banner(page).waitFor();
    await expect.poll(tool.attempts, SLOWLY).toBeGreaterThan(2);
    expect(tool.detected()).toEqual([]);
    expect(await banner(page).isVisible()).toBe(true);
  });

  it.each(['/brisemarre/', '/lorivaux/nl/', '/cases/embeds.html'])(
    'refuses on the demo page %s, among all rules of the tool',
    async (path) => {
      const { page, tool } = await visit(REFUSE, [...OTHERS, OURS], demo.url + path);
      await expect.poll(tool.results, SLOWLY).toEqual(REFUSED);
      expect(tool.detected()).toEqual(['bandeau']);
      expect(new Set(Object.values(await choices(page)))).toEqual(new Set(['denied']));
    },
  );

  it('refuses what a new policy asks about, and leaves what was granted by hand', async () => {
    const { page, tool } = await visitAgain(REFUSE, [OURS], () => publish({ policy: CHANGED }));
    await expect.poll(tool.results, SLOWLY).toEqual(REFUSED);
    expect(await choices(page)).toMatchObject({ mesurio: 'granted', confort: 'granted', ecoutio: 'denied' });
    expect(await banner(page).count()).toBe(0);
  });

  it('accepts what a new policy asks about', async () => {
    const { page, tool } = await visitAgain(ACCEPT, [OURS], () => publish({ policy: CHANGED }));
    await expect.poll(tool.results, SLOWLY).toEqual({ optInResult: true });
    expect(await choices(page)).toMatchObject({ ...GRANTED, ecoutio: 'granted' });
  });

  it('leaves a decided visitor alone, also one who opens the preferences while it looks', async () => {
    const { page, tool, id } = await visitAgain({ ...GUESS, ...REFUSE }, [OURS]);
    await page.locator('#link').click();
    await preferences(page).waitFor();
    await expect.poll(tool.isFinished, SLOWLY).toBe(true);
    expect(tool.clicks()).toBe(0);
    expect(await preferences(page).isVisible()).toBe(true);
    expect(await receiptId(page)).toBe(id);
    expect(await choices(page)).toMatchObject(GRANTED);
  });
});

describe('autoconsent, without a rule of ours, by the words on the buttons', () => {
  it.each(['fr', 'en', 'de', 'nl', 'es', 'it', 'pt', 'pl'])('refuses everything in %s', async (lang) => {
    publish({ lang });
    const { page, tool } = await visit(GUESS, OTHERS);
    await expect.poll(tool.results, SLOWLY).toEqual(REFUSED);
    expect(tool.detected()).toEqual(['HEURISTIC-REJECT']);
    expect(await choices(page)).toMatchObject(DENIED);
    expect(await ask(page, (consent) => consent.receipt?.method)).toBe('reject-all');
    await settle(page, tracker.origin);
    expect(reached(tracker.requests)).toEqual([]);
  });

  it.each(['/brisemarre/', '/cases/embeds.html'])('refuses on the demo page %s', async (path) => {
    const { page, tool } = await visit(GUESS, OTHERS, demo.url + path);
    await expect.poll(tool.results, SLOWLY).toEqual(REFUSED);
    expect(new Set(Object.values(await choices(page)))).toEqual(new Set(['denied']));
  });

  it.each(['fr', 'en', 'de', 'nl', 'pt'])('refuses what a new policy asks about in %s', async (lang) => {
    const { page, tool } = await visitAgain(GUESS, OTHERS, () => publish({ lang, policy: CHANGED }));
    await expect.poll(tool.results, SLOWLY).toEqual(REFUSED);
    expect(await choices(page)).toMatchObject({ mesurio: 'granted', confort: 'granted', ecoutio: 'denied' });
  });

  it('clicks one button of the banner, and none of the page that says the same', async () => {
    publish({ body: `<button onclick="document.title = 'invitations refused'">Tout refuser</button>` });
    const { page, tool } = await visit(GUESS, OTHERS);
    await expect.poll(tool.results, SLOWLY).toEqual(REFUSED);
    expect(tool.clicks()).toBe(1);
    expect(await page.title()).toBe('essai');
  });

  it('clicks nothing where the visitor has decided', async () => {
    const { page, tool, id } = await visitAgain({ ...GUESS, detectRetries: 1 }, OTHERS);
    await expect.poll(tool.isFinished, SLOWLY).toBe(true);
    expect([tool.attempts(), tool.clicks()]).toEqual([2, 0]);
    expect(await receiptId(page)).toBe(id);
  });
});

describe('Consent-O-Matic, by our rule', () => {
  const RULE: ConsentOMaticRule = read('consent-o-matic.json').bandeau;

  async function answered(allowed: string[], url = `${site.origin}/`) {
    const { page } = await visitors.arrive();
    await page.goto(url);
    await banner(page).waitFor();
    expect(await answerByRule(page, RULE, allowed)).toBe(true);
    expect(await page.locator('[data-bandeau-root]:not([data-bandeau-layer=placeholder])').count()).toBe(0);
    return page;
  }

  it('refuses in one click for who allows nothing', async () => {
    publish();
    const page = await answered([]);
    expect(await choices(page)).toMatchObject(DENIED);
    expect(await ask(page, (consent) => consent.receipt?.method)).toBe('reject-all');
  });

  it.each([
    ['B', { mesurio: 'granted', confort: 'denied' }],
    ['A', { mesurio: 'denied', confort: 'granted' }],
    ['F', { mesurio: 'denied', confort: 'denied' }],
  ])('grants what belongs to %s and nothing else', async (letter, expected) => {
    publish();
    const page = await answered([letter]);
    expect(await choices(page)).toMatchObject(expected);
    expect(await ask(page, (consent) => consent.receipt?.method)).toBe('custom');
  });

  it('grants each of our categories to one who allows everything', async () => {
    const page = await answered(['A', 'B', 'D', 'E', 'F', 'X'], `${demo.url}/clairpas/`);
    expect(new Set(Object.values(await choices(page)))).toEqual(new Set(['granted']));
  });

  it('finds nothing to answer where the visitor has decided', async () => {
    publish();
    const page = await answered([]);
    const id = await receiptId(page);
    await page.reload();
    await expect.poll(() => receiptId(page).catch(() => null)).toBe(id);
    expect(await answerByRule(page, RULE, ['B'])).toBe(false);
    expect(await choices(page)).toMatchObject(DENIED);
  });
});

describe('a script that clicks without a pause', () => {
  it.each([
    ['reject-all', 'denied'],
    ['accept-all', 'granted'],
  ])('finds everything done when its click on %s returns', async (action, state) => {
    publish();
    const { page } = await visitors.arrive();
    await page.goto(`${site.origin}/`);
    await banner(page).waitFor();
    const found = await page.evaluate((name) => {
      document.querySelector<HTMLElement>(`[data-bandeau-action=${name}]`)?.click();
      return {
        banners: document.querySelectorAll('[data-bandeau-layer=banner]').length,
        state: document.documentElement.dataset['bandeauState'],
        cookie: document.cookie.split(':')[3],
      };
    }, action);
    expect(found).toEqual({ banners: 0, state, cookie: action });
  });

  const open = async () => {
    publish();
    const { page } = await visitors.arrive();
    await page.goto(`${site.origin}/`);
    await answer(page, 'customize').click();
    await toggle(page, 'analytics').waitFor();
    return page;
  };
  const clickAll = (page: Page, selectors: string[]) =>
    page.evaluate((all) => {
      for (const selector of all) document.querySelector<HTMLElement>(selector)?.click();
    }, selectors);
  const SWITCH = '[data-bandeau-category=analytics]';
  const SAVE = '[data-bandeau-action=save]';

  it('saves what it has switched on', async () => {
    const page = await open();
    await clickAll(page, [SWITCH, SAVE]);
    expect(await choices(page)).toMatchObject({ mesurio: 'granted', confort: 'denied' });
  });

  it('and not what it has switched off again', async () => {
    const page = await open();
    await toggle(page, 'analytics').click();
    await expect.poll(() => toggle(page, 'analytics').isChecked()).toBe(true);
    await clickAll(page, [SWITCH, SAVE]);
    expect(await choices(page)).toMatchObject(DENIED);
  });
});
