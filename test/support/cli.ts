import bannerEn from '../../locales/banner/en.json';
import bannerFr from '../../locales/banner/fr.json';
import bannerNl from '../../locales/banner/nl.json';
import declarationEn from '../../locales/declaration/en.json';
import declarationFr from '../../locales/declaration/fr.json';
import declarationNl from '../../locales/declaration/nl.json';
import noticeEn from '../../locales/notice/en.json';
import noticeFr from '../../locales/notice/fr.json';
import noticeNl from '../../locales/notice/nl.json';
import placeholdersEn from '../../locales/placeholders/en.json';
import placeholdersFr from '../../locales/placeholders/fr.json';
import placeholdersNl from '../../locales/placeholders/nl.json';
import preferencesEn from '../../locales/preferences/en.json';
import preferencesFr from '../../locales/preferences/fr.json';
import preferencesNl from '../../locales/preferences/nl.json';
import regionEn from '../../locales/region/en.json';
import regionFr from '../../locales/region/fr.json';
import type { Io } from '../../src/cli/io.ts';
import { run } from '../../src/cli/run.ts';

/** The smallest policy without a problem. */
export const SMALL_POLICY = {
  version: '2025-03-01',
  controller: { name: 'Exemple SA', contact: 'info@example.org', privacyUrl: '/privacy' },
  scope: { sites: ['example.org'] },
  categories: [{ id: 'analytics' }],
  services: [
    {
      id: 'audience',
      category: 'analytics',
      vendor: { name: 'Mesure SARL' },
      purpose: 'Compte les pages lues.',
    },
  ],
};

/** Three languages, as the build puts them beside the command. */
export const TEXTS = {
  en: {
    banner: bannerEn,
    notice: noticeEn,
    preferences: preferencesEn,
    placeholders: placeholdersEn,
    declaration: declarationEn,
    region: regionEn,
  },
  fr: {
    banner: bannerFr,
    notice: noticeFr,
    preferences: preferencesFr,
    placeholders: placeholdersFr,
    declaration: declarationFr,
    region: regionFr,
  },
  nl: {
    banner: bannerNl,
    notice: noticeNl,
    preferences: preferencesNl,
    placeholders: placeholdersNl,
    declaration: declarationNl,
    region: regionEn,
  },
};
export const BUILT_TEXTS = JSON.stringify(TEXTS);

/**
 * Runs a command line over made-up files.
 * @param built text of the guard, or of the languages, as it was built, or of each file by its name; without, it was not
 * @param writeFile what happens to a file that is written
 * @param links paths that are links
 */
export function runCli(
  args: readonly string[],
  files: Readonly<Record<string, string>>,
  built?: string | Readonly<Record<string, string>>,
  writeFile: Io['writeFile'] = () => {},
  links: readonly string[] = [],
) {
  let stdout = '';
  let stderr = '';
  const read = (text: string | undefined) => {
    if (text === undefined) throw new Error('no such file');
    return text;
  };
  const code = run(['node', 'bandeau', ...args], {
    stdout: (text) => {
      stdout += text;
    },
    stderr: (text) => {
      stderr += text;
    },
    readFile: (path) => read(files[path]),
    readBuilt: (name) => read(typeof built === 'object' ? built[name] : built),
    exists: (path) => path in files,
    isLink: (path) => links.includes(path),
    writeFile,
    now: () => Date.parse('2025-10-01T08:00:00Z'),
  });
  // What was printed by the time that it is asked for: where the code is a promise, there is more to come.
  return {
    code,
    get stdout() {
      return stdout;
    },
    get stderr() {
      return stderr;
    },
  };
}
