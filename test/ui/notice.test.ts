import { fireEvent, within } from '@testing-library/preact';
import { describe, expect, it } from 'vitest';
import type { PolicyDifference } from '../../src/policy/compare-outlines.ts';
import type { PolicyChanged } from '../../src/types.ts';
import * as notice from '../../src/ui/notice.tsx';
import { policyWith, service } from '../fixtures/policy.ts';
import { plain, show } from '../fixtures/stage.tsx';

const POLICY = policyWith({
  version: '2025-03-01',
  services: [
    ...policyWith().services,
    service('chat', 'preference', { name: 'Chat en direct', purpose: { fr: 'Répondre à vos questions.' } }),
  ],
});

const CHANGED: PolicyChanged = {
  type: 'policy-changed',
  fromVersion: '2025-01-15',
  since: '2025-01-20T12:00:00.000Z',
  added: ['chat'],
  modified: ['matomo'],
  removedCount: 2,
  changes: [
    {
      version: '2025-03-01',
      date: '2025-03-01',
      summary: { fr: 'Nous avons ajouté un chat.', en: 'We added a chat.' },
    },
  ],
};

/** Answers that stand: the visitor had refused advertising and accepted one of two analytics services. */
const CHOICES = { heatmap: 'granted', advertising: 'denied', ads: 'denied', preference: 'granted' } as const;
const shown = (change: Partial<PolicyChanged> = {}, locale = 'fr', difference?: PolicyDifference) =>
  show(notice, {
    policy: POLICY,
    locale,
    known: { choices: CHOICES, promptReason: { ...CHANGED, ...change } },
    ...(difference && { difference }),
  });

const NO_DIFFERENCE: PolicyDifference = {
  added: [],
  modified: [],
  removed: [],
  sites: [],
  controllers: [],
  isWider: false,
};
const MATOMO = {
  ...{ id: 'matomo', name: 'Matomo', vendor: null, category: null, hosts: [], stores: [], longer: [] },
};

