/** @jsxRuntime classic */
/** @jsx h */
// biome-ignore lint/correctness/noUnusedImports: JSX is made with it, in fewer bytes than with the runtime of its own
import { type ComponentChildren, h, type VNode } from 'preact';
import type { Choice, Service } from '../types.ts';
import type { InterfaceProps, PreferencesTexts } from './contract.ts';
import { describeCategory, pick, plural } from './format.ts';
import { drawDetails } from './service-details.tsx';

/** What a row shows, and what it does. */
export interface Rows extends Pick<InterfaceProps, 'policy' | 'texts' | 'locale' | 'regional'> {
  readonly words: PreferencesTexts;
  /** Begins every id, since a page may hold several of these at once. */
  readonly prefix: string;
  isOn(id: string): boolean;
  choose(ids: readonly string[], choice: Choice): void;
  /** How many services of a category are drawn: none before one looks at them. */
  readonly drawn: ReadonlyMap<string, number>;
  open(id: string, total: number): void;
  /** What was drawn of a service, on or off: given again as it is, preact does not look into it. */
  readonly kept: Map<string, VNode>;
}

/** A category with its switch, and its services one level deeper. */
export function drawCategory(rows: Rows, id: string) {
  const { policy, texts, words, locale } = rows;
  const { title, description } = describeCategory(policy, id, texts, locale);
  const services = policy.services.filter(({ category }) => category === id);
  const ids = policy.units.filter(({ category }) => category === id).map((unit) => unit.id);
  const details = services.length > 0 && (
    <details onToggle={() => rows.drawn.has(id) || rows.open(id, services.length)}>
      <summary>{plural(words.services, services.length, locale)}</summary>
      {services.slice(0, rows.drawn.get(id) ?? 0).map((service) => drawService(rows, service))}
    </details>
  );
  return drawRow(rows, 'h3', id, title, description, ids, details);
}

function drawService(rows: Rows, service: Service) {
  const { policy, words, locale, kept } = rows;
  const { id, name, vendor, purpose } = service;
  const key = `${rows.isOn(id)} ${id}`;
  const draw = () => {
    const details = drawDetails(service, words, locale, policy.isRequired(id));
    return drawRow(rows, 'h4', id, name ?? vendor.name, pick(purpose, locale), [id], details);
  };
  const row = kept.get(key) ?? draw();
  kept.set(key, row);
  return row;
}

function drawRow(
  { policy, words, prefix, regional, isOn, choose }: Rows,
  Heading: 'h3' | 'h4',
  id: string,
  title: string,
  text: string,
  ids: readonly string[],
  more: ComponentChildren,
) {
  const count = ids.filter(isOn).length;
  const isWhole = count === ids.length;
  const isRequired = policy.isRequired(id);
  // In words, since colour alone says nothing to many.
  const { on, partly, off } = regional?.wordsOf(ids) ?? words;
  const optionalState = isWhole ? on : count ? partly : off;
  const requiredState = Heading === 'h3' && words.alwaysOn;
  const state = <span id={`${prefix}-state-${id}`}>{isRequired ? requiredState : optionalState}</span>;
  return (
    <section key={id}>
      <Heading id={`${prefix}-item-${id}`}>{title}</Heading>
      {isRequired ? (
        state
      ) : (
        <label>
          {state}
          {/* A native checkbox, so that every keyboard, screen reader and refusal tool knows it. */}
          <input
            type="checkbox"
            role="switch"
            data-bandeau-category={id}
            aria-labelledby={`${prefix}-item-${id}`}
            aria-describedby={`${prefix}-text-${id} ${prefix}-state-${id}`}
            checked={isWhole}
            onChange={() => choose(ids, isWhole ? 'denied' : 'granted')}
          />
        </label>
      )}
      <p id={`${prefix}-text-${id}`}>{text}</p>
      {more}
    </section>
  );
}
