/**
 * autoconsent in a page, as a browser has it: in a world of its own beside the page's scripts, with this process
 * in the place of the extension's background. Chromium only: other engines have no such door for a test.
 */
import type {
  AutoConsentCMPRule,
  BackgroundMessage,
  Config,
  ConsentState,
  ContentScriptMessage,
} from '@duckduckgo/autoconsent';
import { build } from 'esbuild';
import type { Page } from 'playwright-core';
import { ROOT } from './root.ts';

const WORLD = 'autoconsent';

/** `finished` is ours: the tool itself says nothing when it has found nothing to answer. */
const CONTENT_SCRIPT = `
  import AutoConsent from '@duckduckgo/autoconsent';
  const send = async (message) => sendToTest(JSON.stringify(message));
  class Watched extends AutoConsent {
    async _start() {
      await super._start();
      send({ type: 'finished' });
    }
  }
  globalThis.startAutoconsent = (config, autoconsent) => {
    const tool = new Watched(send, config, { autoconsent });
    globalThis.receiveFromTest = (message) => tool.receiveMessageCallback(message);
  };`;

let bundled: Promise<string> | undefined;
const bundle = () => {
  bundled ??= build({
    stdin: { contents: CONTENT_SCRIPT, resolveDir: ROOT },
    bundle: true,
    write: false,
    format: 'iife',
  }).then(({ outputFiles }) => outputFiles[0]?.text ?? '');
  return bundled;
};

type Message = ContentScriptMessage | { type: 'finished' };

/** What the tool says of the documents that it has run in. */
export interface Autoconsent {
  /** Names of the rules that knew the page. */
  detected(): string[];
  /** What came of it: `{ optOutResult: true, selfTestResult: true }`. */
  results(): Record<string, boolean>;
  clicks(): number;
  /** How often it has looked for a banner. */
  attempts(): number;
  /** Whether it has stopped looking. */
  isFinished(): boolean;
}

/** Puts the tool into the documents that the page opens from now on, with these rules and no other. */
export async function useAutoconsent(
  page: Page,
  config: Partial<Config>,
  rules: readonly AutoConsentCMPRule[],
): Promise<Autoconsent> {
  const messages: Message[] = [];
  const client = await page.context().newCDPSession(page);
  await client.send('Page.enable');
  await client.send('Runtime.enable');
  await client.send('Runtime.addBinding', { name: 'sendToTest', executionContextName: WORLD });

  const answer = (contextId: number, message: BackgroundMessage) =>
    client.send('Runtime.evaluate', { contextId, expression: `receiveFromTest(${JSON.stringify(message)})` });

  async function receive(contextId: number, message: Message) {
    messages.push(message);
    switch (message.type) {
      // What rules of the package ask of the page's own world.
      case 'eval':
        return answer(contextId, {
          type: 'evalResp',
          id: message.id,
          result: await page.evaluate(message.code).catch(() => false),
        });
      case 'optOutResult':
        return message.scheduleSelfTest && answer(contextId, { type: 'selfTest' });
    }
  }
  client.on('Runtime.bindingCalled', ({ executionContextId, payload }) => {
    // An answer to a document that is gone meanwhile reaches nobody.
    receive(executionContextId, JSON.parse(payload)).catch(() => {});
  });

  const start = `startAutoconsent(${JSON.stringify(config)}, ${JSON.stringify(rules)})`;
  await client.send('Page.addScriptToEvaluateOnNewDocument', {
    worldName: WORLD,
    source: `${await bundle()};${start}`,
  });

  const of = <T extends Message['type']>(type: T) =>
    messages.filter((message): message is Extract<Message, { type: T }> => message.type === type);
  /** The last state of each document. */
  const states = () => {
    const last = new Map<string, ConsentState>();
    for (const { instanceId, state } of of('report')) last.set(instanceId, state);
    return [...last.values()];
  };

  return {
    detected: () => of('cmpDetected').map(({ cmp }) => cmp),
    results: () =>
      Object.fromEntries(
        messages.flatMap((message) => ('result' in message ? [[message.type, message.result]] : [])),
      ),
    clicks: () => states().reduce((sum, { clicks }) => sum + clicks, 0),
    attempts: () => states().reduce((sum, { findCmpAttempts }) => sum + findCmpAttempts, 0),
    isFinished: () => of('finished').length > 0,
  };
}
