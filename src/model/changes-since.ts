import type { NormalizedPolicy } from '../policy/normalize.ts';
import type { PolicyChange, Receipt } from '../types.ts';

/** What the site says about the versions since the visitor's own. */
export function changesSince(
  { version: current, changes }: NormalizedPolicy,
  { policyVersion, time }: Receipt,
): readonly PolicyChange[] {
  const seen = changes.findIndex(({ version }) => version === policyVersion);
  // Where the version of then is not listed, by date; that of now is new to who decided on another.
  return changes.filter(({ version, date }, i) =>
    seen < 0 ? date >= time.slice(0, 10) || version === current : i > seen,
  );
}
