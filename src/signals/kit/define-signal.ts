import { namesAdvertisingIn } from '../../policy/names-advertising.ts';
import { isRequiredCategory } from '../../policy/required.ts';
import type {
  Policy,
  Service,
  Signal,
  SignalDefinition,
  SignalLink,
  SignalOptions,
  TermRule,
  Terms,
} from '../../types.ts';

/**
 * Makes the function that makes a signal. The tool hears one call for each decision and one for the decision that a
 * page begins with; nothing on a page where nothing was decided yet, but what `connect` itself says. What it throws is reported:
 * where `connect` does, it is called again with the next decision.
 */
export function defineSignal<Term extends string, Options extends object = object>(
  definition: SignalDefinition<Term, Options>,
): (options?: SignalOptions<Term> & Partial<Options>) => Signal {
  const { name, terms, connect } = definition;
  return (options = {} as SignalOptions<Term> & Partial<Options>) => ({
    name,
    start(consent, policy) {
      let link: SignalLink<Term> | undefined;
      let stop = () => {};
      // No tool is worth the page, nor what the others are told.
      const attempt = (act: () => void) => {
        try {
          act();
        } catch (error) {
          reportError(error);
        }
      };
      attempt(() => {
        const words = Object.entries(terms) as [Term, TermRule][];
        // Visitors may choose by service: the one that is named as the signal stands for its category.
        const own = words.some(([, rule]) => typeof rule !== 'string' && rule.includes(name))
          ? undefined
          : policy.services.find(({ id }) => id === name);
        const ids = words.map(
          ([term, rule]) => [term, idsOf(name, term, rule, options.map?.[term], policy, own)] as const,
        );
        const tell = (isGranted: (id: string) => boolean) =>
          Object.fromEntries(ids.map(([term, needed]) => [term, !!needed?.every(isGranted)])) as Terms<Term>;
        const denied = tell(() => false);
        const begin = () => {
          link ??= connect(options, denied, consent, policy);
          return link;
        };
        attempt(begin);
        let told = JSON.stringify([undefined, denied]);
        stop = consent.subscribe(() => {
          const granted = tell(consent.isGranted);
          const now = JSON.stringify([consent.receipt?.id, granted]);
          if (now === told) return;
          told = now;
          // What could not begin before it is tried again.
          attempt(() => begin().update(granted));
        });
      });
      return () => {
        stop();
        attempt(() => link?.stop?.());
      };
    },
  });
}

/** What must be granted for a term; undefined where nothing grants it. */
const idsOf = (
  name: string,
  term: string,
  rule: TermRule,
  wanted: string | readonly string[] | undefined,
  { categories, services }: Policy,
  own: Service | undefined,
): readonly string[] | undefined => {
  if (rule === 'always') return [];
  // A required category may say that there is none of it.
  const forAdvertising = categories
    .filter((category) => !isRequiredCategory(category) && namesAdvertisingIn(category))
    .map(({ id }) => id);
  const known = [...categories, ...services].map(({ id }) => id);
  const byDefault = rule === 'advertising' ? forAdvertising : rule.filter((id) => known.includes(id));
  const ids = wanted ? [wanted].flat() : byDefault.map((id) => (id === own?.category ? own.id : id));
  const isTold = (id: string) =>
    forAdvertising.includes(services.find((one) => one.id === id)?.category ?? id);
  if (rule === 'advertising' && !ids.every(isTold)) {
    console.error(`bandeau: ${name}: ${term} stays denied: no text of ${ids} names advertising`);
    return undefined;
  }
  return ids[0] ? ids : undefined;
};
