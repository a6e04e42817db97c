import type { PingData } from '@iabgpp/cmpapi';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { gpp } from '../../src/signals/gpp/index.ts';
import type { ConsentOptions, Policy } from '../../src/types.ts';
import { ACCEPTED, policyWith, service } from '../fixtures/policy.ts';
import { useVisits } from '../support/visits.ts';

type Gpp = (...call: unknown[]) => unknown;

const visit = useVisits();
const api = () => Reflect.get(window, '__gpp') as Gpp;

/** What a site pastes into its head, in short: it queues, and says that it is one. */
function stub(cmpStatus = 'stub') {
  const queue: unknown[] = [];
  const events: { id: number; callback: unknown }[] = [];
  const answer: Gpp = (...call) => {
    const [command, callback] = call;
    if (!call[0]) return queue;
    if (command === 'events') return events;
    if (command === 'ping') return (callback as Gpp)({ cmpStatus, signalStatus: 'not ready' }, true);
    if (command === 'addEventListener') return events.push({ id: events.length + 1, callback });
    return queue.push(call);
  };
  Reflect.set(window, '__gpp', answer);
  return answer;
}

const ping = (): PingData => {
  const [data] = heard<PingData>('ping');
  if (!data) throw new Error('no answer');
  return data;
};
function heard<T>(command: string, parameter?: unknown): T[] {
  const told: T[] = [];
  api()(command, (data: T) => told.push(data), parameter);
  return told;
}
const field = (name: string) => heard('getField', `usnat.${name}`)[0];
const told = () =>
  ['SaleOptOutNotice', 'SaleOptOut', 'SharingOptOut', 'TargetedAdvertisingOptOut', 'Gpc'].map(field);

const US = { region: 'us-ca' };
const begin = async (options: Partial<ConsentOptions> = US, kept?: typeof ACCEPTED, how = {}) => {
  const consent = visit({ signals: [gpp(how)], ...options }, kept);
  await Promise.resolve();
  return consent;
};
const settled = () => Promise.resolve();

beforeEach(() => {
  stub();
});
afterEach(() => {
  Reflect.deleteProperty(window, '__gpp');
});

describe('in the United States', () => {
  it('vendors wait until the visitor has answered', async () => {
    const consent = await begin();
    expect(ping()).toMatchObject({
      cmpId: 1,
      cmpStatus: 'loaded',
      cmpDisplayStatus: 'visible',
      signalStatus: 'not ready',
      supportedAPIs: ['7:usnat'],
      applicableSections: [7],
    });
    consent.acceptAll();
    await settled();
    expect(ping()).toMatchObject({ cmpDisplayStatus: 'hidden', signalStatus: 'ready', sectionList: [7] });
    expect(told()).toEqual([1, 2, 2, 2, false]);
  });

  it('who opted out of the sale has opted out of sharing and targeting too', async () => {
    const consent = await begin();
    consent.optOut();
    await settled();
    expect(ping().signalStatus).toBe('ready');
    expect(told()).toEqual([1, 1, 1, 1, false]);
  });

  it('who denied one of the services that are sold has opted out', async () => {
    const services = [...policyWith().services, service('pixel', 'advertising')];
    const consent = await begin({ ...US, policy: policyWith({ services }) });
    consent.save({ ...ACCEPTED, pixel: 'denied' });
    await settled();
    expect(told()).toEqual([1, 1, 1, 1, false]);
    consent.acceptAll();
    await settled();
    expect(told()).toEqual([1, 2, 2, 2, false]);
  });

  it('who denied analytics alone has not', async () => {
    const consent = await begin();
    consent.save({ ...ACCEPTED, analytics: 'denied' });
    await settled();
    expect(told()).toEqual([1, 2, 2, 2, false]);
  });

  it('who comes back is known at once', async () => {
    const consent = await begin();
    consent.optOut();
    consent.destroy();
    stub();
    await begin();
    expect(ping()).toMatchObject({ signalStatus: 'ready', cmpDisplayStatus: 'hidden' });
    expect(told()).toEqual([1, 1, 1, 1, false]);
  });

  it('a browser that sends Global Privacy Control has opted out, and it is passed on', async () => {
    await begin({ ...US, environment: { gpc: true } });
    expect(ping().signalStatus).toBe('ready');
    expect(told()).toEqual([1, 1, 1, 1, true]);
  });

  it('nothing is applicable of what is not done, and nothing has to be waited for', async () => {
    const policy = policyWith({
      categories: [{ id: 'essential' }],
      services: [service('session', 'essential', { reason: 'To sign in.' })],
    });
    await begin({ ...US, policy });
    expect(ping()).toMatchObject({ signalStatus: 'ready', applicableSections: [7] });
    expect(told()).toEqual([0, 0, 0, 0, false]);
  });

  it.each([
    [undefined, [2, 0, 0]],
    ['opt-out-option', [1, 1, 2]],
    ['service-provider', [1, 2, 1]],
  ])('the agreement of the sector is declared only by who signed it: %s', async (mspa, values) => {
    await begin(US, ACCEPTED, mspa && { mspa });
    const fields = ['MspaCoveredTransaction', 'MspaOptOutOptionMode', 'MspaServiceProviderMode'];
    expect(fields.map(field)).toEqual(values);
  });
});

