/**
 * `npm test`: everything a change has to pass, from a bare clone on: dependencies, browsers, types, lint,
 * build, tests. Arguments after `--` go to vitest: `npm test -- test/unit`.
 *
 * The last line printed is always `N passed, N failed` (and `, N skipped`), for people and machines alike.
 * Only node built-ins are imported here, since `node_modules` may not exist yet.
 */
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describeBrowsers, ensureBrowsers } from './browsers.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const vitestArgs = process.argv.slice(2);

/**
 * Runs a command in the repository with its output shown, and resolves to whether it succeeded. Standard
 * input is closed, so that no tool can wait for an answer.
 * @param {string} command
 * @param {string[]} args
 * @param {boolean} [shell]
 * @returns {Promise<boolean>}
 */
function run(command, args, shell = false) {
  return new Promise((resolve) => {
    const child = spawn(command, args, { cwd: root, stdio: ['ignore', 'inherit', 'inherit'], shell });
    child.on('error', (error) => {
      console.error(`${command}: ${error.message}`);
      resolve(false);
    });
    child.on('exit', (code) => resolve(code === 0));
  });
}

/**
 * npm is a script: under npm its path is known; without, Windows needs a shell to find `npm.cmd`.
 * @param {string[]} args
 * @returns {[command: string, args: string[], shell: boolean]}
 */
function npmCommand(args) {
  const cli = process.env.npm_execpath;
  return cli ? [process.execPath, [cli, ...args], false] : ['npm', args, process.platform === 'win32'];
}

/**
 * Runs a tool of a dependency by its file: `npx` would offer to download it, were it missing.
 * @param {string} name
 * @param {string} bin
 * @param {string[]} args
 */
function tool(name, bin, ...args) {
  const folder = join(root, 'node_modules', name);
  const manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  return run(process.execPath, [join(folder, manifest.bin[bin]), ...args]);
}

/**
 * Whether node_modules holds what package.json asks for. Versions are compared and not file times, since a
 * checkout touches the times; of a range, the major version must agree.
 */
function dependenciesAreCurrent() {
  const { dependencies, devDependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  return Object.entries({ ...dependencies, ...devDependencies }).every(([name, wanted]) => {
    const manifest = join(root, 'node_modules', name, 'package.json');
    if (!existsSync(manifest)) return false;
    const { version } = JSON.parse(readFileSync(manifest, 'utf8'));
    return wanted.startsWith('^')
      ? version.split('.')[0] === wanted.slice(1).split('.')[0]
      : version === wanted;
  });
}

async function installDependencies() {
  if (dependenciesAreCurrent()) {
    console.log('node_modules holds what package.json asks for');
    return true;
  }
  // `--include=dev`: NODE_ENV=production would leave the test tools out.
  return run(...npmCommand(['install', '--include=dev', '--no-save']));
}

/** What is published, and the demo app that is made with it. */
async function build() {
  return (await run(...npmCommand(['run', 'build']))) && run(...npmCommand(['run', 'demo:app']));
}

async function checkBrowsers() {
  const browsers = ensureBrowsers();
  console.log(describeBrowsers(browsers));
  for (const [name, engine] of Object.entries(browsers)) {
    if (!engine.ok) missingEngines.push(`${name}: ${engine.reason}`);
  }
  return browsers.chromium.ok;
}

/**
 * Runs vitest and counts from its JSON report, while its readable report is shown.
 */
async function runVitest() {
  const folder = mkdtempSync(join(tmpdir(), 'bandeau-test-'));
  const report = join(folder, 'report.json');
  try {
    const ok = await tool(
      'vitest',
      'vitest',
      'run',
      '--reporter=default',
      '--reporter=json',
      `--outputFile.json=${report}`,
      ...vitestArgs,
    );
    const counts = existsSync(report) ? count(JSON.parse(readFileSync(report, 'utf8'))) : noTests();
    // An unhandled error fails vitest without failing a test; "0 failed" must not hide it.
    if (!ok && counts.failed === 0) counts.failed = 1;
    return counts;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function noTests() {
  return { passed: 0, failed: 0, skipped: 0 };
}

/**
 * @param {{ numPassedTests: number, numFailedTests: number, numPendingTests: number, numTodoTests: number,
 *   testResults: { status: string, assertionResults: { status: string }[] }[] }} report
 */
function count(report) {
  // A file that fails outside its tests (on import, in a hook) fails no test: it counts as one failure.
  const brokenFiles = report.testResults.filter(
    (file) => file.status === 'failed' && !file.assertionResults.some((test) => test.status === 'failed'),
  );
  return {
    passed: report.numPassedTests,
    failed: report.numFailedTests + brokenFiles.length,
    skipped: report.numPendingTests + report.numTodoTests,
  };
}

/** @type {string[]} */
const failedSteps = [];
/** @type {string[]} */
const missingEngines = [];

/**
 * @template T
 * @param {string} title
 * @param {() => Promise<T>} action
 * @returns {Promise<T>}
 */
async function step(title, action) {
  console.log(`\n=== ${title} ===`);
  const start = performance.now();
  try {
    return await action();
  } finally {
    console.log(`--- ${title}: ${((performance.now() - start) / 1000).toFixed(1)} s`);
  }
}

/**
 * @param {string} title
 * @param {() => Promise<boolean>} action
 */
async function check(title, action) {
  try {
    if (await step(title, action)) return true;
  } catch (error) {
    console.error(error);
  }
  failedSteps.push(title);
  return false;
}

/**
 * Types and lint are reported together with the tests; without dependencies, Chromium or a build
 * there is nothing to test.
 */
async function runAll() {
  if (!(await check('Dependencies', installDependencies))) return noTests();
  if (!(await check('Browsers', checkBrowsers))) return noTests();
  await check('Types', () => tool('typescript', 'tsc', '--noEmit'));
  // By itself `biome ci` colours its report also where it goes to a file.
  const colours = `--colors=${process.stdout.isTTY ? 'force' : 'off'}`;
  await check('Lint', () => tool('@biomejs/biome', 'biome', 'ci', colours));
  if (!(await check('Build', build))) return noTests();
  return step('Tests', runVitest);
}

const { passed, failed, skipped } = await runAll();
const allFailed = failed + failedSteps.length;

console.log('');
// Said again here, where it is read: a green run without an engine is not the same as one with it.
for (const engine of missingEngines) console.log(`Not tested in ${engine}`);
if (failedSteps.length > 0) console.log(`Failed, counted as one each: ${failedSteps.join(', ')}`);
if (passed + failed === 0) console.log('No test ran.');
console.log(`${passed} passed, ${allFailed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`);
process.exitCode = allFailed > 0 || passed === 0 ? 1 : 0;
