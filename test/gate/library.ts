import type { Policy } from '../../src/types.ts';
import type { Page } from '../support/servers.ts';
import type { Mark } from './case.ts';
import { markForBandeau } from './marks.ts';

/** What the runner has to know of the library under test. The expressions are evaluated in the page. */
export interface Library {
  readonly name: string;
  /** Its tags, for the top of the head. `receipt` is a name for its cookie or key that no other visit has. */
  head(receipt: string, tracker: string, nonce: string): string;
  held(html: string, mark?: Mark): string;
  /** True once it has started. */
  readonly isReady: string;
  readonly accept: string;
  readonly reject: string;
  readonly withdraw: string;
  /** It reloads the page when a choice is taken back. @default false */
  readonly reloads?: boolean;
  /** Scripts are declared to it, and are no elements of the page. @default false */
  readonly declares?: boolean;
  /** Its own cookies and keys, besides the receipt. */
  isOwn(name: string): boolean;
  /** Files that the site serves for it, by path. */
  readonly files?: Record<string, Page>;
}

/** One service that the cases mark, and one that nothing needs. */
export const gatePolicy = (cookieName: string): Policy => ({
  version: '2026-01-01',
  controller: { name: 'Quillfern Press', contact: 'privacy@quillfern.example', privacyUrl: '/privacy' },
  scope: { sites: ['localhost'], cookieName },
  categories: [{ id: 'essential' }, { id: 'analytics' }, { id: 'preference' }],
  services: [
    {
      id: 'visits',
      category: 'analytics',
      vendor: { name: 'Mesurio' },
      purpose: 'Counts visits.',
      cookies: [{ pattern: 't_\\w+', lifetimeDays: 30 }],
      storage: [
        { kind: 'localStorage', key: 't_*' },
        { kind: 'sessionStorage', key: 't_*' },
      ],
    },
    {
      id: 'comfort',
      category: 'preference',
      vendor: { name: 'Quillfern Press' },
      purpose: 'Keeps settings.',
    },
  ],
});

export const bandeau: Library = {
  name: 'bandeau',
  head: (receipt, _tracker, nonce) =>
    `<script type="application/json" data-bandeau-policy nonce="${nonce}">${JSON.stringify(gatePolicy(receipt))}</script>
    <script src="/bandeau/bandeau.js" nonce="${nonce}"></script>`,
  held: markForBandeau,
  isReady: 'window.bandeau?.promptReason !== undefined',
  accept: 'bandeau.acceptAll()',
  reject: 'bandeau.rejectAll()',
  withdraw: 'bandeau.withdraw()',
  isOwn: () => false,
};

/** No library and no mark: whatever a page can do, it does. */
export const control: Library = {
  name: 'control',
  head: () => '',
  held: (html) => html,
  isReady: 'true',
  accept: 'undefined',
  reject: 'undefined',
  withdraw: 'undefined',
  isOwn: () => false,
};
