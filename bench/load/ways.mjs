import { readFileSync } from 'node:fs';

/** What stands in the head, and in the body, of a page for each way. */
export function ways() {
  const read = (name) => readFileSync(new URL(`../../dist/${name}`, import.meta.url), 'utf8');
  const policy = readFileSync(new URL('../../demo/themes/policy.json', import.meta.url), 'utf8');
  const core = (how) => `<script src="/bandeau/bandeau.js" data-policy="/policy.json" ${how}></script>`;
  const fetchPolicy = '<link rel="preload" as="fetch" crossorigin href="/policy.json">';
  const starter = (link) =>
    `<script>(function(d){if(!/(^|; )bandeau=/.test(d.cookie))["bandeau-banner.js","locales/banner/"+(d.documentElement.lang||navigator.language).slice(0,2)+".js"].forEach(function(f){var l=d.createElement("link");${link};l.href="/bandeau/"+f;d.head.appendChild(l)})})(document)</script>`;
  const module = starter('l.rel="modulepreload"');
  const preload = starter('l.rel="preload";l.as="script";l.crossOrigin=""');
  const high = 'l.fetchPriority="high";';
  const paste = (name, base) =>
    read(name)
      .replace(/\bimport\((["`])\.\//g, `import($1${base}`)
      .replace(/^\/\/#.*$/m, '');
  const data = JSON.stringify(JSON.parse(policy));
  const inPage = `<script type="application/json" data-bandeau-policy>${data}</script>`;
  const texts = JSON.stringify({
    'banner/fr': JSON.parse(readFileSync(new URL('../../locales/banner/fr.json', import.meta.url), 'utf8')),
  });
  const all = [
    {
      name: 'floor',
      body: '<div data-bandeau-layer="banner" style="position:fixed;left:1rem;bottom:1rem;width:24rem;height:12rem;background:#fff"><button>Non</button><button>Oui</button><button>Choisir</button></div>',
    },
    { name: 'nothing but a core, blocking', head: core('') },
    { name: 'nothing but a core, async', head: core('async') },
    { name: 'blocking, modulepreload', head: module + fetchPolicy + core('') },
    { name: 'defer, modulepreload', head: module + fetchPolicy + core('defer') },
    { name: 'async, modulepreload', head: module + fetchPolicy + core('async') },
    { name: 'async high, modulepreload', head: module + fetchPolicy + core('async fetchpriority="high"') },
    { name: 'async high, preload', head: preload + fetchPolicy + core('async fetchpriority="high"') },
    { name: 'async, preload', head: preload + fetchPolicy + core('async') },
    {
      name: 'async low, preload',
      head:
        preload +
        fetchPolicy.replace(' href', ' fetchpriority="low" href') +
        core('async fetchpriority="low"'),
    },
    {
      name: 'all high, preload',
      head:
        preload.replace('l.as', `${high}l.as`) +
        fetchPolicy.replace(' href', ' fetchpriority="high" href') +
        core('async fetchpriority="high"'),
    },
    {
      name: 'core inline, preload',
      head: `${preload}${inPage}<script>${paste('bandeau.js', '/bandeau/')}</script>`,
    },
    {
      name: 'core and banner inline, in head',
      head: `${inPage}<script type="application/json" data-bandeau-texts>${texts}</script><script>${paste('bandeau.first.js', '/bandeau/')}</script>`,
    },
    {
      name: 'core and banner inline, first in body',
      head: `${inPage}<script type="application/json" data-bandeau-texts>${texts}</script><link rel="stylesheet" href="/style.css"></head><body><script>${paste('bandeau.first.js', '/bandeau/')}</script>`,
    },
    {
      name: 'core and banner inline, last in body',
      body: `${inPage}<script type="application/json" data-bandeau-texts>${texts}</script><script>${paste('bandeau.first.js', '/bandeau/')}</script>`,
    },
  ];
  return { all, policy };
}
