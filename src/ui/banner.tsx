/** @jsxImportSource ../lib/dom-jsx */
import type { InterfaceModule, InterfaceProps } from './contract.ts';
import { type FirstLayer, mountFirstLayer } from './first-layer.tsx';
import { describeCategory, pick } from './format.ts';

/** Asks about every purpose in use, each on its own line (R5). */
const describe = ({ policy, handle, texts, locale }: InterfaceProps): FirstLayer => ({
  title: pick(policy.texts?.bannerTitle, locale) || texts.title,
  body: (
    <div>
      <p>{pick(policy.texts?.bannerText, locale) || texts.text}</p>
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

export const mount: InterfaceModule['mount'] = (props) => mountFirstLayer(props, describe);
