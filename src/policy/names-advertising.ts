/**
 * Words for it in every language that there are texts in, without accents. The exceptions are neighbours: complaints, job
 * applications, warnings.
 */
const WORDS =
  /\b(?:ads\b|advert(?:s?\b|is|o|enti|e[er])|ad (?:network|partner|tech|campaign)|pubs?\b|publi(?:ci[td]|zit)|pubblicit|annonc(?:es|eurs?|ering)\b|annons|annunci\b|anunci(?:os?\b|s\b|ant)|inserzion|inzer|iragarki|reclame(?![mnr])|hirdet|auglysi|oglas(?:i\b|[aei]v|n)|werbe|(?!\w*bewerb|erwerb)\w*werbung)|r[ei]klaa?m(?!ac[eijn]|at[is]|asj)|maino(?:n[nt]|ks|s\w)|fh?ograioch|реклам(?!ац)|διαφημ|اعلان(?:ات|ي)|פרסו[מם]|[広广廣]告/;

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
