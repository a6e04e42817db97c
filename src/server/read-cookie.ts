/** What servers take in all headers together; a real Cookie header is far below. */
const MAX_HEADER = 16_384;

/** Never the value of a receipt, and not empty: a cookie that was there and can't be read. */
const DAMAGED = '?';

/** As the script in the page reads names: percent-decoded, and not at all where that fails. */
function decodeName(name: string): string | undefined {
  try {
    return decodeURIComponent(name);
  } catch {
    return undefined;
  }
}

/**
 * The value of one cookie in a `Cookie` header. Several of the name with different values (for a parent domain,
 * for a deeper path, or planted) count as damaged: which one the page reads can't be told from here.
 * @returns empty when there is none. Never throws.
 */
export function readCookie(header: unknown, name: string): string {
  if (typeof header !== 'string') return '';
  if (header.length > MAX_HEADER) return DAMAGED;
  const values = new Set<string>();
  for (const pair of header.split(';')) {
    const [key = '', ...rest] = pair.split('=');
    if (decodeName(key.trim()) === name) values.add(rest.join('='));
  }
  const [value = ''] = values;
  return values.size > 1 ? DAMAGED : value;
}
