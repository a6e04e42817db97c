import { getAllByRole, getByRole, queryByRole } from '@testing-library/preact';
import { afterEach, describe, expect, it } from 'vitest';
import words from '../../locales/declaration/fr.json';
import wordsNl from '../../locales/declaration/nl.json';
import { writeDeclaration } from '../../src/cli/write-declaration.ts';
import { normalizePolicy } from '../../src/policy/normalize.ts';
import type { Policy } from '../../src/types.ts';
import { mountInline } from '../../src/ui/declaration.tsx';
import { describeDeclaration } from '../../src/ui/describe-declaration.ts';
import { POLICY, policyWith, service, withService } from '../fixtures/policy.ts';
import { plain, spyHandle, TEXTS } from '../fixtures/stage.tsx';

const stops: (() => void)[] = [];

afterEach(() => {
  for (const stop of stops.splice(0)) stop();
});

const describeIn = (policy: Policy, locale = 'fr') =>
  describeDeclaration(
    normalizePolicy(policy),
    TEXTS[locale.slice(0, 2) as 'fr'],
    locale.startsWith('nl') ? wordsNl : words,
    locale,
  );

/** What is declared of one service. */
const describeService = (change: Parameters<typeof service>[2], category = 'analytics') => {
  const { categories } = describeIn(policyWith({ services: [service('one', category, change)] }));
  return categories.flatMap(({ services }) => services)[0];
};

function place(parent: Node = document.body) {
  const element = document.createElement('div');
  parent.appendChild(element);
  return element;
}

function mount(into: Element, policy: Policy = POLICY, texts = TEXTS.fr, locale = 'fr') {
  const { handle } = spyHandle();
  const { stop } = mountInline(
    { policy: normalizePolicy(policy), handle, texts, words, locale, reloads: false },
    into,
  );
  stops.push(stop);
  return stop;
}

/** Says everything that there is to say, some of it with ill will. */
const FULL: Policy = policyWith({
  version: '<b>2</b>',
  categories: [...POLICY.categories, { id: 'extra', title: '"Extra" & <i>more</i>' }],
  services: [
    ...POLICY.services,
    service('hostile', 'extra', {
      name: '</table><script>alert(1)</script>',
      vendor: { name: `" onclick='alert(1)'`, country: '<u>', privacyUrl: '/p?a=1&copy="<x>' },
      purpose: '<img src=x onerror=alert(1)> &amp;',
      cookies: [{ pattern: '_h_<\\d+>&', lifetimeDays: 1, purpose: '&lt;' }],
      storage: [{ kind: 'cacheStorage', key: '<*>' }],
    }),
    service('code', 'extra', { vendor: { name: 'Code', privacyUrl: 'javascript:alert(1)' } }),
  ],
});

