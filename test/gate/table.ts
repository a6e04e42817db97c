import { ENGINES, type EngineName } from '../support/engines.ts';
import { type GateCase, GROUPS } from './case.ts';

/** How a case ended in one engine. */
export type Ending = 'passed' | 'failed' | 'not run';
export type Endings = ReadonlyMap<string, Readonly<Partial<Record<EngineName, Ending>>>>;

const NAMES: Record<EngineName, string> = { chromium: 'Chromium', firefox: 'Firefox', webkit: 'WebKit' };

/** The command that writes the file anew, as the file says it. */
const COMMAND = 'npx vitest run --project browser test/browser/gate-cases.test.ts -u';

/** `docs/gate.md`: what was seen, engine by engine. */
export function gateTable(cases: readonly GateCase[], endings: Endings): string {
  const possible = cases.filter(({ impossible }) => !impossible);
  const sections = GROUPS.map((group) => {
    const rows = cases.filter((one) => one.group === group);
    return `## ${group}\n\n${rowsTable(rows, endings)}`;
  });
  return `# What is held, and what can't be

Written by the tests: \`${COMMAND}\`. Don't edit it.

${cases.length} pages, each against a second origin that logs every request and sets cookies, in real browsers: ${possible.length} that
the gate holds and releases, ${cases.length - possible.length} that no script in a page can hold, with the reason and what to do instead. Each page
is first opened without the library and without marks, to show that the log sees what it does; then before a choice,
after a yes, after taking it back, after that and a reload, after a no, after that and a reload, and on a second page.

- **✓** Nothing reached the tracker, ran or was stored, except between the yes and its withdrawal, when exactly
  what the row says did, as often and in the order in which it should.
- **✗** It acts before any choice (or on after a withdrawal), whatever a script in the page does.
- **–** The engine does not have it.

The marks that the pages use are those of the [README](../README.md#what-is-held-and-how-it-is-released).

${sections.join('\n\n')}
`;
}

function rowsTable(rows: readonly GateCase[], endings: Endings): string {
  const isImpossible = rows.some(({ impossible }) => impossible);
  const hasReasons = isImpossible || rows.some(({ not }) => not);
  const head = [
    'Case',
    ...ENGINES.map((name) => NAMES[name]),
    ...(hasReasons ? ['Why, and what to do'] : []),
  ];
  const lines = rows.map((one) => [
    one.title,
    ...ENGINES.map((name) => cell(one, name, endings.get(one.id)?.[name] ?? 'not run')),
    ...(hasReasons ? [reasons(one)] : []),
  ]);
  return [head, head.map((_, index) => (index && index < 4 ? ':-:' : '---')), ...lines]
    .map((cells) => `| ${cells.map((text) => text.replaceAll('|', '\\|')).join(' | ')} |`)
    .join('\n');
}

function cell({ impossible, not }: GateCase, engine: EngineName, ending: Ending): string {
  if (not?.[engine]) return '–';
  if (ending !== 'passed') return ending;
  return impossible ? '✗' : '✓';
}

function reasons({ impossible, not = {} }: GateCase): string {
  const missing = ENGINES.filter((name) => not[name]).map((name) => `${NAMES[name]} ${not[name]}.`);
  return [impossible && impossible[0]?.toUpperCase() + impossible.slice(1), ...missing]
    .filter(Boolean)
    .join(' ');
}
