/** `npm run demo`: the demo sites on fixed ports, and what reaches the trackers as it happens. */
import { existsSync } from 'node:fs';
import { startDemo } from './servers.mjs';

const SITES = [
  ['Toutes les démonstrations', '/'],
  ['Clairpas, conseil en désendettement', '/clairpas/'],
  ['Pécunette, négociation de budget', '/pecunette/'],
  ['Brisemarre, groupe d’assurance', '/brisemarre/'],
  ['Lorivaux, courtier belge (français)', '/lorivaux/'],
  ['Lorivaux, courtier belge (nederlands)', '/lorivaux/nl/'],
  ['Le Fil du Soir, réseau d’éditeurs', '/fil-du-soir/'],
  ['Semis, application avec le paquet npm', '/app/'],
];

const port = Number(process.env.PORT ?? 4173);
const trackerPort = Number(process.env.TRACKER_PORT ?? 4174);

const demo = await startDemo({
  port,
  trackerPort,
  onRequest: ({ method, url, referer }) =>
    console.log(`  traceur  ${method} ${url}  (${referer ?? 'sans référent'})`),
});

console.log('\nSites de démonstration\n');
for (const [name, path] of SITES) console.log(`  ${name.padEnd(42)}${demo.url}${path}`);
console.log(`\n  ${'Traceurs (autre origine)'.padEnd(42)}${demo.trackerUrl}`);
if (!existsSync(new URL('../dist/bandeau.js', import.meta.url))) {
  console.log('\n  dist/bandeau.js manque : lancez d’abord « npm run build ».');
}
if (!existsSync(new URL('./app/dist/main.js', import.meta.url))) {
  console.log('\n  demo/app/dist manque : lancez « node demo/app/build.mjs ».');
}
console.log('\nRequêtes reçues par les traceurs (Ctrl+C pour arrêter) :\n');
