import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { readRecord } from '../../src/model/read-record.ts';
import { anyRecord, recordOf } from '../fixtures/records.ts';
import { readSchema, validate } from '../support/json-schema.ts';

const RECORD = readSchema('record.schema.json');
const REPORT = readSchema('report.schema.json');
const GUIDE = readFileSync(new URL('../../docs/record.md', import.meta.url), 'utf8');

describe('docs/record.schema.json', () => {
  it('describes every record that is made', () => {
    fc.assert(
      fc.property(anyRecord, (record) => {
        expect(validate(RECORD, record)).toEqual([]);
      }),
    );
  });

  it('describes no record with another field, or with one missing', () => {
    expect(validate(RECORD, { ...recordOf(), ip: '192.0.2.1' })).toEqual(['/ip: is unknown']);
    for (const name of Object.keys(recordOf())) {
      const { [name]: _, ...rest }: Record<string, unknown> = { ...recordOf() };
      expect(validate(RECORD, rest)).toEqual([`/: has no ${name}`]);
    }
  });

  it('says of each field what the page itself takes for one', () => {
    const values = fc.oneof(
      fc.constantFrom(
        null,
        1,
        2,
        '',
        'fr',
        'fr-BE',
        'gpc',
        'eu',
        'banner',
        'custom',
        'a'.repeat(64),
        'a'.repeat(201),
      ),
      fc.constantFrom({}, { a: 'granted' }, { a: 'yes' }, { 'a b': 'denied' }, [], true),
      fc.uuid(),
      fc.json({ maxDepth: 1 }).map((text): unknown => JSON.parse(text)),
    );
    fc.assert(
      fc.property(fc.constantFrom(...Object.keys(recordOf())), values, (name, value) => {
        const record = { ...recordOf(), [name]: value };
        expect(readRecord(record) !== null, `${name}: ${JSON.stringify(value)}`).toBe(
          validate(RECORD, record).length === 0,
        );
      }),
      { numRuns: 1000 },
    );
  });

  it('describes each field in words', () => {
    const { properties } = RECORD;
    const fields = Object.entries(Object(properties));
    expect(fields.map(([name]) => name)).toEqual(Object.keys(recordOf()));
    expect(fields.filter(([, field]) => !Object(field).description)).toEqual([]);
  });
});

describe('docs/report.schema.json', () => {
  it('describes what is sent', () => {
    expect(validate(REPORT, { schemaVersion: 1, record: recordOf() })).toEqual([]);
  });

  it.each([
    ['a record alone', recordOf()],
    ['another version', { schemaVersion: 2, record: recordOf() }],
    ['a record that is none', { schemaVersion: 1, record: { ...recordOf(), region: 'mars' } }],
    ['more than a record', { schemaVersion: 1, record: recordOf(), url: '/' }],
  ])('does not describe %s', (_, value) => {
    expect(validate(REPORT, value)).not.toEqual([]);
  });
});

describe('docs/record.md', () => {
  it('shows a report that is one', () => {
    const [, example = ''] = /```json\n(.*?)```/s.exec(GUIDE) ?? [];
    expect(validate(REPORT, JSON.parse(example))).toEqual([]);
  });

  it('explains every field', () => {
    const explained = [...GUIDE.matchAll(/^\| `(\w+)`/gm)].map(([, name]) => name);
    expect(explained).toEqual(Object.keys(recordOf()));
  });
});

describe('the endpoint of docs/record.md', () => {
  const folder = mkdtempSync(join(tmpdir(), 'endpoint-'));
  const records = join(folder, 'consent-records');
  mkdirSync(records);
  const [, code = ''] = /```js\n(.*?)```/s.exec(GUIDE) ?? [];
  const listen = "server.listen(0, '127.0.0.1', () => console.log(server.address().port));";
  const child = spawn(process.execPath, ['--input-type=module', '-e', `${code}\n${listen}`], { cwd: folder });
  const port = new Promise<string>((resolve, reject) => {
    child.stdout.once('data', (text) => resolve(String(text).trim()));
    child.once('error', reject);
    child.once('exit', (status) => reject(new Error(`ended: ${status}`)));
  });
  afterAll(() => {
    child.kill();
    rmSync(folder, { recursive: true });
  });
  const post = async (body: string) => {
    const { status } = await fetch(`http://127.0.0.1:${await port}/`, { method: 'POST', body });
    return status;
  };

  it('stores a record once, however often it comes', async () => {
    const record = recordOf();
    const body = JSON.stringify({ schemaVersion: 1, record });
    expect([await post(body), await post(body)]).toEqual([201, 409]);
    expect(readdirSync(records)).toEqual([`${record.id}.json`]);
    expect(JSON.parse(readFileSync(join(records, `${record.id}.json`), 'utf8'))).toEqual(record);
  });

  it.each([
    '',
    '{}',
    '{"schemaVersion":2,"record":{}}',
    '{"schemaVersion":1,"record":{"id":"../../escape"}}',
    `"${'x'.repeat(100_001)}"`,
  ])('refuses %.40j and goes on', async (body) => {
    expect(await post(body)).toBe(400);
  });
});

describe('the reader of schemas', () => {
  it('refuses what it does not understand', () => {
    expect(() => validate({ minimum: 3 }, 1)).toThrow('minimum');
  });
});
