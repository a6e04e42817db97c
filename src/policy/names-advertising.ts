/** Words for it in English, French, Dutch, German, Spanish and Italian, without accents. */
const WORDS =
  /\b(?:ads|advert\w*|ad (?:network|partner|tech|campaign)\w*|pubs?|publicit\w*|annonces|annonceurs?|reclames?|advertenties?|adverteerders?|\w*werbung|werbe\w*|publicidad|publicitari[oa]s?|anuncios?|anunciantes?|pubblicit\w*|annunci|inserzion\w*)\b/;

/** True when a text says that something is for advertising. "Marketing" does not: it may be anything. */
export const namesAdvertising = (text: string): boolean =>
  WORDS.test(text.slice(0, 2000).normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase());

/** True when the site's own title or description of a category says so: our own texts of the built-in ones never do. */
export const namesAdvertisingIn = (category: {
  readonly title?: unknown;
  readonly description?: unknown;
}): boolean =>
  [category.title, category.description].some((text) =>
    (typeof text === 'object' && text ? Object.values(text) : [text]).some(
      (one) => typeof one === 'string' && namesAdvertising(one),
    ),
  );
