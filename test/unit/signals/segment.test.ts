import { describe, expect, it, vi } from 'vitest';
import { segment } from '../../../src/signals/segment.ts';
import { cleanGlobals, itHears, openPage, VISITS } from '../../fixtures/signals.ts';

const errors = cleanGlobals('analytics');

interface Event {
  readonly obj: { event: string; context?: Record<string, unknown> };
}
type Stamp = (event: { payload: Event; next(payload: Event): void }) => void;
type Call = readonly [method: string, ...args: unknown[]];

/** A double of Segment's loaded script: each event goes through the middlewares and is sent. */
const loadedDouble = (sent: Event['obj'][], buffer: readonly Call[] = []) => {
  const stamps: Stamp[] = [];
  const analytics = {
    initialize: true,
    addSourceMiddleware: (stamp: Stamp) => void stamps.push(stamp),
    track(event: string, _properties?: unknown, context: Record<string, unknown> = {}) {
      const payload: Event = { obj: { event, context } };
      for (const stamp of stamps) stamp({ payload, next: () => {} });
      sent.push(payload.obj);
    },
  };
  // It adds the middlewares before it does anything else that was kept.
  const isStamp = ([method]: Call) => method === 'addSourceMiddleware';
  for (const [, stamp] of buffer.filter(isStamp)) analytics.addSourceMiddleware(stamp as Stamp);
  for (const [, ...args] of buffer.filter((call) => !isStamp(call))) analytics.track(...(args as [string]));
  return analytics;
};

/** A double of Segment's snippet: a list with a method for each call that is kept, made in one go. */
const runSnippetDouble = () => {
  const found = Reflect.get(globalThis, 'analytics') ?? [];
  Reflect.set(globalThis, 'analytics', found);
  if (found.initialize || found.invoked) throw new Error('Segment snippet included twice.');
  found.invoked = true;
  for (const method of ['addSourceMiddleware', 'track']) {
    found[method] = (...args: readonly unknown[]) => found.push([method, ...args]);
  }
  found.track('Page viewed');
};

const loadDouble = (sent: Event['obj'][]) => {
  const list = Reflect.get(globalThis, 'analytics') as Call[];
  Reflect.set(globalThis, 'analytics', loadedDouble(sent, list));
};

const track = (event: string) =>
  (Reflect.get(globalThis, 'analytics') as { track(event: string): void }).track(event);

const DENIED = {
  Advertising: false,
  Analytics: false,
  DataSharing: false,
  Functional: false,
  Personalization: false,
};
const GRANTED = {
  Advertising: true,
  Analytics: true,
  DataSharing: true,
  Functional: true,
  Personalization: true,
};
const PARTLY = { ...DENIED, Analytics: true };

const stamped = (event: string, categoryPreferences: object) => ({
  event,
  context: { consent: { categoryPreferences } },
});
const updated = (preferences: object) => stamped('Segment Consent Preference Updated', preferences);

const running = () => {
  const sent: Event['obj'][] = [];
  vi.stubGlobal('analytics', loadedDouble(sent));
  return sent;
};

describe('segment', () => {
  itHears(segment, running, {
    'nothing is known yet': [],
    'a first visit': [],
    accepting: [updated(GRANTED)],
    refusing: [updated(DENIED)],
    'granting analytics alone': [updated(PARTLY)],
    'accepting, then withdrawing': [updated(GRANTED), updated(DENIED)],
    'back after accepting': [],
    'back after refusing': [],
    'accepting, then reset': [updated(GRANTED), updated(DENIED)],
    'accepting after the signal was stopped': [],
  });

  it.each([
    ['nothing is known yet', DENIED],
    ['a first visit', DENIED],
    ['granting analytics alone', PARTLY],
    ['accepting, then withdrawing', DENIED],
    ['back after accepting', GRANTED],
    ['back after refusing', DENIED],
    ['accepting after the signal was stopped', DENIED],
  ] as const)('puts the choice on each event: %s', (name, preferences) => {
    const sent = running();
    VISITS[name](openPage(segment()));
    track('Bought');
    expect(sent.at(-1)).toEqual(stamped('Bought', preferences));
  });

  it('keeps what else an event says of consent', () => {
    const sent = running();
    VISITS['back after accepting'](openPage(segment()));
    const analytics = Reflect.get(globalThis, 'analytics') as ReturnType<typeof loadedDouble>;
    analytics.track('Bought', undefined, { page: 'a', consent: { version: 2 } });
    expect(sent).toEqual([
      {
        event: 'Bought',
        context: { page: 'a', consent: { version: 2, categoryPreferences: GRANTED } },
      },
    ]);
  });

  it('has no event go without a choice, where the snippet comes later', () => {
    const sent: Event['obj'][] = [];
    const { begin } = openPage(segment());
    begin();
    runSnippetDouble();
    loadDouble(sent);
    expect(sent).toEqual([stamped('Page viewed', DENIED)]);
  });

  it('has no event go without a choice, where the snippet was first', () => {
    const sent: Event['obj'][] = [];
    runSnippetDouble();
    VISITS.accepting(openPage(segment()));
    loadDouble(sent);
    expect(sent).toEqual([stamped('Page viewed', GRANTED), updated(GRANTED)]);
  });

  it('tells the decision, once the held snippet is there', () => {
    const sent: Event['obj'][] = [];
    VISITS.accepting(openPage(segment()));
    expect('analytics' in globalThis && Reflect.get(globalThis, 'analytics')).toBeFalsy();
    runSnippetDouble();
    loadDouble(sent);
    expect(sent).toContainEqual(updated(GRANTED));
  });

  it('tells a decision that changes one of an earlier page, and not that one again', () => {
    const sent = running();
    const { begin, consent } = openPage(segment());
    begin({ analytics: 'denied', advertising: 'denied', preference: 'denied', personalization: 'denied' });
    consent.save({ analytics: 'granted' });
    expect(sent).toEqual([updated(PARTLY)]);
  });

  it('writes the ids of the workspace', () => {
    const sent = running();
    VISITS['granting analytics alone'](
      openPage(segment({ ids: { Analytics: 'C0002', Advertising: 'C0004' } })),
    );
    const { Advertising, Analytics, ...others } = PARTLY;
    expect(sent).toEqual([updated({ C0004: Advertising, C0002: Analytics, ...others })]);
  });

  it('grants no advertising by a category that says nothing of it', () => {
    vi.spyOn(console, 'error').mockImplementation(() => {});
    const sent = running();
    VISITS['granting analytics alone'](openPage(segment({ map: { Advertising: 'analytics' } })));
    expect(sent).toEqual([updated(PARTLY)]);
    expect(console.error).toHaveBeenCalledOnce();
  });

  it('stamps the events of an npm instance, under any name', async () => {
    const sent: Event['obj'][] = [];
    const instance = loadedDouble(sent);
    VISITS['back after accepting'](openPage(segment({ client: () => Promise.resolve(instance) })));
    await new Promise((resolve) => setTimeout(resolve));
    instance.track('Bought');
    expect(sent).toEqual([stamped('Bought', GRANTED)]);
    expect(errors).toEqual([]);
  });
});
