import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Policy } from '../../src/types.ts';
import { availableEngines, ENGINES, type Engine, launchEngine, type Session } from '../support/engines.ts';
import { html, POLICY, reached, useSite } from '../support/stage.ts';

// What every visitor goes through, in every engine. What only one engine can tell is in the other suites.

const { site, tracker } = useSite();

const BANNER = '[data-bandeau-layer="banner"]';
const PREFERENCES = '[data-bandeau-layer="preferences"]';
const button = (action: string) => `[data-bandeau-root] [data-bandeau-action="${action}"]`;
const IS_SHOWN = `document.querySelector('${BANNER}')`;
const IS_GONE = `!document.querySelector('[data-bandeau-root]')`;

const available = availableEngines();

for (const name of ENGINES) {
  const state = available[name];
  const title = state === true ? name : `${name} (skipped: ${state})`;

  describe.skipIf(state !== true)(title, () => {
    let engine: Engine;
    let session: Session;

    beforeAll(async () => {
      engine = await launchEngine(name);
    });
    afterAll(() => engine?.close());

    const publish = (policy: Policy) => {
      const body = `
        <script type="text/plain" data-category="analytics" src="${tracker.origin}/s/mesurio.js"></script>
        <script type="text/plain" data-category="analytics">(window.__ran ??= []).push('inline');</script>
        <script type="text/plain" data-category="preference" src="${tracker.origin}/s/confort.js"></script>`;
      site.pages['/'] = html({ policy, body });
      site.pages['/second'] = html({ policy, body });
    };

    beforeEach(async () => {
      publish(POLICY);
      session = await engine.newSession();
      await session.goto(`${site.origin}/`);
      await session.waitFor(IS_SHOWN);
    });
    afterEach(() => session?.close());

    /** What has run, once nothing that had begun is still under way. */
    async function ran(): Promise<string[]> {
      await session.evaluate(`fetch('${tracker.origin}/p/settled.gif', { mode: 'no-cors' }).then(() => 0)`);
      return (await session.evaluate<string[] | null>('window.__ran')) ?? [];
    }
    const method = () => session.evaluate('window.bandeau.receipt && window.bandeau.receipt.method');
    const choose = async (action: string) => {
      await session.click(button(action));
      await session.waitFor(IS_GONE);
    };
    /** The SDK has started, and nothing is on screen. */
    const isQuiet = async () => {
      await session.waitFor('window.bandeau?.receipt');
      await ran();
      expect(await session.evaluate(IS_GONE)).toBe(true);
    };

    it('asks, and does nothing before the answer', async () => {
      expect(await ran()).toEqual([]);
      expect(await session.cookies()).toBe('');
      expect(await session.evaluate('localStorage.length + sessionStorage.length')).toBe(0);
      expect(reached(tracker.requests)).toEqual([]);
    });

    it('yes: everything runs once and in order, here, after a reload and on the second page', async () => {
      await choose('accept-all');
      const everything = ['mesurio', 'inline', 'confort'];
      const runs = () => session.waitFor('window.__ran?.length >= 3');
      await runs();
      expect(await ran()).toEqual(everything);
      expect(await session.cookies()).toMatch(/^bandeau=1:/);
      await session.reload();
      await runs();
      expect(await ran()).toEqual(everything);
      await session.goto(`${site.origin}/second`);
      await runs();
      expect(await ran()).toEqual(everything);
      expect(await session.evaluate(IS_GONE)).toBe(true);
    });

    it('no: nothing runs, here, after a reload, on the second page and back again', async () => {
      await choose('reject-all');
      await isQuiet();
      await session.reload();
      await isQuiet();
      await session.goto(`${site.origin}/second`);
      await isQuiet();
      await session.back();
      await session.waitFor('location.pathname === "/"');
      await isQuiet();
      expect(await method()).toBe('reject-all');
      expect(reached(tracker.requests)).toEqual([]);
    });

    it('an answer on the second page holds on the first one when the visitor goes back to it', async () => {
      await session.goto(`${site.origin}/second`);
      await session.waitFor(IS_SHOWN);
      await choose('reject-all');
      await session.back();
      await session.waitFor('location.pathname === "/"');
      await session.waitFor(`window.bandeau?.receipt && ${IS_GONE}`);
      expect(reached(tracker.requests)).toEqual([]);
    });

    it('customised: one switch on, Save, and only that category runs', async () => {
      await session.click(button('customize'));
      await session.waitFor(`document.querySelector('${PREFERENCES}')`);
      expect(await session.evaluate(`document.querySelectorAll('${PREFERENCES} input:checked').length`)).toBe(
        0,
      );
      await session.click('[data-bandeau-category="preference"]');
      await choose('save');
      await session.waitFor('window.__ran');
      expect(await ran()).toEqual(['confort']);
    });

    it('Escape closes the preferences and decides nothing', async () => {
      await session.click(button('customize'));
      await session.waitFor(`document.querySelector('${PREFERENCES}')`);
      await session.press('Escape');
      await session.waitFor(`${IS_SHOWN} && !document.querySelector('${PREFERENCES}')`);
      expect(await session.cookies()).toBe('');
      expect(await session.evaluate('document.activeElement.dataset.bandeauAction')).toBe('customize');
    });

    it('the link of the page opens the preferences, and a yes can be taken back', async () => {
      await choose('accept-all');
      await session.waitFor('window.__ran?.length >= 3');
      await session.reload();
      await session.click('#link');
      await session.click(button('reject-all'));
      await session.waitFor(IS_GONE);
      expect(await method()).toBe('reject-all');
      await session.reload();
      await isQuiet();
      expect(await ran()).toEqual([]);
    });

    it('a changed policy asks again about what changed, and keeps the rest', async () => {
      await choose('accept-all');
      await session.waitFor('window.__ran?.length >= 3');
      publish({
        ...POLICY,
        version: '2025-06-01',
        services: POLICY.services.map((service) =>
          service.id === 'mesurio' ? { ...service, vendor: { name: 'Acheteur' } } : service,
        ),
      });
      await session.reload();
      await session.waitFor(IS_SHOWN);
      expect(await session.evaluate('window.bandeau.promptReason.modified')).toEqual(['mesurio']);
      await session.waitFor('window.__ran');
      expect(await ran()).toEqual(['confort']);
      await choose('accept-all');
      await session.waitFor('window.__ran.length >= 3');
      expect(await ran()).toEqual(['confort', 'mesurio', 'inline']);
    });

    it('the keyboard alone refuses: Tab reaches Refuse within four steps, Enter does it', async () => {
      const steps: unknown[] = [];
      while (steps.at(-1) !== 'reject-all' && steps.length < 4) {
        await session.press('Tab');
        steps.push(await session.evaluate('document.activeElement.dataset.bandeauAction'));
      }
      expect(steps.at(-1)).toBe('reject-all');
      // Focus must be seen: wherever the window itself has it, which WebKitGTK's under Xvfb never does.
      expect(
        await session.evaluate('!document.hasFocus() || document.activeElement.matches(":focus-visible")'),
      ).toBe(true);
      await session.press('Enter');
      await session.waitFor(IS_GONE);
      expect(await method()).toBe('reject-all');
      expect(await ran()).toEqual([]);
    });

    it('the keyboard alone accepts one category', async () => {
      await session.press('Tab');
      for (let i = 0; i < 6; i++) {
        if ((await session.evaluate('document.activeElement.dataset.bandeauAction')) === 'customize') break;
        await session.press('Tab');
      }
      await session.press('Enter');
      await session.waitFor(`document.querySelector('${PREFERENCES}')`);
      for (let i = 0; i < 10; i++) {
        if ((await session.evaluate('document.activeElement.dataset.bandeauCategory')) === 'preference')
          break;
        await session.press('Tab');
      }
      await session.press('Space');
      expect(await session.evaluate('document.activeElement.checked')).toBe(true);
      for (let i = 0; i < 12; i++) {
        if ((await session.evaluate('document.activeElement.dataset.bandeauAction')) === 'save') break;
        await session.press('Tab');
      }
      await session.press('Enter');
      await session.waitFor(IS_GONE);
      await session.waitFor('window.__ran');
      expect(await ran()).toEqual(['confort']);
    });
  });
}
