/** @jsxImportSource ../lib/dom-jsx */
import type { InterfaceModule, InterfaceProps } from './contract.ts';
import { type FirstLayer, mountFirstLayer } from './first-layer.tsx';
import { describeCategory } from './format.ts';

/** Asks about every purpose in use, each on its own line (R5). */
const describe = ({ handle, policy, texts, locale }: InterfaceProps): FirstLayer => ({
  title: texts.title,
  body: (
    <div>
      <p>{texts.text}</p>
      <ul>
        {policy.optional.map(({ id }) => {
          const { title, description } = describeCategory(policy, id, texts, locale);
          return (
            <li>
              <b>{title}</b> {description}
            </li>
          );
        })}
      </ul>
      <p>{texts.consequence}</p>
    </div>
  ),
  reject: texts.rejectAll,
  accept: texts.acceptAll,
  onReject: handle.rejectAll,
  onAccept: handle.acceptAll,
});

export const mount: InterfaceModule['mount'] = (props) =>
  mountFirstLayer(props, (now) => now.regional?.describe(now) ?? describe(now));
