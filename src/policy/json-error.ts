/** Where and why a text is no JSON. */
export interface JsonError {
  /** Index in the text, in UTF-16 units. */
  readonly offset: number;
  readonly expected: string;
}

type State = 'value' | 'value or ]' | 'key' | 'key or }' | ':' | ', or end' | 'end';

const EXPECTED: Readonly<Record<State, string>> = {
  value: 'a value',
  'value or ]': 'a value or ]',
  key: 'a key in double quotes',
  'key or }': 'a key in double quotes or }',
  ':': 'a colon after the key',
  ', or end': 'a comma or the closing bracket',
  end: 'nothing more after the last bracket',
};

/** Index after the string that starts here, or the error inside of it. A loop: strings may be megabytes. */
export function skipString(text: string, start: number): number | JsonError {
  let index = start + 1;
  while (index < text.length) {
    const character = text[index] as string;
    if (character === '"') return index + 1;
    if (character < ' ') return { offset: index, expected: 'the closing double quote on the same line' };
    if (character === '\\') {
      if (!/^\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})/.test(text.slice(index, index + 6))) {
        return { offset: index, expected: 'an escape that JSON knows; a backslash itself is written \\\\' };
      }
      index++;
    }
    index++;
  }
  return { offset: text.length, expected: 'the closing double quote' };
}

/**
 * Finds the first place where a text stops being JSON. `JSON.parse` tells it in a different sentence in
 * every browser, and in some not at all.
 * @returns undefined when the text is JSON
 */
export function findJsonError(text: string): JsonError | undefined {
  const open: ('{' | '[')[] = [];
  const space = /[ \t\r\n]*/y;
  const literal = /(?:true|false|null|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?)(?![\w.])/y;
  let state: State = 'value';
  let index = 0;

  const afterValue = (): State => (open.length > 0 ? ', or end' : 'end');

  while (true) {
    space.lastIndex = index;
    space.test(text);
    index = space.lastIndex;
    const character = text[index];
    if (character === undefined) {
      return state === 'end' ? undefined : { offset: index, expected: EXPECTED[state] };
    }
    const inner = open.at(-1);
    const closes: boolean =
      (character === '}' && inner === '{' && (state === 'key or }' || state === ', or end')) ||
      (character === ']' && inner === '[' && (state === 'value or ]' || state === ', or end'));
    const isValue: boolean = state === 'value' || state === 'value or ]';
    const isKey: boolean = state === 'key' || state === 'key or }';
    if (closes) {
      open.pop();
      state = afterValue();
      index++;
    } else if (character === '"' && (isValue || isKey)) {
      const end = skipString(text, index);
      if (typeof end !== 'number') return end;
      index = end;
      state = isKey ? ':' : afterValue();
    } else if (isValue && (character === '{' || character === '[')) {
      open.push(character);
      state = character === '{' ? 'key or }' : 'value or ]';
      index++;
    } else if (state === ':' && character === ':') {
      state = 'value';
      index++;
    } else if (state === ', or end' && character === ',') {
      state = inner === '{' ? 'key' : 'value';
      index++;
    } else {
      literal.lastIndex = index;
      if (!isValue || !literal.test(text)) return { offset: index, expected: EXPECTED[state] };
      index = literal.lastIndex;
      state = afterValue();
    }
  }
}