describe('what is declared', () => {
  it('is each category in turn, with its services', () => {
    const { categories } = describeIn(POLICY);
    expect(categories.map(({ title, services }) => [title, services.map(({ name }) => name)])).toEqual([
      [TEXTS.fr.categories['essential']?.title, ['session SA']],
      [TEXTS.fr.categories['analytics']?.title, ['matomo SA', 'heatmap SA']],
      ['Publicité', ['ads SA']],
      [TEXTS.fr.categories['preference']?.title, []],
    ]);
    expect(categories.map(({ description }) => description)).toContain('Annonces.');
  });

  it('is every cookie and key of storage, with how long it stays', () => {
    const traces = describeIn(POLICY).categories[1]?.services[0]?.traces;
    expect(traces?.map(({ name, detail, lifetime }) => [name, detail, plain(lifetime)])).toEqual([
      ['_pk_id', '', '30 jours'],
      ['_pk_ses', '', words.session],
      ['pk', 'localStorage', words.untilErased],
      ['pk', 'sessionStorage', words.session],
    ]);
  });

  it.each(['localStorage', 'indexedDB', 'cacheStorage'] as const)('stays until erased in %s', (kind) => {
    expect(describeService({ storage: [{ kind, key: 'k' }] })?.traces[0]?.lifetime).toBe(words.untilErased);
  });

  it('is a pattern where the cookie has no name, and its own purpose', () => {
    const cookies = [{ pattern: '_s_\\d+', lifetimeDays: 0, purpose: { fr: 'Séance', en: 'Session' } }];
    expect(describeService({ cookies })?.traces).toEqual([
      { name: '_s_\\d+', detail: 'Séance', lifetime: words.session },
    ]);
  });

  it.each([
    ['a company of another name and its country', { name: 'Outil' }, 'FR', 'one SA (France)'],
    ['a company of another name', { name: 'Outil' }, undefined, 'one SA'],
    ['a country alone, where the name says the company', {}, 'FR', 'France'],
    ['nothing more, where the name says the company', {}, undefined, ''],
    ['a country that there is no name for, by its code', {}, 'ZQ', 'ZQ'],
    ['what is no country as it stands', {}, 'Mars', 'Mars'],
  ])('is %s', (_, more, country, expected) => {
    const vendor = { name: 'one SA', ...(country && { country }) };
    expect(describeService({ ...more, vendor })?.vendor).toBe(expected);
  });

  it('is a link to the policy of the company, in the language', () => {
    const privacyUrl = { fr: 'https://one.example/fr', en: 'https://one.example/en' };
    expect(describeService({ vendor: { name: 'One', privacyUrl } })?.link).toEqual({
      url: 'https://one.example/fr',
      text: 'politique de confidentialité de One',
    });
  });

  it.each([undefined, '', 'javascript:alert(1)', ' java\nscript:alert(1)', 'data:text/html,x'])(
    'is no link for %j',
    (privacyUrl) => {
      expect(
        describeService({ vendor: { name: 'One', ...(privacyUrl && { privacyUrl }) } })?.link,
      ).toBeNull();
    },
  );

  it('is the reason of what is required, and of nothing else', () => {
    expect(describeService({ reason: 'Pour entrer.' }, 'essential')?.reason).toBe('Pour entrer.');
    expect(describeService({ reason: 'Pour entrer.' })?.reason).toBe('');
  });

  it('is in the language of the page', () => {
    const { columns, nothing, locale, version } = describeIn(POLICY, 'nl-BE');
    expect({ columns, nothing, locale }).toEqual({
      columns: ['Dienst', 'Doel', 'Naam', 'Bewaartermijn'],
      nothing: wordsNl.nothing,
      locale: 'nl-BE',
    });
    expect(version).toContain('15 januari 2025');
  });
});

describe('the table on a page', () => {
  it('has a heading, a region and a table of that name for each category with services', () => {
    mount(place());
    expect(getAllByRole(document.body, 'heading', { level: 3 })).toHaveLength(4);
    for (const name of ['Mesure d’audience', 'Publicité']) {
      const region = getByRole(document.body, 'region', { name });
      expect(region.tabIndex).toBe(0);
      getByRole(region, 'table', { name });
    }
    expect(queryByRole(document.body, 'table', { name: 'Préférences' })).toBeNull();
  });

  it('has one row for each trace, and the service as the header of all of its own', () => {
    mount(place());
    const table = getByRole(document.body, 'table', { name: 'Mesure d’audience' });
    const rows = getAllByRole(table, 'row').map((row) =>
      [...row.children].map((cell) => plain(cell.textContent)),
    );
    expect(rows).toEqual([
      ['Service', 'Finalité', 'Nom', 'Durée'],
      ['matomo SA', 'matomo counts.', '_pk_id', '30 jours'],
      ['_pk_ses', words.session],
      ['pklocalStorage', words.untilErased],
      ['pksessionStorage', words.session],
      ['heatmap SA', 'heatmap counts.', words.nothing],
    ]);
    const spans = getAllByRole(table, 'rowheader').map((cell) => [
      cell.getAttribute('scope'),
      cell.getAttribute('rowspan'),
    ]);
    expect(spans).toEqual([
      ['row', '4'],
      ['row', '1'],
    ]);
  });

  it('ends in the version of the policy', () => {
    mount(place());
    expect(document.querySelector('[data-bandeau-layer] > :last-child')?.textContent).toBe(
      'version du 15 janvier 2025',
    );
  });

  it('says its language and direction, and is the page’s: no root of the interface', () => {
    mount(place(), POLICY, { ...TEXTS.fr, direction: 'rtl' }, 'fr-BE');
    const root = document.querySelector('[data-bandeau-layer="declaration"]');
    expect([root?.getAttribute('lang'), root?.getAttribute('dir')]).toEqual(['fr-BE', 'rtl']);
    expect(root?.querySelector('code')?.dir).toBe('ltr');
    expect(document.querySelector('[data-bandeau-root]')).toBeNull();
    expect(root?.querySelector('[style], [class], [id]')).toBeNull();
  });

  it('shows the texts of a policy as texts', () => {
    mount(place(), FULL);
    const cells = getAllByRole(document.body, 'cell').map(({ textContent }) => textContent);
    expect(cells.join(' ')).toContain('<img src=x onerror=alert(1)> &amp;');
    expect(document.querySelector('script, img, u, i, b, [onclick]')).toBeNull();
    expect([...document.querySelectorAll('a')].map((link) => link.getAttribute('href'))).toEqual([
      '/p?a=1&copy="<x>',
    ]);
  });
});

