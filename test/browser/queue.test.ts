import { describe, expect, it } from 'vitest';
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
  useChromium,
  useDemo,
  useSite,
} from '../support/stage.ts';

// Calls that the page makes before the SDK is there.

const demo = useDemo();
const { site, tracker } = useSite();
const visitors = useChromium();

describe('calls that were queued', () => {
  it('are made in their order once the file is there', async () => {
    const { page, seen } = await visitors.arrive();
    await page.goto(`${demo.url}/cases/queue.html`);
    await answer(page, 'save').waitFor();
    expect(await page.evaluate('window.__seen')).toEqual([{}]);
    await settle(page, demo.trackerUrl);
    expect(reached(demo.requests)).toEqual([]);
    await answer(page, 'accept-all').click();
    await expect.poll(() => ran(page)).toEqual(['held']);
    expect(await page.evaluate('window.__seen')).toEqual([
      {},
      { analytics: 'granted', preference: 'granted', mesurio: 'granted', confort: 'granted' },
    ]);
    expect(seen).toMatchObject({ console: [], errors: [] });
  });

  it('before init wait for it, and later ones are made at once', async () => {
    const { page, seen } = await visitors.arrive();
    site.pages['/'] = html({
      policy: null,
      core: `<script>
        window.heard = [];
        window.bandeau = [];
        bandeau.push(['subscribe', () => heard.push('first')], ['subscribe', () => heard.push('second')]);
        bandeau.push(['init', ${JSON.stringify(POLICY)}, { callbacks: { ready: () => heard.push('ready') } }]);
      </script><script src="/bandeau/bandeau.js" async></script>`,
    });
    await page.goto(site.origin);
    await banner(page).waitFor();
    expect(await page.evaluate('heard')).toEqual(['ready', 'first', 'second']);
    await page.evaluate("bandeau.push(['subscribe', () => heard.push('late')])");
    expect(await page.evaluate('heard.at(-1)')).toBe('late');
    expect(seen).toMatchObject({ console: [], errors: [] });
  });

  it('an object that the page kept from before init becomes the handle', async () => {
    const { page } = await visitors.arrive();
    site.pages['/'] = html({
      policy: null,
      body: `<script>
        window.kept = window.bandeau;
        window.before = kept.isGranted('essential');
        kept.init(${JSON.stringify(POLICY)});
      </script><script type="text/plain" data-category="analytics" src="${tracker.origin}/s/held.js"></script>`,
    });
    await page.goto(site.origin);
    await decide(page, 'accept-all');
    await expect.poll(() => ran(page)).toEqual(['held']);
    expect(await page.evaluate('[before, kept.isGranted("analytics"), kept.receipt.method]')).toEqual([
      false,
      true,
      'accept-all',
    ]);
  });

  it('one that throws does not take the next ones with it', async () => {
    const { page } = await visitors.arrive();
    site.pages['/'] = html({
      policy: null,
      core: `<script>
        window.heard = [];
        window.bandeau = [];
        bandeau.push(['subscribe', () => { throw new Error('page: subscriber'); }]);
        bandeau.push(['subscribe', () => heard.push('next')]);
        bandeau.push(['init', ${JSON.stringify(POLICY)}]);
      </script><script src="/bandeau/bandeau.js"></script>`,
    });
    await page.goto(site.origin);
    await decide(page, 'reject-all');
    expect(await page.evaluate('heard')).toContain('next');
    expect(await ask(page, ({ receipt }) => receipt?.method)).toBe('reject-all');
  });
});
