/** @jsxImportSource ../lib/dom-jsx */
import { keepFocus } from '../lib/keep-focus.ts';
import type { Consent } from '../types.ts';
import type { RightsTexts } from './contract.ts';
import { fill, plural } from './format.ts';

/** What the visitor's own records are shown with. */
export interface RightsProps {
  readonly handle: Consent;
  readonly words: RightsTexts;
  readonly locale: string;
}

const FORMATS = [
  ['json', 'application/json'],
  ['csv', 'text/csv'],
] as const;

/**
 * The visitor's records: the id that a site finds theirs by, a copy to take away and their end (GDPR art. 15, 17
 * and 20). Nothing of it leaves the device.
 */
export function drawRights({ handle, words, locale }: RightsProps): Node {
  const count = document.createElement('p');
  const countRecords = async () => {
    const { records } = JSON.parse(await handle.exportReceipt('json'));
    count.textContent = plural(words.history, records.length, locale);
  };
  // What could not be loaded is told where it is loaded.
  countRecords().catch(() => {});

  const download = (format: 'json' | 'csv', type: string) => async () => {
    const url = URL.createObjectURL(new Blob([await handle.exportReceipt(format)], { type }));
    const link = document.createElement('a');
    link.href = url;
    link.download = `bandeau-${handle.receipt?.id}.${format}`;
    link.click();
    URL.revokeObjectURL(url);
  };
  const erase = () => {
    keepFocus(handle.reset);
    // It is asked again, which the dialog stands in front of.
    if (handle.$surface.get() === 'preferences') handle.close();
  };
  const button = (action: string, text: string, onClick: () => void) => (
    <button type="button" class="bandeau-save" data-bandeau-action={action} onClick={onClick}>
      {text}
    </button>
  );
  return (
    <div class="bandeau-rights">
      <p>{fill(words.id, { id: handle.receipt?.id ?? '' })}</p>
      {count}
      <p>{words.text}</p>
      {FORMATS.map(([format, type]) =>
        button(
          `download-${format}`,
          fill(words.download, { format: format.toUpperCase() }),
          download(format, type),
        ),
      )}
      {button('erase', words.erase, erase)}
    </div>
  );
}