describe('the string', () => {
  /** Two bits for each number, after the six of the version. */
  const read = (segment: string) => {
    const digits = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
    const bits = [...segment].map((one) => digits.indexOf(one).toString(2).padStart(6, '0')).join('');
    return [bits.slice(0, 6), ...(bits.slice(6).match(/../g) ?? [])].map((one) => Number.parseInt(one, 2));
  };

  it('is that of the specification, version 2', async () => {
    await begin({ ...US, environment: { gpc: true } });
    const [header, core = '', gpc = ''] = ping().gppString.split(/[~.]/);
    // Type 3, version 1, and one section: 7.
    expect(header).toBe('DBABLA');
    const optOuts = [1, 1, 1];
    expect(read(core).slice(0, 10)).toEqual([2, 1, 1, 1, 1, 0, 0, ...optOuts]);
    // Sixteen kinds of sensitive data, three of children's, one of personal data; then the agreement.
    expect(read(core).slice(10, 33)).toEqual([...Array(20).fill(0), 2, 0, 0]);
    expect(gpc).toBe('YA');
  });
});

describe('a vendor that listens', () => {
  const listen = () => {
    const events: string[] = [];
    api()('addEventListener', ({ eventName, pingData }: { eventName: string; pingData: PingData }) => {
      const { SaleOptOut } = pingData.parsedSections?.['usnat'] ?? {};
      events.push(`${eventName}: ${pingData.signalStatus}, ${SaleOptOut}`);
    });
    return events;
  };

  it('before the SDK is there hears of it', async () => {
    const events = listen();
    await begin(US, ACCEPTED);
    expect(events.at(-1)).toBe('signalStatus: ready, 2');
  });

  it('is told that it is ready last of all, and never with what held before', async () => {
    const consent = await begin(US, ACCEPTED);
    const events = listen();
    consent.open('preferences');
    await settled();
    expect(events).toEqual([
      'listenerRegistered: ready, 2',
      'signalStatus: not ready, 2',
      'cmpDisplayStatus: not ready, 2',
    ]);
    events.length = 0;
    consent.optOut();
    await settled();
    expect(events).toEqual([
      'cmpDisplayStatus: not ready, 2',
      'sectionChange: not ready, 1',
      'signalStatus: ready, 1',
    ]);
  });

  it('hears nothing of a decision after the stop', async () => {
    const consent = await begin(US, ACCEPTED);
    consent.destroy();
    const events = listen();
    consent.optOut();
    await settled();
    expect(events).toEqual(['listenerRegistered: ready, 2']);
  });

  it('and throws keeps the choice from nobody', async () => {
    const report = vi.fn();
    vi.stubGlobal('reportError', report);
    const consent = await begin(US, ACCEPTED);
    let isBroken = false;
    api()('addEventListener', () => {
      if (isBroken) throw new Error('broken');
    });
    isBroken = true;
    expect(() => consent.optOut()).not.toThrow();
    await settled();
    expect(report).toHaveBeenCalled();
    expect(consent.isGranted('ads')).toBe(false);
  });
});

describe('where the site asks first', () => {
  it.each(['eu', 'fr', 'gb', 'br'])('no section applies: %s', async (region) => {
    const consent = await begin({ region });
    expect(ping()).toMatchObject({
      cmpStatus: 'loaded',
      signalStatus: 'ready',
      applicableSections: [-1],
      supportedAPIs: [],
      sectionList: [],
    });
    const { gppString } = ping();
    consent.acceptAll();
    await settled();
    expect(ping()).toMatchObject({ applicableSections: [-1], sectionList: [], gppString });
  });
});

describe('the page', () => {
  it('without a stub has an API all the same, and nothing on its console', async () => {
    const log = vi.spyOn(console, 'log');
    Reflect.deleteProperty(window, '__gpp');
    await begin(US, ACCEPTED);
    expect(ping().signalStatus).toBe('ready');
    expect(log).not.toHaveBeenCalled();
  });

  it('with the API of another CMP keeps it, and is told so', async () => {
    const report = vi.fn();
    vi.stubGlobal('reportError', report);
    const other = stub('loaded');
    await begin(US, ACCEPTED);
    expect(api()).toBe(other);
    expect(report).toHaveBeenCalledWith(
      expect.objectContaining({ message: expect.stringContaining('no stub') }),
    );
  });

  it('whose policy can not be used tells nobody that something may be sold', async () => {
    for (const method of ['error', 'warn', 'log', 'info'] as const) {
      vi.spyOn(console, method).mockImplementation(() => {});
    }
    await begin({ ...US, policy: policyWith({ version: '' }) as Policy });
    expect(ping().applicableSections).toEqual([-1]);
  });
});
