import type { Decision } from '../../state/actions.ts';
import type { AccountOptions } from '../../types.ts';
import type { EffectContext } from '../effect.ts';
import { attach } from './account.ts';
import { importDecision } from './import-decision.ts';
import { decorateAddress, takeOver } from './sister-sites.ts';

/**
 * Finds a choice that comes from elsewhere, before any effect is started: an account's, a sister site's, another
 * tool's. @returns what is left to do once they are
 */
export async function begin(context: EffectContext): Promise<() => void> {
  const { importers, account, sisterSites } = context.options;
  let tell: (() => void) | false | undefined;
  try {
    tell = sisterSites && takeOver(context);
  } catch (error) {
    // A frame without an origin may not change its address.
    reportError(error);
  }
  // An account is given what its visitor decides while signed in, and nothing else.
  if (account) {
    // Before effects have started only the visitor can have set it: in this page, just now.
    const receipt = context.state.$receipt.get();
    const early = receipt ? [{ receipt, previousId: null, shown: null, importedFrom: null }] : [];
    return attach(context, account, early).tell;
  }
  return tell || (importers && (await importDecision(context))) || (() => {});
}

/**
 * See `Consent.attachAccount`.
 * @param since what was decided since the site asked for it; null for an erasure
 */
export async function attachAccount(
  context: EffectContext,
  account: AccountOptions,
  since: readonly (Decision | null)[] = [],
): Promise<() => void> {
  const { tell, signOut } = attach(context, account, since);
  tell();
  return signOut;
}

/** See `Consent.decorate`. */
export async function decorate(context: EffectContext, url: string): Promise<string> {
  return decorateAddress(context, url);
}
