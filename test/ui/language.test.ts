import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createConsent } from '../../src/create-consent.ts';
import { encodeReceipt } from '../../src/model/receipt.ts';
import type { Consent, Policy } from '../../src/types.ts';
import { ACCEPTED, POLICY, policyWith, receiptOf } from '../fixtures/policy.ts';
import { clearCookies, start } from '../fixtures/stage.tsx';

let consent: Consent | undefined;
const begin = (options: Parameters<typeof start>[0] = {}) => {
  consent = start(options);
  return consent;
};
const title = () => document.querySelector('[data-bandeau-layer] h2')?.textContent ?? '';
const html = document.documentElement;

beforeEach(() => {
  clearCookies();
});
afterEach(() => {
  consent?.destroy();
  html.removeAttribute('lang');
  clearCookies();
});

describe('the language of the interface', () => {
  it.each<[string, { page?: string; locale?: string; browser?: string[] }, string]>([
    ['the page', { page: 'nl-BE', locale: 'fr', browser: ['en'] }, 'nl-BE'],
    ['the configured one where the page says none', { locale: 'fr', browser: ['en'] }, 'fr'],
    ['the configured one where the page is in a language without texts', { page: 'la', locale: 'fr' }, 'fr'],
    ['the first of the browser that there are texts for', { browser: ['la', 'de-AT', 'fr'] }, 'de-AT'],
    ['English, when nothing else is left', { page: 'la', browser: ['la'] }, 'en'],
  ])('is that of %s', (_, { page = '', locale, browser = [] }, expected) => {
    begin({ ...(locale && { locale }), environment: { languages: [page, ...browser] } });
    expect(consent?.$locale.get()).toBe(expected);
  });

  it('changes at once with setLocale, in place, and follows the page again when it is empty', async () => {
    const { $locale, setLocale } = begin({ environment: { languages: ['fr'] } });
    await vi.waitFor(() => expect(title()).toBe('Vos choix sur les cookies'));
    const banner = document.querySelector('[data-bandeau-layer=banner]');
    setLocale('ar');
    await vi.waitFor(() =>
      expect(document.querySelector<HTMLElement>('[data-bandeau-layer=banner]')?.dir).toBe('rtl'),
    );
    expect(document.querySelector('[data-bandeau-layer=banner]')).toBe(banner);
    setLocale('');
    expect($locale.get()).toBe('fr');
    await vi.waitFor(() => expect(title()).toBe('Vos choix sur les cookies'));
  });

  it('keeps what was switched in the preferences', async () => {
    const { open, setLocale } = begin({ environment: { languages: ['fr'] } });
    open('preferences');
    const input = () => document.querySelector<HTMLInputElement>('dialog [data-bandeau-category=analytics]');
    await vi.waitFor(() => expect(input()).toBeTruthy());
    input()?.click();
    setLocale('nl');
    await vi.waitFor(() => expect(title()).toBe('Mijn cookies beheren'));
    expect(input()?.checked).toBe(true);
  });

  it('keeps what was switched in a place of the page, too', async () => {
    for (const name of ['inline', 'declaration']) {
      const place = document.createElement('div');
      place.dataset['bandeau'] = name;
      document.body.append(place);
    }
    const { setLocale } = begin({ environment: { languages: ['fr'] } });
    const input = () => document.querySelector<HTMLInputElement>('[data-bandeau=inline] input');
    const declaration = () => document.querySelector<HTMLElement>('[data-bandeau-layer=declaration]');
    await vi.waitFor(() => expect([!!input(), declaration()?.lang]).toEqual([true, 'fr']));
    const first = input();
    first?.click();
    setLocale('nl');
    await vi.waitFor(() => expect(declaration()?.lang).toBe('nl'));
    await vi.waitFor(() => expect(input()?.closest<HTMLElement>('[lang]')?.lang).toBe('nl'));
    expect(input()).toBe(first);
    expect(input()?.checked).toBe(true);
    expect(document.querySelectorAll('[data-bandeau-layer=declaration]')).toHaveLength(1);
  });

  it('follows the page', async () => {
    html.lang = 'fr';
    consent = createConsent<Policy>({ policy: POLICY });
    expect(consent.$locale.get()).toBe('fr');
    html.lang = 'nl';
    await vi.waitFor(() => expect(consent?.$locale.get()).toBe('nl'));
  });

  it('loads no text for who has nothing to answer', async () => {
    // biome-ignore lint/suspicious/noDocumentCookie: it stands for an earlier visit
    document.cookie = `bandeau=${encodeReceipt(receiptOf(ACCEPTED))}; path=/`;
    begin();
    consent?.setLocale('nl');
    await vi.dynamicImportSettled();
    expect(title()).toBe('');
  });

  it("has the site's own words in it", async () => {
    begin({
      policy: policyWith({ texts: { 'banner.title': { fr: 'Titre à nous' } } }),
      environment: { languages: ['fr'] },
    });
    await vi.waitFor(() => expect(title()).toBe('Titre à nous'));
    consent?.setLocale('nl');
    await vi.waitFor(() => expect(title()).toBe('Uw keuzes over cookies'));
  });
});

describe('<html data-bandeau-state>', () => {
  it('says what was decided', () => {
    const { acceptAll, rejectAll, save, destroy } = begin();
    expect(html.dataset['bandeauState']).toBe('undecided');
    rejectAll();
    expect(html.dataset['bandeauState']).toBe('denied');
    acceptAll();
    expect(html.dataset['bandeauState']).toBe('granted');
    save({ analytics: 'denied' });
    expect(html.dataset['bandeauState']).toBe('partial');
    destroy();
    expect(html.dataset).not.toHaveProperty('bandeauState');
  });
});
