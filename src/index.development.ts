/** The npm entry that bundlers pick in development: the same API, and every problem of the policy in words. */
import { createConsent as create } from './create-consent.ts';
import { reportGoogleTags, reportOptions, reportProblems } from './debug.ts';

export * from './index.ts';

export const createConsent: typeof create = (options) => {
  const { policy, debug } = options;
  reportProblems(policy, console);
  const handle = create(options);
  // What `debug` prints is printed once.
  if (!debug) reportOptions(options, console);
  if (!debug && typeof document === 'object') reportGoogleTags(handle, policy, console);
  return handle;
};
