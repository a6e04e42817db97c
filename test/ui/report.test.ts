import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { startReport } from '../../src/effects/records/report.ts';
import type { ConsentRecord, ReportOptions } from '../../src/types.ts';
import { environment, NOW, normalized } from '../fixtures/policy.ts';
import { recordOf } from '../fixtures/records.ts';
import { refuseLonger } from '../fixtures/storage.ts';
import { readSchema, validate } from '../support/json-schema.ts';

const KEY = 'bandeau.queue';
const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
const REPORT = readSchema('report.schema.json');

interface Entry {
  record: ConsentRecord;
  attempts: number;
  notBefore: number;
}
const queue = (): Entry[] => JSON.parse(localStorage.getItem(KEY) ?? '[]');
const put = (...entries: unknown[]) => localStorage.setItem(KEY, JSON.stringify(entries));
const numbered = (n: number) =>
  recordOf({}, { id: `11111111-2222-4333-8444-${String(n).padStart(12, '0')}` });
const waiting = (n: number, more: Partial<Entry> = {}): Entry => ({
  record: numbered(n),
  attempts: 1,
  notBefore: NOW,
  ...more,
});

const answers = (status: number) => async () => new Response(null, { status });
const answersWith = (body: string, type: string) => async () =>
  new Response(body, { status: 200, headers: { 'Content-Type': type } });
const broken = () => {
  const response = new Response('<', { headers: { 'Content-Type': 'text/html' } });
  vi.spyOn(response, 'text').mockRejectedValue(new TypeError('network error'));
  return response;
};
const fetched = vi.fn<typeof fetch>();
const beacon = vi.fn<typeof navigator.sendBeacon>();
const complained = vi.fn();
const sent = () => fetched.mock.calls.map(([, init]) => JSON.parse(String(init?.body)).record.id as string);

/** One page of the site. */
const page = (now = NOW, more: Partial<ReportOptions> = {}) =>
  startReport(
    { policy: normalized(), environment: environment({ now: () => now }) },
    { endpoint: '/consent-records', ...more },
  );
/** Whatever a page has begun has come to its end. */
const idle = async () => {
  for (let i = 0; i < 60; i++) await Promise.resolve();
};

beforeEach(() => {
  localStorage.clear();
  fetched.mockReset().mockImplementation(answers(201));
  beacon.mockReset().mockReturnValue(true);
  complained.mockReset();
  vi.stubGlobal('fetch', fetched);
  vi.stubGlobal('navigator', { sendBeacon: beacon });
  vi.spyOn(console, 'error').mockImplementation(complained);
});

afterEach(() => {
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
  localStorage.clear();
});

