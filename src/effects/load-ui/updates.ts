import { bodyReady } from '../../lib/body-ready.ts';
import { writeStored } from '../../lib/local-store.ts';
import { keyOf } from '../../model/stored-keys.ts';
import type { EffectContext, Stop } from '../effect.ts';
import type { loadTexts as LoadTexts } from './languages.ts';
import { showPart } from './show-part.ts';

/**
 * Tells the visitor that the policy has a new version about which there is nothing to answer, or that the choices
 * of their account are in force here. It stays until it is closed or something is asked. Returns its stop.
 */
export function startUpdate(
  context: EffectContext,
  what: 'policy' | 'account',
  loadTexts: typeof LoadTexts,
): Stop {
  const { policy, state, handle } = context;
  const version = state.$receipt.get()?.policyVersion;
  const seen = policy.changes.findIndex((one) => one.version === version);
  // Of versions since the visitor's own, those that the site wants told.
  const changes = what === 'policy' ? policy.changes.slice(seen + 1).filter(({ inform }) => inform) : [];
  // Once: where the browser keeps nothing it would come on every page.
  if (what === 'policy' && !(changes[0] && writeStored(keyOf(policy, 'told'), policy.version)))
    return () => {};

  const stop = showPart(state, async (locale) => {
    await bodyReady();
    const [{ mountUpdate }, texts, words] = await Promise.all([
      import('../../ui/update.tsx'),
      loadTexts('banner', locale, policy),
      loadTexts('updates', locale, policy),
    ]);
    const title = what === 'policy' ? words.title : words.accountTitle;
    const text = what === 'policy' ? words.text : words.accountText;
    const props = {
      policy,
      handle,
      texts,
      locale,
      title,
      text,
      changes,
      close: words.close,
      onClose: stopAll,
    };
    return (shown) => {
      shown?.stop();
      return { stop: mountUpdate(props) };
    };
  });
  const stopWaiting = state.$surface.listen((surface) => surface && stopAll());
  const stopAll = () => {
    stopWaiting();
    stop();
  };
  return stopAll;
}
