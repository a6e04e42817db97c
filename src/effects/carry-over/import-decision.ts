import { readCookieExpiries } from '../../lib/cookie-expiry.ts';
import { readStored, writeStored } from '../../lib/local-store.ts';
import { decide } from '../../model/decide.ts';
import { addMonths } from '../../model/lifetime.ts';
import { keyOf } from '../../model/stored-keys.ts';
import type { ImportedDecision, ImportSource, Receipt } from '../../types.ts';
import type { EffectContext } from '../effect.ts';
import { readOwn, writeOwn } from './own-receipt.ts';

/** An importer would look elsewhere for what it did not find. */
class AmbiguousError extends Error {}

async function readSource({ jar, environment }: EffectContext): Promise<ImportSource> {
  const expiries = await readCookieExpiries();
  return {
    cookie(name) {
      const [value = '', ...others] = new Set(jar.values(name));
      if (others[0] !== undefined) throw new AmbiguousError(name);
      return value;
    },
    cookieNames: () => jar.names(),
    expires: (name) => expiries.get(name) ?? null,
    stored: readStored,
    now: environment.now(),
  };
}

/**
 * The receipt that the decision would have left here, with its own time; null where it is expired, partial, or says yes
 * to a service and no to its category.
 * @throws {Error} where the site's map names what its policy does not have
 */
function toReceipt({ policy, environment }: EffectContext, decision: ImportedDecision): Receipt | null {
  const { time, choices } = decision;
  for (const [id, choice] of Object.entries(choices)) {
    if (!policy.categoryOf.has(id)) throw new Error(`"${id}" is not in the policy`);
    if (choice !== 'granted' && choice !== 'denied') throw new Error(`"${choice}" is no choice`);
  }
  const now = environment.now();
  const at = Date.parse(time);
  if (!(at <= now && now < addMonths(time, policy.lifetimeMonths))) return null;
  for (const { id, category } of policy.units) {
    const choice = choices[id] ?? choices[category];
    if (!choice || (choice === 'granted' && choices[category] === 'denied')) return null;
  }
  return decide(policy, {}, choices, 'import', { ...environment, now: () => at });
}

/**
 * Takes over what another tool has stored, on a device where nothing was decided here. Nothing of the other tool is
 * changed. @returns what is left to do once effects listen
 */
export async function importDecision(context: EffectContext): Promise<(() => void) | undefined> {
  const { policy, inbound, options } = context;
  const { receipt: own, isDamaged } = readOwn(context);
  const mark = keyOf(policy, 'imported');
  // With nothing to answer, as for children, there is nothing to take over.
  if (own || isDamaged || !policy.units[0] || readStored(mark)) return undefined;
  const source = await readSource(context);
  for (const importer of options.importers ?? []) {
    const { name } = importer;
    try {
      const decision = importer.read(source);
      const receipt = decision && toReceipt(context, decision);
      if (!receipt) continue;
      // Without a mark, what the visitor erases here would come back from there.
      if (!writeStored(mark, name) || !writeOwn(context, receipt)) return undefined;
      return () => inbound.decided({ receipt, previousId: null, shown: null, importedFrom: name });
    } catch (error) {
      // No fault of the site's, and nothing that it could mend.
      if (!(error instanceof AmbiguousError)) console.error(`bandeau: nothing imported from ${name}:`, error);
    }
  }
  return undefined;
}