describe('the notice', () => {
  it('is named after the change', () => {
    const { root } = shown();
    expect(within(document.body).getByRole('region', { name: 'Notre politique a changé' })).toBe(root);
  });

  it('tells since when', () => {
    expect(plain(shown().root.textContent)).toContain('Depuis votre choix du 20 janvier 2025');
  });

  it('marks what is new and what changed, with service, category and purpose', () => {
    const { root } = shown();
    expect(
      within(root)
        .getAllByRole('listitem')
        .map((item) => plain(item.textContent)),
    ).toEqual([
      'Nouveau Chat en direct (Préférences) Répondre à vos questions.',
      'Modifié matomo SA (Mesure d’audience) matomo counts.',
    ]);
  });

  it('lists no category and no service that is not asked', () => {
    const { root } = shown({ added: [] });
    const items = within(root).getAllByRole('listitem');
    expect(items).toHaveLength(1);
    expect(items[0]?.textContent).not.toMatch(/Chat en direct|Publicité/);
  });

  it('names a category without services by itself', () => {
    const { root } = shown({ added: ['preference'], modified: [] });
    expect(plain(within(root).getByRole('listitem').textContent)).toBe(
      'Nouveau Préférences Retenir votre langue et vos réglages d’affichage.',
    );
  });

  it.each([
    [0, null],
    [1, '1 service a été retiré.'],
    [2, '2 services ont été retirés.'],
  ])('counts %i removed services', (removedCount, words) => {
    const text = plain(shown({ removedCount }).root.textContent);
    if (words) expect(text).toContain(words);
    else expect(text).not.toContain('retiré');
  });

  it('says what stays as it was chosen, a category by its name where all of it does', () => {
    const text = plain(shown().root.textContent);
    expect(text).toContain(
      'Vos autres choix restent tels quels. Toujours accepté : heatmap SA. Toujours refusé : Publicité.',
    );
  });

  it('says nothing of what stays where everything is asked', () => {
    const { root } = show(notice, { policy: POLICY, known: { choices: {}, promptReason: CHANGED } });
    expect(root.textContent).not.toMatch(/Vos autres choix|Toujours/);
  });

  it('names the version of then and the one of now', () => {
    expect(plain(shown().root.textContent)).toContain(
      'Avant : version du 15 janvier 2025. Maintenant : version du 1 mars 2025.',
    );
  });

  it.each([
    [{ vendor: 'Autre SA' }, 'Nouvel éditeur : Autre SA.'],
    [{ vendor: 'Acme Inc.' }, 'Nouvel éditeur : Acme Inc.'],
    [{ category: 'analytics' }, 'Passe dans : Mesure d’audience.'],
    [{ hosts: ['a.example', 'b.example'] }, 'Contacte aussi : a.example et b.example.'],
    [{ stores: ['_pk_id'] }, 'Enregistre aussi : _pk_id.'],
    [{ longer: [{ name: '_pk_id', lifetimeDays: 390 }] }, 'Garde plus longtemps : _pk_id (390 jours).'],
  ])('says what a service asks for beyond then: %j', (more, sentence) => {
    const { root } = shown({ added: [] }, 'fr', { ...NO_DIFFERENCE, modified: [{ ...MATOMO, ...more }] });
    expect(plain(within(root).getByRole('listitem').textContent)).toBe(
      `Modifié matomo SA (Mesure d’audience) matomo counts.${sentence}`,
    );
  });

  it('names what was removed where the device knows, instead of counting it', () => {
    const removed = [
      { id: 'ads', name: 'Ads', category: 'x', vendor: 'x', hosts: [], cookies: [], storage: [] },
    ];
    const { root } = shown({ added: [], removedCount: 1 }, 'fr', { ...NO_DIFFERENCE, removed });
    expect(
      within(root)
        .getAllByRole('listitem')
        .map((item) => plain(item.textContent)),
    ).toContain('Retiré Ads');
    expect(root.textContent).not.toContain('1 service a été retiré');
  });

  it('says which sites and who else the choice is for now', () => {
    const text = plain(
      shown({}, 'fr', { ...NO_DIFFERENCE, sites: ['b.example'], controllers: ['Coop SA'] }).root.textContent,
    );
    expect(text).toContain('Vaut aussi pour : b.example. Nouveau responsable : Coop SA.');
  });

  it("has the site's own sentence with its date, in the visitor's language", () => {
    expect(plain(shown().root.textContent)).toContain('1 mars 2025 Nous avons ajouté un chat.');
    document.body.replaceChildren();
    expect(plain(shown({}, 'en').root.textContent)).toContain('March 1, 2025 We added a chat.');
  });

  it.each([
    ['Accepter ces changements', 'granted'],
    ['Refuser ces changements', 'denied'],
  ])('%s saves only what is asked', (name, choice) => {
    const { root, spies } = shown();
    fireEvent.click(within(root).getByRole('button', { name }));
    expect(spies.save).toHaveBeenCalledExactlyOnceWith({ chat: choice, matomo: choice });
    expect(spies.acceptAll).not.toHaveBeenCalled();
    expect(spies.rejectAll).not.toHaveBeenCalled();
  });

  it('leads to the preferences', () => {
    const { root, spies } = shown();
    fireEvent.click(within(root).getByRole('button', { name: 'Personnaliser' }));
    expect(spies.open).toHaveBeenCalledExactlyOnceWith('preferences');
    expect(spies.save).not.toHaveBeenCalled();
  });

  it("shows HTML in the site's sentence as text", () => {
    const summary = '<img src=x onerror=alert(1)>';
    const { root } = shown({ changes: [{ version: '2', date: '2025-03-01', summary }] });
    expect(root.querySelector('img')).toBeNull();
    expect(root.textContent).toContain(summary);
  });
});
