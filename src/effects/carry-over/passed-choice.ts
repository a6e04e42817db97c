import { decodeReceipt, encodeReceipt } from '../../model/receipt.ts';
import { hash } from '../../policy/hash.ts';
import type { Receipt } from '../../types.ts';

/** A choice on its way from one site to another. */
export interface PassedChoice {
  readonly receipt: Receipt;
  /** When it was put into the address, in milliseconds since the epoch. */
  readonly madeAt: number;
  /** Host that it is for. */
  readonly host: string;
  /** Of this one way. */
  readonly nonce: string;
}

const NAME = 'bandeau=';
const ADDRESS = /^([^#]*)(?:#(.*))?$/s;

/** The choice as letters, digits, `-` and `_`. Its hash is against damage: it is no signature. */
export function encodePassed({ receipt, madeAt, host, nonce }: PassedChoice): string {
  const text = [encodeReceipt(receipt), madeAt, host, nonce].join('|');
  return btoa(`${text}|${hash(text)}`)
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '');
}

/** Null for what was not, to the last character, written by `encodePassed`. */
export function decodePassed(encoded: string): PassedChoice | null {
  try {
    const fields = atob(encoded.replaceAll('-', '+').replaceAll('_', '/')).split('|');
    const [text = '', madeAt, host = '', nonce = ''] = fields;
    const receipt = decodeReceipt(text);
    const passed = receipt && { receipt, madeAt: Number(madeAt), host, nonce };
    return passed && encodePassed(passed) === encoded ? passed : null;
  } catch {
    return null;
  }
}

/** An address in two: what was passed in it, and the rest of it byte for byte. */
export function takeFrom(address: string): { readonly passed: readonly string[]; readonly rest: string } {
  const [, before = '', fragment] = ADDRESS.exec(address) ?? [];
  const parts = fragment?.split('&') ?? [];
  const others = parts.filter((part) => !part.startsWith(NAME));
  return {
    passed: parts.filter((part) => part.startsWith(NAME)).map((part) => part.slice(NAME.length)),
    rest: others[0] === undefined ? before : `${before}#${others.join('&')}`,
  };
}

/**
 * The address with a choice in it, in the place of another that it may have. It is in the fragment, which no server and
 * no `Referer` gets; and first in it, since what follows `:~:` there is taken away from pages.
 */
export function putInto(address: string, encoded: string): string {
  const [, before = '', fragment] = ADDRESS.exec(takeFrom(address).rest) ?? [];
  return `${before}#${NAME}${encoded}${fragment === undefined ? '' : `&${fragment}`}`;
}
