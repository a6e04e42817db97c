import { gpcDocument, ShieldError } from '../server/index.ts';
import { type ExitCode, type Io, UNUSABLE } from './io.ts';

export interface GpcOptions {
  /** Day of the statement. @default today */
  readonly date?: string;
}

/** Prints what a site that heeds Global Privacy Control serves as /.well-known/gpc.json. */
export function gpc({ date }: GpcOptions, io: Io): ExitCode {
  try {
    io.stdout(gpcDocument(date ?? new Date(io.now()).toISOString().slice(0, 10)));
    return 0;
  } catch (error) {
    if (!(error instanceof ShieldError)) throw error;
    io.stderr(`${error.message}\n`);
    return UNUSABLE;
  }
}
