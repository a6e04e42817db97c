/** The npm entry that bundlers pick in development: the same API, and every problem of the policy in words. */
import { createConsent as create } from './create-consent.ts';
import { reportProblems } from './debug.ts';

export * from './index.ts';

export const createConsent: typeof create = (options) => {
  reportProblems(options.policy, console);
  return create(options);
};
