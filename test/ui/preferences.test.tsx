import { fireEvent, within } from '@testing-library/preact';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { normalizePolicy } from '../../src/policy/normalize.ts';
import type { Choices } from '../../src/types.ts';
import * as preferences from '../../src/ui/preferences.tsx';
import { POLICY, policyWith, receiptOf, service, withService } from '../fixtures/policy.ts';
import { plain, type ShowOptions, show } from '../fixtures/stage.tsx';

const ACCEPTED: Choices = Object.fromEntries(
  ['analytics', 'matomo', 'heatmap', 'advertising', 'ads', 'preference'].map((id) => [id, 'granted']),
);

/** Shows the preferences, with readers and clicks by the name of a switch. */
function open(options: ShowOptions = {}) {
  const shown = show(preferences, options);
  const { root } = shown;
  const toggles = () => within(root).getAllByRole<HTMLInputElement>('switch', { hidden: true });
  const toggle = (name: string) => within(root).getByRole<HTMLInputElement>('switch', { name, hidden: true });
  const button = (name: string) => within(root).getByRole('button', { name, hidden: true });
  const describedBy = (one: Element) =>
    (one.getAttribute('aria-describedby') ?? '')
      .split(' ')
      .map((id) => plain(document.getElementById(id)?.textContent));
  /** Preact draws in a later task. */
  const click = async (element: Element) => {
    fireEvent.click(element);
    await new Promise((resolve) => setTimeout(resolve));
  };
  const stateOf = (name: string) => describedBy(toggle(name)).at(-1);
  return { ...shown, toggles, toggle, button, describedBy, click, stateOf };
}

