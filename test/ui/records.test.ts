import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import regionFr from '../../locales/region/fr.json';
import { startRecords } from '../../src/effects/records/records.ts';
import { startReport } from '../../src/effects/records/report.ts';
import type { StoredKey } from '../../src/model/stored-keys.ts';
import { canonicalize } from '../../src/policy/canonicalize.ts';
import { outlinePolicy } from '../../src/policy/outline.ts';
import type { Choices, Consent, ConsentOptions, ConsentRecord, Policy } from '../../src/types.ts';
import {
  ACCEPTED,
  environment,
  NOW,
  normalized,
  PARTLY,
  POLICY,
  policyWith,
  REFUSED,
  receiptOf,
  service,
} from '../fixtures/policy.ts';
import { recordOf } from '../fixtures/records.ts';
import { TEXTS } from '../fixtures/stage.tsx';
import { refuseLonger, refuseStorage } from '../fixtures/storage.ts';
import { readSchema, validate } from '../support/json-schema.ts';
import { useVisits } from '../support/visits.ts';

const RECORD = readSchema('record.schema.json');
const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');
const numbered = (n: number) => `11111111-2222-4333-8444-${String(n).padStart(12, '0')}`;

const visit = useVisits();
let count = 0;
let fetched = vi.fn<typeof fetch>();

/** A page of the site; its decisions are numbered through all pages of a test. */
function begin(options: Partial<ConsentOptions<Policy>> = {}) {
  return visit({ ...options, environment: { uuid: () => numbered(++count), ...options.environment } });
}
const kept = (): ConsentRecord[] => JSON.parse(localStorage.getItem('bandeau.records') ?? '[]');
const keys = () => Object.keys(localStorage).sort();
/** Comes back when the part that keeps records is there and has kept what waited for it. */
const exported = async (consent: Consent): Promise<ConsentRecord[]> => {
  const { schemaVersion, records } = JSON.parse(await consent.exportReceipt('json'));
  expect(schemaVersion).toBe(1);
  return records;
};

beforeEach(() => {
  count = 0;
  fetched = vi.fn<typeof fetch>(async () => new Response(null, { status: 201 }));
  vi.stubGlobal('fetch', fetched);
});

describe('before the first decision', () => {
  it('nothing is stored or sent, whatever is opened, closed or exported', async () => {
    const consent = begin({ report: { endpoint: '/records' } });
    await vi.waitFor(() => expect(document.querySelector('[data-bandeau-layer=banner]')).not.toBeNull());
    consent.open('preferences');
    consent.close();
    expect(await exported(consent)).toEqual([]);
    expect(await consent.exportReceipt('csv')).toMatch(/^id,.*choice\r\n$/);
    expect(keys()).toEqual([]);
    expect(fetched).not.toHaveBeenCalled();
  });
});