describe('a record', () => {
  it('is sent once, as docs/report.schema.json says, with its id as the key', async () => {
    page().send(numbered(1), true);
    await idle();
    expect(fetched).toHaveBeenCalledOnce();
    const [url, init] = fetched.mock.calls[0] ?? [];
    expect(url).toBe(`${location.origin}/consent-records`);
    expect(init).toMatchObject({
      method: 'POST',
      keepalive: true,
      mode: 'same-origin',
      credentials: 'same-origin',
      redirect: 'error',
      headers: { 'Content-Type': 'application/json', 'Idempotency-Key': numbered(1).id },
    });
    expect(validate(REPORT, JSON.parse(String(init?.body)))).toEqual([]);
    expect(JSON.parse(String(init?.body)).record).toEqual(numbered(1));
    expect(complained).not.toHaveBeenCalled();
  });

  it('is in the queue before it leaves', () => {
    let before: Entry[] = [];
    fetched.mockImplementation(() => {
      before = queue();
      return new Promise(() => {});
    });
    page().send(numbered(1), true);
    expect(before).toEqual([{ record: numbered(1), attempts: 1, notBefore: NOW + MINUTE }]);
  });

  it.each([200, 201, 202, 204, 409])('leaves the queue once it was received: %i', async (status) => {
    fetched.mockImplementation(answers(status));
    page().send(numbered(1), true);
    await idle();
    expect(localStorage.getItem(KEY)).toBeNull();
    expect(complained).not.toHaveBeenCalled();
  });

  it.each([
    ['JSON', '{"ok":true}', 'application/json; charset=utf-8'],
    ['JSON of another name', '{}', 'application/vnd.site+json'],
    ['nothing, whatever its type', '', 'text/html'],
  ])('leaves the queue where a 200 brings %s', async (_, body, type) => {
    fetched.mockImplementation(answersWith(body, type));
    page().send(numbered(1), true);
    await vi.waitFor(() => expect(localStorage.getItem(KEY)).toBeNull());
    expect(complained).not.toHaveBeenCalled();
  });

  it.each([
    ['a page with the status 200', answersWith('<!doctype html><title>Log in</title>', 'text/html')],
    ['a page with the status 200 that speaks of JSON', answersWith('{}', 'text/html; charset=utf-8')],
    ['a word with the status 200', answersWith('Welcome', 'text/plain')],
    ['a page that breaks off', async () => broken()],
    ['203', answers(203)],
    ['205', answers(205)],
    ['206', answers(206)],
    ['500', answers(500)],
    ['404', answers(404)],
    ['400', answers(400)],
    ['429', answers(429)],
    ['no connection', () => Promise.reject(new TypeError('Failed to fetch'))],
    ['a redirect', () => Promise.reject(new TypeError('redirect'))],
    ['no answer in time', () => Promise.reject(new DOMException('late', 'TimeoutError'))],
  ])('stays in the queue, is told of once and is not sent again by the same page: %s', async (_, answer) => {
    fetched.mockImplementation(answer);
    const report = page();
    report.send(numbered(1), true);
    await idle();
    report.sendWaiting();
    await idle();
    expect(queue()).toEqual([{ record: numbered(1), attempts: 1, notBefore: NOW + MINUTE }]);
    expect(fetched).toHaveBeenCalledOnce();
    report.send(numbered(2), true);
    await idle();
    expect(complained).toHaveBeenCalledOnce();
    expect(beacon).not.toHaveBeenCalled();
  });

  it('does not come back to the queue when it was erased on its way', async () => {
    let answer: (response: Response) => void = () => {};
    fetched.mockImplementation(
      () =>
        new Promise((resolve) => {
          answer = resolve;
        }),
    );
    page().send(numbered(1), true);
    localStorage.removeItem(KEY);
    answer(new Response(null, { status: 500 }));
    await idle();
    expect(localStorage.getItem(KEY)).toBeNull();
  });

  it('of an account leaves nothing on the device, received or not', async () => {
    page().send(numbered(1), false);
    expect(localStorage.getItem(KEY)).toBeNull();
    fetched.mockImplementation(answers(500));
    page().send(numbered(2), false);
    await idle();
    expect(sent()).toEqual([numbered(1).id, numbered(2).id]);
    expect(localStorage.getItem(KEY)).toBeNull();
  });

  it('is sent where the browser refuses storage', async () => {
    refuseLonger(0);
    page().send(numbered(1), true);
    await idle();
    expect(sent()).toEqual([numbered(1).id]);
    expect(localStorage.getItem(KEY)).toBeNull();
  });

  it('that is too large to outlive the page is sent all the same', async () => {
    const services = Object.fromEntries(
      Array.from({ length: 4000 }, (_, i) => [`service-${i}`, 'granted' as const]),
    );
    page().send({ ...numbered(1), services }, true);
    await idle();
    expect(fetched.mock.calls[0]?.[1]?.keepalive).toBe(false);
  });
});

describe('where there is no working fetch', () => {
  beforeEach(() => {
    fetched.mockImplementation(() => {
      throw new TypeError('Illegal invocation');
    });
  });

  it('a beacon is sent, and the record waits for an answer', async () => {
    page().send(numbered(1), true);
    await idle();
    expect(beacon).toHaveBeenCalledOnce();
    const [url, blob] = beacon.mock.calls[0] ?? [];
    expect(url).toBe(`${location.origin}/consent-records`);
    if (!(blob instanceof Blob)) throw new Error('no blob');
    expect(blob.type).toBe('application/json');
    expect(validate(REPORT, JSON.parse(await blob.text()))).toEqual([]);
    expect(queue()).toMatchObject([{ attempts: 1, notBefore: NOW + MINUTE }]);
  });

  it('another origin gets none, since it would come with cookies', async () => {
    page(NOW, { endpoint: 'https://other.example/', crossOrigin: true }).send(numbered(1), true);
    await idle();
    expect(beacon).not.toHaveBeenCalled();
    expect(queue()).toHaveLength(1);
  });

  it('nothing throws where there are no beacons either', async () => {
    vi.stubGlobal('navigator', {});
    page().send(numbered(1), true);
    await idle();
    expect(queue()).toHaveLength(1);
  });
});

describe('an endpoint', () => {
  it.each(['https://other.example/records', '//other.example/', 'http://', 'data:,x', 'blob:x'])(
    'elsewhere is told of once, and nothing is sent or kept for it: %s',
    async (endpoint) => {
      const report = page(NOW, { endpoint });
      report.send(numbered(1), true);
      report.send(numbered(2), true);
      await idle();
      expect(fetched).not.toHaveBeenCalled();
      expect(localStorage.getItem(KEY)).toBeNull();
      expect(complained).toHaveBeenCalledOnce();
    },
  );

  it('elsewhere is used when the site says so, without cookies', async () => {
    page(NOW, { endpoint: 'https://other.example/records', crossOrigin: true }).send(numbered(1), true);
    await idle();
    const [url, init] = fetched.mock.calls[0] ?? [];
    expect(url).toBe('https://other.example/records');
    expect(init).toMatchObject({ mode: 'cors', credentials: 'same-origin' });
  });
});

