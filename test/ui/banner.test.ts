import { fireEvent, within } from '@testing-library/preact';
import { describe, expect, it, vi } from 'vitest';
import * as banner from '../../src/ui/banner.tsx';
import { POLICY, policyWith, service } from '../fixtures/policy.ts';
import { plain, show, TEXTS } from '../fixtures/stage.tsx';

const HTML = '<img src=x onerror="window.hacked = 1"><b>x</b>';

describe('the banner', () => {
  it('is a region that its title names', () => {
    const { root } = show(banner);
    const region = within(document.body).getByRole('region', { name: 'Vos choix sur les cookies' });
    expect(region).toBe(root);
    expect(within(root).getByRole('heading', { level: 2 }).textContent).toBe('Vos choix sur les cookies');
    expect(root.lang).toBe('fr');
    expect(root.dir).toBe('ltr');
  });

  it('has one line for each category that is a choice, and none for a required one', () => {
    const { root } = show(banner);
    expect(
      within(root)
        .getAllByRole('listitem')
        .map((item) => plain(item.textContent)),
    ).toEqual([
      'Mesure d’audience Compter les visites et voir quelles pages sont utiles.',
      'Publicité Annonces.',
      'Préférences Retenir votre langue et vos réglages d’affichage.',
    ]);
  });

  it("puts the site's own names of categories before those of the locale", () => {
    const policy = policyWith({
      categories: [{ id: 'analytics', title: { fr: 'Statistiques', en: 'Statistics' } }],
    });
    const { root } = show(banner, { policy });
    expect(within(root).getByRole('listitem').textContent).toContain('Statistiques Compter');
  });

  it('has three answers of one click each, and each does one thing', () => {
    const { root, spies } = show(banner);
    const click = (name: string) => fireEvent.click(within(root).getByRole('button', { name }));
    const calls = () =>
      Object.entries(spies)
        .filter(([, spy]) => spy.mock.calls.length > 0)
        .map(([name]) => name);
    expect(calls()).toEqual([]);
    click('Tout refuser');
    expect(calls()).toEqual(['rejectAll']);
    click('Tout accepter');
    expect(calls()).toEqual(['acceptAll', 'rejectAll']);
    click('Personnaliser');
    expect(spies.open).toHaveBeenCalledExactlyOnceWith('preferences');
    expect(spies.save).not.toHaveBeenCalled();
  });

  it('draws accept and refuse alike, refuse first', () => {
    const { root } = show(banner);
    const [reject, accept] = [...root.querySelectorAll('.bandeau-answer')] as [HTMLElement, HTMLElement];
    expect([reject.textContent, accept.textContent]).toEqual(['Tout refuser', 'Tout accepter']);
    expect(reject.className).toBe(accept.className);
    const names = (element: Element) =>
      element.getAttributeNames().filter((name) => name !== 'data-bandeau-action');
    expect(names(reject)).toEqual(names(accept));
  });

  it.each([
    ['fr', 'version du 15 janvier 2025'],
    ['en', 'version of January 15, 2025'],
    ['en-GB', 'version of 15 January 2025'],
    ['nl', 'versie van 15 januari 2025'],
  ])('links the policy with its version and date in %s', (locale, words) => {
    const { root } = show(banner, { locale });
    const link = within(root).getByRole('link');
    expect(new URL(link.getAttribute('href') as string, location.href).pathname).toBe('/privacy');
    expect(plain(root.textContent)).toContain(words);
  });

  it('names a version that is no date as it is, with its date', () => {
    const { root } = show(banner, { policy: policyWith({ version: '3.1', date: '2025-01-15' }) });
    expect(plain(root.textContent)).toContain('version 3.1 (15 janvier 2025)');
  });

  it('says how long the choice is kept, from the policy', () => {
    expect(plain(show(banner).root.textContent)).toContain('choix gardé 6 mois');
    document.body.replaceChildren();
    const policy = policyWith({ lifetimeMonths: 1 });
    expect(plain(show(banner, { policy, locale: 'en' }).root.textContent)).toContain('choice kept 1 month');
  });

  it('counts the companies behind what is asked, once each, and leads to them', () => {
    const ours = { vendor: { name: 'Same SA' } };
    const policy = policyWith({
      services: [
        service('a', 'analytics', ours),
        service('b', 'advertising', ours),
        service('c', 'preference'),
        service('d', 'essential'),
      ],
    });
    const { root, spies } = show(banner, { policy });
    fireEvent.click(within(root).getByRole('button', { name: '2 partenaires' }));
    expect(spies.open).toHaveBeenCalledExactlyOnceWith('preferences');
  });

  it('names one controller as such, and several as joint controllers', () => {
    expect(plain(show(banner).root.textContent)).toContain('Responsable : Exemple SA');
    document.body.replaceChildren();
    const policy = policyWith({
      controller: { ...POLICY.controller, jointControllers: [{ name: 'Deux SA' }, { name: 'Trois SA' }] },
    });
    const text = plain(show(banner, { policy }).root.textContent);
    expect(text).toContain('Coresponsables : Exemple SA, Deux SA et Trois SA');
    expect(text).not.toContain('Responsable :');
  });

  it('names the sites only when the choice covers several', () => {
    const sites = ['www.example.org', 'shop.example.org'];
    expect(plain(show(banner).root.textContent)).not.toContain('Ce choix vaut');
    document.body.replaceChildren();
    expect(plain(show(banner, { policy: policyWith({ scope: { sites } }) }).root.textContent)).toContain(
      'Ce choix vaut pour www.example.org et shop.example.org.',
    );
  });

  it('shows HTML in any text as text', () => {
    const policy = policyWith({
      version: HTML,
      controller: { name: HTML, contact: HTML, privacyUrl: '/x' },
      categories: [{ id: 'advertising', title: HTML, description: HTML }],
      scope: { sites: [HTML, 'b'] },
    });
    const { root } = show(banner, { policy });
    expect(root.querySelector('img, b b')).toBeNull();
    expect(root.textContent?.split(HTML)).toHaveLength(6);
    expect(window).not.toHaveProperty('hacked');
  });

  it.each(['javascript:alert(1)', 'JaVaScRiPt:alert(1)', ' data:text/html,x', 'vbscript:x'])(
    'links no code: %s',
    (privacyUrl) => {
      const policy = policyWith({ controller: { ...POLICY.controller, privacyUrl } });
      const { root } = show(banner, { policy });
      for (const link of root.querySelectorAll('a')) {
        expect((link.getAttribute('href') ?? '').trim()).not.toMatch(/^(javascript|data|vbscript):/i);
      }
    },
  );

  it('stands first in the page and takes no focus, unless it takes the place of another part', () => {
    document.body.innerHTML = '<main><button id="own">x</button></main>';
    (document.querySelector('#own') as HTMLElement).focus();
    const { root, unmount } = show(banner);
    expect(document.body.firstElementChild).toBe(root);
    expect(document.activeElement?.id).toBe('own');
    unmount();
    const second = show(banner, { takesFocus: true });
    expect(second.root.contains(document.activeElement)).toBe(true);
  });

  it('says the same in another language where it stands, and keeps the focus', () => {
    const { root, update, props } = show(banner);
    within(root).getByRole('button', { name: 'Tout refuser' }).focus();
    update({ ...props, texts: TEXTS.nl, locale: 'nl' });
    expect(document.querySelectorAll('[data-bandeau-layer=banner]')).toHaveLength(1);
    expect(root.lang).toBe('nl');
    expect(document.activeElement).toBe(within(root).getByRole('button', { name: 'Alles weigeren' }));
  });

  it.each(['pointerover', 'focus'])('prepares the preferences at a %s of what opens them', (type) => {
    for (const action of ['customize', 'partners']) {
      const prepare = vi.fn();
      const { root, unmount } = show(banner, { prepare });
      expect(prepare).not.toHaveBeenCalled();
      fireEvent(root.querySelector(`[data-bandeau-action=${action}]`) as Element, new Event(type));
      expect(prepare).toHaveBeenCalledOnce();
      unmount();
    }
  });

  it('prepares nothing for who is about to accept or refuse', () => {
    const prepare = vi.fn();
    const { root } = show(banner, { prepare });
    for (const element of [root, ...root.querySelectorAll('.bandeau-answer, p, h2, a')]) {
      for (const type of ['pointerover', 'focus']) fireEvent(element, new Event(type));
    }
    expect(prepare).not.toHaveBeenCalled();
  });

  it('says of each of its protected styles that it is important', () => {
    const sheets: string[] = [];
    const replaceSync = vi.spyOn(CSSStyleSheet.prototype, 'replaceSync');
    replaceSync.mockImplementation((css) => void sheets.push(css));
    show(banner);
    replaceSync.mockRestore();
    const [css = ''] = sheets;
    const layer = css.slice(css.indexOf('@layer'), css.indexOf('[data-bandeau-layer', css.indexOf('@layer')));
    const declarations = layer.match(/[\w-]+:[^{};]+(?=[;}])/g) ?? [];
    expect(declarations.length).toBeGreaterThan(40);
    expect(declarations.filter((one) => !/[^!]!important$/.test(one))).toEqual([]);
  });

  it('leaves nothing behind when it is taken off, but a status that nobody sees', () => {
    const before = document.adoptedStyleSheets.length;
    const { unmount } = show(banner);
    // Its own, and the room that the page leaves it when it scrolls.
    expect(document.adoptedStyleSheets).toHaveLength(before + 2);
    unmount();
    expect(document.querySelector('[data-bandeau-root]')).toBeNull();
    expect(document.adoptedStyleSheets).toHaveLength(before);
  });
});
