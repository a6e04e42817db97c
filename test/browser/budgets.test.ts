import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Policy } from '../../src/types.ts';
import { countElements, countWork, type Work, workOf } from '../support/count-work.ts';
import {
  answer,
  banner,
  html,
  POLICY,
  preferences,
  ran,
  settle,
  useChromium,
  useSite,
} from '../support/stage.ts';
import { forcedByUs, longestTaskFromClick, trace } from '../support/trace.ts';

// What a visit costs, in numbers that are the same on every machine. What it takes in time is measured by bench/.
// A number that goes up is a decision, to be made here; one that goes down is written down here.

const { site, tracker } = useSite();
const visitors = useChromium();

const CORE = '/bandeau/bandeau.js';
/** At once, after the core: what shows the layers, the banner, and what it says in one language. */
const BANNER = ['/bandeau/bandeau-banner.js', '/bandeau/bandeau-load-ui.js', '/bandeau/locales/banner/fr.js'];
/** What keeps a record: there before the answer is. */
const LATER = '/bandeau/bandeau-later.js';
const PREFERENCES = ['/bandeau/bandeau-preferences.js', '/bandeau/locales/preferences/fr.js'];
/** What the visitor may do about the answers that were given: only where there are any. */
const RIGHTS = ['/bandeau/bandeau-rights.js', '/bandeau/locales/rights/fr.js'];

/** The section with its two halves, a title, two paragraphs, five answers, a link, two ends of line, the live region. */
const ELEMENTS_OF_BANNER = 21;
/** Three categories, closed; with the live region, which outlives the banner. */
const ELEMENTS_OF_PREFERENCES = 37;

const LISTENERS_OF_CORE = [
  // Another tab, another instance, or a page that comes back may bring another decision.
  'CookieStore change',
  'window bandeau:consent',
  'window pageshow',
  'window visibilitychange',
  // A policy, and held elements, may stand below the core.
  'document DOMContentLoaded',
  'document DOMContentLoaded',
  // The report, and embeds that want a placeholder.
  'document bandeau:gate',
  'document bandeau:gate',
  // One for all links of the page that open the preferences.
  'document click',
];
/** Where something is released while the page is parsed: what is deferred has its turn; and an external one ends. */
const LISTENERS_OF_RELEASE = ['document DOMContentLoaded', 'script error', 'script load'];
const LISTENERS_OF_BANNER = [
  ...Array(4).fill('button click'),
  // Two of them open the preferences, which are loaded before the click.
  ...Array(2).fill('button focus'),
  ...Array(2).fill('button pointerover'),
  // For a body to draw it in.
  'document DOMContentLoaded',
  // What has the focus is kept out from under the banner.
  'document focusin',
  'document focusout',
  'document scroll',
];

/** Of the page's nodes, and of shadow roots that come and go. */
const OBSERVERS_OF_CORE = ['MutationObserver', 'MutationObserver'];
/** How high the banner is, for the page to scroll clear of it. */
const OBSERVERS_OF_BANNER = ['ResizeObserver'];

/** The live region is emptied after some seconds. */
const TIMERS_OF_BANNER = ['setTimeout'];

/** Whether there is a decision of before to take over, and what it is. */
const READS_OF_FIRST_VISIT = ['cookie read', 'cookie read'];
/** The same, and once more when the page is shown. */
const READS_OF_YES = [...READS_OF_FIRST_VISIT, 'cookie read'];
/** The same, and once for what denied services may have stored. */
const READS_OF_NO = [...READS_OF_YES, 'cookie read'];
/** The decision; its record and what it was about. */
const WRITES_OF_ANSWER = ['cookie write', 'localStorage.setItem', 'localStorage.setItem'];
/** After the write: was it kept, is there a twin of it, what is known now, what other services stored; and its echo. */
const MOST_READS_OF_ANSWER = 6;
/** Once for the keys of all denied services: the storage, and the name of both keys that an answer leaves in it. */
const LOOKS_FOR_DENIED_KEYS = 3;

/** The browser itself asks for the page's styles to put the layer above the page. */
const FORCED_BY_BANNER = ['UpdateLayoutTree'];

const FEW = 5;
const MANY = 500;

