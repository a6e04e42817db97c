import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findBrowsers } from '../../scripts/browsers.mjs';
import type { Manifest, Picture } from '../../src/cli/proof/manifest.ts';
import { measureAnswers, measureHidden } from '../../src/cli/proof/measure.ts';
import { canonicalize } from '../../src/policy/canonicalize.ts';
import type { Policy } from '../../src/types.ts';
import { ownTexts } from '../../src/ui/own-texts.ts';
import { ROOT } from '../support/root.ts';
import { useChromium } from '../support/stage.ts';

// The command as it was built, with a browser and files of its own.

const DEMO = join(ROOT, 'demo/clairpas');
const NOW = join(DEMO, 'policy-v2.json');
const BEFORE = join(DEMO, 'policy.json');
const folder = mkdtempSync(join(tmpdir(), 'bandeau-proof-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const visitors = useChromium();

interface Ended {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs `bandeau proof` in a folder of its own. */
function proof(...args: string[]): Promise<Ended> {
  const found = findBrowsers().chromium;
  if (!found.ok) throw new Error(found.reason);
  const browser = args.includes('--browser') ? [] : ['--browser', found.path];
  const command = [join(ROOT, 'dist/cli.js'), 'proof', ...args, ...browser];
  return new Promise((resolve) => {
    execFile(process.execPath, command, { cwd: folder }, (error, stdout, stderr) => {
      resolve({ code: error ? Number(error.code) : 0, stdout, stderr });
    });
  });
}

const readManifest = (out: string): Manifest =>
  JSON.parse(readFileSync(join(folder, out, 'manifest.json'), 'utf8'));
const readPolicy = (file: string): Policy => JSON.parse(readFileSync(file, 'utf8'));
const sha256 = (data: string | Uint8Array) => createHash('sha256').update(data).digest('hex');
const hashOf = (value: unknown) => sha256(canonicalize(value));

/** As its header says. */
function sizeOf(out: string, { file }: Picture) {
  const png = readFileSync(join(folder, out, file));
  expect(png.subarray(1, 4).toString()).toBe('PNG');
  return [png.readUInt32BE(16), png.readUInt32BE(20)] as const;
}

const ofLayer = ({ pictures }: Manifest, layer: Picture['layer'], extent: Picture['extent'] = 'screen') =>
  pictures.filter((picture) => picture.layer === layer && picture.extent === extent);

describe('the proof of a changed policy', () => {
  let ended: Ended;
  let manifest: Manifest;
  beforeAll(async () => {
    const args = ['--locales', 'fr,en', '--viewports', '1280x800,320x568', '--date', '2025-09-01'];
    ended = await proof(NOW, '--previous', BEFORE, '--out', 'v2', ...args);
    manifest = readManifest('v2');
  }, 120_000);

  it('says what it has made', () => {
    expect(ended).toMatchObject({ code: 0, stderr: '' });
    expect(ended.stdout).toContain(
      `v2/manifest.json: ${manifest.pictures.length} pictures of version "2025-09-01"`,
    );
    expect(ended.stdout).toContain('Accepting and refusing are equal');
  });

  it.each(['fr', 'en'])('has every layer in every window: %s', (locale) => {
    for (const layer of ['banner', 'notice', 'preferences', 'details'] as const) {
      const own = ofLayer(manifest, layer).filter((picture) => picture.locale === locale);
      expect(own.map(({ viewport }) => viewport)).toEqual(['1280x800', '320x568']);
    }
    expect(ofLayer(manifest, 'placeholders', 'whole').filter((one) => one.locale === locale)).toHaveLength(2);
    expect(manifest.notShown).toEqual([]);
  });

  it('names every file that it has written, and no other', () => {
    const written = readdirSync(join(folder, 'v2'), { recursive: true }).filter((name) =>
      /\.\w+$/.test(String(name)),
    );
    expect(written.sort()).toEqual(['manifest.json', ...manifest.pictures.map(({ file }) => file)].sort());
  });

  it('has the hash of each picture', () => {
    for (const { file, sha256: hash } of manifest.pictures) {
      expect(hash).toBe(sha256(readFileSync(join(folder, 'v2', file))));
    }
    expect(new Set(manifest.pictures.map((one) => one.sha256)).size).toBe(manifest.pictures.length);
  });

  it('has the hash of both policies', () => {
    expect(manifest).toMatchObject({
      schemaVersion: 1,
      policyVersion: '2025-09-01',
      policyHash: hashOf(readPolicy(NOW)),
      previous: { policyVersion: '2025-01-15', policyHash: hashOf(readPolicy(BEFORE)) },
    });
  });

  it('has the hash of each file that a visitor loads, as Subresource Integrity writes it', () => {
    const files = new Map(manifest.files.map(({ file, integrity }) => [file, integrity]));
    for (const [file, integrity] of files) {
      const digest = createHash('sha384').update(readFileSync(join(ROOT, 'dist', file)));
      expect(integrity).toBe(`sha384-${digest.digest('base64')}`);
    }
    expect([...files.keys()]).toEqual(
      expect.arrayContaining([
        'bandeau.js',
        'bandeau-banner.js',
        'bandeau-notice.js',
        'locales/notice/en.js',
      ]),
    );
    expect(files.has('locales/notice/de.js')).toBe(false);
  });

  it('has the hash of the texts of each layer in its language', () => {
    const read = (name: string, locale: string) =>
      JSON.parse(readFileSync(join(ROOT, 'locales', name, `${locale}.json`), 'utf8'));
    for (const { layer, locale, textsHash } of manifest.pictures) {
      const name = layer === 'details' ? 'preferences' : layer;
      expect(textsHash).toBe(hashOf({ banner: read('banner', locale), [name]: read(name, locale) }));
    }
  });

  it('says what made it and when', () => {
    expect(manifest.time).toBe('2025-09-01T00:00:00.000Z');
    expect(manifest.sdkVersion).toBe(readPolicy(join(ROOT, 'package.json')).version);
    expect(manifest.browser).toEqual({ name: 'chromium', version: expect.stringMatching(/^\d+\./) });
  });

  it('shows the window as it is, and to its end what scrolls in it', () => {
    for (const picture of manifest.pictures.filter(({ extent }) => extent === 'screen')) {
      expect(sizeOf('v2', picture).join('x')).toBe(picture.viewport);
    }
    for (const picture of ofLayer(manifest, 'details', 'whole')) {
      expect(sizeOf('v2', picture)[1]).toBeGreaterThan(1500);
    }
    const small = ofLayer(manifest, 'banner', 'whole');
    expect(small.map(({ viewport }) => viewport)).toEqual(['320x568', '320x568']);
  });

  it('says of every layer that asks that both answers are equal and in view', () => {
    const asking = manifest.pictures.filter(({ answers }) => answers);
    expect(asking).toHaveLength(4 * 2 * 2);
    for (const { answers } of asking) {
      expect(answers).toMatchObject({ equal: true, inView: true });
      expect(answers?.accept).toEqual(answers?.reject);
    }
    expect(manifest.answersEqual).toBe(true);
  });

  it('is the same for the same texts and policy, at another time', async () => {
    const again = await proof(
      ...[
        NOW,
        '--out',
        'again',
        '--locales',
        'fr',
        '--viewports',
        '320x568',
        '--json',
        '--date',
        '2026-01-01',
      ],
    );
    expect(again.code).toBe(0);
    const other: Manifest = JSON.parse(again.stdout);
    expect(other).toEqual(readManifest('again'));
    expect(other.policyHash).toBe(manifest.policyHash);
    expect(other.time).not.toBe(manifest.time);
    const banner = ({ pictures }: Manifest) =>
      pictures.find((one) => one.layer === 'banner' && one.locale === 'fr')?.textsHash;
    expect(banner(other)).toBe(banner(manifest));
    expect(ofLayer(other, 'notice')).toEqual([]);
  });

  it('is not replaced by the proof of another policy', async () => {
    const other = await proof(BEFORE, '--out', 'v2');
    expect(other).toMatchObject({ code: 2, stdout: '' });
    expect(other.stderr).toContain('v2 holds the proof of version "2025-09-01"');
    expect(readManifest('v2')).toEqual(manifest);
  });
});

describe('a policy of its own', () => {
  const write = (name: string, changes: Partial<Policy>) => {
    writeFileSync(join(folder, name), JSON.stringify({ ...readPolicy(BEFORE), ...changes }));
    return name;
  };
  const quick = ['--locales', 'fr', '--viewports', '390x844'];

  it('has its own words in the hash of the texts, and in no other', async () => {
    const texts = { 'banner.title': { fr: 'Des biscuits ?' } };
    const { code } = await proof(write('words.json', { texts }), '--out', 'words', ...quick);
    expect(code).toBe(0);
    const banner = JSON.parse(readFileSync(join(ROOT, 'locales/banner/fr.json'), 'utf8'));
    const [shown] = ofLayer(readManifest('words'), 'banner');
    expect(shown?.textsHash).toBe(hashOf({ banner: ownTexts('banner', banner, texts, 'fr') }));
    expect(shown?.textsHash).not.toBe(hashOf({ banner }));
  });

  it('that is shared by sub-domains has a notice too', async () => {
    const scope = { sites: ['www.clairpas.example'], cookieDomain: 'clairpas.example' };
    const before = write('shared.json', { scope });
    writeFileSync(join(folder, 'shared-2.json'), JSON.stringify({ ...readPolicy(NOW), scope }));
    await proof('shared-2.json', '--previous', before, '--out', 'shared', ...quick);
    expect(ofLayer(readManifest('shared'), 'notice')).toHaveLength(1);
  });

  it.each([
    ['told of it', true, 1],
    ['told nothing', false, 0],
  ])('that asks for nothing new has no notice, and its visitor is %s', async (_, inform, cards) => {
    const version = '2025-06-01';
    const changes = [{ version, date: version, summary: 'Mieux dit.', inform }];
    const out = `told-${inform}`;
    const { code } = await proof(
      ...[write(`${out}.json`, { version, changes }), '--previous', BEFORE, '--out', out, ...quick],
    );
    const manifest = readManifest(out);
    expect(code).toBe(0);
    expect(ofLayer(manifest, 'notice')).toEqual([]);
    expect(ofLayer(manifest, 'update')).toHaveLength(cards);
    expect(manifest.notShown).toEqual([
      { layer: 'notice', locale: 'fr', reason: 'who accepted everything has nothing more to answer' },
    ]);
  });

  it('that asks nothing has no banner', async () => {
    const { categories, services } = readPolicy(BEFORE);
    const file = write('quiet.json', {
      categories: categories.filter(({ id }) => id === 'essential'),
      services: services.filter(({ category }) => category === 'essential'),
    });
    const { code, stdout } = await proof(file, '--out', 'quiet', ...quick);
    expect(code).toBe(0);
    expect(stdout).toContain('banner (fr) is not shown: there is nothing to ask');
    expect(ofLayer(readManifest('quiet'), 'banner')).toEqual([]);
    expect(ofLayer(readManifest('quiet'), 'preferences')).toHaveLength(1);
  });
});

describe('what stands in the way', () => {
  it('of a policy with an error is told, and nothing is written', async () => {
    writeFileSync(join(folder, 'error.json'), '{ "version": "" }');
    expect(await proof('error.json', '--out', 'none')).toMatchObject({ code: 1, stdout: '' });
    expect(readdirSync(folder)).not.toContain('none');
  });

  it('of a program that is no browser is told', async () => {
    const { code, stderr } = await proof(NOW, '--out', 'none', '--browser', process.execPath);
    expect(code).toBe(2);
    expect(stderr).toContain(`${process.execPath} can't be started`);
    expect(readdirSync(folder)).not.toContain('none');
  });
});

describe('what is measured', () => {
  const PAIR = (style: string) => `<section style="width:20rem">
    <button data-bandeau-action="reject-all" style="width:8rem">Non</button>
    <button data-bandeau-action="accept-all" style="width:8rem;${style}">Oui</button></section>`;

  async function measure(style: string) {
    const { page } = await visitors.arrive();
    await page.setContent(PAIR(style));
    return page.locator('section').evaluate(measureAnswers);
  }

  it.each(['', 'top:0'])('is equal: %j', async (style) => {
    expect(await measure(style)).toMatchObject({ equal: true, inView: true, accept: { width: 128 } });
  });

  it.each(['width:9rem', 'padding:1rem', 'background:green', 'font-weight:bold', 'opacity:.9'])(
    'is not equal: %s',
    async (style) => {
      expect(await measure(style)).toMatchObject({ equal: false });
    },
  );

  it.each(['position:fixed;left:-9rem', 'position:absolute;top:200rem', 'pointer-events:none'])(
    'is not in view: %s',
    async (style) => {
      expect(await measure(style)).toMatchObject({ inView: false });
    },
  );

  it('is nothing where there is one answer, or none', async () => {
    const { page } = await visitors.arrive();
    await page.setContent('<section><button data-bandeau-action="reject-all">Non</button></section>');
    expect(await page.locator('section').evaluate(measureAnswers)).toBeNull();
  });

  it('is what is out of sight, and nothing where all is in it', async () => {
    const { page } = await visitors.arrive();
    await page.setContent(
      '<section><div style="height:100px;overflow:auto"><p style="height:300px;margin:0"></p></div></section>',
    );
    expect(await page.locator('section').evaluate(measureHidden)).toBe(200);
    await page.setContent('<section><div style="overflow:auto"><p style="height:300px"></p></div></section>');
    expect(await page.locator('section').evaluate(measureHidden)).toBe(0);
  });
});