describe('the place', () => {
  it('gets back what stood in it', () => {
    const one = place();
    const before = ['La liste', 'h4', 'est ici.'].map((text, i) =>
      i === 1 ? document.createElement(text) : document.createTextNode(text),
    );
    one.append(...before);
    const stop = mount(one);
    expect(one.textContent).not.toContain('La liste');
    stop();
    expect([...one.childNodes]).toEqual(before);
    expect(document.adoptedStyleSheets).toEqual([]);
  });

  it('keeps what the page has put in it since', () => {
    const one = place();
    one.append('before');
    const stop = mount(one);
    one.replaceChildren('since');
    stop();
    expect(one.textContent).toBe('since');
  });

  it('may be one of two, each for itself', () => {
    const [one, two] = [place(), place()];
    const stop = mount(one);
    mount(two);
    expect(two.isEqualNode(one)).toBe(true);
    stop();
    expect(one.childNodes).toHaveLength(0);
    expect(two.querySelector('table')).not.toBeNull();
    expect(document.adoptedStyleSheets).toHaveLength(1);
  });

  it('has its styles in the shadow root that it stands in, and the document has none of them', () => {
    const shadow = place().attachShadow({ mode: 'open' });
    const stop = mount(place(shadow));
    expect(shadow.adoptedStyleSheets).toHaveLength(1);
    expect(document.adoptedStyleSheets).toEqual([]);
    stop();
    expect(shadow.adoptedStyleSheets).toEqual([]);
  });

  it('may have left the page by then', () => {
    const one = document.createElement('div');
    const stop = mount(one);
    expect(one.querySelector('table')).not.toBeNull();
    stop();
    expect(one.childNodes).toHaveLength(0);
  });
});

describe('the command line', () => {
  /** Only lines differ, which are there for people. */
  const write = (policy: Policy, locale = 'fr') => {
    const html = writeDeclaration(describeIn(policy, locale)).replaceAll(/>\n(?=<|$)/g, '>');
    return new DOMParser().parseFromString(html, 'text/html').body;
  };
  const source = (node: Node | null) => new XMLSerializer().serializeToString(node as Node);

  it.each([
    ['of a policy', POLICY, 'fr'],
    ['in the language of a country', POLICY, 'fr-BE'],
    ['of texts that look like HTML', FULL, 'fr'],
  ])('writes the same HTML %s', (_, policy, locale) => {
    const one = place();
    mount(one, policy, TEXTS.fr, locale);
    const written = write(policy, locale);
    expect(written.childNodes).toHaveLength(1);
    expect(source(written.firstChild)).toBe(source(one.firstChild));
    expect(written.firstChild?.isEqualNode(one.firstChild)).toBe(true);
  });

  it('would be seen writing something else', () => {
    const one = place();
    mount(one);
    const { firstChild } = write(withService('ads', { name: 'Ads' }));
    expect(source(firstChild)).not.toBe(source(one.firstChild));
  });

  it('writes neither script, style nor id', () => {
    expect(write(FULL).querySelector('script, style, [style], [class], [id], img, b, i, u')).toBeNull();
  });
});
