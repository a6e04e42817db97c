import type { Choice, Importer, ImportSource } from '../types.ts';

/**
 * Ids of this policy, by what the other tool calls its categories or services. Several may stand for one id: they must
 * agree. What is left out is not looked at; `[]` says that it is known and stands for nothing.
 */
export type ImportMap = Readonly<Record<string, string | readonly string[]>>;

/** A decision in the terms of the other tool. */
export interface Stored {
  /** When the visitor made it, in milliseconds since the epoch or ISO 8601. */
  readonly time: number | string;
  /** Undefined for what the visitor was not asked. */
  answer(theirs: string): boolean | undefined;
}

/**
 * An importer of what `find` has found: nothing, where a part of the map has no answer, where two that stand for one id
 * disagree, or where there is no date before now.
 * @param find null where there is no decision of a visitor; it may throw
 */
export function createImporter(
  name: string,
  map: ImportMap,
  find: (page: ImportSource) => Stored | null,
): Importer {
  return {
    name,
    read(page) {
      const stored = find(page);
      if (!stored) return null;
      const time = new Date(stored.time);
      if (!(+time <= page.now)) return null;
      const choices: Record<string, Choice> = {};
      for (const [theirs, ours] of Object.entries(map)) {
        const answer = stored.answer(theirs);
        if (answer === undefined) return null;
        const choice = answer ? 'granted' : 'denied';
        for (const id of [ours].flat()) {
          if (choices[id] && choices[id] !== choice) return null;
          choices[id] = choice;
        }
      }
      return { time: time.toISOString(), choices };
    },
  };
}

/** The properties of what is JSON of an object; null for anything else. */
export function readObject(text: string | null): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(text ?? '');
    return typeof value === 'object' && value && !Array.isArray(value) ? { ...value } : null;
  } catch {
    return null;
  }
}

/** Without percent-encoding; as it is where it has none that can be read. */
export function decodeText(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** The pairs of `key:value,key:value`; none where a key stands there twice. */
export function readPairs(text: string): Map<string, string> {
  const parts = text.split(',');
  const pairs = new Map(
    parts.map((pair) => {
      const [key = '', ...value] = pair.split(':');
      return [key, value.join(':')];
    }),
  );
  return pairs.size === parts.length ? pairs : new Map();
}

const DAY_MS = 864e5;

/**
 * When a cookie that holds no date was written: its lifetime before it expires. Null where the browser does not say when
 * that is, or the lifetime is not the one that it was written with.
 */
export function writtenAt(page: ImportSource, cookieName: string, lifetimeDays: number): number | null {
  const expires = page.expires(cookieName);
  return expires === null || expires <= page.now ? null : expires - lifetimeDays * DAY_MS;
}
