import { readStored, writeStored } from '../../lib/local-store.ts';
import { decodeReceipt, encodeReceipt } from '../../model/receipt.ts';
import { resolve } from '../../model/resolve.ts';
import { keyOf } from '../../model/stored-keys.ts';
import { hash } from '../../policy/hash.ts';
import type { AccountOptions, Receipt } from '../../types.ts';
import type { EffectContext, Inbound } from '../effect.ts';
import { findRecord } from './kept-record.ts';
import { readOwn } from './own-receipt.ts';

/** Decisions of accounts that a device remembers having told of. */
const MAX_TOLD = 10;

/** An account whose choice is in force. */
export interface Attached {
  /** Says what there is to say: once effects listen. */
  tell(): void;
  /** Brings the device's own choice back; nothing once another account has taken its place. */
  signOut(): void;
}

/**
 * Puts the account's choice in force, and has what is decided from now on kept by the account alone (R35, CNIL
 * 2025-131): the device's own is neither changed nor read until the visitor signs out.
 * @param from how many acts there were when the site asked for it: those since are the account's as well
 */
export function attach(context: EffectContext, account: AccountOptions, from: number): Attached {
  const { policy, state, environment, actions, inbound } = context;
  const since = inbound.acts.slice(from);
  const { receipt: text, conflict, onDecision } = account;
  const stored = readOwn(context);
  const shown = state.$receipt.get();
  /** Not so before effects have started, nor while another account's is in force. */
  const isOwnInForce = !inbound.isSuspended && !!(shown ?? state.$promptReason.get());
  const own = (isOwnInForce && shown) || stored.receipt;
  const theirs = text === null ? null : decodeReceipt(text);
  const [ownNow, theirsNow] = [own, theirs].map((one) => resolve(policy, one, false, environment.now()));
  const isOwnNewer =
    conflict === 'latest' && !!ownNow?.receipt && !!theirs && ownNow.receipt.time > theirs.time;

  const toldKey = keyOf(policy, 'account');
  /** @returns whether it is new here, and could be noted */
  const note = ({ id }: Receipt) => {
    const told = readStored(toldKey)?.split(' ') ?? [];
    // Not the id itself, which serves for nothing else (R40).
    const mark = hash(id);
    return !told.includes(mark) && writeStored(toldKey, [mark, ...told].slice(0, MAX_TOLD).join(' '));
  };
  const recorded: Inbound['recorded'] = (record, decision) => {
    if (!decision) {
      // The account can't be told to forget: what holds on every device of the visitor is that nothing is granted.
      if (state.$receipt.get()) actions.withdraw();
      return;
    }
    const { receipt } = decision;
    note(receipt);
    try {
      onDecision(encodeReceipt(receipt), record);
    } catch (error) {
      reportError(error);
    }
  };

  inbound.isSuspended = true;
  inbound.hasAccount = true;
  inbound.recorded = recorded;
  actions.setStored(true);
  // Whatever the account said, the visitor has said something since.
  const last = since.at(-1);
  if (last === undefined) {
    if (text !== null && !isOwnNewer) actions.hydrate(theirs, !theirs);
    else if (!isOwnInForce) actions.hydrate(own, stored.isDamaged);
  }

  return {
    tell() {
      if (inbound.recorded !== recorded) return;
      for (const decision of since) if (decision) recorded(findRecord(policy, decision.receipt.id), decision);
      // Erased here, which leaves it in force on every other device.
      if (last === null && text !== null) actions.withdraw();
      if (!theirs || last !== undefined) return;
      const isSame = JSON.stringify(ownNow?.choices) === JSON.stringify(theirsNow?.choices);
      // Where something is asked, the first layer says it.
      const isTold = isSame || !theirsNow?.receipt || state.$promptReason.get() || !note(theirs);
      // It was recorded, and reported, when it was made.
      if (isOwnNewer && own) {
        const decision = { receipt: own, previousId: theirs.id, shown: null, importedFrom: null };
        recorded(findRecord(policy, own.id), decision);
      }
      // What hands a decision to the account should be there when one is made; what could not be loaded is said there.
      inbound.later().then(
        ({ inform }) => {
          if (!isTold) inform('account');
        },
        () => {},
      );
    },
    signOut() {
      if (inbound.recorded !== recorded) return;
      inbound.recorded = () => {};
      inbound.isSuspended = false;
      inbound.hasAccount = false;
      inbound.restore();
    },
  };
}
