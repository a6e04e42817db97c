import { normalizePolicy } from '../policy/normalize.ts';
import type { Policy } from '../types.ts';
import { type Manifest, wayTo } from './manifest.ts';
import { type LoadOptions, languagesOf } from './snippet-options.ts';

/** The names of the tools that a policy tells the choice. */
const signalsOf = ({ signals = [] }: Policy): string[] =>
  signals.map((one) => (typeof one === 'string' ? one : one.name));

/** What a visit loads beside the core, as plain names; `*` where they have the page's language. */
export interface Needed {
  /** Also where the visitor has decided. */
  readonly always: readonly string[];
  readonly onFirstVisit: readonly string[];
  /** Layers whose texts a first visit shows. */
  readonly layers: readonly string[];
}

export function neededBy(
  manifest: Manifest,
  core: string,
  policy: Policy | undefined,
  options: LoadOptions,
): Needed {
  const { layout, position, modal, region, inline } = options;
  const way = (to: string) => wayTo(manifest, core, to);
  const always = policy ? signalsOf(policy).flatMap((name) => way(`signals/${name}.js`)) : [];
  const rules = policy && normalizePolicy(policy, region === undefined ? {} : { region });
  const isExempt = rules?.units.some((unit) => unit.isExempt);
  // Nothing is asked.
  if (rules?.units.every((unit) => unit.isExempt)) return { always, onFirstVisit: [], layers: [] };
  const isRegional = rules && (rules.regime !== 'opt-in' || isExempt);
  const layers = isRegional ? ['banner', 'region'] : ['banner'];
  const [language = '*', ...others] = languagesOf(options);
  const wanted = [
    ...(inline === 'banner' ? [] : ['bandeau-load-ui.js', 'bandeau-banner.js']),
    ...(layout || position || modal ? ['bandeau-layouts.js'] : []),
    ...(policy?.texts ? ['bandeau-own-texts.js'] : []),
    ...(isRegional ? ['bandeau-region.js'] : []),
  ].flatMap(way);
  // Those that stand in the page are not loaded, and whether they are the page's is known there alone.
  const texts =
    inline === 'banner' ? [] : layers.map((layer) => `locales/${layer}/${others[0] ? '*' : language}.js`);
  // What loads them may be a part, too.
  const loaders = texts[0] ? way('locales/banner/en.js').filter((name) => !name.startsWith('locales/')) : [];
  const onFirstVisit = [...new Set([...wanted, ...loaders, ...texts])].filter(
    (name) => !always.includes(name),
  );
  return { always: [...new Set(always)], onFirstVisit, layers };
}
