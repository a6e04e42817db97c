import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const POLICY = 'demo/themes/policy.json';

/** What the command prints; `--lang fr` where nothing else is said, as an owner would. */
const snippet = (...args) =>
  execFileSync(process.execPath, ['dist/cli.js', 'snippet', '--policy', POLICY, '--lang', 'fr', ...args], {
    cwd: ROOT,
    encoding: 'utf8',
  });

const STATIC =
  '<div data-bandeau-layer="banner" style="position:fixed;left:1rem;bottom:1rem;width:24rem;height:12rem;background:#fff"><button>Non</button><button>Oui</button><button>Choisir</button></div>';
const AFTER_STYLES = '<link rel="stylesheet" href="/style.css">';

/** What stands in the head, and in the body, of a page for each way. */
export function ways() {
  const tag = (how) => `<script ${how} src="/bandeau/bandeau.js" data-policy="/policy.json"></script>`;
  const starter = snippet();
  const core = snippet('--inline', 'core');
  const banner = snippet('--inline', 'banner');
  const all = [
    { name: 'floor: a static banner', body: STATIC },
    { name: 'core alone, blocking', head: tag('') },
    { name: 'core alone, async', head: tag('async') },
    { name: 'starter', head: starter },
    { name: 'starter, after the style sheet', head: AFTER_STYLES + starter },
    { name: 'priority: core high', head: starter.replace('async', 'async fetchpriority="high"') },
    { name: 'priority: core low', head: starter.replace('async', 'async fetchpriority="low"') },
    {
      name: 'priority: parts high',
      head: starter.replace('as:"script"', 'as:"script",fetchPriority:"high"'),
    },
    { name: 'priority: parts low', head: starter.replace('as:"script"', 'as:"script",fetchPriority:"low"') },
    { name: 'starter, defer', head: starter.replace('async', 'defer') },
    { name: 'starter, blocking', head: snippet('--blocking') },
    { name: 'starter, modulepreload', head: starter.replace('rel:"preload"', 'rel:"modulepreload"') },
    { name: 'core inline, in head', head: core },
    {
      name: 'core inline, last in body',
      head: core.split('\n')[0],
      body: core.split('\n').slice(1).join('\n'),
    },
    { name: 'banner inline, in head', head: banner },
    { name: 'banner inline, last in body', body: banner },
    { name: 'returning: control without a library', isReturning: true },
    { name: 'returning: starter', head: starter, isReturning: true },
    { name: 'returning: core inline, last in body', body: core, isReturning: true },
    { name: 'returning: banner inline, last in body', body: banner, isReturning: true },
  ];
  return { all, policy: readFileSync(`${ROOT}/${POLICY}`, 'utf8') };
}
