import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { namesAdvertising, namesAdvertisingIn } from '../../src/policy/names-advertising.ts';

/** Titles as sites write them. */
const TITLES: Readonly<Record<string, readonly string[]>> = {
  ar: ['الإعلانات', 'ملفات تعريف الارتباط الإعلانية'],
  bg: ['Реклама', 'Рекламни бисквитки'],
  ca: ['Publicitat', 'Anuncis personalitzats'],
  cs: ['Reklama', 'Reklamní soubory', 'Personalizovaná inzerce'],
  da: ['Reklame', 'Annoncering', 'Reklamer fra andre'],
  de: ['Werbung', 'Bannerwerbung', 'Werbezwecke', 'Personalisierte Onlinewerbung'],
  el: ['Διαφήμιση', 'ΔΙΑΦΗΜΙΣΤΙΚΑ COOKIES'],
  en: ['Advertising', 'Ads', 'Advertisers', 'Adverts', 'For our ad partners'],
  es: ['Publicidad', 'Anuncios personalizados', 'Anunciantes', 'Cookies publicitarias'],
  et: ['Reklaam', 'Reklaamiküpsised'],
  eu: ['Publizitatea', 'Iragarki pertsonalizatuak'],
  fi: ['Mainonta', 'Mainokset', 'Kohdennettu verkkomainonta', 'Mainonnan kohdentaminen'],
  fr: ['Publicité ciblée', 'Annonces', 'Pub', 'Annonceurs'],
  ga: ['Fógraíocht', 'Cuspairí fógraíochta', 'Maidir leis an bhfógraíocht'],
  gl: ['Publicidade', 'Anuncios'],
  he: ['פרסום', 'פרסומות'],
  hr: ['Oglašavanje', 'Oglasi', 'Reklame'],
  hu: ['Hirdetések', 'Hirdetési célok', 'Reklám'],
  is: ['Auglýsingar'],
  it: ['Pubblicità', 'Annunci', 'Inserzionisti', 'Fini pubblicitari'],
  ja: ['広告', 'ターゲティング広告'],
  lt: ['Reklama', 'Reklaminiai slapukai', 'Reklamos tikslais'],
  lv: ['Reklāma', 'Reklāmas sīkdatnes'],
  mt: ['Reklamar', 'Riklami', 'Pubbliċità'],
  nb: ['Reklame', 'Annonser', 'Annonsering', 'Målrettede annonser'],
  nl: ['Reclame', 'Advertenties', 'Adverteerders', 'Reclamedoeleinden'],
  pl: ['Reklama', 'Reklamowe pliki cookie', 'W celach reklamowych'],
  pt: ['Publicidade', 'Anúncios', 'Anunciantes'],
  ro: ['Publicitate', 'Reclame', 'Pentru reclamele altora'],
  sk: ['Reklama', 'Reklamné cookies', 'Inzercia'],
  sl: ['Oglaševanje', 'Oglasi', 'Oglasni piškotki'],
  sv: ['Annonser', 'Annonsering', 'Reklam'],
  tr: ['Reklam', 'Reklamcılık', 'REKLAM ÇEREZLERİ'],
  uk: ['Реклама', 'Рекламні файли'],
  zh: ['广告', '廣告'],
};

/** Neighbours in look, and what says as little as "marketing" does. */
const OTHERS: readonly (readonly [language: string, text: string])[] = [
  ['en', 'Marketing'],
  ['en', 'Uploads, downloads and leads'],
  ['en', 'Add to favourites'],
  ['en', 'Public pages'],
  ['fr', 'Réclamation'],
  ['fr', 'Les visiteurs réclament une réponse'],
  ['fr', 'Publication de vos avis'],
  ['de', 'Reklamationen'],
  ['de', 'Bewerbung'],
  ['de', 'Online-Bewerbungen'],
  ['de', 'Gewerbe und Wettbewerb'],
  ['de', 'Erwerbung'],
  ['es', 'Advertencia'],
  ['es', 'Reclamaciones'],
  ['es', 'Preferencias advertidas'],
  ['pt', 'Advertência'],
  ['pt', 'Reclamações'],
  ['ca', 'Advertiment'],
  ['it', 'Reclami'],
  ['it', 'Pubblico e statistiche'],
  ['ro', 'Reclamații'],
  ['cs', 'Reklamace'],
  ['cs', 'Vyřízení reklamačního řízení'],
  ['sk', 'Reklamácie'],
  ['pl', 'Reklamacje'],
  ['pl', 'Obsługa reklamacji'],
  ['hr', 'Reklamacije'],
  ['hr', 'Suglasnost'],
  ['sl', 'Soglasje'],
  ['sl', 'Oglasite se nam'],
  ['lv', 'Reklamācija'],
  ['lv', 'Mārketings'],
  ['lt', 'Rinkodara'],
  ['lt', 'Reklamacija'],
  ['nb', 'Reklamasjon'],
  ['sv', 'Reklamation'],
  ['et', 'Reklamatsioon'],
  ['hu', 'Reklamáció'],
  ['bg', 'Рекламации'],
  ['uk', 'Рекламація'],
  ['uk', 'Маркетинг'],
  ['el', 'Διαφάνεια'],
  ['ar', 'إعلان ملفات تعريف الارتباط'],
  ['ga', 'Fógra fianán'],
  ['he', 'שיווק'],
  ['ja', '報告'],
  ['zh', '营销'],
  ['zh', '公告'],
  ['tr', 'Pazarlama'],
];

it('there is a title in each language that there are texts in', () => {
  const languages = readdirSync('locales/banner').map((file) => file.replace('.json', ''));
  expect(Object.keys(TITLES).sort()).toEqual(languages.sort());
});

describe.each(Object.entries(TITLES))('in %s', (_, titles) => {
  it.each([...titles])('%s names advertising', (title) => {
    expect(namesAdvertising(title)).toBe(true);
  });

  it.each([...titles])('%s does so in decomposed letters too', (title) => {
    expect(namesAdvertising(title.normalize('NFD'))).toBe(true);
  });
});

it.each(OTHERS)('does not, in %s: %s', (_, text) => {
  expect(namesAdvertising(text)).toBe(false);
});

describe('a category', () => {
  it('names advertising by its title or its description, in any of its languages', () => {
    expect(namesAdvertisingIn({ title: 'Publicité' })).toBe(true);
    expect(namesAdvertisingIn({ title: 'Marketing', description: 'Advertising of others.' })).toBe(true);
    expect(namesAdvertisingIn({ title: { fr: 'Marketing', pl: 'Reklama' } })).toBe(true);
  });

  it('does not where nothing says so, whatever is there instead of a text', () => {
    expect(namesAdvertisingIn({})).toBe(false);
    expect(namesAdvertisingIn({ title: 'Marketing', description: { fr: 'Nos offres.' } })).toBe(false);
    expect(namesAdvertisingIn({ title: null, description: { fr: 1 } })).toBe(false);
  });
});