const policyOf = (count: number, hasKeys = false): Policy => ({
  ...POLICY,
  services: Array.from({ length: count }, (_, index) => ({
    id: `s${index}`,
    category: ['analytics', 'preference', 'essential'][index % 3] ?? '',
    vendor: { name: `Maison ${index}` },
    purpose: 'Compter les visites.',
    reason: 'Sans lui, pas de page.',
    cookies: [{ name: `_s${index}`, lifetimeDays: 180 }],
    hosts: [`s${index}.example`],
    ...(hasKeys && { storage: [{ kind: 'localStorage' as const, key: `s${index}` }] }),
  })),
});

/** Two scripts wait for a yes, above the core: what is found below it depends on where the parser pauses. */
const pageOf = (policy: Policy, core = `<script src="${CORE}"></script>`) =>
  html({
    policy,
    core: `<script type="text/plain" data-category="analytics">(window.__ran ??= []).push('inline')</script>
      <script type="text/plain" data-category="analytics" src="${tracker.origin}/s/external.js"></script>${core}`,
  });

interface Counts extends Work {
  requests: string[];
  /** In the whole document. */
  elements: number;
  /** Of a load. */
  forced?: string[];
}

const VISITS = ['first', 'near', 'asked', 'answered', 'yes', 'reopened', 'refused', 'no'] as const;
type Visit = (typeof VISITS)[number];
const isLoad = (visit: Visit) => ['first', 'yes', 'no'].includes(visit);

/** What happens in the document, and what is asked of the site, while `act` runs. */
async function countDuring(page: Page, act: () => Promise<unknown>): Promise<Counts> {
  site.clear();
  await act();
  await settle(page, tracker.origin);
  const { storage, listeners, observers, timers } = await workOf(page);
  return {
    requests: site.requests.map(({ url }) => url).sort(),
    elements: await countElements(page),
    storage,
    listeners: listeners.sort(),
    observers,
    timers,
  };
}

/** With what is forced in it. A layer that opens later forces more or less, as a frame comes between or not. */
async function countLoad(page: Page, act: () => Promise<unknown>): Promise<Counts> {
  const { outcome, events } = await trace(page, () => countDuring(page, act), 'stacks');
  return { ...outcome, forced: forcedByUs(events) };
}

async function arriveCounted() {
  const { page } = await visitors.arrive();
  await countWork(page);
  return page;
}

/** One visitor, from the first visit on. */
async function countVisits(policy: Policy): Promise<Record<Visit, Counts>> {
  const page = await arriveCounted();
  site.pages['/'] = pageOf(policy);
  /** Until that was decided, and its record is kept. */
  const kept = (method: string) =>
    page.waitForFunction(`localStorage.getItem('bandeau.records')?.includes('"${method}"')`);
  const acts: Record<Visit, () => Promise<unknown>> = {
    first: async () => {
      await page.goto(site.origin);
      await banner(page).waitFor();
    },
    near: () => Promise.all([page.waitForResponse(`**${PREFERENCES[1]}`), answer(page, 'customize').hover()]),
    asked: async () => {
      await answer(page, 'customize').click();
      await answer(page, 'save').waitFor();
    },
    answered: async () => {
      await preferences(page).locator('[data-bandeau-action="accept-all"]').click();
      await kept('accept-all');
    },
    yes: async () => {
      await page.reload();
      await page.waitForFunction('window.__ran?.length === 2');
    },
    reopened: async () => {
      const drawn = page.waitForResponse(`**${RIGHTS[1]}`);
      await page.locator('#link').click();
      await answer(page, 'save').waitFor();
      await drawn;
    },
    refused: async () => {
      await preferences(page).locator('[data-bandeau-action="reject-all"]').click();
      await kept('reject-all');
    },
    no: () => page.reload(),
  };
  const counts: Partial<Record<Visit, Counts>> = {};
  for (const visit of VISITS) {
    counts[visit] = await (isLoad(visit) ? countLoad : countDuring)(page, acts[visit]);
  }
  await page.context().close();
  return counts as Record<Visit, Counts>;
}

/** The same page with a script in the place of the core. */
async function countInstead(core: string) {
  const page = await arriveCounted();
  site.pages['/'] = pageOf(policyOf(FEW), core);
  const counts = await countLoad(page, () => page.goto(site.origin));
  await page.context().close();
  return counts;
}

const few = {} as Record<Visit, Counts>;
const many = {} as Record<Visit, Counts>;
/** Without the core. */
let bare: Counts;

