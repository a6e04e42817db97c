/** @jsxImportSource ../lib/dom-jsx */
import type { InterfaceModule, InterfaceProps } from './contract.ts';
import { type FirstLayer, mountFirstLayer } from './first-layer.tsx';
import { drawPurposes } from './purposes.tsx';

/** Asks about every purpose in use. */
const describe = (props: InterfaceProps): FirstLayer => ({
  title: props.texts.title,
  body: (
    <div>
      <p>{props.texts.text}</p>
      {drawPurposes(props, props.policy.optional)}
      <p>{props.texts.consequence}</p>
    </div>
  ),
  reject: props.texts.rejectAll,
  accept: props.texts.acceptAll,
  onReject: props.handle.rejectAll,
  onAccept: props.handle.acceptAll,
});

export const mount: InterfaceModule['mount'] = (props) =>
  mountFirstLayer(props, (now) => now.regional?.describe(now) ?? describe(now));
