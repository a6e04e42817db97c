import { describe, expect, it } from 'vitest';
import { type Import, readSource, readSources, type Source } from './fixtures/imports.ts';

const SOURCES = readSources();

/** A part of design.md § 2: the folder, or the file itself at the top. */
const partOf = (path: string): string => {
  if (/^(types|errors)\.ts$/.test(path)) return 'types';
  if (/^\.\.\/locales\//.test(path)) return 'locales';
  if (/^\.\.\//.test(path)) return path;
  if (!/\.(tsx?|css|json)$/.test(path) && !path.startsWith('lib/dom-jsx/')) return `package ${path}`;
  return path.includes('/') ? (path.split('/')[0] as string) : path;
};

interface Edge extends Import {
  readonly from: string;
  /** Folder of `from` inside effects, for files of one effect. */
  readonly sameFolder: boolean;
}

type Allows = (edge: Edge) => boolean;

const atRunTime = ({ kind }: Import) => kind !== 'type';
const isOneOf = (to: string, ...parts: string[]) => parts.includes(partOf(to));
const PREFERENCES = /^ui\/(preferences(-\w+)?|service-details)\.tsx$/;

/** The table: what a file of each part may import. What is not allowed here is not allowed. */
const TABLE: Record<string, Allows> = {
  types: ({ from, to, kind }) =>
    kind === 'type' &&
    from !== 'errors.ts' &&
    (isOneOf(to, 'types') || (from === 'types/handle.ts' && to === 'nanostores')),
  lib: ({ from, to }) => isOneOf(to, 'lib') || (to === 'js-cookie' && from === 'lib/cookie-jar.ts'),
  policy: ({ to, kind }) => kind !== 'dynamic' && isOneOf(to, 'types', 'policy', 'model'),
  model: ({ to, kind }) => kind !== 'dynamic' && isOneOf(to, 'types', 'policy', 'model'),
  state: ({ to, kind }) =>
    kind !== 'dynamic' && (isOneOf(to, 'types', 'policy', 'model', 'state') || to === 'nanostores'),
  effects: ({ from, to, kind, sameFolder }) => {
    if (isOneOf(to, 'types', 'lib', 'policy', 'model')) return kind !== 'dynamic';
    if (to === 'effects/effect.ts' || isOneOf(to, 'state')) return kind === 'type';
    if (isOneOf(to, 'effects')) return sameFolder;
    if (isOneOf(to, 'signals')) return from === 'effects/signals/load-signals.ts';
    if (to === '../package.json') return from === 'effects/records/records.ts';
    return from.startsWith('effects/load-ui/') && isOneOf(to, 'ui', 'locales') && kind !== 'static';
  },
  ui: ({ from, to, kind }) => {
    if (isOneOf(to, 'types', 'lib', 'ui')) return kind !== 'dynamic';
    // Pure, and what the cookie itself expires by: the interface must not say another day.
    if (to === 'model/lifetime.ts') return kind !== 'dynamic';
    // What is exempt is what the gate lets run.
    if (to === 'policy/regime.ts') return kind === 'static' && from === 'ui/exemption.ts';
    if (isOneOf(to, 'policy', 'model')) return kind === 'type';
    return /^preact(\/|$)/.test(to) && PREFERENCES.test(from);
  },
  'environment.ts': ({ to }) => isOneOf(to, 'types'),
  'create-consent.ts': ({ to, kind }) =>
    to === 'debug.ts'
      ? kind === 'dynamic'
      : isOneOf(
          to,
          ...['types', 'lib', 'policy', 'model', 'state', 'effects', 'environment.ts', 'load-later.ts'],
        ),
  // The two halves of the composition: what every page needs is above.
  'load-later.ts': ({ to, kind }) =>
    to === 'later.ts' ? kind === 'dynamic' : isOneOf(to, 'types', 'lib', 'model', 'state', 'effects'),
  'later.ts': ({ to, kind }) => isOneOf(to, 'types', 'effects') || (isOneOf(to, 'ui') && kind === 'dynamic'),
  'index.ts': ({ to }) => isOneOf(to, 'types', 'create-consent.ts'),
  'index.development.ts': ({ to }) => isOneOf(to, 'types', 'create-consent.ts', 'debug.ts', 'index.ts'),
  'script.ts': ({ to, kind }) => kind !== 'dynamic' && isOneOf(to, 'types', 'lib', 'create-consent.ts'),
  'debug.ts': ({ to }) => isOneOf(to, 'types', 'policy'),
  'validate.ts': ({ to }) => isOneOf(to, 'types', 'policy'),
  import: ({ to, kind }) => kind !== 'dynamic' && isOneOf(to, 'types', 'import'),
  signals: ({ from, to, kind }) =>
    kind !== 'dynamic' &&
    (isOneOf(to, 'types', 'signals') ||
      (isOneOf(to, 'policy') && /^signals\/(kit\/|gpp\/|google\.ts)/.test(from)) ||
      // A peer that most sites have not.
      (to === '@iabgpp/cmpapi' && from === 'signals/gpp/index.ts')),
  // What it shares with the core is there already.
  tcf: ({ to, kind }) => kind !== 'dynamic' && isOneOf(to, 'types', 'lib', 'policy', 'tcf'),
  markup: ({ to, kind }) => kind !== 'dynamic' && isOneOf(to, 'types', 'lib', 'markup'),
  guard: ({ to, kind }) => kind !== 'dynamic' && isOneOf(to, 'types', 'lib', 'policy', 'model', 'guard'),
  server: ({ to, kind }) => kind !== 'dynamic' && isOneOf(to, 'types', 'policy', 'model', 'server'),
  cli: ({ to, kind }) =>
    /^ui\/(describe-declaration|own-texts)\.ts$/.test(to) ||
    (to === 'ui/contract.ts' && kind === 'type') ||
    isOneOf(to, 'types', 'policy', 'model', 'server', 'cli') ||
    // A peer that most sites have not: types, and the rest when it is wanted.
    (to === 'playwright-core' && kind !== 'static') ||
    /^(cac|node:\w+|\.\.\/package\.json)$/.test(to),
};

function edgesOf({ file, imports }: Source): Edge[] {
  const folder = file.slice(0, file.lastIndexOf('/'));
  return imports.map((one) => ({
    ...one,
    from: file,
    sameFolder: /^effects\/\w/.test(folder) && one.to.slice(0, one.to.lastIndexOf('/')) === folder,
  }));
}

const show = ({ from, to, kind }: Edge) => `${from} -> ${to} (${kind})`;

type Rule = (sources: readonly Source[]) => string[];

const direction: Rule = (sources) =>
  sources.flatMap((source) => {
    const allows = TABLE[partOf(source.file)];
    if (!allows) return [`${source.file} is in no part of the table`];
    return edgesOf(source)
      .filter((edge) => !allows(edge))
      .map(show);
  });

/** Cycles at run time, static or dynamic; types may know each other. */
const cycles: Rule = (sources) => {
  const graph = new Map(
    sources.map(({ file, imports }) => [file, imports.filter(atRunTime).map(({ to }) => to)]),
  );
  const done = new Set<string>();
  const found: string[] = [];
  const visit = (file: string, path: string[]) => {
    if (path.includes(file)) found.push([...path.slice(path.indexOf(file)), file].join(' -> '));
    else if (!done.has(file)) {
      for (const to of graph.get(file) ?? []) visit(to, [...path, file]);
      done.add(file);
    }
  };
  for (const file of graph.keys()) visit(file, []);
  return found;
};

/** Files that only the named ones may import; the others reach them by a package entry or not at all. */
const LEAVES: Record<string, readonly string[]> = {
  'cli/main.ts': [],
  'validate.ts': [],
  'script.ts': [],
  'index.development.ts': [],
  'index.ts': ['index.development.ts'],
  'debug.ts': ['create-consent.ts', 'index.development.ts'],
  'later.ts': ['load-later.ts'],
  'load-later.ts': ['create-consent.ts'],
};
const leaves: Rule = (sources) =>
  sources
    .flatMap(edgesOf)
    .filter((edge) => {
      if (edge.to.startsWith('server/')) return !/^(server|cli)\//.test(edge.from);
      const importers =
        LEAVES[edge.to] ??
        (/^(cli|guard|import|markup|signals|tcf)\//.test(edge.to) && partOf(edge.from) !== partOf(edge.to)
          ? ['effects/signals/load-signals.ts']
          : null);
      return importers && !importers.includes(edge.from);
    })
    .map(show);

const onlyIn =
  (allowed: RegExp, pattern: RegExp, where: 'uses' | 'writes' | 'lets'): Rule =>
  (sources) =>
    sources
      .filter(({ file }) => !allowed.test(file))
      .flatMap((source) =>
        source[where].filter((name) => pattern.test(name)).map((name) => `${source.file}: ${name}`),
      );

const NOWHERE = /^$/;
const GLOBAL = /^(window|globalThis|self|page|top|parent)\./;

const packages =
  (name: RegExp, allowed: (edge: Edge) => boolean): Rule =>
  (sources) =>
    sources
      .flatMap(edgesOf)
      .filter((edge) => name.test(edge.to) && !allowed(edge))
      .map(show);

/** Where something is written to the console today: messages to the site's developer, one for each cause. */
const CONSOLE = [
  'create-consent.ts: console.error',
  'effects/carry-over/import-decision.ts: console.error',
  'effects/gate/gate.ts: console.warn',
  'effects/gate/releaser.ts: console.error',
  'effects/load-ui/load-parts.ts: console.error',
  'effects/load-ui/load-ui.ts: console.error',
  'effects/load-ui/show-part.ts: console.error',
  'effects/load-ui/start-ui.ts: console.error',
  'effects/records/records.ts: console.error',
  'effects/records/report.ts: console.error',
  'effects/signals/signals.ts: console.error',
  'effects/storage.ts: console.error',
  'load-later.ts: console.error',
  'markup/index.ts: console.warn',
  'markup/script.ts: console.error',
  'script.ts: console.error',
  'script.ts: console.warn',
  'signals/google.ts: console.warn',
  'signals/hotjar.ts: console.error',
  'signals/kit/define-signal.ts: console.error',
];

const MAX_LINES = 250;

const COMPOSITION = /^(create-consent|load-later|later)\.ts$/;

/** A property of somebody else's object that is replaced. */
const REDEFINES = /\b(Object|Reflect)\.defineProperty\b|\.prototype\.\w+\s*=[^=]/;

interface Claim {
  readonly claim: string;
  readonly rule: Rule;
  /** Made-up sources, each of which the rule must refuse. */
  readonly offending: readonly (readonly [file: string, text: string])[];
  /** Made-up sources that it must let through. */
  readonly fine?: readonly (readonly [file: string, text: string])[];
}

const CLAIMS: readonly Claim[] = [
  {
    claim: 'every import follows the table of design.md § 2',
    rule: direction,
    offending: [
      ['lib/x.ts', "import type { Choice } from '../types.ts';"],
      ['lib/x.ts', "import Cookies from 'js-cookie';"],
      ['lib/x.ts', "import { decide } from '../model/decide.ts';"],
      ['policy/x.ts', "import { createState } from '../state/create-state.ts';"],
      ['policy/x.ts', "import type { State } from '../state/create-state.ts';"],
      ['model/x.ts', "import { listen } from '../lib/listen.ts';"],
      ['model/x.ts', "import { atom } from 'nanostores';"],
      ['model/x.ts', "export { startGate } from '../effects/gate/gate.ts';"],
      ['state/x.ts', "import { startGate } from '../effects/gate/gate.ts';"],
      ['state/x.ts', "import { listen } from '../lib/listen.ts';"],
      ['effects/x.ts', "import { createState } from '../state/create-state.ts';"],
      ['effects/x.ts', "import { startStorage } from './storage.ts';"],
      ['effects/x.ts', "import type { Effect } from './storage.ts';"],
      ['effects/x.ts', "import { start } from './effect.ts';"],
      ['effects/x.ts', "import { atom } from 'nanostores';"],
      ['effects/x.ts', "const ui = () => import('../ui/banner.tsx');"],
      ['effects/gate/x.ts', "import { startStorage } from '../storage.ts';"],
      ['effects/load-ui/load-ui.ts', "import { mount } from '../../ui/banner.tsx';"],
      ['effects/load-ui/load-ui.ts', "import fr from '../../../locales/banner/fr.json';"],
      ['effects/load-ui/load-ui.ts', 'const load = (path: string) => import(path);'],
      ['effects/storage.ts', "import { version } from '../../package.json';"],
      ['effects/storage.ts', "const load = () => import('../../locales/banner/fr.json');"],
      ['ui/x.tsx', "import { normalizePolicy } from '../policy/normalize.ts';"],
      ['ui/x.tsx', "import { type NormalizedPolicy } from '../policy/normalize.ts';"],
      ['ui/x.tsx', "import { decide } from '../model/decide.ts';"],
      ['ui/x.tsx', "import { exemptionOf } from '../policy/regime.ts';"],
      ['ui/x.tsx', "import { createActions } from '../state/actions.ts';"],
      ['ui/x.tsx', "import type { State } from '../state/create-state.ts';"],
      ['ui/x.tsx', "import type { Effect } from '../effects/effect.ts';"],
      ['ui/x.tsx', "import { render } from 'preact';"],
      ['ui/banner.tsx', '/** @jsxImportSource preact */\nexport const x = <p />;'],
      ['ui/banner.tsx', 'export const x = <p />;'],
      ['environment.ts', "import { listen } from './lib/listen.ts';"],
      ['create-consent.ts', "import { reportProblems } from './debug.ts';"],
      ['create-consent.ts', "import { atom } from 'nanostores';"],
      ['create-consent.ts', "import { mount } from './ui/banner.tsx';"],
      ['index.ts', "export { decide } from './model/decide.ts';"],
      ['script.ts', "import { validatePolicy } from './policy/validate.ts';"],
      ['debug.ts', "import { createConsent } from './create-consent.ts';"],
      ['validate.ts', "import { createConsent } from './create-consent.ts';"],
      ['import/x.ts', "import { readStored } from '../lib/local-store.ts';"],
      ['signals/x.ts', "import { CmpApi } from '@iabgpp/cmpapi';"],
      ['tcf/x.ts', "import { createConsent } from '../create-consent.ts';"],
      ['tcf/x.ts', "const load = () => import('../policy/normalize.ts');"],
      ['markup/x.ts', "import { findHeld } from '../effects/gate/held.ts';"],
      ['guard/x.ts', "import { createState } from '../state/create-state.ts';"],
      ['guard/x.ts', "import { startGate } from '../effects/gate/gate.ts';"],
      ['guard/x.ts', "import { atom } from 'nanostores';"],
      ['cli/x.ts', "import { createConsent } from '../create-consent.ts';"],
      ['cli/x.ts', "import chalk from 'chalk';"],
      ['cli/x.ts', "import { chromium } from 'playwright-core';"],
      ['cli/x.ts', "import { mountInline } from '../ui/declaration.tsx';"],
      ['cli/x.ts', "import { Texts } from '../ui/contract.ts';"],
      ['server/x.ts', "import { createConsent } from '../create-consent.ts';"],
      ['server/x.ts', "import { readEnvironment } from '../environment.ts';"],
      ['server/x.ts', "import express from 'express';"],
      ['types/handle.ts', "import { atom } from 'nanostores';"],
      ['types/policy.ts', "import type { ReadableAtom } from 'nanostores';"],
      ['later.ts', "import { mountUpdate } from './ui/update.tsx';"],
      ['load-later.ts', "import { startLater } from './later.ts';"],
      ['errors.ts', "import type { Choice } from './types.ts';"],
      ['unheard/x.ts', 'export const x = 1;'],
      ['unheard.ts', 'export const x = 1;'],
    ],
    fine: [
      ['lib/cookie-jar.ts', "import Cookies from 'js-cookie';"],
      ['types/handle.ts', "import type { ReadableAtom } from 'nanostores';"],
      ['state/x.ts', "import { atom } from 'nanostores';"],
      ['effects/x.ts', "import type { State } from '../state/create-state.ts';"],
      ['effects/gate/x.ts', "import { isHeld } from './held.ts';"],
      [
        'effects/load-ui/load-ui.ts',
        "import type { Texts } from '../../ui/contract.ts';\nimport('../../ui/banner.tsx');",
      ],
      ['ui/banner.tsx', '/** @jsxImportSource ../lib/dom-jsx */\nexport const x = <p />;'],
      ['ui/x.tsx', "import { addMonths } from '../model/lifetime.ts';"],
      ['ui/preferences.tsx', '/** @jsxImportSource preact */\nexport const x = <p />;'],
      ['model/x.ts', "// import { atom } from 'nanostores';\nexport const x = 'import y from \"preact\"';"],
    ],
  },
  {
    claim: 'nanostores is imported at run time by state only',
    rule: packages(
      /^nanostores$/,
      ({ from, kind }) => from.startsWith('state/') || (from === 'types/handle.ts' && kind === 'type'),
    ),
    offending: [
      ['create-consent.ts', "import { atom } from 'nanostores';"],
      ['types.ts', "import { atom } from 'nanostores';"],
      ['effects/x.ts', "import type { Atom } from 'nanostores';"],
    ],
    fine: [['state/x.ts', "import { atom } from 'nanostores';"]],
  },
  {
    claim: 'effects and state are imported at run time by the composition only, and by their own files',
    rule: (sources) =>
      sources
        .flatMap(edgesOf)
        .filter((edge) => atRunTime(edge) && isOneOf(edge.to, 'effects', 'state'))
        .filter(({ from, to }) => !COMPOSITION.test(from) && partOf(from) !== partOf(to))
        .map(show),
    offending: [
      ['script.ts', "import { createState } from './state/create-state.ts';"],
      ['effects/x.ts', "import { createState } from '../state/create-state.ts';"],
      ['ui/x.tsx', "import { startGate } from '../effects/gate/gate.ts';"],
    ],
    fine: [['create-consent.ts', "import { createState } from './state/create-state.ts';"]],
  },
  {
    claim: 'cli, server, guard, import, markup, signals, debug, validate and the entries are leaves',
    rule: leaves,
    offending: [
      ['effects/x.ts', "import { reportProblems } from '../debug.ts';"],
      ['effects/x.ts', "import { createImporter } from '../import/importer.ts';"],
      ['create-consent.ts', "import { readMarkup } from './markup/index.ts';"],
      ['create-consent.ts', "import { google } from './signals/google.ts';"],
      ['effects/signals/signals.ts', "import { defineSignal } from '../../signals/index.ts';"],
      ['policy/x.ts', "import { run } from '../cli/run.ts';"],
      ['policy/x.ts', "import { readReceipt } from '../server/index.ts';"],
      ['create-consent.ts', "import type { Shield } from './server/index.ts';"],
      ['effects/x.ts', "import { startGuard } from '../guard/index.ts';"],
      ['debug.ts', "import { parsePolicy } from './validate.ts';"],
      ['script.ts', "export * from './index.ts';"],
    ],
    fine: [
      ['create-consent.ts', "import('./debug.ts');"],
      ['cli/main.ts', "import { run } from './run.ts';"],
      ['cli/x.ts', "import { contentSecurityPolicy } from '../server/index.ts';"],
    ],
  },
  {
    claim: 'no files import each other in a circle',
    rule: cycles,
    offending: [
      ['model/x.ts', "import './x.ts';"],
      ['model/decide.ts', "import '../policy/loop.ts';"],
      ['policy/loop.ts', "export * from './loop.ts';"],
    ],
    fine: [['model/x.ts', "import type { X } from './x.ts';"]],
  },
  {
    claim: 'no module has state of its own: no `let` or `var` at its top level',
    rule: onlyIn(NOWHERE, /./, 'lets'),
    offending: [
      ['lib/x.ts', 'let count = 0;\nexport const next = () => ++count;'],
      ['lib/x.ts', 'export let count = 0;'],
      ['lib/x.ts', 'var count = 0;'],
    ],
    fine: [['lib/x.ts', 'export const next = () => { let count = 0; return ++count; };\n// let x\n']],
  },
  {
    claim: `no file is longer than ${MAX_LINES} lines`,
    rule: (sources) =>
      sources.filter(({ text }) => text.trimEnd().split('\n').length > MAX_LINES).map(({ file }) => file),
    offending: [['lib/x.ts', `${'\n'.repeat(MAX_LINES)}export {};`]],
    fine: [['lib/x.ts', `${'\n'.repeat(MAX_LINES - 1)}export {};\n`]],
  },
  {
    claim: 'document.cookie is touched by js-cookie and lib/cookie-jar.ts only',
    rule: onlyIn(/^lib\/cookie-jar\.ts$/, /(^|\.)document\.cookie$|^cookieStore\b/, 'uses'),
    offending: [
      ['lib/x.ts', 'export const read = () => document.cookie;'],
      ['effects/erase.ts', "document.cookie = 'a=b';"],
      ['lib/x.ts', "window.document['cookie'] = 'a=b';"],
      ['lib/x.ts', "cookieStore.set('a', 'b');"],
    ],
    fine: [
      ['lib/x.ts', "// document.cookie\nexport const x = 'document.cookie';"],
      ['lib/cookie-jar.ts', "document.cookie = 'a=b';"],
    ],
  },
  {
    claim: 'globals are written in script.ts only',
    rule: onlyIn(/^script\.ts$/, GLOBAL, 'writes'),
    offending: [
      ['effects/x.ts', 'window.dataLayer = [];'],
      ['lib/x.ts', "globalThis['x'] = 1;"],
      ['lib/x.ts', 'self.x ??= 1;'],
    ],
    fine: [
      ['script.ts', 'window.bandeau = 1;'],
      ['lib/x.ts', 'const { href } = window.location; document.title = href;'],
    ],
  },
  {
    claim:
      'the clock and the browser are asked in environment.ts, cli/main.ts, in the page of a proof, where a server reads a receipt, by the doors of the guard, and where records are sent from',
    rule: onlyIn(
      /^(environment|cli\/(main|proof\/session-cookies)|server\/read-receipt|guard\/\w+-doors|lib\/(post-json|take-turns))\.ts$/,
      /^(window\.|globalThis\.)?(Date\.now|navigator|navigator\..*|performance\.now|crypto|Math\.random)$/,
      'uses',
    ),
    offending: [
      ['model/x.ts', 'export const now = Date.now();'],
      ['model/x.ts', 'export const now = Date.now;'],
      ['ui/x.ts', 'export const language = navigator.language;'],
      ['ui/x.ts', 'export const language = window.navigator;'],
      ['model/x.ts', 'export const random = Math.random();'],
      ['server/x.ts', 'export const now = Date.now();'],
    ],
    fine: [
      ['environment.ts', 'export const now = Date.now;'],
      ['model/x.ts', 'export const now = new Date(5).getTime();'],
    ],
  },
  {
    claim: 'no clock is read through `new Date()` without an argument',
    rule: (sources) =>
      sources.filter(({ text }) => /new Date(\(\)|\s*[;,)])/.test(text)).map(({ file }) => file),
    offending: [
      ['model/x.ts', 'export const now = new Date();'],
      ['environment.ts', 'export const now = +new Date;'],
    ],
    fine: [['model/x.ts', 'export const at = new Date(time);']],
  },
  {
    claim: 'functions of the browser are replaced by the guard and lib/override.ts only',
    rule: (sources) =>
      sources
        .filter(
          ({ file, text }) =>
            !file.startsWith('guard/') &&
            // The second sets the stage for pictures, in a page of no site.
            // The last one waits for what a vendor's snippet is about to make.
            !['lib/override.ts', 'cli/proof/session-cookies.ts', 'signals/kit/watch-global.ts'].includes(
              file,
            ) &&
            REDEFINES.test(text),
        )
        .map(({ file }) => file),
    offending: [
      ['effects/x.ts', "Object.defineProperty(Document.prototype, 'cookie', {});"],
      ['lib/x.ts', 'Element.prototype.append = () => {};'],
    ],
    fine: [['guard/x.ts', "Object.defineProperty(Document.prototype, 'cookie', {});"]],
  },
  {
    claim: 'the console is written to in these places only',
    rule: (sources) => onlyIn(NOWHERE, /^console\./, 'uses')(sources).filter((use) => !CONSOLE.includes(use)),
    offending: [
      ['model/x.ts', "console.log('x');"],
      ['effects/storage.ts', "console.log('x');"],
      ['ui/x.ts', "console['warn']('x');"],
    ],
    fine: [['effects/storage.ts', "console.error('x');"]],
  },
  {
    claim: 'no text becomes HTML or code',
    rule: (sources) =>
      sources
        .filter(
          ({ text, file }) =>
            [...readSource(file, text).writes, ...readSource(file, text).uses].some((name) =>
              /\.(innerHTML|outerHTML|insertAdjacentHTML|srcdoc)$|^(document\.write(ln)?|eval|Function)$/.test(
                name,
              ),
            ) || /dangerouslySetInnerHTML/.test(text),
        )
        .map(({ file }) => file),
    offending: [
      ['ui/x.ts', "document.body.innerHTML = '<p>';"],
      ['ui/x.ts', "document.write('<p>');"],
      ['ui/x.ts', "eval('1');"],
      ['ui/preferences.tsx', "export const x = <p dangerouslySetInnerHTML={{ __html: '' }} />;"],
    ],
    fine: [['ui/x.ts', "document.body.textContent = '<p>';"]],
  },
  {
    claim: 'no address of anybody is requested by the SDK itself, but for those that the site names',
    rule: onlyIn(
      /^(script|guard\/network-doors|lib\/post-json)\.ts$/,
      /^(window\.|globalThis\.|navigator\.)?(fetch|XMLHttpRequest|WebSocket|EventSource|sendBeacon|Image)$/,
      'uses',
    ),
    offending: [
      ['effects/x.ts', "fetch('/x');"],
      ['effects/x.ts', "navigator.sendBeacon('/x');"],
      ['lib/x.ts', 'export const x = new XMLHttpRequest();'],
    ],
    fine: [
      ['script.ts', "fetch('/policy.json');"],
      ['lib/post-json.ts', "fetch('/records');"],
    ],
  },
];

it('reads the whole of src', () => {
  expect(SOURCES.length).toBeGreaterThan(50);
  const edges = SOURCES.flatMap(edgesOf);
  for (const kind of ['static', 'dynamic', 'type']) expect(edges.map((edge) => edge.kind)).toContain(kind);
  const names = new Set(SOURCES.map(({ file }) => file));
  const lost = edges.filter(({ to }) => /\.tsx?$/.test(to) && !/^\.\.\/|\*/.test(to) && !names.has(to));
  expect(lost.map(show)).toEqual([]);
});

it('each part of the table is there, so that no row is dead', () => {
  expect(Object.keys(TABLE).filter((part) => !SOURCES.some(({ file }) => partOf(file) === part))).toEqual([]);
});

it('each place that may write to the console does', () => {
  const uses = SOURCES.flatMap(({ file, uses }) => uses.map((use) => `${file}: ${use}`));
  expect(CONSOLE.filter((place) => !uses.includes(place))).toEqual([]);
});

describe.each(CLAIMS.map((claim) => [claim.claim, claim] as const))(
  '%s',
  (_, { rule, offending, fine = [] }) => {
    it('in src', () => {
      expect(rule(SOURCES)).toEqual([]);
    });

    it.each(offending)('would refuse in %s: %s', (file, text) => {
      const already = rule(SOURCES);
      expect(rule(withSource(file, text)).filter((found) => !already.includes(found))).not.toEqual([]);
    });

    if (fine.length > 0) {
      it.each(fine)('would let through in %s: %s', (file, text) => {
        expect(rule([readSource(file, text)])).toEqual([]);
      });
    }
  },
);

/** src with one made-up file in place of a real one, or added. */
function withSource(file: string, text: string): Source[] {
  const added = readSource(file, text);
  const rest = SOURCES.filter((source) => source.file !== file);
  // For the circle through a real file.
  const loop = readSource('policy/loop.ts', "export * from '../model/decide.ts';");
  return text.includes('loop.ts') && file !== 'policy/loop.ts' ? [...rest, added, loop] : [...rest, added];
}
