import { createHash } from 'node:crypto';
import type { Policy } from '../types.ts';
import { escapeAttribute } from './escape-attribute.ts';
import { type ExitCode, type Io, UNUSABLE } from './io.ts';
import { languagesIn, type Manifest, readManifest } from './manifest.ts';
import { readPolicyFile, reasonOf } from './read-policy-file.ts';
import { readTexts } from './read-texts.ts';
import { dataElement, inlined, textsOf } from './snippet-inline.ts';
import { neededBy } from './snippet-needs.ts';
import { type LoadOptions, languagesOf, policyUrlOf, refusalOf } from './snippet-options.ts';
import { starterScript } from './snippet-starter.ts';

/** What is printed: elements in their order, and the texts of those scripts that run. */
interface Printed {
  readonly elements: string[];
  readonly scripts: string[];
}

type Attributes = Readonly<Record<string, string | boolean | undefined>>;

/** Those that have a value, as they stand in a tag. */
const written = (attributes: Attributes): string =>
  Object.entries(attributes)
    .flatMap(([name, value]) => {
      if (value === undefined || value === false) return [];
      return value === true ? ` ${name}` : ` ${name}="${escapeAttribute(value)}"`;
    })
    .join('');

/** @returns a message where a file of the build can't be read */
function print(
  manifest: Manifest,
  policy: Policy | undefined,
  options: LoadOptions,
  io: Io,
): Printed | string {
  const {
    inline,
    hashed = false,
    integrity = false,
    blocking = false,
    layout,
    position,
    modal,
    region,
  } = options;
  const base = (options.base ?? '/bandeau/').replace(/\/?$/, '/');
  const nonce = options.nonce === undefined ? undefined : String(options.nonce);
  const core = inline === 'banner' ? 'bandeau.first.js' : 'bandeau.js';
  const policyUrl = policyUrlOf(options);
  const { always, onFirstVisit, layers } = neededBy(manifest, core, policy, options);
  const fileOf = (plain: string) => (hashed && manifest.get(plain)?.file) || plain;
  // One hash for every language.
  const nameOf = (plain: string) =>
    fileOf(plain.replace('*', 'en')).replace('/en.', plain.includes('*') ? '/*.' : '/en.');

  const elements: string[] = [];
  const scripts: string[] = [];
  const run = (code: string, attributes: Attributes = {}) => {
    scripts.push(code);
    elements.push(`<script${written({ nonce, ...attributes })}>${code}</script>`);
  };
  const preload = (href: string, attributes: Attributes) =>
    elements.push(`<link${written({ rel: 'preload', href, crossorigin: true, ...attributes })}>`);

  if (onFirstVisit[0]) {
    const cookieName = policy?.scope.cookieName ?? 'bandeau';
    const files = onFirstVisit.map(nameOf);
    const ofSite = languagesOf(options);
    const languages = ofSite[0] ? ofSite : languagesIn(manifest);
    const hasNonce = nonce !== undefined;
    run(starterScript({ cookieName, base, files, languages, isOfSite: !!ofSite[0], hasNonce }));
  }
  if (policyUrl !== undefined) preload(policyUrl, { as: 'fetch' });
  for (const name of always) preload(base + nameOf(name), { as: 'script', nonce });

  const attributes: Attributes = {
    'data-policy': policyUrl,
    'data-layout': layout,
    'data-position': position,
    'data-modal': modal,
    'data-region': region,
  };
  const built = manifest.get(core);
  if (!inline) {
    const isChecked = hashed || integrity;
    const checked = {
      integrity: hashed ? built?.integrity : built?.plainIntegrity,
      crossorigin: 'anonymous',
    };
    const tag = {
      async: !blocking,
      src: base + nameOf(core),
      nonce,
      ...(isChecked && checked),
      ...attributes,
    };
    elements.push(`<script${written(tag)}></script>`);
    return { elements, scripts };
  }
  if (policy && policyUrl === undefined) elements.push(dataElement('data-bandeau-policy', policy));
  if (inline === 'banner') {
    const texts = readTexts(io);
    if (typeof texts === 'string') return texts;
    elements.push(dataElement('data-bandeau-texts', textsOf(texts, layers, languagesOf(options))));
  }
  try {
    const name = nameOf(core);
    run(inlined(io.readBuilt(name), base + name.replace(/[^/]*$/, '')), attributes);
    return { elements, scripts };
  } catch (error) {
    return `the core can't be read: ${reasonOf(error)}. Run: npm run build`;
  }
}

/** Prints what stands in `<head>` so that a first visit downloads in parallel, and one after a decision the core alone. */
export function snippetOfLoad(options: LoadOptions, io: Io): ExitCode {
  const refuse = (message: string): ExitCode => {
    io.stderr(`bandeau: ${message}\n`);
    return UNUSABLE;
  };
  const manifest = readManifest(io);
  if (typeof manifest === 'string') return refuse(manifest);
  const refusal = refusalOf(options, languagesIn(manifest));
  if (refusal) return refuse(refusal);
  const policy = options.policy === undefined ? undefined : readPolicyFile(options.policy, io);
  if (typeof policy === 'number') return policy;
  const printed = print(manifest, policy, options, io);
  if (typeof printed === 'string') return refuse(printed);
  const hashOf = (code: string) => `'sha256-${createHash('sha256').update(code).digest('base64')}'`;
  const { elements, scripts } = printed;
  io.stdout(`${options.csp ? scripts.map(hashOf).join(' ') : elements.join('\n')}\n`);
  return 0;
}
