/** Ids of this policy, of a category or a service, by what the other tool's markup says. */
export interface MarkupMap {
  /** By `data-cookieconsent`: `{ statistics: 'analytics' }`. */
  readonly cookiebot?: Readonly<Record<string, string>>;
  /** By `data-name`: `{ matomo: 'matomo' }`. */
  readonly klaro?: Readonly<Record<string, string>>;
  /** By the groups of the class `optanon-category-…`: `{ C0002: 'analytics' }`. */
  readonly oneTrust?: Readonly<Record<string, string>>;
}

const OPTANON = 'optanon-category-';

/** A name in the other tool's mark, and what it stands for. */
export interface Mark {
  readonly name: string;
  /** Undefined where the map does not know it. */
  readonly id: string | undefined;
}

/**
 * What an element needs, all of it; nothing where no tool of the map has marked it.
 * Source: https://www.cookiebot.com/en/manual-implementation/ (`data-cookieconsent`, `data-cookieblock-src`),
 * https://github.com/klaro-org/klaro-js (`data-name`), https://my.onetrust.com (`optanon-category-`, groups joined by `-`)
 */
export function findMarks(element: Element, { cookiebot, klaro, oneTrust }: MarkupMap): readonly Mark[] {
  const lookUp = (map: Readonly<Record<string, string>> | undefined, names: readonly string[]): Mark[] =>
    map ? names.map((name) => ({ name, id: Object.hasOwn(map, name) ? map[name] : undefined })) : [];
  const listed =
    element
      .getAttribute('data-cookieconsent')
      ?.toLowerCase()
      .split(/[,\s]+/) ?? [];
  const name = element.getAttribute('data-name');
  const groups = [...element.classList].filter((one) => one.startsWith(OPTANON));
  return [
    ...lookUp(cookiebot, listed),
    ...lookUp(klaro, name === null ? [] : [name]),
    ...lookUp(
      oneTrust,
      groups.flatMap((one) => one.slice(OPTANON.length).split('-')),
    ),
  ];
}
