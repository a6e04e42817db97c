import { existsSync, readFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import { ROOT } from '../../../test/support/root.ts';
import type { Contender, File } from '../contender.ts';
import { heldMarkup, json } from '../markup.ts';
import { CATEGORIES, type Content } from '../situation.ts';

const TYPES: Record<string, string> = {
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.json': 'application/json',
};

/** Whatever `dist/` holds. */
export function distFile(name: string): File | undefined {
  const path = join(ROOT, 'dist', name);
  const type = TYPES[extname(name)];
  return type && existsSync(path) ? { body: readFileSync(path), type } : undefined;
}

export const policyOf = ({ services }: Pick<Content, 'services'>) => ({
  version: '2026-01-15',
  controller: { name: 'Willow Books', contact: 'privacy@willow.example', privacyUrl: '/privacy' },
  scope: { sites: ['localhost'] },
  categories: CATEGORIES.map((id) => ({ id })),
  services: services.map(({ id, category, name, purpose, cookie }) => ({
    id,
    category,
    vendor: { name },
    purpose,
    cookies: [{ name: cookie, lifetimeDays: 180 }],
  })),
});

export const bandeauVersion: string = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')).version;

export const bandeauHeld = ({ scripts }: Content) =>
  heldMarkup(scripts, ({ service }) => `data-category="${service.category}" data-service="${service.id}"`);

export const bandeauSelectors = {
  accept: '[data-bandeau-layer=banner] [data-bandeau-action=accept-all]',
  customize: '[data-bandeau-layer=banner] [data-bandeau-action=customize]',
  preferences: '[data-bandeau-layer=preferences] [data-bandeau-action=save]',
  showsServices: true,
};

/** README.md, "Quick start: script tag". */
export const bandeau: Contender = {
  name: 'bandeau',
  version: bandeauVersion,
  file: distFile,
  compose: (content, base) => ({
    head: `<script type="application/json" data-bandeau-policy>${json(policyOf(content))}</script>
<script src="${base}bandeau.js"></script>`,
    body: bandeauHeld(content),
  }),
  ...bandeauSelectors,
};
