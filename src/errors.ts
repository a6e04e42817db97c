/** Base of every error that the SDK throws. Messages say what, where, what was got, what was expected. */
export class ConsentError extends Error {
  override name = 'ConsentError';
}

/** An id that is neither a category nor a service of the policy. */
export class UnknownIdError extends ConsentError {
  override name = 'UnknownIdError';

  constructor(
    /** What was got. */
    readonly id: string,
    /** What the policy has. */
    readonly knownIds: readonly string[],
  ) {
    super(`bandeau: no category or service "${id}" in the policy. Known: ${knownIds.join(', ')}.`);
  }
}

/** A choice that is neither `'granted'` nor `'denied'`. */
export class InvalidChoiceError extends ConsentError {
  override name = 'InvalidChoiceError';

  constructor(
    readonly id: string,
    /** What was got. */
    readonly got: unknown,
  ) {
    super(`bandeau: choice for "${id}" is ${JSON.stringify(got)}; expected "granted" or "denied".`);
  }
}

/** True for every error of the SDK, also one from another copy of it on the page. */
export function isConsentError(error: unknown): error is ConsentError {
  return error instanceof Error && /^(Consent|UnknownId|InvalidChoice)Error$/.test(error.name);
}
