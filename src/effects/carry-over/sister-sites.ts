import { readStored, writeStored } from '../../lib/local-store.ts';
import { resolve } from '../../model/resolve.ts';
import { keyOf } from '../../model/stored-keys.ts';
import type { EffectContext } from '../effect.ts';
import { readOwn, writeOwn } from './own-receipt.ts';
import { decodePassed, encodePassed, type PassedChoice, putInto, takeFrom } from './passed-choice.ts';

/** How long a choice may be on its way. */
const MAX_AGE_MS = 60_000;

interface Believed {
  /** Of the decision that the passed one takes the place of. */
  readonly previousId: string | null;
}

/** The address; undefined where it is none of another site that the choice covers. */
function readSister({ policy }: EffectContext, address: string): URL | undefined {
  try {
    const url = new URL(address);
    const isNamed = policy.scope.sites.some((site) => site.toLowerCase() === url.hostname);
    return isNamed && /^https?:$/.test(url.protocol) && url.hostname !== location.hostname ? url : undefined;
  } catch {
    return undefined;
  }
}

/** See `Consent.decorate`. */
export function decorateAddress(context: EffectContext, address: string): string {
  const { state, environment, options, inbound } = context;
  const receipt = state.$receipt.get();
  const sister = readSister(context, address);
  // An account's choice is not the device's to pass on.
  if (!options.sisterSites || !receipt || !sister || inbound.hasAccount) return address;
  const nonce = environment.uuid().slice(0, 8);
  return putInto(address, encodePassed({ receipt, madeAt: environment.now(), host: sister.hostname, nonce }));
}

/** True the first time: what is older than this remembers is too old to be believed. */
function isFirstUse({ policy, environment }: EffectContext, { madeAt, nonce }: PassedChoice): boolean {
  const key = keyOf(policy, 'passed');
  const since = environment.now() - 2 * MAX_AGE_MS;
  const used = (readStored(key)?.split(' ') ?? []).filter((one) => Number.parseInt(one, 10) > since);
  const own = `${madeAt}.${nonce}`;
  return !used.includes(own) && writeStored(key, [...used, own].join(' '));
}

/** What the device itself has in force, where the passed choice may take its place. */
function believe(context: EffectContext, { receipt, madeAt, host }: PassedChoice): Believed | null {
  const { policy, environment } = context;
  const now = environment.now();
  const from = readSister(context, document.referrer);
  const { receipt: stored, isDamaged } = readOwn(context);
  const own = resolve(policy, stored, isDamaged, now);
  const theirs = resolve(policy, receipt, false, now);
  // Anybody may have led here, by a redirect: whoever has said no here says yes here, or nowhere.
  const isOverridden = Object.keys(own.choices).some(
    (id) => own.choices[id] === 'denied' && theirs.choices[id] !== 'denied',
  );
  const isBelieved =
    // A page that anybody on the way could have written vouches for nothing.
    from?.protocol === location.protocol &&
    host === location.hostname &&
    Math.abs(now - madeAt) <= MAX_AGE_MS &&
    Date.parse(receipt.time) <= madeAt &&
    (!stored || receipt.time > stored.time) &&
    !isDamaged &&
    !isOverridden &&
    !!theirs.receipt;
  return isBelieved ? { previousId: own.receipt?.id ?? null } : null;
}

/**
 * Takes over what a sister site has put into the address of this page, and cleans the address in any case.
 * @returns what is left to do once effects listen
 */
export function takeOver(context: EffectContext): (() => void) | undefined {
  const { policy, inbound, options } = context;
  const { passed, rest } = takeFrom(location.href);
  if (passed[0] === undefined) return undefined;
  const { state } = history;
  // A fragment of the page's own is gone to, so that its anchor is found, and a router that goes by it hears of it.
  if (rest.includes('#')) location.replace(rest);
  history.replaceState(state, '', rest);
  // The device's own is neither read nor written while an account's choice is in force.
  if (options.account) return undefined;
  const choice = passed.length === 1 ? decodePassed(passed[0]) : null;
  const believed = choice && believe(context, choice);
  if (!believed || !isFirstUse(context, choice) || !writeOwn(context, choice.receipt)) return undefined;
  const { receipt } = choice;
  // A record has the hash of the policy that was decided on: of another version only the site of then has it.
  if (receipt.policyVersion !== policy.version) return undefined;
  return () => inbound.decided({ receipt, ...believed, shown: null, importedFrom: 'sister-site' });
}