describe('a decision', () => {
  it('is kept on the device with the policy that it was made about', async () => {
    const consent = begin();
    consent.save(PARTLY);
    const [record, ...others] = await exported(consent);
    expect(others).toEqual([]);
    expect(validate(RECORD, record)).toEqual([]);
    expect(record).toMatchObject({
      id: consent.receipt?.id,
      previousId: null,
      time: new Date(NOW).toISOString(),
      method: 'custom',
      layer: null,
      policyHash: sha256(canonicalize(POLICY)),
      categories: { analytics: 'denied', advertising: 'granted', preference: 'granted' },
      services: { matomo: 'granted', heatmap: 'denied', ads: 'granted' },
      region: 'eu',
      browserSignal: null,
    });
    expect(kept()).toEqual([record]);
    expect(keys()).toEqual(['bandeau.outline', 'bandeau.records']);
    expect(JSON.parse(localStorage.getItem('bandeau.outline') ?? '')).toEqual(outlinePolicy(normalized()));
    expect(fetched).not.toHaveBeenCalled();
  });

  const clickOnceLoaded = async () => {
    const consent = begin();
    const answers = () => document.querySelector<HTMLElement>('[data-bandeau-action=reject-all]');
    await vi.waitFor(() => expect(answers()).not.toBeNull());
    await exported(consent);
    answers()?.click();
    return consent;
  };

  it('on a layer is kept after the frame of its click was painted, not before', async () => {
    const consent = await clickOnceLoaded();
    expect(consent.receipt?.method).toBe('reject-all');
    expect(document.cookie).toContain('reject-all');
    expect(kept()).toEqual([]);
    await vi.waitFor(() => expect(kept()).toMatchObject([{ method: 'reject-all', layer: 'banner' }]));
  });

  it('on a layer is kept before that where the page goes', async () => {
    await clickOnceLoaded();
    window.dispatchEvent(new Event('pagehide'));
    expect(kept()).toMatchObject([{ method: 'reject-all', layer: 'banner' }]);
  });

  it('by the site itself is kept at once', async () => {
    const consent = begin();
    await exported(consent);
    consent.rejectAll();
    expect(kept()).toMatchObject([{ method: 'reject-all', layer: null }]);
  });

  it('on a layer has its name, its language and the hash of its texts', async () => {
    const consent = begin({ environment: { languages: ['fr-BE'], gpc: true } });
    const button = await vi.waitFor(() => {
      const found = document.querySelector<HTMLElement>('[data-bandeau-action=reject-all]');
      if (!found) throw new Error('not yet');
      return found;
    });
    button.click();
    expect(await exported(consent)).toMatchObject([
      {
        method: 'reject-all',
        layer: 'banner',
        locale: 'fr-BE',
        textsHash: sha256(canonicalize({ banner: TEXTS.fr, region: regionFr })),
        browserSignal: 'gpc',
      },
    ]);
  });

  it('is told of with its own answers, also where others follow before anything can keep it', async () => {
    const consent = begin();
    consent.acceptAll();
    consent.rejectAll();
    consent.save({ matomo: 'granted' });
    const records = await exported(consent);
    expect(records.map(({ id, previousId }) => [id, previousId])).toEqual([
      [numbered(3), numbered(2)],
      [numbered(2), numbered(1)],
      [numbered(1), null],
    ]);
    expect(records.map(({ services }) => services['matomo'])).toEqual(['granted', 'denied', 'granted']);
    expect(records.map(({ services }) => services['ads'])).toEqual(['denied', 'denied', 'granted']);
  });

  it('is sent with what is kept, where the site wants it', async () => {
    const consent = begin({ report: { endpoint: '/records' } });
    consent.acceptAll();
    const [record] = await exported(consent);
    await vi.waitFor(() => expect(keys()).not.toContain('bandeau.queue'));
    expect(fetched).toHaveBeenCalledOnce();
    expect(JSON.parse(String(fetched.mock.calls[0]?.[1]?.body))).toEqual({ schemaVersion: 1, record });
  });

  it('that nobody received is sent by the next page, which asks nothing', async () => {
    fetched.mockRejectedValueOnce(new TypeError('down'));
    vi.spyOn(console, 'error').mockImplementation(() => {});
    const report = { endpoint: '/records' };
    const first = begin({ report });
    first.acceptAll();
    await exported(first);
    first.destroy();
    begin({ report, environment: { now: () => NOW + 60_000 } });
    await vi.waitFor(() => expect(fetched).toHaveBeenCalledTimes(2));
    await vi.waitFor(() => expect(keys()).not.toContain('bandeau.queue'));
  });

  it('after destroy() is none, and one before it is kept although the page went on', async () => {
    const consent = begin();
    consent.acceptAll();
    consent.destroy();
    consent.rejectAll();
    await vi.waitFor(() => expect(kept()).toHaveLength(1));
    expect(await exported(consent)).toMatchObject([{ method: 'accept-all' }]);
  });

  it('is in force although its policy can be put into no hash', async () => {
    const complained = vi.spyOn(console, 'error').mockImplementation(() => {});
    const policy = policyWith();
    Object.assign(policy, { self: policy });
    const consent = begin({ policy });
    consent.acceptAll();
    expect(await exported(consent)).toEqual([]);
    expect(consent.isGranted('matomo')).toBe(true);
    expect(complained).toHaveBeenCalledOnce();
  });
});

