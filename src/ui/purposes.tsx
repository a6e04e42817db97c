/** @jsxImportSource ../lib/dom-jsx */
import type { Category } from '../types.ts';
import type { InterfaceProps } from './contract.ts';
import { describeCategory } from './format.ts';

/** Each purpose that is asked about, on its own line (R5). */
export const drawPurposes = (
  { policy, texts, locale }: Pick<InterfaceProps, 'policy' | 'texts' | 'locale'>,
  asked: readonly Category[],
) => (
  <ul>
    {asked.map(({ id }) => {
      const { title, description } = describeCategory(policy, id, texts, locale);
      return (
        <li>
          <b>{title}</b> {description}
        </li>
      );
    })}
  </ul>
);
