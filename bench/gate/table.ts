import { type GateCase, GROUPS } from '../../test/gate/case.ts';

export interface Result {
  readonly name: string;
  readonly version: string;
  /** Cases about the element of a script say nothing about it. */
  readonly declares: boolean;
  /** What went wrong first, by the id of the case. */
  readonly failures: ReadonlyMap<string, string>;
}

/** `docs/gate-peers.md`. */
export function peersTable(cases: readonly GateCase[], results: readonly Result[], date: Date): string {
  const row = (cells: readonly string[]) =>
    `| ${cells.map((text) => text.replaceAll('|', '\\|')).join(' | ')} |`;
  const table = (head: string[], rows: string[][]) =>
    [head, head.map((_, index) => (index ? ':-:' : '---')), ...rows].map(row).join('\n');
  const passed = ({ failures, declares }: Result, among: readonly GateCase[]) => {
    const fitting = among.filter(({ element }) => !(element && declares));
    return `${fitting.filter(({ id }) => !failures.has(id)).length} of ${fitting.length}`;
  };

  const sums = GROUPS.flatMap((group) => {
    const among = cases.filter((one) => one.group === group);
    return among.length ? [[group, ...results.map((result) => passed(result, among))]] : [];
  });
  const failed = results
    .filter(({ failures }) => failures.size)
    .map(({ name, failures }) => {
      const rows = cases
        .filter(({ id }) => failures.has(id))
        .map(({ id, title }) => [title, failures.get(id) ?? '']);
      return `### ${name}\n\n${table(['Case', 'First thing that differed'], rows).replaceAll(':-:', '---')}`;
    });

  return `# The same pages with other libraries

Written by \`npm run bench:gate\` on ${date.toISOString().slice(0, 10)}, in Chromium. Don't edit it.

The pages of [gate.md](gate.md), each with every library: what is held is marked or declared as that library's
documentation says, and its own calls accept, refuse and take back (bench/peers/, where each adapter names the pages
of the documentation that it follows). A case is passed when every phase shows what it should: before a choice, after a yes, after taking it
back, after a no, after reloads, on a second page. Left out are the cases about marks and methods that only bandeau
has, and those that no script in a page can pass; for libraries that have scripts declared instead of marked, also those
about the element of a script. What had run before a withdrawal is not compared, as
some libraries reload the page then.

${table(
  ['', ...results.map(({ name, version }) => `${name} ${version}`)],
  [['**All**', ...results.map((result) => `**${passed(result, cases)}**`)], ...sums],
)}

A library that does not try to hold a kind of element (yett and vanilla-cookieconsent hold scripts only) fails its cases:
the table says what a site gets, not how well a promise is kept.

## What failed

${failed.join('\n\n')}
`;
}
