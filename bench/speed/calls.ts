import { Bench } from 'tinybench';
import { decodeReceipt, encodeReceipt } from '../../src/model/receipt.ts';
import { resolve } from '../../src/model/resolve.ts';
import { normalizePolicy } from '../../src/policy/normalize.ts';
import type { Choices, Policy } from '../../src/types.ts';
import { NOW, receiptOf } from '../../test/fixtures/policy.ts';
import { policyOf } from './contenders/bandeau.ts';
import { CATEGORIES, contentOf } from './situation.ts';

/** `createConsent` as a site imports it. In node there is no page, so that nothing is granted: the way to know is the same. */
const BUILT = new URL('../../dist/es/index.js', import.meta.url).href;

interface Built {
  createConsent(options: { policy: Policy }): { isGranted(id: string): boolean };
}

const GRANTED: Choices = Object.fromEntries(CATEGORIES.slice(1).map((id) => [id, 'granted']));

/** What the core does on each page, call by call, in node: nanoseconds. */
export async function timeCalls(): Promise<Record<string, number>> {
  const { createConsent }: Built = await import(BUILT);
  const bench = new Bench({ time: 500, warmupTime: 100 });
  for (const services of [5, 500]) {
    const policy: Policy = policyOf(contentOf({ services, scripts: 0 }));
    const text = encodeReceipt(receiptOf(GRANTED, { policy }));
    const receipt = decodeReceipt(text);
    const consent = createConsent({ policy });
    bench
      .add(`decode the receipt of a policy with ${services} services`, () => decodeReceipt(text))
      .add(`normalize and resolve a policy with ${services} services`, () =>
        resolve(normalizePolicy(policy), receipt, false, NOW),
      )
      .add(`isGranted, ${services} services`, () => consent.isGranted('service3'));
  }
  await bench.run();
  return Object.fromEntries(
    bench.tasks.flatMap(({ name, result }) =>
      'latency' in result ? [[name, Math.round(result.latency.p50 * 1e6)]] : [],
    ),
  );
}
