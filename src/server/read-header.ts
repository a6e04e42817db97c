/** The headers of a request: `Headers`, or an object of them as node and its frameworks have. */
export type RequestHeaders =
  | { get(name: string): string | null }
  | { readonly [name: string]: string | readonly string[] | undefined };

/** What servers take in all headers together. */
const MAX_HEADER = 16_384;

const isHeaders = (headers: RequestHeaders): headers is { get(name: string): string | null } =>
  typeof headers.get === 'function';

/**
 * The value of one header, whatever the case of its name.
 * @returns empty when there is none, or when there are several that differ: whose they are can't be told. Never throws.
 */
export function readHeader(headers: RequestHeaders, name: string): string {
  try {
    const wanted = name.toLowerCase();
    const found = isHeaders(headers)
      ? [headers.get(wanted)]
      : Object.keys(headers)
          .filter((key) => key.toLowerCase() === wanted)
          .flatMap((key) => headers[key]);
    const values = new Set(found.filter((value) => typeof value === 'string').map((value) => value.trim()));
    const [value = ''] = values;
    return values.size > 1 || value.length > MAX_HEADER ? '' : value;
  } catch {
    return '';
  }
}
