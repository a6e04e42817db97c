/** @jsxImportSource ../lib/dom-jsx */
import type { Choice, PolicyChanged } from '../types.ts';
import type { InterfaceModule, InterfaceProps, NoticeTexts } from './contract.ts';
import { type FirstLayer, mountFirstLayer } from './first-layer.tsx';
import { describeCategory, fill, formatDate, pick, plural } from './format.ts';
import css from './styles/notice.css';

/** Says what changed since the visitor's own version, and asks about that alone (R42, R43). */
const describe = (props: InterfaceProps): FirstLayer => {
  const { handle } = props;
  const words = props.words as NoticeTexts;
  const change = handle.promptReason as PolicyChanged;
  const asked = [...change.added, ...change.modified];
  const answer = (choice: Choice) => () => handle.save(Object.fromEntries(asked.map((id) => [id, choice])));
  return {
    title: words.title,
    body: drawChange(change, props),
    reject: words.reject,
    accept: words.accept,
    onReject: answer('denied'),
    onAccept: answer('granted'),
  };
};

export const mount: InterfaceModule['mount'] = (props) => mountFirstLayer(props, describe, css);

const drawChange = (change: PolicyChanged, { policy, texts, locale, ...props }: InterfaceProps) => {
  const words = props.words as NoticeTexts;
  const drawItem = (mark: string) => (id: string) => {
    const service = policy.services.find((one) => one.id === id);
    const category = describeCategory(policy, service?.category ?? id, texts, locale);
    return (
      <li>
        <span class="bandeau-mark">{mark}</span>{' '}
        <b>{service ? `${service.name ?? service.vendor.name} (${category.title})` : category.title}</b>{' '}
        {service ? pick(service.purpose, locale) : category.description}
      </li>
    );
  };
  return (
    <div>
      <p>{fill(words.text, { date: formatDate(change.since, locale), version: change.fromVersion })}</p>
      <ul>
        {change.added.map(drawItem(words.added))}
        {change.modified.map(drawItem(words.modified))}
      </ul>
      {change.changes.map(({ summary, date }) => (
        <p>
          <b>{formatDate(date, locale)}</b> {pick(summary, locale)}
        </p>
      ))}
      <p>
        {change.removedCount > 0 && `${plural(words.removed, change.removedCount, locale)} `}
        {words.rest}
      </p>
    </div>
  );
};
