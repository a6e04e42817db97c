import { languageOf } from '../policy/language-of.ts';
import { normalizePolicy } from '../policy/normalize.ts';
import { quote } from '../policy/problems.ts';
import type { ConsentRecord } from '../types.ts';
import { ArchiveError, indexOf, readArchive, type Snapshot, takeSnapshot } from './history-archive.ts';
import { type ExitCode, type Io, PROBLEMS, UNUSABLE } from './io.ts';
import { readPolicyFile, reasonOf } from './read-policy-file.ts';
import { readRecords } from './read-records.ts';
import { readTexts, withRegion } from './read-texts.ts';

export interface VerifyOptions {
  readonly policy?: string;
  /** Folder of the archive. @default absent: the policy alone */
  readonly history?: string;
  /** Print a JSON report. @default false */
  readonly json?: boolean;
}

/** One question about a record, and its answer in words. */
export interface Finding {
  readonly about: 'record' | 'policy' | 'texts' | 'answers';
  readonly ok: boolean;
  readonly text: string;
}

/** What was found about one record; the `records` of the JSON report hold these. */
export interface RecordReport {
  readonly id: string;
  readonly time: string;
  readonly ok: boolean;
  readonly findings: readonly Finding[];
}

/** A version that a record may be of. */
interface Candidate extends Snapshot {
  /** Where it was found, in words. */
  readonly source: string;
}

/** Whether a day and a time of day are such. A date that there is not, engines may count on into the next month. */
const isTime = (text: string) => {
  const time = Date.parse(text);
  return !Number.isNaN(time) && new Date(time).toISOString().slice(0, 19) === text.slice(0, 19);
};

/** What a record says about itself that can't all be so, whatever the policy. */
function findContradictions({
  id,
  previousId,
  time,
  method,
  importedFrom,
  categories,
  services,
}: ConsentRecord): Finding {
  const answers = [...Object.values(categories), ...Object.values(services)];
  const wrong = [
    ...(isTime(time) ? [] : ['its time is none']),
    ...(previousId === id ? ['it replaces itself'] : []),
    ...(method === 'import' && importedFrom === null ? ['it was imported from nothing'] : []),
    ...(method === 'accept-all' && answers.includes('denied') ? ['it accepts all, and denies'] : []),
    ...(method === 'reject-all' && answers.includes('granted') ? ['it rejects all, and grants'] : []),
  ];
  return {
    about: 'record',
    ok: wrong.length === 0,
    text: wrong.length === 0 ? 'nothing in it contradicts the rest.' : `${wrong.join('; ')}.`,
  };
}

function findPolicy({ policyHash, policyVersion }: ConsentRecord, known: readonly Candidate[]): Finding {
  const [match] = known.filter((one) => one.policyHash === policyHash);
  const namesake = known.find(({ version }) => version === policyVersion);
  const about = 'policy';
  if (!match) {
    const text = namesake
      ? `${namesake.source} is version ${quote(policyVersion)} too, but its hash is another: it is not what the visitor decided on.`
      : `no policy here is version ${quote(policyVersion)}, nor has the hash of the record.`;
    return { about, ok: false, text };
  }
  return match.version === policyVersion
    ? {
        about,
        ok: true,
        text: `${match.source} has the hash of the record: version ${quote(policyVersion)}.`,
      }
    : {
        about,
        ok: false,
        text: `${match.source} has the hash of the record, but is version ${quote(match.version)}, not ${quote(policyVersion)}.`,
      };
}

function findTexts({ layer, locale, textsHash }: ConsentRecord, matches: readonly Candidate[]): Finding {
  const about = 'texts';
  if (layer === null || locale === null || textsHash === null) {
    return layer === null && locale === null && textsHash === null
      ? { about, ok: true, text: 'no layer asked: the page itself made the decision.' }
      : { about, ok: false, text: 'layer, locale and textsHash belong together: some are null.' };
  }
  const shown = `the layer ${layer} in ${locale}`;
  if (!matches[0]) return { about, ok: false, text: `without its policy ${shown} can't be compared.` };
  const folder = layer === 'inline' ? 'preferences' : layer;
  const tags = [locale, locale.slice(0, 2), languageOf(locale)];
  const hashes = matches.flatMap(({ textsHash: byLocale, source }) => {
    const tag = tags.find((one) => Object.hasOwn(byLocale, one)) ?? languageOf(locale);
    return [folder, withRegion(folder)].map((one) => ({ source, hash: byLocale[tag]?.[one] }));
  });
  const same = hashes.find(({ hash }) => hash === textsHash);
  if (same) return { about, ok: true, text: `${shown} has the texts of ${same.source}.` };
  return {
    about,
    ok: false,
    text: hashes.some(({ hash }) => hash !== undefined)
      ? `${shown} had other texts than these: they are of another version of bandeau, say.`
      : `there are no texts for ${shown}.`,
  };
}

