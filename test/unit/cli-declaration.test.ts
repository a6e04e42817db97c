import { readFileSync } from 'node:fs';
import { describe, expect, it, vi } from 'vitest';
import { BUILT_TEXTS, runCli, SMALL_POLICY } from '../support/cli.ts';

const POLICY = JSON.parse(readFileSync(new URL('../fixtures/policy.json', import.meta.url), 'utf8'));

const EXEMPT = SMALL_POLICY.services.map((service) => ({
  ...service,
  exempt: {
    basis: 'statistical-purposes',
    note: 'to know which pages & parts are read.',
    conditions: { measurementOnly: true, noTransfer: true },
  },
}));

const FILES = {
  'policy.json': JSON.stringify(POLICY),
  'small.json': JSON.stringify(SMALL_POLICY),
  'signs.json': JSON.stringify({
    ...SMALL_POLICY,
    services: [
      {
        ...SMALL_POLICY.services[0],
        purpose: 'Compter les pages de "R&D" dès que 1 < 2 > 0.',
        vendor: { name: 'L\'"Atelier" & Cie', privacyUrl: 'https://x.example/?a="b"&copy=<c' },
      },
    ],
  }),
  'tag.json': JSON.stringify({
    ...SMALL_POLICY,
    services: [{ ...SMALL_POLICY.services[0], purpose: '<script>alert(1)</script>' }],
  }),
  ...Object.fromEntries(
    ['gb', 'be'].map((region) => [
      `${region}.json`,
      JSON.stringify({ ...SMALL_POLICY, region, services: EXEMPT }),
    ]),
  ),
  'error.json': JSON.stringify({ ...POLICY, version: '' }),
};

const bandeau = (...args: string[]) => runCli(['declaration', ...args], FILES, BUILT_TEXTS);

describe('bandeau declaration', () => {
  it('prints the table of a policy', () => {
    expect(bandeau('policy.json', '--locale', 'fr')).toEqual({
      code: 0,
      stdout: `<div data-bandeau-layer="declaration" lang="fr" dir="ltr">
<section>
<h3>Essentiels</h3>
<p>Connexion, sécurité, mémoire de vos choix.</p>
</section>
<section>
<h3>Mesure d’audience</h3>
<p>Compter les visites et voir quelles pages sont utiles.</p>
<section aria-label="Mesure d’audience" tabindex="0">
<table aria-label="Mesure d’audience">
<thead><tr><th scope="col">Service</th><th scope="col">Finalité</th><th scope="col">Nom</th><th scope="col">Durée</th></tr></thead>
<tbody>
<tr><th scope="row" rowspan="2">Mesure SARL</th><td rowspan="2">Compte les pages lues.</td><td><code dir="ltr">_pk_id</code></td><td>30\u00a0jours</td></tr>
<tr><td><code dir="ltr">pk</code><br>localStorage</td><td>jusqu’à son effacement</td></tr>
</tbody></table></section>
</section>
<section>
<h3>Publicité</h3>
<p>Advertising of other companies.</p>
</section>
<p>version du 15 janvier 2025</p>
</div>
`,
      stderr: '',
    });
  });

  it('names the exemption of a service where it holds, and there only', () => {
    const exemption =
      '<td rowspan="1">Compte les pages lues.<br>Exempt from consent for statistical purposes: to know which pages &amp; parts are read.</td>';
    expect(bandeau('gb.json').stdout).toContain(exemption);
    expect(bandeau('be.json')).toMatchObject({ code: 0 });
    expect(bandeau('be.json').stdout).not.toContain('Exempt');
  });

  it('speaks English where no language is asked for', () => {
    expect(bandeau('small.json').stdout).toMatch(
      /^<div data-bandeau-layer="declaration" lang="en" dir="ltr">/,
    );
    expect(bandeau('small.json').stdout).toContain('Stores nothing on your device.');
  });

  it.each([
    ['nl-BE', 'nl-BE', 'Slaat niets op uw apparaat op.'],
    ['FR', 'fr', 'N’enregistre rien sur votre appareil.'],
    ['fr-be', 'fr-BE', 'N’enregistre rien sur votre appareil.'],
  ])('speaks %s', (locale, lang, text) => {
    const { code, stdout } = bandeau('small.json', '--locale', locale);
    expect(code).toBe(0);
    expect(stdout).toContain(` lang="${lang}" `);
    expect(stdout).toContain(text);
  });

  it('prints texts of the policy as texts', () => {
    const { code, stdout } = bandeau('signs.json');
    expect(code).toBe(0);
    expect(stdout).toContain('<th scope="row" rowspan="1">L\'&quot;Atelier&quot; &amp; Cie</th>');
    expect(stdout).toContain('Compter les pages de &quot;R&amp;D&quot; dès que 1 &lt; 2 &gt; 0.');
    expect(stdout).toContain('<a href="https://x.example/?a=&quot;b&quot;&amp;copy=&lt;c">');
  });

  it('writes to a file, and then prints nothing', () => {
    const writeFile = vi.fn();
    const args = ['declaration', '--out', 'table.html', 'small.json'];
    expect(runCli(args, FILES, BUILT_TEXTS, writeFile)).toEqual({ code: 0, stdout: '', stderr: '' });
    expect(writeFile).toHaveBeenCalledExactlyOnceWith('table.html', bandeau('small.json').stdout);
  });

  it('says why a file could not be written', () => {
    const args = ['declaration', 'small.json', '--out', 'locked/table.html'];
    const written = runCli(args, FILES, BUILT_TEXTS, () => {
      throw new Error('permission denied');
    });
    expect(written).toEqual({
      code: 2,
      stdout: '',
      stderr: "bandeau: locked/table.html can't be written: permission denied\n",
    });
  });

  it('says what to do where the texts were not built', () => {
    const { code, stdout, stderr } = runCli(['declaration', 'small.json'], FILES);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(/texts can't be read: no such file\. Run: npm run build/);
  });

  it.each([
    ['no file', [], 2, /declaration needs one policy file/],
    ['two files', ['policy.json', 'small.json'], 2, /declaration needs one policy file/],
    ['a file that is not there', ['missing.json'], 2, /missing.json can't be read: no such file/],
    ['a policy with an error', ['error.json'], 1, /error {7}version/],
    ['a policy with a tag in a text', ['tag.json'], 1, /plain text, without HTML/],
    ['a language without texts', ['small.json', '--locale', 'tlh'], 2, /no texts for "tlh"/],
    ['another', ['small.json', '--locale', 'sw'], 2, /no texts for "sw"\. There are: en, fr, nl\.\n$/],
    ['a name of a language', ['small.json', '--locale', 'french'], 2, /no texts for "french"/],
    ['what every object has', ['small.json', '--locale', 'constructor'], 2, /no texts for "constructor"/],
    ['a number for a language', ['small.json', '--locale', '7'], 2, /no texts for "7"/],
    ['no language after all', ['small.json', '--locale'], 2, /--locale/],
    ['an unknown option', ['small.json', '--lang', 'fr'], 2, /--lang/],
  ] as const)('prints nothing on stdout for %s', (_, args, code, message) => {
    expect(bandeau(...args)).toEqual({ code, stdout: '', stderr: expect.stringMatching(message) });
  });
});
