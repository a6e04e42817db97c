import { cac } from 'cac';
import { version } from '../../package.json';
import { type CheckOptions, check } from './check.ts';
import { type CspOptions, csp } from './csp.ts';
import { type DeclarationOptions, declaration } from './declaration.ts';
import { type GuardOptions, guard } from './guard.ts';
import { type ExitCode, type Io, UNUSABLE } from './io.ts';
import { declareProof, PROOF_HELP } from './proof.ts';

const HELP = `bandeau ${version}

Usage
  bandeau check <policy.json> [more files…]
  bandeau csp <policy.json>
  bandeau guard <policy.json>
  bandeau declaration <policy.json>
  bandeau proof <policy.json>

Options of check
  --json         print a JSON report instead of text
  --strict       warnings fail too

Options of csp, which prints a Content-Security-Policy header that refuses undeclared hosts
  --meta                 print <meta> elements instead
  --report-only          refuse nothing, report what would be refused
  --report-uri <address> where browsers send reports
  --base <policy>        the site's own security policy

Options of guard, which prints a <script> element to paste first in <head>
  --nonce <nonce>        of the element that it prints

Options of declaration, which prints the table of a cookie policy as HTML
  --locale <locale>      language of the table, such as fr or fr-BE: en where there is none
  --out <file>           write it to a file instead

${PROOF_HELP}
Options
  -h, --help     print this
  -v, --version  print the version

Exit code
  0  no error (warnings alone are none, but with --strict)
  1  errors, or warnings with --strict
  2  wrong arguments, or a file that cannot be read or written
`;

/**
 * Runs the command line.
 * @param argv as in `process.argv`: the first two entries are skipped
 * @returns the exit code; a promise of it where a browser is driven. Never throws.
 */
export function run(argv: readonly string[], io: Io): ExitCode | Promise<ExitCode> {
  const refuse = (message: string): ExitCode => {
    io.stderr(`bandeau: ${message}\nTry: npx bandeau --help\n`);
    return UNUSABLE;
  };
  const cli = cac('bandeau');
  // Declared as plain options, because cac's own print to the console.
  cli.option('-h, --help', '');
  cli.option('-v, --version', '');
  cli
    .command('check [...files]')
    .option('--json', '')
    .option('--strict', '')
    .action((files: string[], options: CheckOptions & { '--': string[] }): ExitCode => {
      const all = [...files, ...options['--']];
      return all.length > 0 ? check(all, options, io) : refuse('check needs at least one policy file.');
    });
  cli
    .command('csp [...files]')
    .option('--meta', '')
    .option('--report-only', '')
    .option('--report-uri <address>', '')
    .option('--base <policy>', '')
    .action((files: string[], options: CspOptions & { '--': string[] }): ExitCode => {
      const [file, ...others] = [...files, ...options['--']];
      return file !== undefined && others.length === 0
        ? csp(file, options, io)
        : refuse('csp needs one policy file.');
    });
  cli
    .command('guard [file]')
    .option('--nonce <nonce>', '')
    .action((file: string | undefined, options: GuardOptions): ExitCode => {
      return file === undefined ? refuse('guard needs a policy file.') : guard(file, options, io);
    });
  cli
    .command('declaration [...files]')
    .option('--locale <locale>', '')
    .option('--out <file>', '')
    .action((files: string[], options: DeclarationOptions & { '--': string[] }): ExitCode => {
      const [file, ...others] = [...files, ...options['--']];
      return file !== undefined && others.length === 0
        ? declaration(file, options, io)
        : refuse('declaration needs one policy file.');
    });
  declareProof(cli, io, refuse);
  try {
    const { args, options } = cli.parse([...argv], { run: false });
    const { help, version: versionOnly } = options;
    if (help || versionOnly) {
      io.stdout(help ? HELP : `${version}\n`);
      return 0;
    }
    if (cli.matchedCommand) return cli.runMatchedCommand();
    return refuse(args[0] === undefined ? 'a command is missing.' : `no command ${JSON.stringify(args[0])}.`);
  } catch (error) {
    // An option that cac does not know.
    return refuse(error instanceof Error ? error.message : String(error));
  }
}
