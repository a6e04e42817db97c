import { version as sdkVersion } from '../../package.json';
import { findDoubledKey } from '../policy/doubled-key.ts';
import { normalizePolicy } from '../policy/normalize.ts';
import { quote } from '../policy/problems.ts';
import { isObject, snapshot } from '../policy/snapshot.ts';
import type { Policy } from '../types.ts';
import { hashOf } from './compare-versions.ts';
import { dateOf } from './date-of.ts';
import type { Io } from './io.ts';
import { reasonOf } from './read-policy-file.ts';
import { type BuiltTexts, localesOf, type PolicyTexts, shownByLayer, textsIn } from './read-texts.ts';

/** One published version, as its file holds it. */
export interface Snapshot {
  readonly schemaVersion: 1;
  readonly version: string;
  /** Of bandeau, whose texts these are. */
  readonly sdkVersion: string;
  readonly policyHash: string;
  /** By locale and layer: what a record of a decision there has as its `textsHash`. */
  readonly textsHash: Readonly<Record<string, Readonly<Record<string, string>>>>;
  readonly policy: Policy;
  /** By locale: every text of the layers that ask. */
  readonly texts: Readonly<Record<string, PolicyTexts>>;
}

/** One line of the index. */
export interface Entry {
  readonly version: string;
  /** As the policy says it itself; null where it does not. */
  readonly date: string | null;
  readonly policyHash: string;
  /** Beside the index. */
  readonly file: string;
  /** Of what the file says, in canonical form: spaces and line ends may differ. */
  readonly fileHash: string;
  /** Of the entry above in canonical form, so that none can be changed unnoticed; null for the first. */
  readonly previousHash: string | null;
}

/** A history that was read and found whole. */
export interface Archive {
  readonly entries: readonly Entry[];
  readonly snapshots: readonly Snapshot[];
}

/** Something that can't be gone on with, in words. */
export class ArchiveError extends Error {
  override readonly name = 'ArchiveError';
}

/** What a version is shown with, in every language, as its file will hold it. */
export function takeSnapshot(policy: Policy, built: BuiltTexts): Snapshot {
  const texts = Object.fromEntries(
    localesOf(built, policy).flatMap((locale) => {
      const own = textsIn(built, policy, locale);
      return own ? [[locale, own] as const] : [];
    }),
  );
  return {
    schemaVersion: 1,
    version: policy.version,
    sdkVersion,
    policyHash: hashOf(policy),
    textsHash: Object.fromEntries(
      Object.entries(texts).map(([locale, own]) => [
        locale,
        Object.fromEntries(shownByLayer(own).map(([layer, shown]) => [layer, hashOf(shown)])),
      ]),
    ),
    policy,
    texts,
  };
}

/** A name that every file system takes, another for each version, also where letters have no case. */
export function fileNameOf(version: string, count: number): string {
  const isSafe =
    /^[a-z\d][a-z\d._-]*$/.test(version) && !/^(?:index|con|nul|prn|aux|com\d|lpt\d)\b/.test(version);
  const name = version.toLowerCase().replace(/[^a-z\d._-]+/g, '-');
  return `${isSafe ? version : `v-${name}-${hashOf(version).slice(0, 8)}`}${count > 1 ? `~${count}` : ''}.json`;
}

/** The entry that follows those that there are. */
export function entryAfter(entries: readonly Entry[], snapshot: Snapshot): Entry {
  const last = entries.at(-1);
  const count = 1 + entries.filter(({ version }) => version === snapshot.version).length;
  return {
    version: snapshot.version,
    date: dateOf(snapshot.policy) ?? null,
    policyHash: snapshot.policyHash,
    file: fileNameOf(snapshot.version, count),
    fileHash: hashOf(snapshot),
    previousHash: last ? hashOf(last) : null,
  };
}

export const indexOf = (dir: string): string => `${dir}/index.json`;

/** What a file of the archive holds, whole and unchanged. */
function readSnapshot(dir: string, { version, policyHash, file, fileHash }: Entry, io: Io): Snapshot {
  const path = `${dir}/${file}`;
  const found: Snapshot = parse(path, io);
  if (hashOf(found) !== fileHash) throw new ArchiveError(`${path} is not what was added: its hash differs.`);
  if (found?.version !== version || found.policyHash !== policyHash || hashOf(found.policy) !== policyHash) {
    throw new ArchiveError(`${path} does not hold the policy that the index names.`);
  }
  try {
    normalizePolicy(found.policy);
  } catch {
    throw new ArchiveError(`${path} holds no usable policy.`);
  }
  return found;
}

function parse(path: string, io: Io) {
  let text: string;
  try {
    text = io.readFile(path);
  } catch (error) {
    throw new ArchiveError(`${path} can't be read: ${reasonOf(error)}`);
  }
  let value: ReturnType<typeof JSON.parse>;
  try {
    value = JSON.parse(text.replace(/^\ufeff/, ''));
  } catch {
    throw new ArchiveError(`${path} is not JSON.`);
  }
  // Hashes are of what is read, and would not tell what a person may see in its stead.
  const doubled = findDoubledKey(text);
  if (doubled) throw new ArchiveError(`${path} has ${quote(doubled.key)} twice in the same place.`);
  return value;
}

const KEYS = ['version', 'policyHash', 'file', 'fileHash'];

/**
 * Reads a history, and follows its chain from the first version to the last.
 * @returns an empty one where there is no index yet
 * @throws {ArchiveError} where a part is missing or is not what was added
 */
export function readArchive(dir: string, io: Io): Archive {
  const path = indexOf(dir);
  if (!io.exists(path)) return { entries: [], snapshots: [] };
  const index: unknown = parse(path, io);
  const tree = snapshot(index);
  if (
    !Array.isArray(tree) ||
    !tree.every((one) => isObject(one) && KEYS.every((key) => typeof one[key] === 'string'))
  ) {
    throw new ArchiveError(`${path} is no list of versions.`);
  }
  const entries = index as readonly Entry[];
  entries.forEach((entry, i) => {
    const before = entries[i - 1];
    if (!/^[\w.~-]+$/.test(entry.file))
      throw new ArchiveError(`${path}: no file beside it: ${quote(entry.file)}`);
    if (entry.previousHash === (before ? hashOf(before) : null)) return;
    throw new ArchiveError(
      before
        ? `${path}: the entry of ${quote(before.version)} is not what was added.`
        : `${path}: what stood above ${quote(entry.version)} is gone.`,
    );
  });
  return { entries, snapshots: entries.map((entry) => readSnapshot(dir, entry, io)) };
}
