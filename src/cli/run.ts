import { cac } from 'cac';
import { version } from '../../package.json';
import { readAsWritten } from './as-written.ts';
import { type CheckOptions, check } from './check.ts';
import { type CspOptions, csp } from './csp.ts';
import { type DeclarationOptions, declaration } from './declaration.ts';
import { type DiffOptions, diff } from './diff.ts';
import { type GpcOptions, gpc } from './gpc.ts';
import { type GuardOptions, guard } from './guard.ts';
import { HELP } from './help.ts';
import { addToHistory, checkHistory, type HistoryOptions } from './history.ts';
import { type ExitCode, type Io, UNUSABLE } from './io.ts';
import { declareProof } from './proof.ts';
import { type SnippetOptions, snippet } from './snippet.ts';
import { snippetOfLoad } from './snippet-load.ts';
import type { LoadOptions } from './snippet-options.ts';
import { type VerifyOptions, verify } from './verify.ts';

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
    .command('diff [...files]')
    .option('--json', '')
    .action((files: string[], options: DiffOptions & { '--': string[] }): ExitCode => {
      const [before, after, ...others] = [...files, ...options['--']];
      return before !== undefined && after !== undefined && others.length === 0
        ? diff(before, after, options, io)
        : refuse('diff needs two policy files, the old one first.');
    });
  cli
    .command('history [...words]')
    .option('--dir <folder>', '')
    .action((words: string[], options: HistoryOptions & { '--': string[] }): ExitCode => {
      const [action, file, ...others] = [...words, ...options['--']];
      if (action !== 'add' && action !== 'check') return refuse('history needs a word first: add or check.');
      if (file === undefined || others.length > 0) return refuse(`history ${action} needs one policy file.`);
      return action === 'add' ? addToHistory(file, options, io) : checkHistory(file, options, io);
    });
  cli
    .command('verify [...files]')
    .option('--policy <file>', '')
    .option('--history <folder>', '')
    .option('--json', '')
    .action((files: string[], options: VerifyOptions & { '--': string[] }): ExitCode => {
      const [file, ...others] = [...files, ...options['--']];
      if (file === undefined || others.length > 0) return refuse('verify needs one file of records.');
      return options.policy === undefined && options.history === undefined
        ? refuse('verify needs --policy, --history, or both.')
        : verify(file, options, io);
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
    .command('snippet [...tools]')
    .option('--policy <file>', '')
    .option('--csp', '')
    .option('--policy-url <address>', '')
    .option('--base <folder>', '')
    .option('--hashed', '')
    .option('--integrity', '')
    .option('--blocking', '')
    .option('--inline <part>', '')
    .option('--lang <languages>', '')
    .option('--layout <layout>', '')
    .option('--position <position>', '')
    .option('--modal', '')
    .option('--region <region>', '')
    .option('--nonce <nonce>', '')
    .action((tools: string[], options: SnippetOptions & LoadOptions & { '--': string[] }): ExitCode => {
      const { '--': more, ...given } = options;
      const [tool, ...others] = [...tools, ...more];
      if (tool === undefined) return snippetOfLoad(given, io);
      if (others.length > 0) return refuse('snippet needs the name of one tool, google, or none.');
      const foreign = Object.keys(given).find((name) => name !== 'policy' && name !== 'csp');
      return foreign === undefined
        ? snippet(tool, given, io)
        : refuse(`snippet ${tool} knows no option ${foreign}.`);
    });
  cli
    .command('gpc [...files]')
    .option('--date <date>', '')
    .action((files: string[], options: GpcOptions & { '--': string[] }): ExitCode => {
      return files.length + options['--'].length > 0 ? refuse('gpc takes no file.') : gpc(options, io);
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
    readAsWritten(cli);
    if (cli.matchedCommand) return cli.runMatchedCommand();
    return refuse(args[0] === undefined ? 'a command is missing.' : `no command ${JSON.stringify(args[0])}.`);
  } catch (error) {
    // An option that cac does not know.
    return refuse(error instanceof Error ? error.message : String(error));
  }
}
