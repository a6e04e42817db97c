import { fireEvent, within } from '@testing-library/preact';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { normalizePolicy } from '../../src/policy/normalize.ts';
import type { Consent } from '../../src/types.ts';
import { mount, mountInline } from '../../src/ui/preferences.tsx';
import { NOW, POLICY } from '../fixtures/policy.ts';
import { clearCookies, PREFERENCES_TEXTS, plain, start, TEXTS } from '../fixtures/stage.tsx';

const stops: (() => void)[] = [];
const begin = (): Consent => {
  const consent = start({ environment: { uuid: () => crypto.randomUUID() } });
  stops.push(consent.destroy);
  return consent;
};
const propsOf = (handle: Consent) => ({
  policy: normalizePolicy(POLICY),
  handle,
  texts: TEXTS.fr,
  words: PREFERENCES_TEXTS.fr,
  locale: 'fr',
  reloads: false,
});

/** A place in the page with the preferences in it, and what a visitor finds there. */
function fill(handle: Consent, content = '') {
  const place = document.createElement('div');
  place.append(content);
  document.body.append(place);
  const { stop } = mountInline(propsOf(handle), place);
  const root = place.firstElementChild as HTMLElement;
  const toggle = (name: string) => within(root).getByRole<HTMLInputElement>('switch', { name });
  const button = (name: string) => within(root).getByRole('button', { name });
  const status = () => plain(within(root).getByRole('status').textContent);
  return { place, root, stop, toggle, button, status };
}

beforeEach(() => {
  vi.useFakeTimers({ now: NOW, toFake: ['Date'] });
  clearCookies();
});

afterEach(() => {
  for (const stop of stops.splice(0)) stop();
  vi.restoreAllMocks();
  vi.useRealTimers();
  clearCookies();
});

describe('the preferences in a place of the page', () => {
  it('are a region of the page that its title names: no dialog, and nothing closes them', () => {
    const { root } = fill(begin());
    expect(within(document.body).getByRole('region', { name: 'Gérer mes cookies' })).toBe(root);
    expect(within(root).getByRole('heading', { level: 2 }).textContent).toBe('Gérer mes cookies');
    expect(root.dataset['bandeauLayer']).toBe('inline');
    expect(root.lang).toBe('fr');
    expect(within(document.body).queryByRole('dialog')).toBeNull();
    expect(within(root).queryByRole('button', { name: 'Fermer sans enregistrer' })).toBeNull();
  });

  it('end with the refusal', () => {
    const { root, button } = fill(begin());
    expect(within(root).getAllByRole('button').at(-1)).toBe(button('Tout refuser'));
  });

  it('save what was switched, stay, say so, and leave the focus where it was', () => {
    const handle = begin();
    const { root, toggle, button, status } = fill(handle);
    fireEvent.click(toggle('Publicité'));
    expect(status()).toBe('');
    expect(handle.receipt).toBeNull();
    button('Enregistrer mes choix').focus();
    fireEvent.click(button('Enregistrer mes choix'));
    expect(handle.choices).toMatchObject({
      advertising: 'granted',
      analytics: 'denied',
      preference: 'denied',
    });
    expect(root.isConnected).toBe(true);
    expect(toggle('Publicité').checked).toBe(true);
    expect(status()).toBe('Vos choix sont enregistrés.');
    expect(document.activeElement).toBe(button('Enregistrer mes choix'));
    expect(plain(root.textContent)).toContain('Choix enregistré le 15 mars 2025');
  });

  it('record a refusal when nothing was touched', () => {
    const handle = begin();
    fireEvent.click(fill(handle).button('Enregistrer mes choix'));
    expect(handle.receipt?.choices).toEqual({
      analytics: 'denied',
      advertising: 'denied',
      preference: 'denied',
    });
  });

  it('say so again of each decision, in a new element', () => {
    const { root, button } = fill(begin());
    const told = () => within(root).getByRole('status').firstElementChild;
    fireEvent.click(button('Tout accepter'));
    const first = told();
    fireEvent.click(button('Tout refuser'));
    expect(told()?.textContent).toBe(first?.textContent);
    expect(told()).not.toBe(first);
  });

  it('say that it is saved no longer than it is what shows', () => {
    const { toggle, button, status } = fill(begin());
    fireEvent.click(button('Tout refuser'));
    expect(status()).toBe('Vos choix sont enregistrés.');
    fireEvent.click(toggle('Publicité'));
    expect(status()).toBe('');
  });

  it('say when the browser did not keep it', () => {
    vi.spyOn(console, 'error').mockImplementation(() => {});
    const handle = begin();
    const { button, status } = fill(handle);
    Object.defineProperty(document, 'cookie', { configurable: true, get: () => '', set() {} });
    fireEvent.click(button('Tout refuser'));
    Reflect.deleteProperty(document, 'cookie');
    expect(status()).toBe(plain(TEXTS.fr.notSaved));
  });

  it('show what is decided elsewhere, also where something was switched, and do not say it was here', () => {
    const handle = begin();
    const { toggle, status } = fill(handle);
    fireEvent.click(toggle('Publicité'));
    handle.save({ analytics: 'granted' });
    expect(toggle('Mesure d’audience').checked).toBe(true);
    expect(toggle('Publicité').checked).toBe(false);
    expect(status()).toBe('');
    handle.reset();
    expect(toggle('Mesure d’audience').checked).toBe(false);
  });

  it('share no id with a second place or with the dialog, and each switch has its own name', () => {
    const handle = begin();
    const first = fill(handle);
    const second = fill(handle);
    const { stop } = mount({ ...propsOf(handle), appearance: {}, takesFocus: false });
    const ids = [...document.querySelectorAll('[id]')].map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    for (const { root, toggle } of [first, second]) {
      for (const id of (toggle('Publicité').getAttribute('aria-describedby') ?? '').split(' ')) {
        expect(root.querySelector(`#${id}`)?.textContent).toBeTruthy();
      }
    }
    stop();
  });

  it('share no id with a place that came after one was emptied', () => {
    const handle = begin();
    const first = fill(handle);
    const second = fill(handle);
    first.stop();
    const third = fill(handle);
    const ids = [second, third].flatMap(({ root }) => [...root.querySelectorAll('[id]')].map(({ id }) => id));
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('give the place back as it was, and follow nothing from then on', () => {
    const handle = begin();
    const { place, root, stop } = fill(handle, 'Vos choix');
    expect(place.textContent).not.toBe('Vos choix');
    stop();
    expect(place.textContent).toBe('Vos choix');
    expect(document.adoptedStyleSheets).toHaveLength(0);
    handle.acceptAll();
    expect(root.childElementCount).toBe(0);
  });

  it('bring their styles into the shadow root that they stand in', () => {
    const host = document.createElement('div');
    document.body.append(host);
    const tree = host.attachShadow({ mode: 'open' });
    const place = document.createElement('div');
    tree.append(place);
    const { stop } = mountInline(propsOf(begin()), place);
    expect(tree.adoptedStyleSheets).toHaveLength(1);
    expect(document.adoptedStyleSheets).toHaveLength(0);
    stop();
    expect(tree.adoptedStyleSheets).toHaveLength(0);
  });
});
