import { fireEvent, within } from '@testing-library/preact';
import { describe, expect, it } from 'vitest';
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

const shown = (change: Partial<PolicyChanged> = {}, locale = 'fr') =>
  show(notice, { policy: POLICY, locale, known: { promptReason: { ...CHANGED, ...change } } });

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
    expect(within(root).getAllByRole('listitem')).toHaveLength(1);
    expect(root.textContent).not.toContain('Chat en direct');
    expect(root.textContent).not.toContain('Publicité');
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
    expect(text).toContain('Vos autres choix restent tels quels.');
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
