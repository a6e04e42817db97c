import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Policy } from '../../src/types.ts';
import { availableEngines, ENGINES, type Engine, launchEngine, type Session } from '../support/engines.ts';
import { FAILED, REPLAYED } from '../support/guard-doors.ts';
import { html, POLICY, reached, useSite } from '../support/stage.ts';

// The main doors of the guard in every engine. All of them, in Chromium: guard.test.ts.

const MAIN = [
  'script: src, append',
  'script: appendChild, then src',
  'script: src, then type, insertBefore',
  'script: setAttribute after append',
  'script: setAttributeNS',
  'script: createContextualFragment',
  'script: SVG, href',
  'image: new Image',
  'image: srcset',
  'image: innerHTML',
  'image: insertAdjacentHTML',
  'iframe: append, then src',
  'iframe: srcdoc',
  'link: stylesheet',
];

const { site, tracker } = useSite();
const policy: Policy = {
  ...POLICY,
  services: POLICY.services.map((one) =>
    one.id === 'mesurio'
      ? { ...one, hosts: ['s/', 'f/', 'p/door.gif'].map((path) => `127.0.0.1/${path}`) }
      : one,
  ),
};
const available = availableEngines();

describe.each(ENGINES)('%s', (name) => {
  const reason = available[name];
  describe.skipIf(reason !== true)(reason === true ? 'runs' : reason, () => {
    let engine: Engine | undefined;
    let session: Session;
    beforeAll(async () => {
      engine = await launchEngine(name);
      session = await engine.newSession();
    });
    afterAll(() => engine?.close());

    const open = async (body = '') => {
      site.pages['/'] = html({
        policy,
        core: '<script src="/bandeau/bandeau-guard.js"></script><script src="/bandeau/bandeau.js"></script>',
        body,
      });
      await session.goto(site.origin);
      await session.evaluate('window.bandeau.reset()');
      tracker.clear();
    };
    const act = <T>(code: string) =>
      session.evaluate<T>(`(async () => { const T = '${tracker.origin}'; ${code} })()`);
    const settle = () => act(`await fetch(T + '/p/settled.gif', { mode: 'no-cors' })`);
    const hits = () => reached(tracker.requests);

    it.each(MAIN)('%s: held, and set going once by a grant', async (door) => {
      await open();
      await act(REPLAYED[door] ?? '');
      await settle();
      expect(hits()).toEqual([]);
      await session.evaluate('window.bandeau.acceptAll()');
      await expect.poll(hits).toHaveLength(1);
      await settle();
      expect(hits()).toHaveLength(1);
    });

    it.each(Object.keys(FAILED))('%s: fails as the network does, without a request', async (door) => {
      const [code, sees] = FAILED[door] ?? [];
      await open();
      expect(await act(code ?? '')).toEqual(sees);
      await settle();
      expect(hits()).toEqual([]);
    });

    it('scripts of the markup run after a grant only, once and in order', async () => {
      const script = (file: string, attributes = '') =>
        `<script ${attributes} src="${tracker.origin}/s/${file}.js"></script>`;
      await open(
        `${script('one')}${script('two', 'defer')}${script('three', 'type="module"')}${script('four')}`,
      );
      expect(await session.evaluate('window.__ran ?? []')).toEqual([]);
      await session.evaluate('window.bandeau.acceptAll()');
      await session.waitFor('window.__ran?.length === 4');
      expect(await session.evaluate('window.__ran')).toEqual(['one', 'two', 'three', 'four']);
    });

    it('functions of the browser look as they did', async () => {
      await open();
      expect(
        await session.evaluate(
          '[Element.prototype.setAttribute, fetch, WebSocket].every((one) => /native code/.test(one))',
        ),
      ).toBe(true);
    });
  });
});
