import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { availableEngines, ENGINES, type Engine, launchEngine, type Session } from '../support/engines.ts';
import { html, useSite } from '../support/stage.ts';

// All of the interface by keyboard alone, in every engine. On a Mac, Safari's Tab passes over links unless the visitor
// wants it otherwise; WebKitGTK's does not, so that all three go the same way here.

const { site } = useSite();
const available = availableEngines();

const BANNER = `document.querySelector('[data-bandeau-layer=banner]')`;
const PREFERENCES = `document.querySelector('[data-bandeau-layer=preferences]')`;
const BODY = '<p><a id="first" href="#first">Un</a> <button id="second">Deux</button></p>';

/** What has the focus, by the name that it has in this file. */
const FOCUSED = `(() => {
  const { id, localName, dataset, classList } = document.activeElement;
  return dataset.bandeauAction || dataset.bandeauCategory || id ||
    (localName === 'a' && document.activeElement.closest('[data-bandeau-root]') ? 'policy' : localName);
})()`;

for (const name of ENGINES) {
  const state = available[name];
  describe.skipIf(state !== true)(state === true ? name : `${name} (skipped: ${state})`, () => {
    let engine: Engine;
    let session: Session;
    beforeAll(async () => {
      engine = await launchEngine(name);
    });
    afterAll(() => engine?.close());
    beforeEach(async () => {
      site.pages['/'] = html({ body: BODY });
      session = await engine.newSession();
      await session.goto(site.origin);
      await session.waitFor(BANNER);
    });
    afterEach(() => session?.close());

    const focused = () => session.evaluate<string>(FOCUSED);
    const method = () => session.evaluate('window.bandeau.receipt && window.bandeau.receipt.method');
    async function walk(key: 'Tab' | 'Shift+Tab', steps: number): Promise<string[]> {
      const stops: string[] = [];
      for (let i = 0; i < steps; i++) {
        await session.press(key);
        stops.push(await focused());
      }
      return stops;
    }
    /** Tab, until that has the focus. */
    async function reach(stop: string, steps = 16) {
      const stops: string[] = [];
      while (stops.at(-1) !== stop && stops.length < steps) stops.push(...(await walk('Tab', 1)));
      expect(stops.at(-1), stops.join(' → ')).toBe(stop);
    }
    async function openPreferences() {
      await reach('customize');
      await session.press('Enter');
      await session.waitFor(PREFERENCES);
    }

    const ORDER = ['policy', 'partners', 'reject-all', 'accept-all', 'customize'];

    it('Tab meets the banner first, in order, then the page; Shift+Tab goes back', async () => {
      const order = [...ORDER, 'first', 'second', 'link'];
      expect(await walk('Tab', order.length)).toEqual(order);
      expect(await walk('Shift+Tab', order.length - 1)).toEqual(order.slice(0, -1).reverse());
    });

    for (const key of ['Enter', 'Space'] as const) {
      for (const action of ['reject-all', 'accept-all']) {
        it(`${key} gives the answer ${action}, and focus goes on from the page`, async () => {
          await reach(action);
          await session.press(key);
          await session.waitFor(`!${BANNER}`);
          expect(await method()).toBe(action);
          expect(await focused()).toBe('main');
          expect(await walk('Tab', 1)).toEqual(['first']);
        });
      }

      for (const action of ['customize', 'partners']) {
        it(`${key} on ${action} opens the preferences with focus in them, and decides nothing`, async () => {
          await reach(action);
          await session.press(key);
          await session.waitFor(PREFERENCES);
          expect(await session.evaluate(`${PREFERENCES}.contains(document.activeElement)`)).toBe(true);
          expect(await method()).toBeNull();
        });
      }
    }

    it('Tab goes round in the preferences', async () => {
      await openPreferences();
      const stops = await walk('Tab', 24);
      const inside = ['close', 'analytics', 'preference', 'save', 'accept-all', 'reject-all'];
      expect(stops).toEqual(expect.arrayContaining(inside));
      // Between the last and the first some engines visit the controls of the window: the body has it then.
      const page = stops.filter((stop) => ['first', 'second', 'link', 'customize'].includes(stop));
      expect(page).toEqual([]);
      expect(stops.filter((stop) => stop === 'save').length).toBeGreaterThan(1);
    });

    it('Space turns a switch, and Enter saves it', async () => {
      await openPreferences();
      await reach('preference');
      await session.press('Space');
      expect(await session.evaluate('document.activeElement.checked')).toBe(true);
      await reach('save');
      await session.press('Enter');
      await session.waitFor(`!${PREFERENCES}`);
      expect(await session.evaluate('window.bandeau.choices')).toMatchObject({
        mesurio: 'denied',
        confort: 'granted',
      });
      expect(await focused()).toBe('main');
      expect(await walk('Tab', 1)).toEqual(['first']);
    });

    it('Escape closes the preferences, decides nothing, and goes back to Customise', async () => {
      await openPreferences();
      await reach('preference');
      await session.press('Space');
      await session.press('Escape');
      await session.waitFor(`!${PREFERENCES} && ${BANNER}`);
      expect(await method()).toBeNull();
      expect(await session.cookies()).toBe('');
      expect(await focused()).toBe('customize');
    });

    it('opened from the link of the page, they give focus back to it', async () => {
      await session.evaluate('window.bandeau.rejectAll()');
      await session.waitFor(`!${BANNER}`);
      for (const close of ['Escape', 'Enter'] as const) {
        await session.evaluate(`document.querySelector('#link').focus()`);
        await session.press('Enter');
        await session.waitFor(PREFERENCES);
        if (close === 'Enter') await reach('save');
        await session.press(close);
        await session.waitFor(`!${PREFERENCES}`);
        expect(await focused(), close).toBe('link');
      }
    });
  });
}