const isWrite = (name: string) => /write|setItem|removeItem|clear|open/.test(name);
const isLocal = (name: string) => name.startsWith('localStorage');
const writesOf = ({ storage }: Counts) => storage.filter(isWrite);
/** What an answer added to what the page had done before it. */
const storageOf = (after: Counts, before: Counts) => after.storage.slice(before.storage.length);

describe('what a visit costs', () => {
  beforeAll(async () => {
    bare = await countInstead('<script></script>');
    Object.assign(few, await countVisits(policyOf(FEW)));
    Object.assign(many, await countVisits(policyOf(MANY)));
  });

  describe('in requests', () => {
    it('a first visit asks for the core, the banner, the texts of one language, and what keeps an answer', () => {
      expect(few.first.requests).toEqual(['/', CORE, ...BANNER, LATER].sort());
    });

    it('an answer asks for no more', () => {
      expect(few.answered.requests).toEqual([]);
    });

    it('a pointer that comes near what opens the preferences asks for them and their texts, and the click for no more', () => {
      expect(few.near.requests).toEqual(PREFERENCES);
      expect(few.asked.requests).toEqual([]);
    });

    for (const visit of ['yes', 'no'] as const) {
      it(`a returning visit with a ${visit} asks for the core alone`, () => {
        expect(few[visit].requests).toEqual(['/', CORE]);
      });
    }

    it('preferences that a returning visitor opens ask for what they had not loaded', () => {
      const loaded = BANNER.filter((file) => !file.endsWith('bandeau-banner.js'));
      expect(few.reopened.requests).toEqual([...loaded, LATER, ...PREFERENCES, ...RIGHTS].sort());
    });
  });

  describe('in elements', () => {
    it('a first visit adds those of the banner', () => {
      expect(few.first.elements - bare.elements).toBe(ELEMENTS_OF_BANNER);
    });

    it('preferences add their own in the place of those', () => {
      expect(few.asked.elements - bare.elements).toBe(ELEMENTS_OF_PREFERENCES);
    });

    for (const visit of ['yes', 'no'] as const) {
      it(`a returning visit with a ${visit} adds none`, () => {
        expect(few[visit].elements).toBe(bare.elements);
      });
    }
  });

  describe('in styles and layouts that the browser is made to compute', () => {
    it('a first visit forces styles where the banner is put above the page, and no layout', () => {
      expect(few.first.forced).toEqual(FORCED_BY_BANNER);
    });

    for (const visit of ['yes', 'no'] as const) {
      it(`a returning visit with a ${visit} forces neither`, () => {
        expect(few[visit].forced).toEqual([]);
      });
    }
  });

  describe('in storage', () => {
    it('a first visit reads the cookie, and writes nothing, opened preferences included', () => {
      expect(few.first.storage).toEqual(READS_OF_FIRST_VISIT);
      expect(few.asked.storage).toEqual(READS_OF_FIRST_VISIT);
    });

    it('an answer writes the cookie, its record, and what it was about, once each', () => {
      expect(writesOf(few.answered)).toEqual(WRITES_OF_ANSWER);
      const reads = storageOf(few.answered, few.asked).filter((name) => name === 'cookie read');
      expect(reads.length).toBeLessThanOrEqual(MOST_READS_OF_ANSWER);
    });

    it('a returning visit reads the cookie: writes nothing, and looks into no other storage', () => {
      expect(few.yes.storage).toEqual(READS_OF_YES);
      expect(few.no.storage).toEqual(READS_OF_NO);
    });
  });

  describe('in what stays behind', () => {
    it('a first visit adds the listeners of the core and of the banner', () => {
      expect(few.first.listeners).toEqual([...LISTENERS_OF_CORE, ...LISTENERS_OF_BANNER].sort());
    });

    it('a returning visit adds those of the core, and those of what it releases', () => {
      expect(few.no.listeners).toEqual([...LISTENERS_OF_CORE].sort());
      expect(few.yes.listeners).toEqual([...LISTENERS_OF_CORE, ...LISTENERS_OF_RELEASE].sort());
    });

    it('observers are two, and one more for the banner', () => {
      expect(few.yes.observers).toEqual(OBSERVERS_OF_CORE);
      expect(few.no.observers).toEqual(OBSERVERS_OF_CORE);
      expect(few.first.observers).toEqual([...OBSERVERS_OF_CORE, ...OBSERVERS_OF_BANNER]);
    });

    it('no timer runs on in a returning visit, and one in a first', () => {
      expect(few.yes.timers).toEqual([]);
      expect(few.no.timers).toEqual([]);
      expect(few.first.timers).toEqual(TIMERS_OF_BANNER);
    });
  });

  describe('with a hundred times as many services', () => {
    for (const visit of ['first', 'near', 'asked', 'yes', 'reopened', 'no'] as const) {
      it(`everything is the same: ${visit}`, () => {
        expect(many[visit]).toEqual(few[visit]);
      });
    }

    for (const visit of ['answered', 'refused'] as const) {
      it(`an answer writes the same: ${visit}`, () => {
        expect(writesOf(many[visit])).toEqual(writesOf(few[visit]));
        expect(many[visit].elements).toBe(few[visit].elements);
      });
    }
  });
});

