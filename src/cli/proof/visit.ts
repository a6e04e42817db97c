import type { Browser, Page } from 'playwright-core';
import type { NormalizedPolicy } from '../../policy/normalize.ts';
import type { Consent } from '../../types.ts';
import { embeddable } from './bare-page.ts';
import { type Subject, takePictures } from './camera.ts';
import type { NotShown, Picture, ProofLayer } from './manifest.ts';
import type { Wanted } from './proof-options.ts';
import { sessionCookies } from './session-cookies.ts';
import type { ProofSite } from './site.ts';

/** One language of a proof. */
export interface Visit {
  readonly browser: Browser;
  readonly site: ProofSite;
  readonly policy: NormalizedPolicy;
  readonly previous: NormalizedPolicy | undefined;
  readonly locale: string;
  readonly wanted: Wanted;
  readonly textsHash: (layer: ProofLayer) => string;
  readonly keep: (file: string, png: Uint8Array) => void;
}

/** What came of it. */
export interface Seen {
  readonly pictures: readonly Picture[];
  readonly notShown: readonly NotShown[];
}

const DAY_MS = 864e5;

/**
 * What the page's clock says. On the day of its version, since a visitor who is told of a change has decided before
 * that; and the same whenever the command is run, so that the pictures are.
 */
const timeOf = ({ date, version }: NormalizedPolicy, otherwise: string): number => {
  const time = Date.parse(`${date ?? version}T12:00:00Z`);
  return Number.isNaN(time) ? Date.parse(otherwise) : time;
};

/** Shows every layer in one language and pictures it. */
export async function visit(one: Visit): Promise<Seen> {
  const { browser, site, policy, previous, locale, wanted, textsHash, keep } = one;
  const pictures: Picture[] = [];
  const notShown: NotShown[] = [];
  const now = timeOf(policy, wanted.time);

  /** A visitor who has never been here. */
  const arrive = async (work: (page: Page) => Promise<void>) => {
    const context = await browser.newContext({
      locale,
      timezoneId: 'UTC',
      reducedMotion: 'reduce',
      serviceWorkers: 'block',
    });
    try {
      await site.serve(context, locale);
      await context.addInitScript(sessionCookies);
      await work(await context.newPage());
    } finally {
      await context.close();
    }
  };
  const open = async (page: Page, address: string, time = now) => {
    await page.clock.setFixedTime(time);
    await page.goto(`${site.origin}/${address}`);
    await page.waitForFunction(() => window.bandeau && 'open' in window.bandeau);
  };
  const layerOf = (page: Page, name: string) => page.locator(`[data-bandeau-layer="${name}"]`);
  const picture = async (page: Page, layer: ProofLayer, name?: string) => {
    const found = layerOf(page, name ?? 'placeholder');
    await found.first().waitFor();
    const shownIn = await found.first().getAttribute('lang');
    if (shownIn !== locale) throw new Error(`${layer} speaks ${shownIn} where it was asked for ${locale}`);
    const subject: Subject = { layer, locale, textsHash: textsHash(layer), ...(name && { root: found }) };
    pictures.push(...(await takePictures(page, subject, wanted, keep)));
  };
  const leaveOut = (layer: ProofLayer, reason: string) => {
    notShown.push({ layer, locale, reason });
  };
  const reasonToAsk = (page: Page) =>
    page.evaluate(() => (window.bandeau as Consent).promptReason?.type ?? null);

  await arrive(async (page) => {
    await open(page, '');
    if (await reasonToAsk(page)) {
      await picture(page, 'banner', 'banner');
      // As most visitors come there: by a keyboard, what has focus would have a ring around it.
      await page.locator('[data-bandeau-action="customize"]').click();
    } else {
      leaveOut('banner', 'there is nothing to ask');
      await page.evaluate(() => (window.bandeau as Consent).open('preferences'));
    }
    await picture(page, 'preferences', 'preferences');
    // What is opened may hold more that opens.
    while (await page.evaluate(openDetails)) await page.evaluate(() => new Promise(requestAnimationFrame));
    await picture(page, 'details', 'preferences');
  });

  if (embeddable(policy).length > 0) {
    await arrive(async (page) => {
      await open(page, '?embeds');
      await page.evaluate(() => (window.bandeau as Consent).rejectAll());
      await layerOf(page, 'banner').waitFor({ state: 'detached' });
      await picture(page, 'placeholders');
    });
  } else leaveOut('placeholders', 'no optional service contacts a host');

  if (previous) {
    await arrive(async (page) => {
      await open(page, '?previous', now - DAY_MS);
      await page.evaluate(async () => {
        const consent = window.bandeau as Consent;
        consent.acceptAll();
        // Comes when the decision is kept, with what it was made about.
        await consent.exportReceipt('json');
      });
      await open(page, '');
      // A question may be taken back where what changed asks for nothing more.
      await page.waitForFunction(
        () =>
          !(window.bandeau as Consent).promptReason ||
          document.querySelector('[data-bandeau-layer="banner"]'),
      );
      const reason = await reasonToAsk(page);
      if (reason === 'policy-changed') return picture(page, 'notice', 'banner');
      if (reason)
        return leaveOut('notice', 'the choice of the previous policy is not found: its cookie differs');
      leaveOut('notice', 'who accepted everything has nothing more to answer');
      if (isTold(policy, previous)) await picture(page, 'update', 'update');
    });
  }
  return { pictures, notShown };
}

/** Whether a visitor who has nothing to answer is told of what is new all the same. */
const isTold = ({ version, changes }: NormalizedPolicy, previous: NormalizedPolicy): boolean => {
  const seen = changes.findIndex((change) => change.version === previous.version);
  return version !== previous.version && changes.slice(seen + 1).some(({ inform }) => inform);
};

/** Runs in the page. */
function openDetails(): boolean {
  const closed = [
    ...document.querySelectorAll<HTMLDetailsElement>('[data-bandeau-root] details:not([open])'),
  ];
  for (const details of closed) details.open = true;
  return closed.length > 0;
}
