import { ConsentError } from '../errors.ts';

/** A policy or an option that no header can be made of. Thrown where it is used first: when the server starts. */
export class ShieldError extends ConsentError {
  override name = 'ShieldError';
  /** Path such as `options.nonce` or `policy.services[2].hosts[0]`. */
  declare readonly where: string;

  /** @param got shown shortened, on one line */
  constructor(where: string, got: unknown, expected: string, fix: string) {
    const shown = typeof got === 'string' ? JSON.stringify(got.slice(0, 80)) : String(got);
    super(`bandeau: ${where}: got ${shown}; expected ${expected}. ${fix}`);
    Object.assign(this, { where });
  }
}
