import { atom, type WritableAtom } from 'nanostores';
import type { Choices, PromptReason, ReadableStore, Receipt, Surface } from '../types.ts';

/** Everything that changes. Each value is replaced, never mutated. */
export interface State {
  readonly $receipt: ReadableStore<Receipt | null>;
  readonly $choices: ReadableStore<Choices>;
  readonly $promptReason: ReadableStore<PromptReason | null>;
  readonly $surface: ReadableStore<Surface>;
  readonly $locale: ReadableStore<string>;
  readonly $isStored: ReadableStore<boolean>;
  readonly $needsReload: ReadableStore<boolean>;
}

/** The same stores, writable: given to the actions and to nobody else. */
export type WritableState = {
  readonly [K in keyof State]: State[K] extends ReadableStore<infer T> ? WritableAtom<T> : never;
};

/** Before anything is known everything is denied and nothing is asked. */
export function createState(): WritableState {
  return {
    $receipt: atom<Receipt | null>(null),
    $choices: atom<Choices>(Object.create(null)),
    $promptReason: atom<PromptReason | null>(null),
    $surface: atom<Surface>(null),
    $locale: atom('en'),
    $isStored: atom(true as boolean),
    $needsReload: atom(false as boolean),
  };
}