describe('the counters', () => {
  const MORE = `
    document.documentElement.append(document.createElement('i'));
    document.documentElement.offsetHeight;
    document.cookie += '';
    localStorage.getItem('k');
    sessionStorage.setItem('k', '1');
    indexedDB.open('d');
    new IntersectionObserver(() => {});
    for (const target of [window, document.head]) target.addEventListener('custom', () => {});
    setTimeout(() => {});
    clearInterval(setInterval(() => {}, 1e6));
    setInterval(() => {}, 1e6);
    setTimeout(() => {}, 1e6);`;
  const type = 'text/javascript';

  it('count each thing that a script of ours does', async () => {
    site.pages['/bandeau/more.js'] = { body: MORE, type };
    const without = await countInstead('<script></script>');
    expect(await countInstead('<script src="/bandeau/more.js"></script>')).toEqual({
      requests: ['/', '/bandeau/more.js'],
      elements: without.elements + 1,
      forced: ['UpdateLayoutTree', 'Layout'],
      storage: [
        'cookie read',
        'cookie write',
        'localStorage',
        'localStorage.getItem',
        'sessionStorage',
        'sessionStorage.setItem',
        'indexedDB',
        'indexedDB.open',
      ],
      listeners: ['head custom', 'window custom'],
      observers: ['IntersectionObserver'],
      timers: ['setInterval', 'setTimeout'],
    });
  });

  it('do not count the same in a script of the page', async () => {
    site.pages['/more.js'] = { body: MORE, type };
    expect(await countInstead('<script src="/more.js"></script>')).toMatchObject({
      forced: [],
      storage: [],
      listeners: [],
      observers: [],
      timers: [],
    });
  });

  it('find more than the core where the page of a returning visitor has something for it to show', async () => {
    const { page } = await visitors.arrive();
    const frame = '<iframe data-category="analytics" data-src="about:blank"></iframe>';
    site.pages['/'] = pageOf(policyOf(FEW), `<script src="${CORE}"></script>${frame}`);
    await page.goto(site.origin);
    await page.evaluate('bandeau.rejectAll()');
    await page.reload();
    site.clear();
    await page.reload();
    await expect
      .poll(() => site.requests.map(({ url }) => url))
      .toContain('/bandeau/bandeau-placeholders.js');
  });
});

describe('a returning visit where denied services have keys in localStorage', () => {
  for (const count of [FEW, MANY]) {
    it(`looks for ${count} of them at once, and writes nothing`, async () => {
      const page = await arriveCounted();
      const policy = policyOf(count, true);
      site.pages['/'] = pageOf(policy);
      await page.goto(site.origin);
      await page.evaluate('bandeau.rejectAll()');
      await page.waitForFunction(`localStorage.getItem('bandeau.records')`);
      await page.reload();
      await settle(page, tracker.origin);
      const { storage } = await workOf(page);
      expect(storage.filter(isLocal)).toHaveLength(LOOKS_FOR_DENIED_KEYS);
      expect(storage.filter(isWrite)).toEqual([]);
    });
  }
});

