/**
 * A value as the one JSON text that everybody writes it as, so that its hash can be compared: members by the UTF-16
 * code units of their names, no spaces, numbers and strings as ECMAScript writes them (RFC 8785). What JSON has no
 * text for is left out of an object, and is null elsewhere.
 */
export const canonicalize = (value: unknown): string => write(value) ?? 'null';

const write = (value: unknown): string | undefined => {
  if (Array.isArray(value)) return `[${Array.from(value, (item) => canonicalize(item))}]`;
  if (!value || typeof value !== 'object') return JSON.stringify(value);
  const members = Object.entries(value).flatMap(([name, member]) => {
    const text = write(member);
    return text === undefined ? [] : [[name, text] as const];
  });
  // Names differ, so that one of two is always the smaller.
  members.sort(([one], [other]) => (one < other ? -1 : 1));
  return `{${members.map(([name, text]) => `${JSON.stringify(name)}:${text}`)}}`;
};