describe('the history', () => {
  it('is the last 20 decisions, newest first, through all pages', async () => {
    const first = begin();
    for (let i = 0; i < 15; i++) first.acceptAll();
    await exported(first);
    first.destroy();
    const second = begin();
    for (let i = 0; i < 10; i++) second.rejectAll();
    const records = await exported(second);
    expect(records.map(({ id }) => id)).toEqual(Array.from({ length: 20 }, (_, i) => numbered(25 - i)));
    expect(kept()).toEqual(records);
  });

  it('is exported as CSV too', async () => {
    const consent = begin();
    consent.acceptAll();
    consent.withdraw('ads');
    const rows = (await consent.exportReceipt('csv')).trimEnd().split('\r\n');
    expect(rows).toHaveLength(1 + 2 * 6);
    expect(rows[1]).toMatch(new RegExp(`^${numbered(2)},${numbered(1)},.*,withdraw,`));
    expect(rows.filter((row) => row.endsWith('service,ads,denied'))).toHaveLength(1);
  });

  it('goes with reset(), and so does all that is kept beside it', async () => {
    fetched.mockImplementation(() => new Promise(() => {}));
    const consent = begin({ report: { endpoint: '/records' } });
    consent.acceptAll();
    await exported(consent);
    localStorage.setItem('bandeau.told', '2025-01-15');
    localStorage.setItem('other', 'stays');
    expect(keys()).toEqual(['bandeau.outline', 'bandeau.queue', 'bandeau.records', 'bandeau.told', 'other']);
    consent.reset();
    expect(keys()).toEqual(['other']);
    expect(await exported(consent)).toEqual([]);
    consent.rejectAll();
    expect(await exported(consent)).toMatchObject([{ previousId: null }]);
  });

  it('goes with reset() as docs/record.md says, key by key', async () => {
    const isErased: Record<StoredKey, boolean> = {
      records: true,
      outline: true,
      queue: true,
      told: true,
      imported: false,
      account: false,
      passed: false,
    };
    const named = Object.entries(isErased).map(([key, erased]) => [`bandeau.${key}`, erased] as const);
    const all = named.map(([key]) => key);
    for (const key of all) localStorage.setItem(key, '[]');
    const consent = begin();
    consent.reset();
    await exported(consent);
    const left = all.filter((key) => localStorage.getItem(key) !== null);
    expect(left).toEqual(named.flatMap(([key, erased]) => (erased ? [] : key)));
    const docs = readFileSync(join(import.meta.dirname, '../../docs/record.md'), 'utf8');
    const rows = [...docs.matchAll(/^\| `(bandeau\.\w+)` .*\| (yes|no) +\|$/gm)];
    expect(rows.map(([, key, erased]) => [key, erased])).toEqual(
      all.map((key) => [key, left.includes(key) ? 'no' : 'yes']),
    );
  });

  it('goes with reset() also where nothing was loaded that keeps it', async () => {
    localStorage.setItem('bandeau.records', JSON.stringify([recordOf()]));
    begin().reset();
    await vi.waitFor(() => expect(keys()).toEqual([]));
  });

  it('is beside the cookie of that name', async () => {
    const policy = policyWith({ scope: { sites: ['a'], cookieName: 'choices' } });
    const consent = begin({ policy });
    consent.acceptAll();
    await exported(consent);
    expect(keys()).toEqual(['choices.outline', 'choices.records']);
  });

  it.each([
    'nonsense',
    'null',
    '{"length":3}',
    '[1,null,"x",{},[]]',
    '[{"__proto__":{"polluted":true}}]',
    '{"__proto__":[]}',
    `[${'['.repeat(10_000)}`,
    `["${'x'.repeat(4_000_000)}"]`,
  ])('that somebody has edited is empty, and the next decision is kept: %.40j', async (text) => {
    localStorage.setItem('bandeau.records', text);
    const consent = begin();
    expect(await exported(consent)).toEqual([]);
    consent.acceptAll();
    expect(await exported(consent)).toHaveLength(1);
    expect(kept()).toHaveLength(1);
    expect({}).not.toHaveProperty('polluted');
  });

  it('keeps what is whole of one that was edited', async () => {
    const whole = recordOf();
    const more = { ...whole, ip: '192.0.2.1' };
    const list = [{ ...whole, method: 'forced' }, more, { ...whole, services: { '=cmd()': 'granted' } }];
    localStorage.setItem('bandeau.records', JSON.stringify(list));
    expect(await exported(begin())).toEqual([whole]);
  });
});

