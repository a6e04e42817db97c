/** Bodies that a browser still sends once the page is gone: 64 KiB (Fetch, `keepalive`). */
const MAX_KEPT = 65_536;
/** Longer than any answer is worth: others may wait for their turn. */
const PATIENCE = 30_000;

/** Where and how something is sent. */
export interface Destination {
  readonly url: string;
  /** Another origin may be asked; it is never given cookies. */
  readonly crossOrigin: boolean;
  /** By which the receiver knows a text that it has already. */
  readonly key: string;
}

/**
 * Whether an answer says that a text was received. A page with the status 200 does not: a login, a front page that takes
 * every address, or an error that nobody gave a status.
 */
async function isReceived(answer: Response): Promise<boolean> {
  if (answer.status !== 200) return [201, 202, 204, 409].includes(answer.status);
  const type = answer.headers.get('Content-Type');
  return !type || /\bjson\b/i.test(type) || !(await answer.text());
}

/**
 * Sends a JSON text so that it arrives even if the page is left at once. A redirect counts as a failure: browsers would
 * ask the new address without the text.
 * @returns true once it was received, also where the receiver had it already; false where that is not known. Never
 * rejects.
 */
export async function postJson(body: string, { url, crossOrigin, key }: Destination): Promise<boolean> {
  const blob = new Blob([body], { type: 'application/json' });
  let answer: Promise<Response> | undefined;
  try {
    answer = fetch(url, {
      method: 'POST',
      body,
      headers: { 'Content-Type': blob.type, 'Idempotency-Key': key },
      keepalive: blob.size <= MAX_KEPT,
      mode: crossOrigin ? 'cors' : 'same-origin',
      credentials: 'same-origin',
      redirect: 'error',
      // Without the page's address, yet with an `Origin` header, which many servers check.
      referrerPolicy: 'strict-origin',
      signal: AbortSignal.timeout(PATIENCE),
    });
    return await isReceived(await answer);
  } catch {
    // Only where there is no such fetch. A beacon has cookies, so that it is not for others.
    if (!answer && !crossOrigin) beacon(url, blob);
    return false;
  }
}

function beacon(url: string, blob: Blob) {
  try {
    navigator.sendBeacon(url, blob);
  } catch {
    // It stays with whoever keeps it until there is an answer.
  }
}
