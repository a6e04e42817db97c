import { createHash } from 'node:crypto';
import { GOOGLE_DEFAULTS } from '../policy/signal-terms.ts';
import { literalInside } from './inside-script.ts';
import { type ExitCode, type Io, UNUSABLE } from './io.ts';
import { readPolicyFile } from './read-policy-file.ts';

export interface SnippetOptions {
  /** File of the policy whose settings hold. @default those of Google's signal */
  readonly policy?: string;
  /** Print what a Content-Security-Policy allows it by. @default false */
  readonly csp?: boolean;
}

/** As they are after the validator has read them. */
interface Settings {
  readonly waitForUpdate?: number;
  readonly regions?: readonly { readonly region: readonly string[]; readonly granted: readonly string[] }[];
  readonly adsDataRedaction?: boolean;
  readonly urlPassthrough?: boolean;
  readonly dataLayer?: string;
}

/** What src/signals/google.ts puts there where no default was before it, and the defaults of regions, which only here come first. */
function code({
  waitForUpdate = 500,
  regions = [],
  adsDataRedaction = true,
  urlPassthrough = false,
  dataLayer = 'dataLayer',
}: Settings): string {
  const calls = [
    ...regions.map(({ region, granted }) => {
      const own = Object.fromEntries(granted.map((term) => [term, 'granted']));
      return ['consent', 'default', { ...GOOGLE_DEFAULTS, ...own, region }];
    }),
    ['consent', 'default', { ...GOOGLE_DEFAULTS, wait_for_update: waitForUpdate }],
    ['set', 'ads_data_redaction', adsDataRedaction],
    ['set', 'url_passthrough', urlPassthrough],
  ].map((call) => `g(${call.map(literalInside).join(',')});`);
  const list = `w[${literalInside(dataLayer)}]`;
  return `(function(w){var l=${list}||(${list}=[]);function g(){l.push(arguments)}${calls.join('')}})(window);`;
}

/** Prints the script that stands before any tag of Google, with the default of the policy. */
export function snippet(tool: string, { policy: file, csp = false }: SnippetOptions, io: Io): ExitCode {
  if (tool !== 'google') {
    io.stderr(`bandeau: no snippet for ${JSON.stringify(tool)}. There is one for google.\n`);
    return UNUSABLE;
  }
  let settings: Settings = {};
  if (file !== undefined) {
    const policy = readPolicyFile(file, io);
    if (typeof policy === 'number') return policy;
    const own = policy.signals?.find((one) => typeof one === 'object' && one.name === 'google');
    if (typeof own === 'object') settings = own as Settings;
  }
  const script = code(settings);
  const hash = createHash('sha256').update(script).digest('base64');
  io.stdout(csp ? `'sha256-${hash}'\n` : `<script>${script}</script>\n`);
  return 0;
}
