import { addMonths } from '../model/lifetime.ts';
import { quote } from '../policy/problems.ts';
import { compareVersions, hashOf } from './compare-versions.ts';
import { dateOf } from './date-of.ts';
import { describeDiff } from './describe-diff.ts';
import {
  type Archive,
  ArchiveError,
  entryAfter,
  indexOf,
  readArchive,
  type Snapshot,
  takeSnapshot,
} from './history-archive.ts';
import { type ExitCode, type Io, PROBLEMS, UNUSABLE } from './io.ts';
import { readPolicyFile, reasonOf } from './read-policy-file.ts';
import { readTexts } from './read-texts.ts';
import { askedAtMost } from './visitors.ts';

export interface HistoryOptions {
  /** @default 'policy-history' */
  readonly dir?: string;
}

interface Found extends Archive {
  readonly dir: string;
  readonly current: Snapshot;
}

const write = (value: unknown) => `${JSON.stringify(value, null, 2)}\n`;

/** The policy as it would be archived, and what is archived already. */
function read(file: string, { dir: given }: HistoryOptions, io: Io): Found | ExitCode {
  // A number on the command line is read as one.
  const dir = String(given ?? '').replace(/(?<=.)\/+$/, '') || 'policy-history';
  const policy = readPolicyFile(file, io);
  if (typeof policy === 'number') return policy;
  const built = readTexts(io);
  if (typeof built === 'string') {
    io.stderr(`bandeau: ${built}\n`);
    return UNUSABLE;
  }
  try {
    return { dir, current: takeSnapshot(policy, built), ...readArchive(dir, io) };
  } catch (error) {
    if (!(error instanceof ArchiveError)) throw error;
    io.stderr(`bandeau: ${error.message}\n`);
    return PROBLEMS;
  }
}

const isSame = (one: Snapshot | undefined, other: Snapshot) =>
  one?.policyHash === other.policyHash && hashOf(one.textsHash) === hashOf(other.textsHash);

/** Says why a policy can't stand under its version; undefined where it can. */
function conflictOf({ snapshots, current }: Found): string | undefined {
  const last = snapshots.at(-1);
  const older = snapshots.filter(({ version }) => version === current.version).at(-1);
  const name = quote(current.version);
  if (!older) return undefined;
  if (older.policyHash === current.policyHash) {
    if (older.version === last?.version) return undefined;
    return `version ${name} is an older one of the history: publish it again under a version of its own.\n`;
  }
  const changes = describeDiff(compareVersions(older.policy, current.policy));
  return `the policy differs from the version ${name} of the history: give it a version of its own, and an entry in changes.\n\n${changes}`;
}

/** More than one within six months is more than a regulator takes (R44). */
function countPrompts({ snapshots, current }: Found): string | undefined {
  const policies = [...snapshots.map(({ policy }) => policy), current.policy];
  const asking = policies.filter((policy, i) => {
    const before = policies[i - 1];
    return before && askedAtMost(before, policy)[0];
  });
  const [before, latest] = asking.slice(-2).map(dateOf);
  if (asking.at(-1) !== current.policy || !before || !latest) return undefined;
  if (Date.parse(latest) >= addMonths(before, 6)) return undefined;
  return `visitors were asked again on ${before}, and are again on ${latest}: more than one question within six months wears them out (R44). Gather changes, or say in keepsBecause why answers stand.`;
}

/** Adds a published policy with its texts to the archive. */
export function addToHistory(file: string, options: HistoryOptions, io: Io): ExitCode {
  const found = read(file, options, io);
  if (typeof found === 'number') return found;
  const { dir, current, entries, snapshots } = found;
  if (isSame(snapshots.at(-1), current)) {
    io.stdout(`${file}: version ${quote(current.version)} is in ${dir} already.\n`);
    return 0;
  }
  const conflict = conflictOf(found);
  if (conflict !== undefined) {
    io.stderr(`bandeau: ${file}: ${conflict}`);
    return PROBLEMS;
  }
  const entry = entryAfter(entries, current);
  const path = `${dir}/${entry.file}`;
  for (const one of [path, indexOf(dir)]) {
    if (!io.isLink(one)) continue;
    io.stderr(`bandeau: ${one} is a link: a history is written in its own folder alone.\n`);
    return PROBLEMS;
  }
  try {
    // Left by an addition that was interrupted before it came to the index, at most.
    if (io.exists(path) && io.readFile(path) !== write(current)) {
      io.stderr(`bandeau: ${path} is there already, with something else in it.\n`);
      return PROBLEMS;
    }
    io.writeFile(path, write(current));
    io.writeFile(indexOf(dir), write([...entries, entry]));
  } catch (error) {
    io.stderr(`bandeau: ${dir} can't be written: ${reasonOf(error)}\n`);
    return UNUSABLE;
  }
  const warning = countPrompts(found);
  if (warning !== undefined) io.stderr(`bandeau: warning: ${warning}\n`);
  io.stdout(`${file}: version ${quote(current.version)} is in ${path}.\n`);
  return 0;
}

/** Fails where a policy is not the last of the archive, or the archive is not what was added. */
export function checkHistory(file: string, options: HistoryOptions, io: Io): ExitCode {
  const found = read(file, options, io);
  if (typeof found === 'number') return found;
  const { dir, current, snapshots } = found;
  const last = snapshots.at(-1);
  if (isSame(last, current)) {
    io.stdout(`${file}: version ${quote(current.version)} is the last of ${snapshots.length} in ${dir}.\n`);
    return 0;
  }
  const reason =
    last?.policyHash === current.policyHash
      ? `the texts of bandeau ${current.sdkVersion} are not in ${dir} yet. Run: npx bandeau history add ${file}\n`
      : (conflictOf(found) ?? `it is not in ${dir}. Run: npx bandeau history add ${file}\n`);
  io.stderr(`bandeau: ${file}: ${reason}`);
  return PROBLEMS;
}
