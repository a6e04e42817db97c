/** @jsxImportSource ../lib/dom-jsx */
import { adoptStyles } from '../lib/adopt-styles.ts';
import type { DeclarationTexts, InlineProps, MountInline } from './contract.ts';
import {
  type Declaration,
  type DeclaredService,
  type DeclaredTrace,
  describeDeclaration,
} from './describe-declaration.ts';
import css from './styles/declaration.css';

/** The table of services and cookies, for the page of the cookie policy. */
export const mountInline: MountInline = (given, place) => {
  const home = place.getRootNode();
  const dropStyles = adoptStyles(css, home instanceof ShadowRoot ? home : document);
  const make = ({ policy, texts, words, locale, regionWords }: InlineProps) =>
    // A place of this kind is given these words.
    draw(describeDeclaration(policy, texts, words as DeclarationTexts, locale, regionWords));
  let root = make(given);
  const before = [...place.childNodes];
  place.replaceChildren(root);
  return {
    update(props) {
      const next = make(props);
      root.replaceWith(next);
      root = next;
    },
    stop() {
      // Where it stands, if it still does: what the page has put there since is the page's.
      root.replaceWith(...before);
      dropStyles();
    },
  };
};

// cli/declaration.ts writes the same as text.

const draw = ({ locale, direction, columns, categories, nothing, version }: Declaration) =>
  (
    <div data-bandeau-layer="declaration" lang={locale} dir={direction}>
      {categories.map(({ title, description, services }) => (
        <section>
          <h3>{title}</h3>
          {description && <p>{description}</p>}
          {services.length > 0 && (
            // Keyboards scroll what has the focus.
            <section aria-label={title} tabindex="0">
              <table aria-label={title}>
                <thead>
                  <tr>
                    {columns.map((column) => (
                      <th scope="col">{column}</th>
                    ))}
                  </tr>
                </thead>
                <tbody>{services.map((service) => drawService(service, nothing))}</tbody>
              </table>
            </section>
          )}
        </section>
      ))}
      <p>{version}</p>
    </div>
  ) as Element;

const drawService = (
  { name, vendor, link, purpose, reason, exemption, traces }: DeclaredService,
  nothing: string,
): Node[] => {
  const rows = Math.max(traces.length, 1);
  const first = [
    <th scope="row" rowspan={rows}>
      {name}
      {vendor && [<br />, <small>{vendor}</small>]}
    </th>,
    <td rowspan={rows}>
      {purpose}
      {reason && [<br />, reason]}
      {exemption && [<br />, exemption]}
      {link && [<br />, <a href={link.url}>{link.text}</a>]}
    </td>,
  ];
  if (!traces.length) {
    return [
      <tr>
        {first}
        <td colspan="2">{nothing}</td>
      </tr>,
    ];
  }
  return traces.map((trace, i) => (
    <tr>
      {i === 0 && first}
      {drawTrace(trace)}
    </tr>
  ));
};

const drawTrace = ({ name, detail, lifetime }: DeclaredTrace) => [
  <td>
    {/* A name is read as it is written, whichever way the language is. */}
    <code dir="ltr">{name}</code>
    {detail && [<br />, detail]}
  </td>,
  <td>{lifetime}</td>,
];
