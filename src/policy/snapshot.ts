/** A value that JSON could not hold, or that could not be read safely. */
export class Unreadable {
  constructor(
    /** In words, such as `a function`. */
    readonly what: string,
  ) {}
}

/** Plain data: no getter, no prototype, no cycle, so that the checks can read it without a guard. */
export type Tree =
  | string
  | number
  | boolean
  | null
  | undefined
  | Unreadable
  | readonly Tree[]
  | { readonly [key: string]: Tree };

export type TreeObject = { readonly [key: string]: Tree };

// A real policy is far below all three. They stop lists of four billion holes and objects that name each
// other so often that copying them would never end.
const MAX_DEPTH = 20;
const MAX_LENGTH = 10_000;
const MAX_VALUES = 300_000;

/** Copies anything into plain data. Own enumerable string keys only, as JSON does. Never throws. */
export function snapshot(value: unknown): Tree {
  const open = new Set<object>();
  let left = MAX_VALUES;

  function copy(source: unknown): Tree {
    switch (typeof source) {
      case 'string':
      case 'number':
      case 'boolean':
      case 'undefined':
        return source;
      case 'object':
        return source === null ? null : guarded(source);
      default:
        return new Unreadable(`a ${typeof source}`);
    }
  }

  function guarded(source: object): Tree {
    if (open.has(source)) return new Unreadable('an object that contains itself');
    if (open.size >= MAX_DEPTH) return new Unreadable(`an object nested more than ${MAX_DEPTH} deep`);
    open.add(source);
    try {
      return copyObject(source);
    } catch {
      return new Unreadable('an object that throws when it is read');
    } finally {
      open.delete(source);
    }
  }

  function copyObject(source: object): Tree {
    const isList = Array.isArray(source);
    // Dates, maps, promises: they look like objects and hold nothing that JSON would keep.
    const kind = Object.prototype.toString.call(source).slice(8, -1);
    if (!isList && kind !== 'Object' && kind !== 'Module') return new Unreadable(`an object of kind ${kind}`);
    const keys = isList ? [] : Object.keys(source);
    const length = isList ? source.length : keys.length;
    if (length > MAX_LENGTH) return new Unreadable(`${isList ? 'a list' : 'an object'} of ${length} entries`);
    left -= length;
    if (left < 0) return new Unreadable('more data than a policy can have');
    if (isList) return Array.from({ length }, (_, index) => member(source, index));
    // No prototype, so that a key named `__proto__` is a key like any other.
    const result: Record<string, Tree> = Object.create(null);
    for (const key of keys) result[key] = member(source, key);
    return result;
  }

  function member(source: object, key: string | number): Tree {
    try {
      return copy(Reflect.get(source, key));
    } catch {
      return new Unreadable('a value that throws when it is read');
    }
  }

  return copy(value);
}

/** True for an object that is no list. */
export function isObject(value: Tree): value is TreeObject {
  return (
    typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Unreadable)
  );
}

/** A member of an object; undefined when it is absent or the value is no object. */
export function field(value: Tree, key: string): Tree {
  return isObject(value) ? value[key] : undefined;
}

/** The entries of a list; none when it is no list, which is another check's business. */
export function entries(value: Tree): readonly Tree[] {
  return Array.isArray(value) ? value : [];
}
