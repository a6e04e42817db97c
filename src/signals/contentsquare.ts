import { defineSignal } from './kit/define-signal.ts';
import { queueOf } from './kit/queue-of.ts';

export interface ContentsquareOptions {
  /**
   * Pushes `optin` when it is granted, so that whoever had refused before is counted again. Contentsquare documents it for
   * pages inside apps; for others we have not checked it. Without it a refusal that its tag has heard lasts 13 months.
   * @default false
   */
  readonly optIn: boolean;
}

/**
 * Contentsquare: `optout` when it is refused, which ends its tracking, removes its cookies and writes `_cs_optout`. While the
 * tag is held nothing hears it, and nothing is written; a grant takes it back. The tag knows no default: hold it.
 *
 * Source: https://docs.contentsquare.com/en/web/send-the-users-decisions-about-data-collection/
 */
export const contentsquare = defineSignal({
  name: 'contentsquare',
  terms: { tracking: ['analytics'] },
  connect({ optIn }: Partial<ContentsquareOptions>) {
    const optOut = ['optout'];
    return {
      update({ tracking }) {
        const found: unknown = Reflect.get(globalThis, '_uxa');
        if (!tracking) queueOf('_uxa').push(optOut);
        else {
          // Only a list that no tag has taken over still has it.
          if (Array.isArray(found)) found.splice(0, found.length, ...found.filter((call) => call !== optOut));
          if (optIn) queueOf('_uxa').push(['optin']);
        }
      },
    };
  },
});
