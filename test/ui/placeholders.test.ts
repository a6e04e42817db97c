import { getByRole, getByText, queryByRole } from '@testing-library/preact';
import { afterEach, describe, expect, it, vi } from 'vitest';
import words from '../../locales/placeholders/fr.json';
import { normalizePolicy } from '../../src/policy/normalize.ts';
import type { GateEntry, Policy } from '../../src/types.ts';
import { startPlaceholders } from '../../src/ui/placeholders.tsx';
import { POLICY, service } from '../fixtures/policy.ts';
import { spyHandle, TEXTS } from '../fixtures/stage.tsx';

const stops: (() => void)[] = [];

afterEach(() => {
  for (const stop of stops.splice(0)) stop();
  document.body.replaceChildren();
});

function embed(markup = '<video title="Le film" data-src="https://films.example/1"></video>') {
  document.body.innerHTML = markup;
  return document.body.firstElementChild as HTMLElement;
}

const tell = (detail: GateEntry) => document.dispatchEvent(new CustomEvent('bandeau:gate', { detail }));

function begin(report: GateEntry[] = [], policy: Policy = POLICY) {
  const loadOnce = vi.fn();
  const { handle, spies } = spyHandle({ report: () => report, loadOnce });
  const props = { policy: normalizePolicy(policy), handle, texts: TEXTS.fr, words, locale: 'fr' };
  stops.push(startPlaceholders(props));
  return { ...spies, loadOnce };
}

const FILMS: Policy = {
  ...POLICY,
  services: [
    ...POLICY.services,
    service('films', 'advertising', { name: 'Filmothèque', purpose: 'Montrer des films.' }),
  ],
};

const held = (element: Element, id = 'films'): GateEntry => ({
  action: 'held',
  service: id,
  element,
  reason: 'not asked',
});

describe('the placeholder of a held frame', () => {
  it('is named after it, and says whose it is, what for and where', () => {
    const frame = embed();
    begin([held(frame)], FILMS);
    const region = getByRole(document.body, 'region', { name: 'Le film' });
    getByText(region, 'Filmothèque');
    expect(region.textContent).toContain('Montrer des films.');
    expect(region.textContent).toContain('Ce contenu vient de films SA');
    expect(getByRole(region, 'link', { name: 'L’ouvrir sur films.example' })).toHaveProperty(
      'href',
      'https://films.example/1',
    );
    expect(region.nextElementSibling).toBe(frame);
  });

  it('loads that one once, or its service always', () => {
    const frame = embed();
    const { loadOnce, save } = begin([held(frame)], FILMS);
    getByRole(document.body, 'button', { name: 'Charger ce contenu' }).click();
    expect(loadOnce).toHaveBeenCalledExactlyOnceWith(frame);
    getByRole(document.body, 'button', { name: 'Toujours autoriser Filmothèque' }).click();
    expect(save).toHaveBeenCalledExactlyOnceWith({ films: 'granted' });
  });

  it('speaks of the category where the mark names no service', () => {
    const frame = embed();
    const { save } = begin([held(frame, 'analytics')]);
    getByRole(document.body, 'button', { name: 'Toujours autoriser Mesure d’audience' }).click();
    expect(save).toHaveBeenCalledExactlyOnceWith({ analytics: 'granted' });
  });

  it.each([
    ['of the site itself', '/films/1'],
    ['that would run as code', 'javascript:alert(1)'],
    ['that is no address', 'http://['],
  ])('leads to no address %s', (_, source) => {
    const frame = embed('<video></video>');
    frame.dataset['src'] = source;
    begin([held(frame)], FILMS);
    expect(getByRole(document.body, 'region', { name: 'Filmothèque' })).toBeTruthy();
    expect(queryByRole(document.body, 'link')).toBeNull();
  });

  it('comes with a later one, and goes when that is released', () => {
    begin([], FILMS);
    const frame = embed();
    tell(held(frame));
    expect(queryByRole(document.body, 'region')).not.toBeNull();
    expect(frame.style.display).toBe('none');
    tell({ action: 'released', service: 'films', element: frame });
    expect(queryByRole(document.body, 'region')).toBeNull();
    expect(frame.hasAttribute('style')).toBe(false);
  });

  it('gives back the style that the frame had', () => {
    const frame = embed('<video style="display: block; color: red"></video>');
    begin([held(frame)], FILMS);
    expect(frame.style.display).toBe('none');
    for (const stop of stops.splice(0)) stop();
    expect(frame.style.cssText).toBe('display: block; color: red;');
    expect(queryByRole(document.body, 'region')).toBeNull();
  });
});

describe('no placeholder', () => {
  it.each(['<script type="text/plain"></script>', '<img data-src="/p.gif">', '<link data-href="/x.css">'])(
    'is there for %s',
    (markup) => {
      begin([held(embed(markup))], FILMS);
      expect(queryByRole(document.body, 'region')).toBeNull();
    },
  );

  it('is there for what the policy does not know: no button could load it', () => {
    const frame = embed();
    begin([{ ...held(frame, 'nobody'), reason: 'not in the policy' }]);
    expect(queryByRole(document.body, 'region')).toBeNull();
  });

  it('is there for what was released since', () => {
    const frame = embed();
    begin([held(frame), { action: 'released', service: 'films', element: frame }], FILMS);
    expect(queryByRole(document.body, 'region')).toBeNull();
  });
});
