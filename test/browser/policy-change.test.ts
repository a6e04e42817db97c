import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import type { Policy, PromptReason, Service } from '../../src/types.ts';
import {
  answer,
  ask,
  banner,
  decide,
  html,
  POLICY,
  ran,
  reached,
  settle,
  toggle,
  useChromium,
  useDemo,
  useSite,
} from '../support/stage.ts';

// What happens to a choice when the site publishes another version of its policy.

const demo = useDemo();
const { site, tracker } = useSite();
const visitors = useChromium();

const promptReason = (page: Page) => ask(page, (consent) => consent.promptReason as PromptReason | null);
const isKnown = (page: Page) =>
  page.waitForFunction(() => (window as unknown as { bandeau: { receipt: unknown } }).bandeau.receipt);

describe('Clairpas, from version 1 to version 2', () => {
  const V1 = () => `${demo.url}/clairpas/`;
  const V2 = () => `${demo.url}/clairpas/?policy=v2`;

  async function acceptedV1() {
    const { page, seen } = await visitors.arrive();
    await page.goto(V1());
    await decide(page, 'accept-all');
    await expect.poll(() => ran(page)).toHaveLength(5);
    demo.requests.length = 0;
    return { page, seen };
  }

  it('asks again for what changed and for nothing else', async () => {
    const { page, seen } = await acceptedV1();
    await page.goto(V2());
    await banner(page).waitFor();
    expect(await promptReason(page)).toMatchObject({
      type: 'policy-changed',
      fromVersion: '2025-01-15',
      added: ['rappelio'],
      modified: ['mesurio'],
      removedCount: 1,
    });
    const items = await banner(page).locator('li').allTextContents();
    expect(items).toHaveLength(3);
    expect(items[0]).toMatch(/^Nouveau Rappelio/);
    expect(items[1]).toMatch(/^Modifié Mesurio/);
    expect(items[2]).toBe('Retiré Imagique');
    expect(items.join()).not.toContain('Sémaphile');
    expect(seen).toMatchObject({ console: [], errors: [] });
  });

  it('says since when, and what the site says about it', async () => {
    const { page } = await acceptedV1();
    const since = await ask(page, ({ receipt }) => receipt?.time as string);
    await page.goto(V2());
    const date = new Intl.DateTimeFormat('fr', { dateStyle: 'long', timeZone: 'Europe/Paris' }).format(
      new Date(since),
    );
    const text = await banner(page).textContent();
    expect(text).toContain(`Depuis votre choix du ${date}`);
    expect(text).toContain('Rappelio nous rejoint pour reprendre un bilan inachevé.');
    expect(text).toContain('1 septembre 2025');
    // What was said of the version that the visitor knows is no news.
    expect(text).not.toContain('Première version publiée');
  });

  it('keeps the rest running meanwhile, and holds what it asks about', async () => {
    const { page } = await acceptedV1();
    await page.goto(V2());
    await banner(page).waitFor();
    await expect.poll(() => ran(page)).toHaveLength(3);
    await settle(page, demo.trackerUrl);
    expect((await ran(page)).sort()).toEqual(['confort', 'pixelaine', 'vitalume']);
    expect(reached(demo.requests).sort()).toEqual(['/p/pixelaine.gif', '/s/pixelaine.js', '/s/vitalume.js']);
  });

  it('a no to the notice keeps the other grants, and is not asked again', async () => {
    const { page } = await acceptedV1();
    await page.goto(V2());
    await decide(page, 'reject-all');
    const expected = {
      mesurio: false,
      rappelio: false,
      pixelaine: true,
      semaphile: true,
      vitalume: true,
      confort: true,
    };
    const granted = () =>
      ask(page, (consent) =>
        Object.fromEntries(
          ['mesurio', 'rappelio', 'pixelaine', 'semaphile', 'vitalume', 'confort'].map((id) => [
            id,
            consent.isGranted(id),
          ]),
        ),
      );
    expect(await granted()).toEqual(expected);
    await page.reload();
    await isKnown(page);
    await settle(page, demo.trackerUrl);
    expect(await granted()).toEqual(expected);
    expect(await banner(page).count()).toBe(0);
    expect(reached(demo.requests)).not.toContain('/s/rappelio.js');
    expect(reached(demo.requests)).not.toContain('/s/mesurio.js');
  });

  it('a yes to the notice releases the new and the changed at once, and is not asked again', async () => {
    const { page } = await acceptedV1();
    await page.goto(V2());
    await decide(page, 'accept-all');
    await expect.poll(() => ran(page)).toHaveLength(5);
    expect((await ran(page)).sort()).toEqual(['confort', 'mesurio', 'pixelaine', 'rappelio', 'vitalume']);
    await page.reload();
    await expect.poll(() => ran(page)).toHaveLength(5);
    expect(await banner(page).count()).toBe(0);
  });

  it('looking at the preferences and closing them leaves the question where it was', async () => {
    const { page } = await acceptedV1();
    await page.goto(V2());
    await answer(page, 'customize').click();
    await answer(page, 'save').waitFor();
    for (const summary of await page.locator('dialog summary').all()) await summary.click();
    await toggle(page, 'rappelio').waitFor();
    expect(await toggle(page, 'mesurio').isChecked()).toBe(false);
    expect(await toggle(page, 'rappelio').isChecked()).toBe(false);
    expect(await toggle(page, 'pixelaine').isChecked()).toBe(true);
    await page.keyboard.press('Escape');
    await banner(page).waitFor();
    expect(await banner(page).locator('li').count()).toBe(3);
    expect(await promptReason(page)).toMatchObject({ added: ['rappelio'], modified: ['mesurio'] });
  });

  it('whoever had refused everything is not asked', async () => {
    const { page } = await visitors.arrive();
    await page.goto(V1());
    await decide(page, 'reject-all');
    await page.goto(V2());
    await isKnown(page);
    await settle(page, demo.trackerUrl);
    expect(await promptReason(page)).toBeNull();
    expect(await banner(page).count()).toBe(0);
    expect(reached(demo.requests)).toEqual([]);
  });

  it('whoever had refused one category is asked about the other one alone', async () => {
    for (const [refused, asked] of [
      ['personalization', { added: [], modified: ['mesurio'] }],
      ['analytics', { added: ['rappelio'], modified: [] }],
    ] as const) {
      const { page } = await visitors.arrive();
      await page.goto(V1());
      await answer(page, 'customize').click();
      for (const id of ['analytics', 'preference', 'personalization', 'performance']) {
        if (id !== refused) await toggle(page, id).click();
      }
      await decide(page, 'save');
      await page.goto(V2());
      await banner(page).waitFor();
      expect(await promptReason(page), refused).toMatchObject(asked);
      // It, and what was removed.
      expect(await banner(page).locator('li').count(), refused).toBe(2);
    }
  });

  it('whoever comes for the first time is asked about everything', async () => {
    const { page } = await visitors.arrive();
    await page.goto(V2());
    await banner(page).waitFor();
    expect(await promptReason(page)).toEqual({ type: 'first-visit' });
    expect(await banner(page).locator('li').count()).toBe(4);
  });
});

