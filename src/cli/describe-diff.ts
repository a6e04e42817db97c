import type { Detail } from '../policy/compare-details.ts';
import type { PolicyDifference, ServiceDifference } from '../policy/compare-outlines.ts';
import { quote } from '../policy/problems.ts';
import type { VersionDiff } from './compare-versions.ts';
import type { Outcome } from './visitors.ts';

const code = (ids: readonly string[]) => ids.map((id) => `\`${id}\``).join(', ');
const quoted = (texts: readonly string[]) => texts.map(quote).join(', ');
const days = (count: number) => `${count} ${count === 1 ? 'day' : 'days'}`;

const describeMore = ({ id, vendor, category, hosts, stores, longer }: ServiceDifference) => {
  const parts = [
    vendor !== null && `belongs to ${quote(vendor)} now`,
    category !== null && `is in \`${category}\` now`,
    !!hosts[0] && `contacts ${quoted(hosts)}`,
    !!stores[0] && `stores ${quoted(stores)}`,
    !!longer[0] &&
      `keeps ${longer.map((one) => `${quote(one.name)} for ${days(one.lifetimeDays)}`).join(', ')}`,
  ];
  return `\`${id}\` ${parts.filter((part) => part !== false).join('; ')}.`;
};

const describeMaterial = ({ added, modified, sites, controllers, isWider }: PolicyDifference) => [
  ...added.map(({ id, category, vendor }) =>
    vendor ? `\`${id}\` is new, in \`${category}\`, of ${quote(vendor)}.` : `\`${id}\` is a new category.`,
  ),
  ...modified.map(describeMore),
  ...sites.map((site) => `The choice covers the site ${quote(site)} too.`),
  ...controllers.map((name) => `${quote(name)} is a new controller.`),
  ...(isWider ? ['The choice is shared with more sites, or kept for longer, than it was.'] : []),
];

const VERBS: Readonly<Record<Detail['kind'], string>> = {
  text: 'other words',
  order: 'another order',
  less: 'asks for no more',
  required: "can't be refused",
  setting: 'setting',
};

const describeDetail = ({ kind, where, before, after }: Detail) => {
  const what = before === null ? 'added' : after === null ? 'removed' : 'changed';
  return `${quote(where).slice(1, -1)} ${kind === 'order' ? 'sorted' : what} (${VERBS[kind]}).`;
};

const describeOutcome = ({ accepted, sees, asked, granted, askedByCookieAlone }: Outcome, all: number) => {
  const who =
    accepted.length === 0
      ? 'Who refused everything'
      : accepted.length === all
        ? 'Who accepted everything'
        : `Who accepted ${code(accepted)} alone`;
  const more = askedByCookieAlone.filter((id) => !asked.includes(id));
  const meets = {
    changed: `is asked about ${code(asked)}`,
    first: `is asked about everything, as at a first visit: ${code(asked)}`,
    informed: 'is told once, and asked nothing',
    nothing: 'sees nothing new',
  }[sees];
  return [
    `${who} ${meets}.`,
    granted[0] && ` Still granted: ${code(granted)}.`,
    more[0] && ` Where the browser has kept the cookie alone, about ${code(more)} too.`,
  ]
    .filter(Boolean)
    .join('');
};

/** The comparison as Markdown, for a terminal or a pull request. */
export function describeDiff({ from, to, material, minor, visitors, changes, notes }: VersionDiff): string {
  const everything = Math.max(...visitors.map(({ accepted }) => accepted.length));
  const reason = changes.keepsBecause;
  const sections: [string, readonly string[]][] = [
    ['Asks for more', describeMaterial(material)],
    ['Is gone', material.removed.map(({ id }) => `\`${id}\``)],
    ['Asks for nothing more', minor.map(describeDetail)],
    ['Who is asked', visitors.map((outcome) => describeOutcome(outcome, everything))],
    [
      'Why answers are kept',
      reason === null ? [] : (typeof reason === 'string' ? [reason] : Object.values(reason)).map(quote),
    ],
    ['Look at', notes],
  ];
  const written = sections
    .filter(([, lines]) => lines.length > 0)
    .map(([title, lines]) => `\n## ${title}\n\n${lines.map((line) => `- ${line}\n`).join('')}`);
  return `# Policy ${quote(from.version)} to ${quote(to.version)}\n${written.join('')}`;
}