describe('where there is little room', () => {
  it('the oldest go first', async () => {
    const consent = begin();
    for (let i = 0; i < 10; i++) consent.acceptAll();
    await exported(consent);
    const size = JSON.stringify(kept()).length;
    refuseLonger(size / 2);
    consent.rejectAll();
    const records = kept();
    expect(records.length).toBeGreaterThan(3);
    expect(records.length).toBeLessThan(6);
    expect(records[0]).toMatchObject({ method: 'reject-all', id: numbered(11) });
    expect(await exported(consent)).toEqual(records);
  });

  it('what an earlier decision was about is not taken for what this one was', async () => {
    const consent = begin();
    consent.acceptAll();
    await exported(consent);
    refuseLonger(0);
    consent.rejectAll();
    expect(keys()).toEqual([]);
  });

  it('or none, the records of this page are exported all the same', async () => {
    refuseLonger(0);
    const consent = begin();
    consent.acceptAll();
    consent.rejectAll();
    expect((await exported(consent)).map(({ method }) => method)).toEqual(['reject-all', 'accept-all']);
    expect(keys()).toEqual([]);
    consent.reset();
    expect(await exported(consent)).toEqual([]);
  });

  it('or no storage at all, as in a sandboxed frame, nothing throws', async () => {
    refuseStorage();
    const consent = begin({ report: { endpoint: '/records' } });
    consent.acceptAll();
    expect(await exported(consent)).toHaveLength(1);
    consent.reset();
    expect(fetched).toHaveBeenCalledOnce();
  });
});

describe('while an account’s choice is in force', () => {
  const decisionOf = (wanted: Choices) => ({
    receipt: receiptOf(wanted),
    previousId: null,
    shown: null,
    importedFrom: null,
  });
  const records = (report?: ConsentOptions['report']) =>
    startRecords(
      {
        policy: normalized(),
        environment: environment(),
        options: { policy: POLICY, ...(report && { report }) },
      },
      startReport,
    );

  it('the device keeps nothing of it, and whoever asked is given the record', () => {
    const recorded = vi.fn();
    const { keep, exportReceipt } = records({ endpoint: '/records' });
    const decision = decisionOf(ACCEPTED);
    keep(decision, { isSuspended: true, recorded });
    expect(recorded).toHaveBeenCalledOnce();
    const [record, same] = recorded.mock.calls[0] ?? [];
    expect(validate(RECORD, record)).toEqual([]);
    expect(same).toBe(decision);
    expect(fetched).toHaveBeenCalledOnce();
    expect(keys()).toEqual([]);
    expect(JSON.parse(exportReceipt('json')).records).toEqual([]);
  });

  it('the device’s own are not the account’s to forget', () => {
    const { keep } = records();
    keep(decisionOf(REFUSED), { isSuspended: false, recorded() {} });
    const before = keys();
    const recorded = vi.fn();
    keep(null, { isSuspended: true, recorded });
    expect(keys()).toEqual(before);
    expect(recorded).toHaveBeenCalledExactlyOnceWith(null, null);
    keep(null, { isSuspended: false, recorded() {} });
    expect(keys()).toEqual([]);
  });

  it('an error of whoever was given the record ends nothing', () => {
    const complained = vi.spyOn(console, 'error').mockImplementation(() => {});
    const recorded = () => {
      throw new Error('theirs');
    };
    records().keep(decisionOf(ACCEPTED), { isSuspended: false, recorded });
    expect(kept()).toHaveLength(1);
    expect(complained).toHaveBeenCalledOnce();
  });
});

describe('a policy of 200 services', () => {
  it('leaves records that fit the device and one request', async () => {
    const many = Array.from({ length: 200 }, (_, i) => service(`service-${i}`, 'analytics'));
    const consent = begin({ policy: policyWith({ services: [...POLICY.services, ...many] }) });
    for (let i = 0; i < 21; i++) consent.acceptAll();
    const records = await exported(consent);
    expect(records).toHaveLength(20);
    expect(JSON.stringify(kept()).length).toBeLessThan(250_000);
    expect(JSON.stringify(records[0]).length).toBeLessThan(16_000);
  });
});
