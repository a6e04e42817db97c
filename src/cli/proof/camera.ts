import { createHash } from 'node:crypto';
import type { Locator, Page } from 'playwright-core';
import type { Picture, ProofLayer } from './manifest.ts';
import { measureAnswers, measureHidden, scrollLayer } from './measure.ts';
import type { Wanted } from './proof-options.ts';

/** A layer that is on screen. */
export interface Subject {
  readonly layer: ProofLayer;
  readonly locale: string;
  readonly textsHash: string;
  /** The layer itself; undefined where it is several, and the page as a whole is pictured. */
  readonly root?: Locator;
}

/** Higher ones are more than browsers can draw at once. */
const MAX_HEIGHT = 8000;

/** Comes back when what is changed is drawn. */
const drawn = (page: Page) =>
  page.evaluate(
    () => new Promise<void>((done) => requestAnimationFrame(() => requestAnimationFrame(() => done()))),
  );

/**
 * Pictures what is on screen in every window and colour scheme that is wanted.
 * @param keep writes a file
 */
export async function takePictures(
  page: Page,
  { root, layer, locale, textsHash }: Subject,
  { viewports, colorSchemes }: Pick<Wanted, 'viewports' | 'colorSchemes'>,
  keep: (file: string, png: Uint8Array) => void,
): Promise<Picture[]> {
  const pictures: Picture[] = [];
  for (const { name: viewport, width, height } of viewports) {
    for (const colorScheme of colorSchemes) {
      const take = async (
        extent: Picture['extent'],
        suffix: string,
        answers: Picture['answers'],
        options: Parameters<Page['screenshot']>[0],
      ) => {
        const png = await page.screenshot({ animations: 'disabled', ...options });
        const dark = colorScheme === 'dark' ? '-dark' : '';
        const file = `${locale}/${viewport}-${layer}${dark}${suffix}.png`;
        keep(file, png);
        const sha256 = createHash('sha256').update(png).digest('hex');
        pictures.push({ file, layer, extent, locale, viewport, colorScheme, textsHash, sha256, answers });
      };

      await page.emulateMedia({ colorScheme });
      await page.setViewportSize({ width, height });
      if (root) await root.evaluate(scrollLayer, 0);
      await drawn(page);
      if (!root) {
        await take('whole', '', null, { fullPage: true });
        continue;
      }
      await take('screen', '', await root.evaluate(measureAnswers), {});

      let tall = height;
      let hidden = await root.evaluate(measureHidden);
      if (hidden <= 1) continue;
      // A layer takes a part of what the window grows by.
      while (hidden > 1 && tall < MAX_HEIGHT) {
        tall = Math.min(tall + 2 * hidden, MAX_HEIGHT);
        await page.setViewportSize({ width, height: tall });
        await drawn(page);
        hidden = await root.evaluate(measureHidden);
      }
      for (let step = 0, isMore = true; isMore; step++) {
        isMore = await root.evaluate(scrollLayer, step);
        await drawn(page);
        const clip = await root.boundingBox();
        await take('whole', step ? `-whole-${step + 1}` : '-whole', null, clip ? { clip } : {});
      }
    }
  }
  return pictures;
}
