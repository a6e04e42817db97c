import type { Declaration, DeclaredService, DeclaredTrace } from '../ui/describe-declaration.ts';
import { escapeAttribute as html } from './escape-attribute.ts';

const lines = (parts: readonly string[]): string => parts.filter(Boolean).join('\n');

/** A declaration as HTML, line by line; what ui/declaration.tsx draws on a page. */
export function writeDeclaration(declaration: Declaration): string {
  const { locale, direction, columns, categories, nothing, version } = declaration;
  const heads = columns.map((column) => `<th scope="col">${html(column)}</th>`).join('');
  const sections = categories.map(({ title, description, services }) => {
    const name = html(title);
    const table = [
      `<section aria-label="${name}" tabindex="0">`,
      `<table aria-label="${name}">`,
      `<thead><tr>${heads}</tr></thead>`,
      '<tbody>',
      ...services.flatMap((service) => writeService(service, nothing)),
      '</tbody></table></section>',
    ];
    return lines([
      '<section>',
      `<h3>${name}</h3>`,
      description && `<p>${html(description)}</p>`,
      ...(services.length > 0 ? table : []),
      '</section>',
    ]);
  });
  return `${lines([
    `<div data-bandeau-layer="declaration" lang="${html(locale)}" dir="${html(direction)}">`,
    ...sections,
    `<p>${html(version)}</p>`,
    '</div>',
  ])}\n`;
}

/** Its rows. */
const writeService = (service: DeclaredService, nothing: string): string[] => {
  const { name, vendor, link, purpose, reason, exemption, traces } = service;
  const rows = Math.max(traces.length, 1);
  const company = vendor && `<br><small>${html(vendor)}</small>`;
  const privacy = link ? `<br><a href="${html(link.url)}">${html(link.text)}</a>` : '';
  const more = [reason, exemption].map((text) => text && `<br>${html(text)}`).join('');
  const first = [
    `<th scope="row" rowspan="${rows}">${html(name)}${company}</th>`,
    `<td rowspan="${rows}">${html(purpose)}${more}${privacy}</td>`,
  ].join('');
  if (!traces.length) return [`<tr>${first}<td colspan="2">${html(nothing)}</td></tr>`];
  return traces.map((trace, i) => `<tr>${i === 0 ? first : ''}${writeTrace(trace)}</tr>`);
};

const writeTrace = ({ name, detail, lifetime }: DeclaredTrace): string =>
  `<td><code dir="ltr">${html(name)}</code>${detail && `<br>${html(detail)}`}</td><td>${html(lifetime)}</td>`;
