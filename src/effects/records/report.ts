import { postJson } from '../../lib/post-json.ts';
import { readList, writeList } from '../../lib/stored-list.ts';
import { takeTurns } from '../../lib/take-turns.ts';
import { readRecord } from '../../model/read-record.ts';
import { keyOf } from '../../model/stored-keys.ts';
import type { ConsentRecord, ReportOptions } from '../../types.ts';
import type { EffectContext } from '../effect.ts';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

/** A record that the site has not received, as far as is known here. */
interface Waiting {
  readonly record: ConsentRecord;
  /** How often it was sent. */
  readonly attempts: number;
  /** Milliseconds since the epoch: whoever sends it moves this on first, so that no other tab does too. */
  readonly notBefore: number;
}

/** Sends records to the site. */
export interface Report {
  /** @param isKept it may wait on the device: it is sent again from later pages until it was received */
  send(record: ConsentRecord, isKept: boolean): void;
  /** Sends what earlier pages could not, once each. */
  sendWaiting(): void;
}

const readWaiting = (value: unknown): Waiting | null => {
  const { record, attempts, notBefore }: { readonly [Field in keyof Waiting]?: unknown } = Object(value);
  const read = readRecord(record);
  return (
    read && {
      record: read,
      attempts: Math.max(0, Number(attempts) || 0),
      notBefore: Number(notBefore) || 0,
    }
  );
};

/** Keeps the queue, newest first as every list is, and empties it from the other end. */
export function startReport(
  { policy, environment }: Pick<EffectContext, 'policy' | 'environment'>,
  { endpoint, crossOrigin = false }: ReportOptions,
): Report {
  const key = keyOf(policy, 'queue');
  const read = () => readList(key, readWaiting);
  let hasComplained = false;
  const complain = (why: string) => {
    if (!hasComplained) console.error(`bandeau: ${why}:`, endpoint);
    hasComplained = true;
  };

  /** Null where nothing may be sent. */
  const destination = () => {
    try {
      const url = new URL(endpoint, document.baseURI);
      if (crossOrigin || url.origin === location.origin) return url.href;
    } catch {
      // No address at all.
    }
    complain('records are sent to the page’s own origin only, unless `report.crossOrigin` is true');
    return null;
  };

  /** Later with each attempt. */
  const claimed = ({ record, attempts }: Waiting): Waiting => ({
    record,
    attempts: attempts + 1,
    notBefore: environment.now() + Math.min(MINUTE * 2 ** attempts, DAY),
  });
  /** A time that no attempt can have set is a clock that went back, or somebody's edit. */
  const isDue = ({ notBefore }: Waiting) => {
    const wait = notBefore - environment.now();
    return wait <= 0 || wait > DAY;
  };

  const post = async (url: string, record: ConsentRecord) => {
    const body = JSON.stringify({ schemaVersion: 1, record });
    const isReceived = await postJson(body, { url, crossOrigin, key: record.id });
    if (!isReceived) complain('a record could not be sent, and is tried again from a later page');
    return isReceived;
  };
  const forget = (id: string) =>
    writeList(
      key,
      read().filter(({ record }) => record.id !== id),
    );

  const sendWaiting = async (url: string) => {
    // Those of this moment: what fails waits for another page.
    const due = read().filter(isDue);
    for (const { record } of due.reverse()) {
      const waiting = read();
      // It may be gone, or another tab may have sent it, while this one was sending those before it.
      const now = waiting.find((one) => one.record.id === record.id);
      if (!now || !isDue(now)) continue;
      writeList(
        key,
        waiting.map((one) => (one === now ? claimed(one) : one)),
      );
      // What stands in the way of one may stand in the way of all.
      if (!(await post(url, record))) return;
      forget(record.id);
    }
  };

  return {
    send(record, isKept) {
      const url = destination();
      if (!url) return;
      // Before it is sent, since the page may be left at any moment.
      if (isKept) writeList(key, [claimed({ record, attempts: 0, notBefore: 0 }), ...read()]);
      void post(url, record).then((isReceived) => {
        if (isReceived && isKept) forget(record.id);
      });
    },
    sendWaiting() {
      const url = read()[0] && destination();
      if (url) void takeTurns(key, () => sendWaiting(url));
    },
  };
}
