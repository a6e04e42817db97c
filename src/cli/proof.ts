import type { CAC } from 'cac';
import { version } from '../../package.json';
import { normalizePolicy } from '../policy/normalize.ts';
import { quote } from '../policy/problems.ts';
import type { Policy } from '../types.ts';
import { type ExitCode, type Io, PROBLEMS, UNUSABLE } from './io.ts';
import { findBrowser } from './proof/find-browser.ts';
import { launchBrowser } from './proof/launch-browser.ts';
import type { Manifest, NotShown } from './proof/manifest.ts';
import { markOf, textsHashOf } from './proof/marks.ts';
import { type ProofOptions, readProofOptions } from './proof/proof-options.ts';
import { createSite } from './proof/site.ts';
import { visit } from './proof/visit.ts';
import { readPolicyFile, reasonOf } from './read-policy-file.ts';
import { readTexts } from './read-texts.ts';

export const PROOF_HELP = `Options of proof, which pictures every layer in Chromium and writes a manifest of hashes
  --out <folder>         write to it: proof where there is none
  --locales <list>       languages, such as fr,en: those of the policy's texts where there is none
  --viewports <list>     windows: 1280x800,390x844,320x568 where there is none
  --dark                 in dark colours too
  --previous <file>      the policy before: what a visitor is told who accepted everything in it
  --style <file>         style sheet of the site, for its colours and fonts
  --layout <layout>      box, bar or center
  --position <position>  such as "bottom end"
  --browser <file>       Chromium or Chrome: CHROME_PATH, or the one that is installed, where there is none
  --date <date>          of the manifest, such as 2025-09-01: now where there is none
  --json                 print the manifest
`;

/** Adds the command. */
export function declareProof(cli: CAC, io: Io, refuse: (message: string) => ExitCode): void {
  cli
    .command('proof [...files]')
    .option('--out <folder>', '')
    .option('--locales <list>', '')
    .option('--viewports <list>', '')
    .option('--dark', '')
    .option('--previous <file>', '')
    .option('--style <file>', '')
    .option('--layout <layout>', '')
    .option('--position <position>', '')
    .option('--browser <file>', '')
    .option('--date <date>', '')
    .option('--json', '')
    .action((files: string[], options: ProofOptions & { '--': string[] }) => {
      const [file, ...others] = [...files, ...options['--']];
      return file !== undefined && others.length === 0
        ? proof(file, options, io)
        : refuse('proof needs one policy file.');
    });
}

/** Pictures what the visitors of a site are shown, and writes down what the pictures are of. Never rejects. */
export async function proof(file: string, options: ProofOptions, io: Io): Promise<ExitCode> {
  const policy = readPolicyFile(file, io);
  if (typeof policy === 'number') return policy;
  const previous = options.previous === undefined ? undefined : readPolicyFile(String(options.previous), io);
  if (typeof previous === 'number') return previous;
  try {
    const manifest = await makeProof(policy, previous, options, io);
    return report(manifest, String(options.out ?? 'proof'), options.json === true, io);
  } catch (error) {
    io.stderr(`bandeau: ${reasonOf(error)}\n`);
    return UNUSABLE;
  }
}

async function makeProof(
  policy: Policy,
  previous: Policy | undefined,
  options: ProofOptions,
  io: Io,
): Promise<Manifest> {
  const texts = readTexts(io);
  if (typeof texts === 'string') throw new Error(texts);
  const wanted = readProofOptions(options, policy, Object.keys(texts), io.now());
  const { out, time, locales, layout, position } = wanted;
  const mark = markOf(policy);
  keepOthers(out, mark.policyHash, io);
  const style = options.style === undefined ? '' : io.readFile(String(options.style));
  const executable = findBrowser(options.browser === undefined ? undefined : String(options.browser));

  const serve = (one: Policy) => ({ json: JSON.stringify(one), policy: normalizePolicy(one) });
  const now = serve(policy);
  const before = previous && serve(previous);
  const site = createSite(now, before, { style, layout, position }, io.readBuilt);
  const browser = await launchBrowser(executable);
  try {
    const pictures: Manifest['pictures'][number][] = [];
    const notShown: NotShown[] = [];
    for (const locale of locales) {
      const seen = await visit({
        browser,
        site,
        policy: now.policy,
        previous: before?.policy,
        locale,
        wanted,
        textsHash: textsHashOf(texts, policy, locale),
        keep: (name, png) => io.writeFile(`${out}/${name}`, png),
      });
      pictures.push(...seen.pictures);
      notShown.push(...seen.notShown);
    }
    const manifest: Manifest = {
      schemaVersion: 1,
      ...mark,
      previous: previous ? markOf(previous) : null,
      sdkVersion: version,
      browser: { name: 'chromium', version: browser.version() },
      time,
      answersEqual: pictures.every(({ answers }) => answers === null || answers.equal),
      files: site.files(),
      pictures,
      notShown,
    };
    io.writeFile(`${out}/manifest.json`, `${JSON.stringify(manifest, null, 2)}\n`);
    return manifest;
  } finally {
    await browser.close();
  }
}

/** @throws {Error} where the folder holds the proof of another policy, or what may be one: it is not to be lost */
function keepOthers(out: string, policyHash: string, io: Io): void {
  const path = `${out}/manifest.json`;
  if (io.isLink(path)) throw new Error(`${path} is a link: name another folder by --out.`);
  if (!io.exists(path)) return;
  let before: Partial<Record<keyof Manifest, unknown>> | null;
  try {
    before = JSON.parse(io.readFile(path));
  } catch {
    // The reason of the engine would quote the file as it is, with whatever a terminal obeys.
    throw new Error(`${path} is there and can't be read as JSON: name another folder by --out.`);
  }
  if (before?.policyHash === policyHash) return;
  const version = before?.policyVersion;
  const whose = typeof version === 'string' ? `version ${quote(version)}` : 'something else';
  throw new Error(`${out} holds the proof of ${whose}, which differs: name another folder by --out.`);
}

const plural = (count: number, one: string, many: string) => `${count} ${count === 1 ? one : many}`;

function report(manifest: Manifest, out: string, json: boolean, io: Io): ExitCode {
  const { pictures, notShown, answersEqual, browser, policyVersion, policyHash } = manifest;
  const unequal = pictures.filter(({ answers }) => answers?.equal === false);
  const lines = [
    `${out}/manifest.json: ${plural(pictures.length, 'picture', 'pictures')} of version ${quote(policyVersion)}, in Chromium ${browser.version}`,
    `policy ${policyHash}`,
    ...notShown.map(({ layer, locale, reason }) => `${layer} (${locale}) is not shown: ${reason}`),
    ...(answersEqual ? ['Accepting and refusing are equal wherever both are asked.'] : []),
  ];
  io.stdout(json ? `${JSON.stringify(manifest, null, 2)}\n` : `${lines.join('\n')}\n`);
  for (const { file } of unequal) io.stderr(`bandeau: accepting and refusing differ on ${out}/${file}\n`);
  return answersEqual ? 0 : PROBLEMS;
}
