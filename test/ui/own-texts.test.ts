import { describe, expect, it } from 'vitest';
import { ownTexts } from '../../src/ui/own-texts.ts';
import { PREFERENCES_TEXTS, TEXTS } from '../fixtures/stage.tsx';

describe("the site's own words", () => {
  it('stand in the place of single texts, in their language', () => {
    const own = {
      'banner.title': { fr: 'Titre à nous', en: 'Our title' },
      'banner.partners.one': '{count} ami',
    };
    const texts = ownTexts('banner', TEXTS.fr, own, 'fr-BE');
    expect(texts).toEqual({
      ...TEXTS.fr,
      title: 'Titre à nous',
      partners: { ...TEXTS.fr.partners, one: '{count} ami' },
    });
  });

  it('prefer the exact language', () => {
    const own = { 'banner.title': { fr: 'Fort', 'fr-BE': 'Septante' } };
    expect(ownTexts('banner', TEXTS.fr, own, 'fr-BE').title).toBe('Septante');
    expect(ownTexts('banner', TEXTS.fr, own, 'fr').title).toBe('Fort');
  });

  it('are not shown to who reads another language', () => {
    expect(ownTexts('banner', TEXTS.nl, { 'banner.title': { fr: 'Titre' } }, 'nl')).toEqual(TEXTS.nl);
  });

  it('are of one layer only', () => {
    const own = { 'banner.title': 'x' };
    expect(ownTexts('preferences', PREFERENCES_TEXTS.fr, own, 'fr')).toEqual(PREFERENCES_TEXTS.fr);
  });

  it('may not empty a text', () => {
    expect(ownTexts('banner', TEXTS.fr, { 'banner.acceptAll': '' }, 'fr')).toEqual(TEXTS.fr);
  });
});