describe('held scripts that the parser comes upon one by one', () => {
  /** How much more is read of twice as many: 2 is in proportion, 4 is all of them again for each. */
  const MOST_GROWTH = 2.2;

  /** How many attributes are read until the page is parsed; on this one nobody else reads any. */
  async function readsWith(count: number, each = '') {
    const { page } = await visitors.arrive();
    await page.addInitScript(() => {
      const counter = { reads: 0, untilParsed: 0 };
      document.addEventListener('readystatechange', () => {
        counter.untilParsed ||= counter.reads;
      });
      Object.assign(window, { counter });
      for (const name of ['getAttribute', 'hasAttribute'] as const) {
        const original: (this: Element, name: string) => unknown = Element.prototype[name];
        Object.assign(Element.prototype, {
          [name](this: Element, attribute: string) {
            counter.reads++;
            return original.call(this, attribute);
          },
        });
      }
    });
    const held = '<script type="text/plain" data-category="analytics">1</script>';
    site.pages['/'] = html({ policy: policyOf(FEW), body: (held + each).repeat(count) });
    await page.goto(site.origin);
    const reads = await page.evaluate<number>('counter.untilParsed');
    await page.context().close();
    return reads;
  }

  const growthOf = async (each?: string) => (await readsWith(60, each)) / (await readsWith(30, each));

  it('are not read more often than all of them again for each', async () => {
    expect(await growthOf()).toBeLessThanOrEqual(MOST_GROWTH);
  });

  it('would be told from one that reads each again for each of them for each', async () => {
    const all = "document.querySelectorAll('script')";
    const each = `<script>for (const _ of ${all}) for (const one of ${all}) one.getAttribute('id');</script>`;
    expect(await growthOf(each)).toBeGreaterThan(MOST_GROWTH);
  });
});

describe('the longest task from a click on accept to the last of a thousand scripts, on a processor that is four times slower', () => {
  /** Ours goes in slices; a page that swaps all of them in one loop has one long task. */
  const MOST_OF_FLOOR = 1;
  const ROUNDS = 3;
  const THOUSAND = Array.from({ length: 1000 }, (_, index) => String(index));
  const body = THOUSAND.map(
    (name) =>
      `<script type="text/plain" data-category="analytics">(window.__ran ??= []).push('${name}');${name === '999' ? 'window.__end()' : ''}</script>`,
  ).join('');
  const SWAP_ALL = `for (const held of document.querySelectorAll('[type="text/plain"]')) {
    const script = document.createElement('script');
    script.textContent = held.textContent;
    held.replaceWith(script);
  }`;
  const LINGER = 'for (const end = performance.now() + 300; performance.now() < end; ) {}';
  const floorOf = (onClick: string) =>
    html({
      policy: null,
      core: '',
      body: `<div data-bandeau-root><button data-bandeau-action="accept-all">Oui</button></div>${body}<script>
        document.querySelector('button').addEventListener('click', () => { ${onClick} });</script>`,
    });

  /**
   * In milliseconds.
   * @param near what a pointer near the answer has begun
   */
  async function measure(near?: (page: Page) => Promise<unknown>): Promise<number> {
    const { page } = await visitors.arrive();
    await page.goto(site.origin);
    // Near the answer first, as every pointer is.
    await answer(page, 'accept-all').hover();
    await near?.(page);
    const ended = page.evaluate('new Promise((resolve) => { window.__end = resolve; })');
    const box = await answer(page, 'accept-all').boundingBox();
    if (!box) throw new Error('there is no answer to click');
    const session = await page.context().newCDPSession(page);
    const { events } = await trace(page, async () => {
      await session.send('Emulation.setCPUThrottlingRate', { rate: 4 });
      // Without what Playwright does in the page before a click of its own.
      await page.mouse.click(box.x + box.width / 2, box.y + box.height / 2);
      await ended;
      await session.send('Emulation.setCPUThrottlingRate', { rate: 1 });
    });
    expect(await ran(page)).toEqual(THOUSAND);
    await page.context().close();
    return longestTaskFromClick(events);
  }

  it('is at most that of a page that swaps all of them in a loop; each ran once, in order', async () => {
    const ours: number[] = [];
    const floor: number[] = [];
    for (let round = 0; round < ROUNDS; round++) {
      site.pages['/'] = html({ policy: policyOf(FEW), body });
      ours.push(await measure((page) => settle(page, tracker.origin)));
      site.pages['/'] = floorOf(SWAP_ALL);
      floor.push(await measure());
    }
    // The least disturbed of each.
    expect(Math.min(...ours) / Math.min(...floor)).toBeLessThanOrEqual(MOST_OF_FLOOR);
  });

  it('is longer on a page that lingers in its click', async () => {
    site.pages['/'] = floorOf(SWAP_ALL + LINGER);
    expect(await measure()).toBeGreaterThan(300);
  });
});
