import { fireEvent, within } from '@testing-library/preact';
import { atom } from 'nanostores';
import { afterEach, describe, expect, it, vi } from 'vitest';
import fr from '../../locales/rights/fr.json';
import type { Surface } from '../../src/types.ts';
import * as preferences from '../../src/ui/preferences.tsx';
import { drawRights } from '../../src/ui/rights.tsx';
import { ACCEPTED, receiptOf } from '../fixtures/policy.ts';
import { plain, show } from '../fixtures/stage.tsx';

const RECEIPT = receiptOf(ACCEPTED);

function shown(surface: Surface = 'preferences') {
  const exportReceipt = vi.fn(async (format: string) => (format === 'json' ? '{"records":[1,2]}' : 'id\r\n'));
  const page = show(preferences, {
    known: { receipt: RECEIPT, exportReceipt, $surface: atom(surface), $choices: atom({}) },
    loadRights: async () => (handle) => drawRights({ handle, words: fr, locale: 'fr' }),
  });
  return { ...page, exportReceipt };
}

async function opened(surface?: Surface) {
  const page = shown(surface);
  const summary = within(page.root).getByText('Mes choix enregistrés');
  const details = summary.closest('details') as HTMLDetailsElement;
  details.open = true;
  fireEvent(details, new Event('toggle'));
  await vi.waitFor(() => expect(details.querySelector('.bandeau-rights')).not.toBeNull());
  return { ...page, details };
}

/** What the visitor is given to save. */
function downloads() {
  const saved: { name: string; blob: Blob }[] = [];
  const blobs = new Map<string, Blob>();
  vi.spyOn(URL, 'createObjectURL').mockImplementation((blob) => {
    blobs.set('blob:1', blob as Blob);
    return 'blob:1';
  });
  vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(function (this: HTMLAnchorElement) {
    saved.push({ name: this.download, blob: blobs.get(this.href) as Blob });
  });
  return saved;
}

afterEach(() => vi.restoreAllMocks());

describe('the records of the visitor', () => {
  it('are not drawn before they are opened', () => {
    const { root, exportReceipt } = shown();
    expect(root.querySelector('.bandeau-rights')).toBeNull();
    expect(exportReceipt).not.toHaveBeenCalled();
  });

  it('are not offered before there is one', () => {
    const { root } = show(preferences, {
      known: { $choices: atom({}) },
      loadRights: async () => () => document.createElement('p'),
    });
    expect(within(root).queryByText('Mes choix enregistrés')).toBeNull();
  });

  it('show the id that the site finds them by, and how many there are', async () => {
    const { details } = await opened();
    expect(plain(details.textContent)).toContain(`Identifiant de mon choix : ${RECEIPT.id}`);
    await vi.waitFor(() => expect(plain(details.textContent)).toContain('2 choix gardés sur cet appareil.'));
  });

  it.each([
    ['JSON', 'json', 'application/json', '{"records":[1,2]}'],
    ['CSV', 'csv', 'text/csv', 'id\r\n'],
  ])('can be taken away as %s', async (format, extension, type, text) => {
    const saved = downloads();
    const { details } = await opened();
    fireEvent.click(within(details).getByRole('button', { name: `Télécharger mes choix (${format})` }));
    await vi.waitFor(() => expect(saved).toHaveLength(1));
    expect(saved[0]?.name).toBe(`bandeau-${RECEIPT.id}.${extension}`);
    expect(saved[0]?.blob.type).toBe(type);
    expect(await saved[0]?.blob.text()).toBe(text);
  });

  it('can be erased: everything is forgotten, and the dialog goes so that it is asked again', async () => {
    const { details, spies } = await opened();
    fireEvent.click(within(details).getByRole('button', { name: 'Effacer mes choix' }));
    expect(spies.reset).toHaveBeenCalledOnce();
    expect(spies.close).toHaveBeenCalledOnce();
  });

  it('closes nothing where no dialog is open, as from preferences in the page', async () => {
    const { details, spies } = await opened('banner');
    fireEvent.click(within(details).getByRole('button', { name: 'Effacer mes choix' }));
    expect(spies.reset).toHaveBeenCalledOnce();
    expect(spies.close).not.toHaveBeenCalled();
  });
});
