import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { ROOT } from '../support/root.ts';
import {
  answer,
  ask,
  banner,
  decide,
  html,
  preferences,
  toggle,
  useChromium,
  useSite,
} from '../support/stage.ts';

// What is said to who can't see the banner come and go, and what assistive technology is told of it.

const { site } = useSite();
const visitors = useChromium();

const SAVED = 'Vos choix sont enregistrés.';

/** Keeps all that the status says from the start, in order. */
const HEAR = `{
  const heard = window.__heard = [];
  new MutationObserver(() => {
    const text = document.querySelector('[role=status]')?.textContent;
    if (text && text !== heard.at(-1)) heard.push(text);
    if (text === '') heard.push('');
  }).observe(document, { childList: true, subtree: true, characterData: true });
}`;
const heard = (page: Page) =>
  page.evaluate<string[]>('window.__heard').then((lines) => lines.filter((line) => line !== ''));
const last = (page: Page) => page.evaluate<string>('window.__heard.at(-1) ?? ""');

async function open(init?: () => void) {
  site.pages['/'] = html({ head: `<script>${HEAR}</script>` });
  const { page } = await visitors.arrive();
  if (init) await page.addInitScript(init);
  await page.goto(site.origin);
  await banner(page).waitFor();
  await expect.poll(() => heard(page)).toHaveLength(1);
  return page;
}

describe('the status', () => {
  it('names what is asked when the banner comes', async () => {
    const page = await open();
    expect(await heard(page)).toEqual(['Vos choix sur les cookies']);
  });

  it('does not name it again in another language, but says in that one that the answer is kept', async () => {
    const page = await open();
    await ask(page, (consent) => consent.setLocale('en'));
    await expect.poll(() => banner(page).getAttribute('lang')).toBe('en');
    await decide(page, 'reject-all');
    await expect.poll(() => heard(page)).toHaveLength(2);
    expect((await heard(page))[1]).not.toBe(SAVED);
    expect(await page.locator('[role=status]').getAttribute('lang')).toBe('en');
  });

  it('says nothing to who closes the preferences without an answer', async () => {
    const page = await open();
    await answer(page, 'customize').click();
    await answer(page, 'save').waitFor();
    await page.keyboard.press('Escape');
    await banner(page).waitFor();
    await page.evaluate(
      () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))),
    );
    expect(await page.locator('body > [role=status]').textContent()).not.toBe(SAVED);
  });

  const ANSWERS: Record<string, (page: Page) => Promise<void>> = {
    'a yes': (page) => decide(page, 'accept-all'),
    'a no': (page) => decide(page, 'reject-all'),
    'a choice that is saved in the preferences': async (page) => {
      await answer(page, 'customize').click();
      await toggle(page, 'preference').click();
      await decide(page, 'save');
    },
    'a yes in another tab': async (page) => {
      const other = await page.context().newPage();
      await other.goto(site.origin);
      await decide(other, 'accept-all');
      await other.close();
      await banner(page).waitFor({ state: 'detached' });
    },
  };
  for (const [name, act] of Object.entries(ANSWERS)) {
    it(`says that it is kept after ${name}`, async () => {
      const page = await open();
      await act(page);
      await expect.poll(() => last(page)).toBe(SAVED);
    });
  }

  it('says so each time: also when a yes is withdrawn in the preferences', async () => {
    const page = await open();
    await decide(page, 'accept-all');
    await expect.poll(() => last(page)).toBe(SAVED);
    await page.locator('#link').click();
    await toggle(page, 'preference').click();
    await page.evaluate('window.__heard.length = 0');
    await decide(page, 'save');
    await expect.poll(() => heard(page)).toEqual([SAVED]);
  });

  it('says that it holds for this page only where the browser keeps no cookie', async () => {
    const page = await open(() => {
      Object.defineProperty(Document.prototype, 'cookie', { get: () => '', set() {} });
    });
    await decide(page, 'reject-all');
    await expect.poll(() => last(page)).toContain('que pour cette page');
  });

  it('says it when the dialog in front of the page is gone: before, nobody would hear it', async () => {
    const page = await open();
    await page.evaluate(`{
      const status = document.querySelector('[role=status]');
      window.__modal = [];
      new MutationObserver(() => window.__modal.push(!!status.textContent && !!document.querySelector(':modal')))
        .observe(status, { childList: true });
    }`);
    await answer(page, 'customize').click();
    await decide(page, 'save');
    await expect.poll(() => last(page)).toBe(SAVED);
    expect(await page.evaluate('window.__modal')).not.toContain(true);
  });

  it('is gone after destroy(), with the banner and after it', async () => {
    const page = await open();
    await ask(page, (consent) => consent.destroy());
    expect(await page.locator('[data-bandeau-layer]').count()).toBe(0);
    await page.reload();
    await decide(page, 'reject-all');
    expect(await page.locator('[role=status]').count()).toBe(1);
    await ask(page, (consent) => consent.destroy());
    expect(await page.locator('[data-bandeau-layer]').count()).toBe(0);
  });
});

interface AXNode {
  nodeId: string;
  ignored: boolean;
  role?: { value: string };
  name?: { value: string };
  childIds?: string[];
}

/** Role and name of all that assistive technology is told of, as an outline; texts within what is named left out. */
async function outline(page: Page, role: string): Promise<string> {
  const devtools = await page.context().newCDPSession(page);
  const { nodes } = (await devtools.send('Accessibility.getFullAXTree')) as { nodes: AXNode[] };
  await devtools.detach();
  const byId = new Map(nodes.map((node) => [node.nodeId, node]));
  const draw = (node: AXNode, depth: number): string[] => {
    const kind = node.role?.value ?? '';
    const isTold =
      !node.ignored && !['InlineTextBox', 'LineBreak', 'none', 'generic', 'ListMarker'].includes(kind);
    const name = node.name?.value.trim() ?? '';
    const isNamed = /^(button|link|heading|switch|DisclosureTriangle)$/.test(kind);
    const below = isNamed
      ? []
      : (node.childIds ?? []).flatMap((id) => {
          const child = byId.get(id);
          return child ? draw(child, depth + (isTold ? 1 : 0)) : [];
        });
    return isTold && (name || kind !== 'StaticText')
      ? [`${'  '.repeat(depth)}${kind}${name && ` "${name}"`}`, ...below]
      : below;
  };
  const root = nodes.find((node) => !node.ignored && node.role?.value === role);
  return root ? `${draw(root, 0).join('\n')}\n` : '';
}

const golden = (name: string) => join(ROOT, `test/fixtures/accessibility/${name}.txt`);

describe('the accessibility tree', () => {
  it('has the status while the banner is there and after it is gone', async () => {
    const page = await open();
    expect(await outline(page, 'status')).toContain('Vos choix sur les cookies');
    await decide(page, 'reject-all');
    await expect.poll(() => outline(page, 'status')).toContain(SAVED);
  });

  it('of the banner is the one that is kept', async () => {
    const page = await open();
    await expect(await outline(page, 'region')).toMatchFileSnapshot(golden('banner'));
  });

  it('of the preferences is the one that is kept', async () => {
    const page = await open();
    await answer(page, 'customize').click();
    await preferences(page).locator('summary').nth(1).click();
    await preferences(page).locator('dl').waitFor();
    await expect(await outline(page, 'dialog')).toMatchFileSnapshot(golden('preferences'));
  });
});