describe('what waits', () => {
  it('is sent by a later page when its time has come, and not before', async () => {
    put(waiting(1, { notBefore: NOW + MINUTE }));
    page(NOW + MINUTE - 1).sendWaiting();
    await idle();
    expect(fetched).not.toHaveBeenCalled();
    page(NOW + MINUTE).sendWaiting();
    await idle();
    expect(sent()).toEqual([numbered(1).id]);
    expect(localStorage.getItem(KEY)).toBeNull();
  });

  it('waits twice as long each time, for a day at most', async () => {
    fetched.mockImplementation(answers(503));
    put(waiting(1));
    let now = NOW;
    const waits = [];
    for (let i = 0; i < 13; i++) {
      page(now).sendWaiting();
      await idle();
      const next = queue()[0]?.notBefore ?? 0;
      waits.push((next - now) / MINUTE);
      now = next;
    }
    expect(waits).toEqual([2, 4, 8, 16, 32, 64, 128, 256, 512, 1024, 1440, 1440, 1440]);
    expect(fetched).toHaveBeenCalledTimes(13);
  });

  it('is sent oldest first, and no further once one could not be', async () => {
    fetched.mockImplementationOnce(answers(201)).mockImplementation(answers(500));
    put(waiting(3), waiting(2), waiting(1));
    page().sendWaiting();
    await idle();
    expect(sent()).toEqual([numbered(1).id, numbered(2).id]);
    expect(queue()).toEqual([waiting(3), waiting(2, { attempts: 2, notBefore: NOW + 2 * MINUTE })]);
  });

  it('does not stand behind one that is never received', async () => {
    put(waiting(2), waiting(1, { attempts: 11, notBefore: NOW + DAY }));
    page().sendWaiting();
    await idle();
    expect(sent()).toEqual([numbered(2).id]);
  });

  it('is sent after a clock went back by years', async () => {
    put(waiting(1, { notBefore: NOW + 400 * DAY }));
    page().sendWaiting();
    await idle();
    expect(sent()).toEqual([numbered(1).id]);
  });

  it('is sent once by two tabs that begin together, where browsers have no locks', async () => {
    put(waiting(2), waiting(1));
    page().sendWaiting();
    page().sendWaiting();
    await idle();
    expect(sent().sort()).toEqual([numbered(1).id, numbered(2).id]);
  });

  it('is left to the tab that is at it, where browsers have locks', async () => {
    const request = vi.fn(async (_name: string, _options: object, task: (lock: object | null) => unknown) =>
      task(null),
    );
    vi.stubGlobal('navigator', { locks: { request } });
    put(waiting(1));
    page().sendWaiting();
    await idle();
    expect(request.mock.calls[0]?.slice(0, 2)).toEqual([KEY, { ifAvailable: true }]);
    expect(fetched).not.toHaveBeenCalled();
    request.mockImplementation(async (_name, _options, task) => task({}));
    page().sendWaiting();
    await idle();
    expect(sent()).toEqual([numbered(1).id]);
  });

  it('waits on where the browser refuses locks, and nothing is rejected', async () => {
    vi.stubGlobal('navigator', {
      locks: { request: () => Promise.reject(new DOMException('no', 'SecurityError')) },
    });
    put(waiting(1));
    page().sendWaiting();
    await idle();
    expect(queue()).toEqual([waiting(1)]);
  });

  it('is 20 at most: the oldest go', async () => {
    fetched.mockImplementation(answers(500));
    const report = page();
    for (let n = 1; n <= 25; n++) report.send(numbered(n), true);
    await idle();
    const ids = queue().map(({ record }) => record.id);
    expect(ids).toEqual(Array.from({ length: 20 }, (_, i) => numbered(25 - i).id));
  });

  it.each([
    'nonsense',
    '{}',
    '[null,1,"x",[],{}]',
    '{"__proto__":{"polluted":1}}',
    `[{"record":{"id":"x"},"attempts":1}]`,
    `[${'['.repeat(5000)}`,
    ' '.repeat(2_000_000),
  ])('may have been made into anything: %.30j', async (text) => {
    localStorage.setItem(KEY, text);
    const report = page();
    report.sendWaiting();
    await idle();
    expect(fetched).not.toHaveBeenCalled();
    report.send(numbered(1), true);
    await idle();
    expect(sent()).toEqual([numbered(1).id]);
  });

  it.each([{ attempts: 'x' }, { attempts: -1e9 }, { attempts: 1e9 }, { notBefore: {} }, { attempts: null }])(
    'is sent once although its numbers are none: %j',
    async (more) => {
      fetched.mockImplementation(answers(500));
      put({ ...waiting(1), ...more });
      const report = page();
      report.sendWaiting();
      await idle();
      report.sendWaiting();
      await idle();
      expect(fetched).toHaveBeenCalledOnce();
      const wait = (queue()[0]?.notBefore ?? 0) - NOW;
      expect(wait).toBeGreaterThanOrEqual(MINUTE);
      expect(wait).toBeLessThanOrEqual(DAY);
    },
  );
});