describe('a change of the policy', () => {
  const [socle, mesurio, confort] = POLICY.services as [Service, Service, Service];
  const services = (...list: Service[]): Partial<Policy> => ({ services: list });

  /** What is asked of somebody who accepted everything, once the policy is that one. */
  async function askedAfter(next: Partial<Policy>, action = 'accept-all', before: Partial<Policy> = {}) {
    const { page } = await visitors.arrive();
    const body = `<script type="text/plain" data-service="mesurio" src="${tracker.origin}/s/mesurio.js"></script>`;
    site.pages['/'] = html({ policy: { ...POLICY, ...before }, body });
    await page.goto(site.origin);
    await decide(page, action);
    await settle(page, tracker.origin);
    tracker.clear();
    site.pages['/'] = html({ policy: { ...POLICY, version: '2025-06-01', ...next }, body });
    await page.reload();
    await isKnown(page);
    await settle(page, tracker.origin);
    const reason = await promptReason(page);
    if (!reason) {
      expect(await banner(page).count()).toBe(0);
      return null;
    }
    await banner(page).waitFor();
    if (reason.type !== 'policy-changed') return reason.type;
    return { added: reason.added, modified: reason.modified, ran: await ran(page) };
  }

  const SILENT: Record<string, Partial<Policy>> = {
    'another version alone': {},
    'a service that is gone, and was the only one of its category': services(socle, mesurio),
    'a category that is gone': {
      categories: [{ id: 'essential' }, { id: 'analytics' }],
      services: [socle, mesurio],
    },
    'another wording': services(socle, { ...mesurio, name: 'Mesurio Pro', purpose: 'Mesurer.' }, confort),
    'another order': services(confort, mesurio, socle),
    'a new essential service': services(
      socle,
      { id: 'paiement', category: 'essential', vendor: { name: 'P' }, purpose: 'Payer.', reason: 'Il faut.' },
      mesurio,
      confort,
    ),
    'a longer list of what the site says': {
      changes: [{ version: '2025-06-01', date: '2025-06-01', summary: 'Rien de neuf pour vous.' }],
    },
  };
  for (const [name, next] of Object.entries(SILENT)) {
    it(`asks nothing: ${name}`, async () => {
      expect(await askedAfter(next)).toBeNull();
      expect(reached(tracker.requests)).toEqual(['/s/mesurio.js']);
    });
  }

  const LOUD: Record<string, Partial<Policy>> = {
    'another vendor': services(socle, { ...mesurio, vendor: { name: 'Acheteur' } }, confort),
    'another host': services(socle, { ...mesurio, hosts: ['collecte.mesurio.example'] }, confort),
    'a longer cookie': services(
      socle,
      { ...mesurio, cookies: [{ name: '_mes_id', lifetimeDays: 365 }] },
      confort,
    ),
    'what the site itself calls material': {
      changes: [
        { version: POLICY.version, date: '2025-01-01', summary: 'Première version.' },
        { version: '2025-06-01', date: '2025-06-01', summary: 'Transferts.', affects: ['mesurio'] },
      ],
    },
  };
  for (const [name, next] of Object.entries(LOUD)) {
    it(`asks about that service, and holds it: ${name}`, async () => {
      expect(await askedAfter(next)).toEqual({ added: [], modified: ['mesurio'], ran: [] });
      expect(reached(tracker.requests)).toEqual([]);
    });
  }

  it('asks about a service that moved to another category as about a new one, and holds it', async () => {
    const next: Partial<Policy> = {
      categories: [{ id: 'essential' }, { id: 'personalization' }, { id: 'preference' }],
      services: [socle, { ...mesurio, category: 'personalization' }, confort],
    };
    expect(await askedAfter(next)).toEqual({ added: ['mesurio'], modified: [], ran: [] });
    expect(reached(tracker.requests)).toEqual([]);
  });

  it('asks nothing: a service that is gone, and another one of its category stays', async () => {
    const other: Service = { ...mesurio, id: 'autre', vendor: { name: 'Autre' } };
    expect(await askedAfter({}, 'accept-all', services(socle, mesurio, other, confort))).toBeNull();
    expect(reached(tracker.requests)).toEqual(['/s/mesurio.js']);
  });

  it('asks about a new service alone, and keeps the others', async () => {
    const neuf: Service = { ...mesurio, id: 'neuf', vendor: { name: 'Neuf' } };
    expect(await askedAfter(services(socle, mesurio, confort, neuf))).toEqual({
      added: ['neuf'],
      modified: [],
      ran: ['mesurio'],
    });
  });

  it('does not ask about a new service of a category that was refused', async () => {
    const neuf: Service = { ...mesurio, id: 'neuf', vendor: { name: 'Neuf' } };
    expect(await askedAfter(services(socle, mesurio, confort, neuf), 'reject-all')).toBeNull();
    expect(reached(tracker.requests)).toEqual([]);
  });

  it('asks whoever refused, when there is a category that was never refused', async () => {
    expect(
      await askedAfter(
        {
          categories: [...POLICY.categories, { id: 'performance' }],
          services: [...POLICY.services, { ...mesurio, id: 'vitesse', category: 'performance' }],
        },
        'reject-all',
      ),
    ).toEqual({ added: ['vitesse'], modified: [], ran: [] });
  });
});
