import type { NormalizedPolicy } from '../../policy/normalize.ts';
import { escapeAttribute as html } from '../escape-attribute.ts';

/** How the page of the site looks, as far as the layers take it over. */
export interface PageLook {
  readonly style: string;
  readonly layout: string;
  readonly position: string;
}

/** An address that holds nothing from elsewhere, for services that name no single host. */
const HERE = '/embed';

/** Optional services that contact somebody: what an embed can come from. */
export const embeddable = (policy: NormalizedPolicy) =>
  policy.services.filter(({ id, hosts = [] }) => hosts.length > 0 && !policy.isRequired(id));

const embed = ({ id, hosts = [] }: ReturnType<typeof embeddable>[number]) => {
  const host = hosts.find((one) => !one.includes('*'));
  const address = host === undefined ? HERE : `https://${host}`;
  return `<iframe title="${html(id)}" data-service="${html(id)}" data-src="${html(address)}"></iframe>`;
};

/** A page with nothing on it but what the SDK puts there. */
export function barePage(
  policy: NormalizedPolicy,
  locale: string,
  { style, layout, position }: PageLook,
  { policyUrl, hasEmbeds }: { readonly policyUrl: string; readonly hasEmbeds: boolean },
): string {
  const data = Object.entries({ policy: policyUrl, layout, position })
    .filter(([, value]) => value)
    .map(([name, value]) => ` data-${name}="${html(value)}"`);
  return `<!doctype html>
<html lang="${html(locale)}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${html(policy.controller.name)}</title>
<link rel="icon" href="data:,">
<style>body{display:grid;grid-template-columns:minmax(0,40rem);gap:1rem;font:1rem/1.5 system-ui,sans-serif}iframe{width:100%;height:20rem;border:0}</style>
${style && '<link rel="stylesheet" href="/style.css">'}
<script src="/bandeau/bandeau.js"${data.join('')}></script>
</head>
<body>${hasEmbeds ? embeddable(policy).map(embed).join('\n') : ''}</body>
</html>
`;
}
