import { describe, expect, it, vi } from 'vitest';
import { piano } from '../../../src/signals/piano.ts';
import { FRENCH_EXEMPTION, service } from '../../fixtures/policy.ts';
import { cleanGlobals, itHears, openPage, SITE, VISITS } from '../../fixtures/signals.ts';

cleanGlobals('pa', 'pdl', '_pac');

/**
 * A double of Piano's script: it reads `_pac`, turns its consent management on where that names a mode to begin with, and
 * begins with it.
 */
const loadDouble = (modes: unknown[]) => {
  const { consentDefaultMode } = Object(Reflect.get(globalThis, '_pac'));
  const pdl: Record<string, unknown> = { ...Object(Reflect.get(globalThis, 'pdl')) };
  if (consentDefaultMode) pdl['requireConsent'] = 'v2';
  Reflect.set(globalThis, 'pdl', pdl);
  modes.push(['begins', consentDefaultMode ?? 'opt-in']);
  Reflect.set(globalThis, 'pa', {
    consent: { setMode: (mode: string) => void (pdl['requireConsent'] && modes.push(mode)) },
    privacy: { setMode: (mode: string) => void (pdl['requireConsent'] || modes.push(['privacy', mode])) },
    sendEvent: (name: string) => modes.push(['event', name]),
  });
};

const running = () => {
  const modes: unknown[] = [];
  vi.stubGlobal('pdl', { requireConsent: 'v2' });
  vi.stubGlobal('pa', { consent: { setMode: (mode: string) => modes.push(mode) }, privacy: {} });
  return modes;
};

describe('piano', () => {
  itHears(piano, running, {
    'nothing is known yet': [],
    'a first visit': [],
    accepting: ['opt-in'],
    refusing: ['opt-out'],
    'granting analytics alone': ['opt-in'],
    'accepting, then withdrawing': ['opt-in', 'opt-out'],
    'back after accepting': ['opt-in'],
    'back after refusing': ['opt-out'],
    'accepting, then reset': ['opt-in', 'opt-out'],
    'accepting after the signal was stopped': [],
  });

  it('has Piano begin opted out, and keeps what else the page has configured', () => {
    vi.stubGlobal('_pac', { site: 1, consentDefaultMode: 'opt-in' });
    openPage(piano());
    expect(Reflect.get(globalThis, '_pac')).toEqual({
      site: 1,
      consentDefaultMode: 'opt-out',
      privacyDefaultMode: 'optout',
    });
  });

  it('sets the mode before the page sends anything, where the script comes after the choice', () => {
    const modes: unknown[] = [];
    VISITS.accepting(openPage(piano()));
    loadDouble(modes);
    (Reflect.get(globalThis, 'pa') as { sendEvent(name: string): void }).sendEvent('page.display');
    expect(modes).toEqual([['begins', 'opt-out'], 'opt-in', ['event', 'page.display']]);
  });

  it('sets the mode of a script that came before the choice', () => {
    const modes: unknown[] = [];
    const page = openPage(piano());
    page.begin();
    loadDouble(modes);
    expect(modes).toEqual([['begins', 'opt-out']]);
    page.consent.rejectAll();
    expect(modes.slice(1)).toEqual(['opt-out']);
  });

  it('tells a script that came before the signal by its older interface', () => {
    const modes: unknown[] = [];
    loadDouble(modes);
    VISITS['accepting, then withdrawing'](openPage(piano()));
    expect(modes).toEqual([
      ['begins', 'opt-in'],
      ['privacy', 'optin'],
      ['privacy', 'optout'],
    ]);
  });

  describe('measurement that is exempt', () => {
    const policy = {
      ...SITE,
      services: [...(SITE.services ?? []), service('piano', 'analytics', { exempt: FRENCH_EXEMPTION })],
    };

    it('is essential before the choice and after a refusal, where the law exempts it', () => {
      const modes = running();
      VISITS.refusing(openPage(piano(), { policy, visitor: { region: 'FR' } }));
      expect(modes).toEqual(['essential', 'essential']);
    });

    it('is opted out once the visitor objects', () => {
      const modes = running();
      const { begin, consent } = openPage(piano(), { policy, visitor: { region: 'FR' } });
      begin();
      consent.withdraw('piano');
      expect(modes).toEqual(['essential', 'opt-out']);
    });

    it('is not exempt elsewhere', () => {
      const modes = running();
      VISITS.refusing(openPage(piano(), { policy, visitor: { region: 'BE' } }));
      expect(modes).toEqual(['opt-out']);
    });
  });

  it('tells the npm package', () => {
    const setMode = vi.fn();
    vi.stubGlobal('pdl', { requireConsent: true });
    VISITS.accepting(openPage(piano({ client: () => ({ consent: { setMode }, privacy: {} }) })));
    expect(setMode.mock.calls).toEqual([['opt-in']]);
  });

  it('waits for nothing after its stop', () => {
    const modes: unknown[] = [];
    const page = openPage(piano());
    VISITS.accepting(page);
    page.stop();
    loadDouble(modes);
    expect(modes).toEqual([['begins', 'opt-out']]);
  });
});