describe('the preferences', () => {
  it('are a modal dialog that its title names', () => {
    const { root } = open();
    expect(root.tagName).toBe('DIALOG');
    expect((root as HTMLDialogElement).open).toBe(true);
    expect(within(document.body).getByRole('dialog', { name: 'Gérer mes cookies' })).toBe(root);
    expect(root.lang).toBe('fr');
  });

  it('have a switch for each category and service that is a choice, named after it', () => {
    const { toggles, toggle } = open();
    const names = ['Mesure d’audience', 'matomo SA', 'heatmap SA', 'Publicité', 'ads SA', 'Préférences'];
    expect(toggles()).toHaveLength(names.length);
    for (const name of names) expect(toggle(name).type).toBe('checkbox');
  });

  it('describe each switch by its text and its state', () => {
    const { toggle, describedBy } = open();
    expect(describedBy(toggle('Mesure d’audience'))).toEqual([
      'Compter les visites et voir quelles pages sont utiles.',
      'Refusé',
    ]);
    expect(describedBy(toggle('matomo SA'))).toEqual(['matomo counts.', 'Refusé']);
  });

  it('have nothing switched on at first', () => {
    const { toggles } = open();
    expect(toggles().filter(({ checked }) => checked)).toEqual([]);
  });

  it('show what was granted, and only that', () => {
    const { toggle, stateOf } = open({
      known: { choices: { ...ACCEPTED, analytics: 'denied', heatmap: 'denied' } },
    });
    expect(toggle('matomo SA').checked).toBe(true);
    expect(toggle('heatmap SA').checked).toBe(false);
    expect(toggle('Mesure d’audience').checked).toBe(false);
    expect(stateOf('Mesure d’audience')).toBe('En partie');
    expect(toggle('Publicité').checked).toBe(true);
    expect(stateOf('Publicité')).toBe('Accepté');
  });

  it('have what is asked again switched off', () => {
    const { matomo: _, analytics: __, ...rest } = ACCEPTED as Record<string, 'granted'>;
    const { toggle } = open({ known: { choices: rest } });
    expect(toggle('matomo SA').checked).toBe(false);
    expect(toggle('heatmap SA').checked).toBe(true);
  });

  it('switch the services of a category with it', async () => {
    const { toggle, click, stateOf } = open();
    await click(toggle('Mesure d’audience'));
    expect(toggle('matomo SA').checked && toggle('heatmap SA').checked).toBe(true);
    expect(toggle('ads SA').checked).toBe(false);
    expect(stateOf('Mesure d’audience')).toBe('Accepté');
    await click(toggle('Mesure d’audience'));
    expect(toggle('matomo SA').checked || toggle('heatmap SA').checked).toBe(false);
    expect(stateOf('Mesure d’audience')).toBe('Refusé');
  });

  it('switch a category to partly with one of its services, and on with all of them', async () => {
    const { toggle, click, stateOf } = open();
    await click(toggle('matomo SA'));
    expect(stateOf('Mesure d’audience')).toBe('En partie');
    expect(toggle('Mesure d’audience').checked).toBe(false);
    await click(toggle('heatmap SA'));
    expect(stateOf('Mesure d’audience')).toBe('Accepté');
    expect(toggle('Mesure d’audience').checked).toBe(true);
  });

  it('switch a category that is partly on wholly on', async () => {
    const { toggle, click } = open();
    await click(toggle('matomo SA'));
    await click(toggle('Mesure d’audience'));
    expect(toggle('matomo SA').checked && toggle('heatmap SA').checked).toBe(true);
  });

  it('save what they show, and nothing before that', async () => {
    const { toggle, click, button, spies } = open();
    await click(toggle('matomo SA'));
    await click(toggle('Préférences'));
    expect(spies.save).not.toHaveBeenCalled();
    await click(button('Enregistrer mes choix'));
    expect(spies.save).toHaveBeenCalledExactlyOnceWith({
      matomo: 'granted',
      heatmap: 'denied',
      ads: 'denied',
      preference: 'granted',
    });
  });

  it('save what they show after any toggles', async () => {
    const units = normalizePolicy(POLICY).units.map(({ id }) => id);
    await fc.assert(
      fc.asyncProperty(fc.array(fc.nat(5), { maxLength: 12 }), async (path) => {
        const { root, click, spies, unmount } = open();
        // By selector: looking up roles takes a hundred times longer.
        const toggles = () => [...root.querySelectorAll<HTMLInputElement>('[role=switch]')];
        for (const index of path) await click(toggles()[index] as HTMLElement);
        const shownOn = toggles()
          .filter(({ checked }) => checked)
          .map((one) => one.getAttribute('data-bandeau-category') as string);
        await click(root.querySelector('[data-bandeau-action=save]') as HTMLElement);
        const saved = spies.save.mock.calls[0]?.[0] as Record<string, string>;
        expect(Object.keys(saved).sort()).toEqual([...units].sort());
        for (const id of units) expect(saved[id]).toBe(shownOn.includes(id) ? 'granted' : 'denied');
        unmount();
      }),
      { numRuns: 40 },
    );
  });

  it('answer everything by one click too', async () => {
    const { click, button, spies } = open();
    await click(button('Tout accepter'));
    expect(spies.acceptAll).toHaveBeenCalledOnce();
    await click(button('Tout refuser'));
    expect(spies.rejectAll).toHaveBeenCalledOnce();
    expect(button('Tout accepter').className).toBe(button('Tout refuser').className);
  });

  it('have no switch for what is always on, and say so', () => {
    const { root } = open();
    const row = root.querySelector('#bandeau-item-essential')?.closest('section') as HTMLElement;
    expect(within(row).queryByRole('switch', { hidden: true })).toBeNull();
    expect(within(row).getByText('Toujours actifs')).toBeTruthy();
    expect(plain(row.textContent)).toContain('Pourquoi il est nécessaireTo sign in.');
  });

  it('decide nothing when they close, by the button or by Escape', async () => {
    const { click, button, spies, root, toggle } = open();
    await click(toggle('matomo SA'));
    await click(button('Fermer sans enregistrer'));
    expect(spies.close).toHaveBeenCalledOnce();
    // What a browser does on Escape.
    root.dispatchEvent(new Event('close'));
    expect(spies.close).toHaveBeenCalledTimes(2);
    for (const name of ['save', 'acceptAll', 'rejectAll', 'withdraw'] as const) {
      expect(spies[name]).not.toHaveBeenCalled();
    }
  });

  it('do not close a second time when they are taken off', () => {
    const { unmount, spies } = open();
    unmount();
    expect(spies.close).not.toHaveBeenCalled();
    expect(document.querySelector('dialog')).toBeNull();
  });

  it('declare what each service leaves on the device, for how long, and whom it contacts', () => {
    const policy = withService('matomo', {
      vendor: { name: 'Matomo SAS', country: 'FR', privacyUrl: 'https://matomo.example/privacy' },
    });
    const { root } = open({ policy });
    const row = root.querySelector('#bandeau-item-matomo')?.parentElement as HTMLElement;
    const text = plain(row.textContent);
    expect(text).toContain('Matomo SAS (France), sa politique');
    expect(text).toContain('_pk_id 30 jours');
    expect(text).toContain('_pk_ses session');
    expect(text).toContain('pk localStorage');
    expect(text).toContain('stats.example.net, cdn.example.net');
    const link = within(row).getByRole('link', { name: 'sa politique', hidden: true });
    expect(link.getAttribute('href')).toBe('https://matomo.example/privacy');
  });

  it('link no policy of a vendor that names none', () => {
    const { root } = open();
    const row = root.querySelector('#bandeau-item-matomo')?.parentElement as HTMLElement;
    expect(within(row).queryByRole('link', { hidden: true })).toBeNull();
    expect(row.textContent).not.toContain('sa politique');
  });

  it('name controllers, contacts and the data protection officer', () => {
    const policy = policyWith({
      controller: {
        ...POLICY.controller,
        jointControllers: [{ name: 'Deux SA', contact: 'deux@example.org' }],
        dataProtectionOfficer: { name: 'A. Martin', contact: 'dpo@example.org' },
      },
    });
    const text = plain(open({ policy }).root.textContent);
    expect(text).toContain('Exemple SA · Contact : info@example.org');
    expect(text).toContain('Deux SA · Contact : deux@example.org');
    expect(text).toContain('Délégué à la protection des données : A. Martin, dpo@example.org');
  });

  it('say when the choice in force was made, and nothing of the kind before', () => {
    expect(open().root.textContent).not.toContain('Choix enregistré');
    document.body.replaceChildren();
    const { root } = open({ known: { receipt: receiptOf({}) } });
    expect(plain(root.textContent)).toContain('Choix enregistré le 15 mars 2025, gardé 6 mois.');
  });

  it('show HTML in any text as text', () => {
    const html = '<img src=x onerror=alert(1)>';
    const policy = policyWith({
      categories: [{ id: 'ads', title: html, description: html }],
      services: [service('a', 'ads', { name: html, purpose: html, vendor: { name: html, country: html } })],
    });
    const { root } = open({ policy });
    expect(root.querySelector('img')).toBeNull();
    expect(root.textContent?.split(html).length).toBeGreaterThan(5);
  });

  it.each(['javascript:alert(1)', ' JAVASCRIPT:alert(1)', 'data:text/html,x'])(
    'link no code: %s',
    (privacyUrl) => {
      const policy = withService(
        'matomo',
        { vendor: { name: 'x', privacyUrl } },
        {
          controller: { ...POLICY.controller, privacyUrl },
        },
      );
      for (const link of open({ policy }).root.querySelectorAll('a')) {
        expect((link.getAttribute('href') ?? '').trim()).not.toMatch(/^(javascript|data):/i);
      }
    },
  );
});
