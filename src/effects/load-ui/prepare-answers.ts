import { listen } from '../../lib/listen.ts';
import type { EffectContext, Stop } from '../effect.ts';

/** A part of the interface, whatever it is drawn in. */
const isOurs = (node: EventTarget) => node instanceof Element && node.hasAttribute('data-bandeau-root');

/**
 * Loads what keeps a record of an answer once the visitor comes near one: a pointer or the focus is there
 * before the click is, and who goes on reading does not pay for it.
 */
export const prepareAnswers = ({ inbound }: EffectContext): Stop => {
  const stop = listen(document, ['pointerover', 'focusin'], (event) => {
    if (!event.composedPath().some(isOurs)) return;
    stop();
    inbound.later().catch(() => {});
  });
  return stop;
};
