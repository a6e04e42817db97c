import { countProblems, describeProblem } from './policy/describe-problem.ts';
import type { Problem } from './policy/problems.ts';
import { asksFirst } from './policy/regime.ts';
import { validatePolicy } from './policy/validate.ts';
import type { Appearance, Consent, ConsentOptions, GateEntry, Policy } from './types.ts';

/** `services[2]` of `services[2].cookies[0].name`: what the integrator will have open in the editor. */
const part = ({ where }: Problem) => /^[^.[]+(?:\[\d+\])?/.exec(where)?.[0] ?? where;

function grouped(problems: readonly Problem[]): string {
  const groups = new Map<string, Problem[]>();
  for (const problem of problems) {
    const group = groups.get(part(problem)) ?? [];
    groups.set(part(problem), [...group, problem]);
  }
  return [...groups.values()].flat().map(describeProblem).join('\n\n');
}

/**
 * Prints every problem of a policy in words: all errors in one message, all warnings in another, each
 * sorted by the part of the policy that they are about. Silent when there is none. For development only.
 * @param log normally `console`
 * @returns what was printed
 */
export function reportProblems(policy: unknown, log: Pick<Console, 'error' | 'warn' | 'info'>): Problem[] {
  const problems = validatePolicy(policy);
  const errors = problems.filter(({ level }) => level === 'error');
  const warnings = problems.filter(({ level }) => level === 'warning');
  if (errors.length > 0) log.error(`bandeau: ${countProblems(errors)} in the policy\n\n${grouped(errors)}`);
  if (warnings.length > 0)
    log.warn(`bandeau: ${countProblems(warnings)} in the policy\n\n${grouped(warnings)}`);
  if (problems.length > 0)
    log.info('bandeau: the same check runs in a build with `npx bandeau check policy.json`.');
  return problems;
}

/** With what each option of the appearance may be. */
const APPEARANCE: Readonly<Record<keyof Appearance, readonly unknown[]>> = {
  layout: ['box', 'bar', 'center'],
  position: ['bottom', 'top', 'start', 'end', 'bottom start', 'bottom end', 'top start', 'top end'],
  modal: [true, false],
  button: [true, false],
};
const OPTIONS: readonly (keyof ConsentOptions)[] = [
  'policy',
  'callbacks',
  'onWithdraw',
  'shield',
  'locale',
  'appearance',
  'report',
  'importers',
  'account',
  'sisterSites',
  'region',
  'signals',
  'asks',
  'debug',
  'environment',
];

/** Prints each option that nothing reads, and each value that means nothing or less than it seems to. */
export function reportOptions(options: object, log: Pick<Console, 'warn'>): void {
  const warn = (where: string, got: unknown, expected: readonly unknown[]) =>
    log.warn(`bandeau: ${where}: got ${JSON.stringify(got)}, expected one of ${JSON.stringify(expected)}`);
  for (const key of Object.keys(options)) {
    if (!OPTIONS.some((known) => known === key)) warn('options', key, OPTIONS);
  }
  const { appearance = {}, region } = options as { appearance?: object; region?: unknown };
  // Absent, it is the policy's.
  if (region !== undefined && region !== null && !/^[a-z]{2}(-[a-z\d]{1,3})?$/i.test(`${region}`)) {
    const read = asksFirst(`${region}`) ? 'eu' : 'us';
    log.warn(
      `bandeau: options.region: got ${JSON.stringify(region)}, read as "${read}"; expected a code of ISO 3166, such as "fr" or "us-ca"`,
    );
  }
  for (const [key, value] of Object.entries(appearance)) {
    const known = new Map<string, readonly unknown[]>(Object.entries(APPEARANCE)).get(key);
    if (!known) warn('options.appearance', key, Object.keys(APPEARANCE));
    else if (value !== undefined && !known.includes(value)) warn(`options.appearance.${key}`, value, known);
  }
}

/** What an integrator looks for: `<script> https://…`, or the name of a cookie or key. */
function describe({ element, kind, name }: GateEntry): string {
  if (!element) return [kind, name].filter(Boolean).join(' ');
  const address = ['src', 'data-src', 'href', 'data-href', 'srcset', 'data-srcset', 'data']
    .map((attribute) => element.getAttribute(attribute))
    .find(Boolean);
  return `<${element.localName}> ${address ?? name ?? (element.id && `#${element.id}`) ?? ''}`.trim();
}

/** The rows of a report, for `console.table`. */
export const gateTable = (report: readonly GateEntry[]) =>
  report.map((entry) => ({
    action: entry.action,
    service: entry.service,
    what: describe(entry),
    reason: entry.reason ?? '',
  }));

/** Not held: a held one is of type text/plain. */
const GOOGLE_TAGS = ['gtag/js', 'gtm.js']
  .map((path) => `script[src*="googletagmanager.com/${path}"]:not([type="text/plain"])`)
  .join();

/**
 * Prints each tag of Google that has loaded although nobody has chosen yet, where the policy's signal expects it to be
 * held. Once, when the page is complete. For development only.
 * @returns its stop
 */
export function reportGoogleTags(
  handle: Pick<Consent, 'report' | 'receipt' | 'regime'>,
  policy: Policy,
  log: Pick<Console, 'warn'>,
): () => void {
  const look = () => {
    if (handle.receipt || handle.regime !== 'opt-in') return;
    const released = handle.report().flatMap(({ element }) => element ?? []);
    // The usual snippet is an inline script that inserts the tag.
    if (released.some(({ textContent }) => textContent?.includes('googletagmanager.com'))) return;
    for (const tag of document.querySelectorAll(GOOGLE_TAGS)) {
      if (released.includes(tag)) continue;
      log.warn(
        `bandeau: ${tag.getAttribute('src')} loads before the choice, and the signal "google" is not advanced: hold it by type="text/plain" and data-category`,
      );
    }
  };
  const isExpectedHeld = policy.signals?.some((one) =>
    typeof one === 'string' ? one === 'google' : one.name === 'google' && one['advanced'] !== true,
  );
  if (isExpectedHeld && document.readyState === 'complete') look();
  else if (isExpectedHeld) addEventListener('load', look, { once: true });
  return () => removeEventListener('load', look);
}

/** Quiet for so long, in milliseconds, before the next table: one for each burst. */
const PAUSE_MS = 300;

/**
 * Prints what the gate has done as a table, and goes on with what it does; and tags of Google that it should hold. For
 * development only.
 * @returns its stop
 */
export function printGate(
  handle: Pick<Consent, 'report' | 'receipt' | 'regime'>,
  log: Pick<Console, 'table' | 'info' | 'warn'>,
  policy: Policy,
): () => void {
  const stop = reportGoogleTags(handle, policy, log);
  let printed = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const print = () => {
    const report = handle.report();
    const rows = gateTable(report.slice(printed));
    printed = report.length;
    if (rows.length === 0) return;
    log.info('bandeau: what the gate did');
    log.table(rows);
  };
  const later = () => {
    clearTimeout(timer);
    timer = setTimeout(print, PAUSE_MS);
  };
  later();
  document.addEventListener('bandeau:gate', later);
  return () => {
    stop();
    clearTimeout(timer);
    document.removeEventListener('bandeau:gate', later);
  };
}