function findAnswers({ categories, services }: ConsentRecord, [match]: readonly Candidate[]): Finding {
  const about = 'answers';
  if (!match) return { about, ok: false, text: "without its policy the answers can't be compared." };
  const { optional, units } = normalizePolicy(match.policy);
  const given = new Map([...Object.entries(categories), ...Object.entries(services)]);
  const unitIds = units.flatMap(({ id, category }) => (id === category ? [] : id));
  const categoryIds = optional.map(({ id }) => id);
  const list = (ids: readonly string[]) => ids.map(quote).join(', ');
  const unknown = [
    ...Object.keys(categories).filter((id) => !categoryIds.includes(id)),
    ...Object.keys(services).filter((id) => !unitIds.includes(id)),
  ];
  const missing = [
    ...categoryIds.filter((id) => !Object.hasOwn(categories, id)),
    ...unitIds.filter((id) => !Object.hasOwn(services, id)),
  ];
  // A category is granted where everything in it is, and only there.
  const unlike = categoryIds.filter((id) => {
    const own = units.flatMap((one) => (one.category === id ? (given.get(one.id) ?? []) : []));
    return own[0] && given.has(id) && (given.get(id) === 'granted') === own.includes('denied');
  });
  const wrong = [
    ...(unknown[0] === undefined ? [] : [`this policy asks nothing about ${list(unknown)}`]),
    ...(missing[0] === undefined ? [] : [`there is no answer about ${list(missing)}`]),
    ...(unlike[0] === undefined ? [] : [`the services of ${list(unlike)} have another answer than it has`]),
  ];
  return wrong[0] === undefined
    ? { about, ok: true, text: 'each answer is about something that this policy asks, and none is missing.' }
    : { about, ok: false, text: `${wrong.join('; ')}.` };
}

function examine(record: ConsentRecord, known: readonly Candidate[]): RecordReport {
  const matches = known.filter(({ policyHash }) => policyHash === record.policyHash);
  const findings = [
    findContradictions(record),
    findPolicy(record, known),
    findTexts(record, matches),
    findAnswers(record, matches),
  ];
  return { id: record.id, time: record.time, ok: findings.every(({ ok }) => ok), findings };
}

const describe = ({ id, time, findings }: RecordReport) =>
  [
    `record ${id} of ${quote(time).slice(1, -1)}\n`,
    ...findings.map(({ about, ok, text }) => `  ${ok ? 'ok   ' : 'WRONG'}  ${about.padEnd(7)}  ${text}\n`),
  ].join('');

/** Says whether records are of a policy and of the texts that it is shown with. */
export function verify(file: string, { policy: policyFile, history, json }: VerifyOptions, io: Io): ExitCode {
  const refuse = (message: string): ExitCode => {
    io.stderr(`bandeau: ${message}\n`);
    return UNUSABLE;
  };
  let text: string;
  try {
    text = io.readFile(file);
  } catch (error) {
    return refuse(`${file} can't be read: ${reasonOf(error)}`);
  }
  const records = readRecords(text);
  if (typeof records === 'string') return refuse(`${file} is no record of decisions: ${records}.`);

  const known: Candidate[] = [];
  if (policyFile !== undefined) {
    const path = String(policyFile);
    const policy = readPolicyFile(path, io);
    if (typeof policy === 'number') return UNUSABLE;
    const built = readTexts(io);
    if (typeof built === 'string') return refuse(built);
    known.push({ ...takeSnapshot(policy, built), source: path });
  }
  if (history !== undefined) {
    const dir = String(history);
    try {
      if (!io.exists(indexOf(dir))) return refuse(`there is no history in ${dir}.`);
      const { snapshots } = readArchive(dir, io);
      known.push(
        ...snapshots.map((one) => ({ ...one, source: `version ${quote(one.version)} of ${dir}` })).reverse(),
      );
    } catch (error) {
      if (!(error instanceof ArchiveError)) throw error;
      return refuse(error.message);
    }
  }

  const reports = records.map((record) => examine(record, known));
  const ok = reports.every((report) => report.ok);
  io.stdout(
    json
      ? `${JSON.stringify({ schemaVersion: 1, ok, records: reports }, null, 2)}\n`
      : reports.map(describe).join('\n'),
  );
  return ok ? 0 : PROBLEMS;
}
