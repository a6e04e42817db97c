import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import type { PromptReason } from '../../src/types.ts';
import { ROOT } from '../support/root.ts';
import { answer, ask, banner, decide, ran, settle, toggle, useChromium, useDemo } from '../support/stage.ts';

// The demo site with three versions of its policy: each visitor sees what demo/clairpas/versions.html says.

const demo = useDemo();
const visitors = useChromium();

const open = async (page: Page, version: '' | 'v2' | 'v3') => {
  await page.goto(`${demo.url}/clairpas/${version && `?policy=${version}`}`);
  await page.waitForFunction(() => 'receipt' in ((window as { bandeau?: object }).bandeau ?? {}));
};
const card = (page: Page) => page.locator('[data-bandeau-layer=update]');
const asked = async (page: Page) => {
  const reason = await ask(page, (consent) => consent.promptReason as PromptReason | null);
  return reason?.type === 'policy-changed' ? [...reason.added, ...reason.modified] : reason;
};
const records = (page: Page) =>
  page.evaluate(() =>
    (
      window as unknown as { bandeau: { exportReceipt(format: string): Promise<string> } }
    ).bandeau.exportReceipt('json'),
  );
/** Whatever was to come has come: the records are there, and what they bring with them. */
const isQuiet = async (page: Page) => {
  await records(page);
  await settle(page, demo.trackerUrl);
};

/** What a visitor answers on the first version. */
const ANSWERS = {
  'accepted all': (page: Page) => decide(page, 'accept-all'),
  'refused all': (page: Page) => decide(page, 'reject-all'),
  'accepted analytics alone': async (page: Page) => {
    await answer(page, 'customize').click();
    await toggle(page, 'analytics').check();
    await decide(page, 'save');
  },
};
async function decided(who: keyof typeof ANSWERS, version: '' | 'v2' = '') {
  const visit = await visitors.arrive();
  await open(visit.page, version);
  await banner(visit.page).waitFor();
  await ANSWERS[who](visit.page);
  await isQuiet(visit.page);
  return visit;
}

describe('version 2, which adds a service, widens one and parts with one', () => {
  it('asks who accepted all about the first two, tells how, and names the third', async () => {
    const { page, seen } = await decided('accepted all');
    await open(page, 'v2');
    await banner(page).waitFor();
    expect(await asked(page)).toEqual(['rappelio', 'mesurio']);
    const items = await banner(page).locator('li').allTextContents();
    expect(items).toHaveLength(3);
    expect(items[0]).toMatch(/^Nouveau Rappelio/);
    expect(items[1]).toMatch(/^Modifié Mesurio/);
    expect(items[1]).toContain('Contacte aussi\u202f: collecte.mesurio.example.');
    expect(items[1]).toMatch(/Garde plus longtemps\s: _mes_id \(365\sjours\)\./);
    expect(items[2]).toBe('Retiré Imagique');
    const text = await banner(page).textContent();
    expect(text).toContain(
      'Avant\u202f: version du 15 janvier 2025. Maintenant\u202f: version du 1 septembre 2025.',
    );
    expect(text).toMatch(/Toujours accepté\u202f: .*Sémaphile.*Performance/);
    expect(seen).toMatchObject({ console: [], errors: [] });
  });

  it('runs what is not asked meanwhile, and nothing of what is', async () => {
    const { page } = await decided('accepted all');
    await open(page, 'v2');
    await banner(page).waitFor();
    await expect.poll(() => ran(page)).toContain('vitalume');
    await settle(page, demo.trackerUrl);
    expect(await ran(page)).not.toContain('mesurio');
    expect(await ran(page)).not.toContain('rappelio');
  });

  it('asks who refused all nothing', async () => {
    const { page } = await decided('refused all');
    await open(page, 'v2');
    await isQuiet(page);
    expect(await asked(page)).toBeNull();
    expect(await banner(page).count()).toBe(0);
    expect(await card(page).count()).toBe(0);
  });

  it('asks who accepted analytics alone about the wider service alone', async () => {
    const { page } = await decided('accepted analytics alone');
    await open(page, 'v2');
    await banner(page).waitFor();
    expect(await asked(page)).toEqual(['mesurio']);
  });
});

describe('version 3, which narrows a service and renames a company', () => {
  it.each([
    ['accepted all', 'v2'],
    ['refused all', ''],
  ] as const)('tells who %s on version %j once, and asks nothing', async (who, version) => {
    const { page, seen } = await decided(who, version);
    const before = await ask(page, (consent) => consent.receipt?.id);
    await open(page, 'v3');
    await card(page).getByText('Rien ne vous est demandé').waitFor();
    expect(await asked(page)).toBeNull();
    expect(await banner(page).count()).toBe(0);
    await card(page).getByRole('button', { name: 'Fermer' }).click();
    await card(page).waitFor({ state: 'detached' });
    expect(await ask(page, (consent) => consent.receipt?.id)).toBe(before);
    await open(page, 'v3');
    await isQuiet(page);
    expect(await card(page).count()).toBe(0);
    expect(seen).toMatchObject({ console: [], errors: [] });
  });

  it('asks who accepted all on version 1 about what the second brought', async () => {
    const { page } = await decided('accepted all');
    await open(page, 'v3');
    await banner(page).waitFor();
    expect(await asked(page)).toEqual(['rappelio', 'mesurio']);
    expect(await card(page).count()).toBe(0);
    const items = await banner(page).locator('li').allTextContents();
    expect(items[1]).toContain('Contacte aussi\u202f: collecte.mesurio.example.');
    expect(items[1]).not.toContain('Garde plus longtemps');
  });

  it('asks who answered version 2 nothing more', async () => {
    const { page } = await decided('accepted all');
    await open(page, 'v2');
    await decide(page, 'reject-all');
    await isQuiet(page);
    await open(page, 'v3');
    await card(page).waitFor();
    expect(await asked(page)).toBeNull();
    await expect.poll(() => ran(page)).toContain('vitalume');
    expect(await ran(page)).not.toContain('mesurio');
  });
});

describe('the record of a decision in the browser', () => {
  /** What the command says of the records that this page has kept. */
  async function verify(page: Page, policy: string) {
    const folder = mkdtempSync(join(tmpdir(), 'bandeau-verify-'));
    try {
      const file = join(folder, 'records.json');
      writeFileSync(file, await records(page));
      const args = ['dist/cli.js', 'verify', file, '--policy', `demo/clairpas/${policy}.json`];
      const { status, stdout } = spawnSync(process.execPath, args, { cwd: ROOT, encoding: 'utf8' });
      return { status, stdout };
    } finally {
      rmSync(folder, { recursive: true });
    }
  }

  it.each(['accepted all', 'refused all', 'accepted analytics alone'] as const)(
    'of who %s is of the policy and the texts that the command knows',
    async (who) => {
      const { page } = await decided(who);
      const { status, stdout } = await verify(page, 'policy');
      expect({ status, stdout }).toMatchObject({ status: 0 });
    },
  );

  it('is of no other policy', async () => {
    const { page } = await decided('accepted all');
    expect((await verify(page, 'policy-v2')).status).toBe(1);
  });

  it('of an answer to the notice is of the notice', async () => {
    const { page } = await decided('accepted all');
    await open(page, 'v2');
    await decide(page, 'accept-all');
    await isQuiet(page);
    const [newest] = JSON.parse(await records(page)).records;
    expect(newest).toMatchObject({ layer: 'notice', locale: 'fr', policyVersion: '2025-09-01' });
    // The decision on version 1 is among them, and of another policy.
    expect((await verify(page, 'policy-v2')).stdout).toContain(newest.id);
  });
});
