import { fireEvent, within } from '@testing-library/preact';
import { describe, expect, it, vi } from 'vitest';
import type { Choices, Consent, Policy } from '../../src/types.ts';
import { ACCEPTED, POLICY, policyWith, REFUSED, withService } from '../fixtures/policy.ts';
import { plain } from '../fixtures/stage.tsx';
import { useVisits } from '../support/visits.ts';

const change = (version: string, inform?: boolean) => ({
  version,
  date: '2025-03-16',
  summary: { fr: `Changement ${version}.` },
  ...(inform !== undefined && { inform }),
});
const reworded = (...changes: Policy['changes'] & object) => policyWith({ version: '2', changes });

const card = () => document.querySelector<HTMLElement>('[data-bandeau-layer=update]');
const start = useVisits();
/** A visit of who has decided on the policy of then. */
const visit = (policy: Policy, wanted: Choices | null = ACCEPTED) =>
  start({ policy, environment: { languages: ['fr'] } }, wanted);
/** Everything that is loaded later has come, and is drawn. */
const settled = async (consent: Consent) => {
  await consent.exportReceipt('json');
  await vi.dynamicImportSettled();
};

describe('a version about which there is nothing to answer', () => {
  it.each([
    ['accepted', ACCEPTED],
    ['refused', REFUSED],
  ])('is told of where the site wants it, to who %s', async (_, wanted) => {
    visit(reworded(change('2', true)), wanted);
    await vi.waitFor(() => expect(plain(card()?.textContent)).toContain('Changement 2.'));
    expect(plain(card()?.textContent)).toContain('Rien ne vous est demandé : vos choix restent tels quels.');
    expect(within(card() as HTMLElement).getAllByRole('button')).toHaveLength(1);
  });

  it('is told of once, and its choices stand', async () => {
    const policy = reworded(change('2', true));
    const first = visit(policy);
    await vi.waitFor(() => expect(card()).not.toBeNull());
    expect(first.isGranted('matomo')).toBe(true);
    expect(first.promptReason).toBeNull();
    first.destroy();
    expect(card()).toBeNull();
    await settled(visit(policy));
    expect(card()).toBeNull();
  });

  it('goes when it is closed, and decides nothing', async () => {
    const consent = visit(reworded(change('2', true)));
    const before = consent.receipt;
    await vi.waitFor(() => expect(card()).not.toBeNull());
    fireEvent.click(within(card() as HTMLElement).getByRole('button', { name: 'Fermer' }));
    expect(card()).toBeNull();
    expect(consent.receipt).toBe(before);
  });

  it('goes when the visitor opens the preferences', async () => {
    const consent = visit(reworded(change('2', true)));
    await vi.waitFor(() => expect(card()).not.toBeNull());
    consent.open('preferences');
    expect(card()).toBeNull();
  });

  it.each<[string, Policy, Choices | null]>([
    ['that the site does not want told', reworded(change('2')), ACCEPTED],
    ['that is old', { ...POLICY, changes: [change('0', true), change(POLICY.version)] }, ACCEPTED],
    ['to who has decided nothing', reworded(change('2', true)), null],
    [
      'that asks',
      withService('matomo', { hosts: ['x.example'] }, { version: '2', changes: [change('2', true)] }),
      ACCEPTED,
    ],
  ])('is not told of one %s', async (_, policy, wanted) => {
    await settled(visit(policy, wanted));
    expect(card()).toBeNull();
  });

  it('is not told of where the browser keeps nothing, since it would come on every page', async () => {
    const setItem = () => {
      throw new Error('QuotaExceededError');
    };
    vi.stubGlobal('localStorage', { getItem: () => null, setItem, removeItem: () => {} });
    await settled(visit(reworded(change('2', true))));
    expect(card()).toBeNull();
    vi.unstubAllGlobals();
  });
});
