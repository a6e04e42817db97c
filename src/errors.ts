/** Base of every error that the SDK throws. Messages say what was got and what was expected. */
export class ConsentError extends Error {}

/** A choice about an id that the policy doesn't have, or that is neither `'granted'` nor `'denied'`. */
export class InvalidChoiceError extends ConsentError {
  override name = 'InvalidChoiceError';
  declare readonly id: string;
  /** What was got. */
  declare readonly choice: unknown;
  /** What the policy has. */
  declare readonly knownIds: readonly string[];

  constructor(id: string, choice: unknown, knownIds: readonly string[]) {
    super(`bandeau: got ${id}: ${choice}; expected granted or denied for one of ${knownIds.join(', ')}`);
    Object.assign(this, { id, choice, knownIds });
  }
}

/** True for every error of the SDK, also one from another copy of it on the page. */
export function isConsentError(error: unknown): error is ConsentError {
  return error instanceof ConsentError || (error instanceof Error && error.name === 'InvalidChoiceError');
}
