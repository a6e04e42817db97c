import type { CarryOver } from '../effect.ts';
import { attach } from './account.ts';
import { importDecision } from './import-decision.ts';
import { decorateAddress, takeOver } from './sister-sites.ts';

export const begin: CarryOver['begin'] = async (context) => {
  const { importers, account, sisterSites } = context.options;
  let tell: (() => void) | false | undefined;
  try {
    tell = sisterSites && takeOver(context);
  } catch (error) {
    // A frame without an origin may not change its address.
    reportError(error);
  }
  // An account is given what its visitor decides while signed in, and nothing else.
  if (account) return attach(context, account, 0).tell;
  return tell || (importers && (await importDecision(context))) || (() => {});
};

export const attachAccount: CarryOver['attachAccount'] = (context, account, from) => {
  const { tell, signOut } = attach(context, account, from);
  tell();
  return signOut;
};

export const decorate: CarryOver['decorate'] = decorateAddress;
