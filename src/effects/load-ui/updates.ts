import { bodyReady } from '../../lib/body-ready.ts';
import { readStored, writeStored } from '../../lib/local-store.ts';
import { changesSince } from '../../model/changes-since.ts';
import { keyOf } from '../../model/stored-keys.ts';
import type { EffectContext, Stop } from '../effect.ts';
import type { loadTexts as LoadTexts } from './languages.ts';
import { showPart } from './show-part.ts';

/** Tells the visitor what asks nothing. It stays until it is closed or something is asked. */
export interface Updates {
  /**
   * - `policy`: it has a new version about which there is nothing to answer
   * - `account`: the choices of their account are in force here
   * - `signal`: what the browser asks for was heard
   */
  inform(what: 'policy' | 'account' | 'signal'): void;
  readonly stop: Stop;
}

export function startUpdates(context: EffectContext, loadTexts: typeof LoadTexts): Updates {
  const { policy, state, handle, options } = context;
  const isSilent = options.asks === false;
  let close: Stop = () => {};

  /** Of the versions since the visitor's own, those that the site wants told. */
  const changesToTell = () => {
    const receipt = state.$receipt.get();
    return receipt ? changesSince(policy, receipt).filter(({ inform }) => inform) : [];
  };

  const inform: Updates['inform'] = (what) => {
    close();
    if (isSilent) return;
    const isPolicy = what === 'policy';
    const changes = isPolicy ? changesToTell() : [];
    const stop = showPart(state, async (locale) => {
      await bodyReady();
      const isSignal = what === 'signal';
      const [{ mountUpdate }, texts, words, region, regionWords] = await Promise.all([
        import('../../ui/update.tsx'),
        loadTexts('banner', locale, policy),
        loadTexts('updates', locale, policy),
        isSignal && import('../../ui/region.tsx'),
        isSignal && loadTexts('region', locale, policy),
      ]);
      const status = region && regionWords && region.statusOf({ policy, handle, texts, locale }, regionWords);
      // Meanwhile it may be over.
      if (isSignal && !status) return () => ({ stop() {} });
      const [title, text] =
        status || (isPolicy ? [words.title, words.text] : [words.accountTitle, words.accountText]);
      const props = { policy, handle, texts, locale, title, text, changes, close: words.close };
      return (shown) => {
        shown?.stop();
        return { stop: mountUpdate({ ...props, onClose: () => close() }) };
      };
    });
    const stopWaiting = state.$surface.listen((surface) => surface && close());
    close = () => {
      close = () => {};
      stopWaiting();
      stop();
    };
  };

  const stopLooking = state.$promptReason.subscribe((reason) => {
    const version = state.$receipt.get()?.policyVersion ?? policy.version;
    if (isSilent || reason || version === policy.version || !changesToTell()[0]) return;
    if (readStored(keyOf(policy, 'told')) === policy.version) return;
    // Once: where the browser keeps nothing it would come on every page.
    if (writeStored(keyOf(policy, 'told'), policy.version)) inform('policy');
  });

  return {
    inform,
    stop() {
      stopLooking();
      close();
    },
  };
}
