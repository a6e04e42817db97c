/** The nonce of every page of a case. A real site makes a new one for each answer. */
export const NONCE = 'n0nce';
