import type { Locator } from 'playwright-core';

/** Red, green and blue as they are seen, each 0 to 255. */
export type Rgb = readonly [number, number, number];

/** Relative luminance, as WCAG 2.2 defines it: 0 for black, 1 for white. */
export function luminance(colour: Rgb): number {
  const [red, green, blue] = colour.map((value) => {
    const part = value / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  }) as [number, number, number];
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

/** From 1 to 21, as WCAG 2.2 defines it. */
export function contrast(one: Rgb, other: Rgb): number {
  const [darker, lighter] = [luminance(one), luminance(other)].sort((a, b) => a - b) as [number, number];
  return (lighter + 0.05) / (darker + 0.05);
}

/** What to look at: a colour of an element, on its own background or on what is behind it. */
export interface Look {
  /** @default 'color' */
  property?: string;
  /** @default 'own' */
  ground?: 'own' | 'behind';
}

/**
 * Contrast of a colour with everything under it. The browser itself mixes them on a canvas, so any syntax of
 * colours that it knows can be in the styles.
 */
export async function contrastOf(element: Locator, look: Look = {}): Promise<number> {
  const [ink, ground] = await element.evaluate((start, { property = 'color', ground = 'own' }: Look) => {
    const layers: string[] = [];
    for (let at = ground === 'own' ? start : start.parentElement; at; at = at.parentElement) {
      layers.unshift(getComputedStyle(at).backgroundColor);
    }
    const pixel = (colours: string[]): Rgb => {
      const context = new OffscreenCanvas(1, 1).getContext('2d');
      if (!context) throw new Error('no canvas');
      for (const colour of colours) {
        context.fillStyle = colour;
        context.fillRect(0, 0, 1, 1);
      }
      const [red = 0, green = 0, blue = 0, alpha] = context.getImageData(0, 0, 1, 1).data;
      if (alpha !== 255) throw new Error(`something shows through ${colours.join(' ')}`);
      return [red, green, blue];
    };
    return [pixel([...layers, getComputedStyle(start).getPropertyValue(property)]), pixel(layers)] as const;
  }, look);
  return contrast(ink, ground);
}
