import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { InvalidChoiceError } from '../../src/errors.ts';
import { decide } from '../../src/model/decide.ts';
import { createActions } from '../../src/state/actions.ts';
import { createState } from '../../src/state/create-state.ts';
import type { Policy, Surface } from '../../src/types.ts';
import {
  ACCEPTED,
  environment,
  NOW,
  normalized,
  PARTLY,
  policyWith,
  REFUSED,
  receiptOf,
  service,
} from '../fixtures/policy.ts';

function setup(overrides: Partial<Policy> = {}, now = NOW) {
  const policy = normalized(overrides);
  const state = createState();
  const { forEffects: actions, forSite } = createActions(
    policy,
    state,
    environment({ now: () => now }),
    () => {},
  );
  const { $receipt, $choices, $promptReason, $surface, $needsReload } = state;
  return { policy, state, actions, forSite, $receipt, $choices, $promptReason, $surface, $needsReload };
}

/** As after a first visit. */
function asked(overrides: Partial<Policy> = {}) {
  const all = setup(overrides);
  all.actions.hydrate(null);
  return all;
}

const SECOND = policyWith({ services: [...policyWith().services, service('chat', 'analytics')] });

describe('before anything is known', () => {
  it('nothing is chosen, asked or shown', () => {
    const { $receipt, $choices, $promptReason, $surface, $needsReload } = setup();
    expect([$receipt, $choices, $promptReason, $surface, $needsReload].map((store) => store.get())).toEqual([
      null,
      {},
      null,
      null,
      false,
    ]);
  });
});

describe('hydrate', () => {
  it('asks on a first visit, and says when a receipt was damaged', () => {
    const { actions, $promptReason, $surface, $choices } = setup();
    actions.hydrate(null);
    expect($promptReason.get()).toEqual({ type: 'first-visit' });
    expect($surface.get()).toBe('banner');
    actions.hydrate(null, true);
    expect($promptReason.get()).toEqual({ type: 'receipt-damaged' });
    expect($choices.get()).toEqual({});
  });

  it('takes over a decision in force and shows nothing', () => {
    const { actions, $promptReason, $surface, $choices, $receipt } = setup();
    const receipt = receiptOf(PARTLY);
    actions.hydrate(receipt);
    expect($receipt.get()).toEqual(receipt);
    expect($choices.get()).toMatchObject({ matomo: 'granted', heatmap: 'denied', analytics: 'denied' });
    expect($promptReason.get()).toBeNull();
    expect($surface.get()).toBeNull();
  });

  it('takes the banner away when another tab has decided, and leaves the preferences open', () => {
    const { actions, $surface } = asked();
    actions.hydrate(receiptOf(REFUSED));
    expect($surface.get()).toBeNull();
    actions.open('preferences');
    actions.hydrate(receiptOf(ACCEPTED));
    expect($surface.get()).toBe('preferences');
  });

  it('leaves open preferences open when there is something to ask', () => {
    const { actions, $surface } = setup();
    actions.open('preferences');
    actions.hydrate(null);
    expect($surface.get()).toBe('preferences');
  });

  it('sets the receipt before the choices, so that it is stored before anything is released', () => {
    const { actions, $receipt, $choices } = setup();
    const order: string[] = [];
    $receipt.listen(() => order.push('receipt'));
    $choices.listen(() => order.push('choices'));
    actions.acceptAll();
    expect(order).toEqual(['receipt', 'choices']);
  });
});

describe('a decision', () => {
  it.each([
    ['acceptAll', 'accept-all', 'granted'],
    ['rejectAll', 'reject-all', 'denied'],
  ] as const)('by %s is written as %s and answers everything', (name, method, choice) => {
    const { forSite, $receipt, $choices, $promptReason, $surface } = asked();
    forSite[name]();
    expect($receipt.get()).toMatchObject({ method });
    expect(new Set(Object.values($choices.get()))).toEqual(new Set([choice]));
    expect(Object.keys($choices.get())).toHaveLength(6);
    expect($promptReason.get()).toBeNull();
    expect($surface.get()).toBeNull();
  });

  it('overrules an earlier one, both ways', () => {
    const { forSite, $choices } = asked();
    forSite.acceptAll();
    forSite.rejectAll();
    expect($choices.get()['matomo']).toBe('denied');
    forSite.acceptAll();
    expect($choices.get()['matomo']).toBe('granted');
  });

  it('by save is custom, denies what was never chosen and keeps what is not named', () => {
    const { forSite, $receipt, $choices } = asked();
    forSite.save({ analytics: 'granted' });
    expect($receipt.get()?.method).toBe('custom');
    expect($choices.get()).toMatchObject({ matomo: 'granted', heatmap: 'granted', ads: 'denied' });
    forSite.save({ heatmap: 'denied' });
    expect($choices.get()).toMatchObject({ matomo: 'granted', heatmap: 'denied', ads: 'denied' });
  });

  it('by withdraw takes back one service, one category, or all', () => {
    const { forSite, $receipt, $choices } = asked();
    forSite.acceptAll();
    forSite.withdraw('heatmap');
    expect($receipt.get()?.method).toBe('withdraw');
    expect($choices.get()).toMatchObject({
      heatmap: 'denied',
      matomo: 'granted',
      ads: 'granted',
      analytics: 'denied',
    });
    forSite.withdraw('analytics');
    expect($choices.get()).toMatchObject({ matomo: 'denied', ads: 'granted' });
    forSite.withdraw();
    expect(new Set(Object.values($choices.get()))).toEqual(new Set(['denied']));
  });

  it('has the time of the decision, and the version of the policy', () => {
    const { forSite, $receipt } = asked();
    forSite.rejectAll();
    expect($receipt.get()).toMatchObject({ time: new Date(NOW).toISOString(), policyVersion: '2025-01-15' });
  });

  it('about what changed keeps the rest and answers the question', () => {
    const { actions, $choices, $promptReason, $surface } = setup({ services: SECOND.services });
    actions.hydrate(receiptOf(ACCEPTED));
    expect($promptReason.get()).toMatchObject({ type: 'policy-changed', added: ['chat'] });
    expect($surface.get()).toBe('banner');
    actions.save({ chat: 'denied' });
    expect($choices.get()).toMatchObject({ chat: 'denied', matomo: 'granted', ads: 'granted' });
    expect($promptReason.get()).toBeNull();
    expect($surface.get()).toBeNull();
  });
});

describe('a choice that is none', () => {
  it.each<[string, unknown]>([
    ['nobody', 'granted'],
    ['constructor', 'granted'],
    ['', 'granted'],
    ['Analytics', 'granted'],
    ['analytics', 'yes'],
    ['analytics', true],
    ['analytics', undefined],
    ['analytics', null],
    ['analytics', 'granted\n'],
    ['analytics', 'notgranted'],
  ])('(%j: %j) throws, stores nothing and leaves what is on screen', (id, choice) => {
    const { forSite, $receipt, $choices, $surface } = asked();
    expect(() => forSite.save({ advertising: 'granted', [id]: choice as 'granted' })).toThrow(
      InvalidChoiceError,
    );
    expect($receipt.get()).toBeNull();
    expect($choices.get()).toEqual({});
    expect($surface.get()).toBe('banner');
  });

  it('throws from withdraw too', () => {
    const { forSite, $choices } = asked();
    forSite.acceptAll();
    const before = $choices.get();
    expect(() => forSite.withdraw('nobody')).toThrow(InvalidChoiceError);
    expect($choices.get()).toBe(before);
  });

  it('says what was got and what is known', () => {
    const { forSite } = asked();
    expect(() => forSite.save({ nobody: 'granted' })).toThrow(/nobody.*granted.*analytics.*matomo/);
  });
});

describe('reset', () => {
  it('forgets the decision and asks again', () => {
    const { forSite, $receipt, $choices, $promptReason, $surface } = asked();
    forSite.acceptAll();
    forSite.reset();
    expect($receipt.get()).toBeNull();
    expect($choices.get()).toEqual({});
    expect($promptReason.get()).toEqual({ type: 'first-visit' });
    expect($surface.get()).toBe('banner');
  });
});

describe('open and close', () => {
  const steps: [name: string, answered: boolean, opened: 'banner' | 'preferences', then: Surface][] = [
    ['the preferences go back to the banner while the question stands', false, 'preferences', 'banner'],
    ['the preferences close when nothing is asked', true, 'preferences', null],
    ['the banner closes while the question stands', false, 'banner', null],
    ['the banner closes when nothing is asked', true, 'banner', null],
  ];

  it.each(steps)('%s', (_, answered, opened, then) => {
    const { forSite, $surface, $receipt, $choices } = asked();
    if (answered) forSite.rejectAll();
    const before = [$receipt.get(), $choices.get()];
    forSite.open(opened);
    expect($surface.get()).toBe(opened);
    forSite.close();
    expect($surface.get()).toBe(then);
    expect([$receipt.get(), $choices.get()]).toEqual(before);
  });
});

describe('a subscriber that throws', () => {
  const reported = vi.fn();
  beforeEach(() => {
    vi.stubGlobal('reportError', reported.mockReset());
  });
  afterEach(() => {
    vi.unstubAllGlobals();
  });

  it('is reported, and the decision is complete all the same', () => {
    const { forSite, $choices, $promptReason, $surface, $receipt } = asked();
    const seen: unknown[] = [];
    const stop = $choices.listen(() => {
      throw new Error('of the site');
    });
    $choices.listen((choices) => seen.push(choices));
    expect(() => forSite.rejectAll()).not.toThrow();
    expect(reported).toHaveBeenCalledOnce();
    expect(seen).toHaveLength(1);
    expect($receipt.get()).not.toBeNull();
    expect($promptReason.get()).toBeNull();
    expect($surface.get()).toBeNull();
    stop();
  });
});

it('a site cannot hydrate or mark a reload', () => {
  const { forSite, $needsReload, actions } = setup();
  expect(Object.keys(forSite).sort()).toEqual([
    'acceptAll',
    'close',
    'open',
    'optOut',
    'rejectAll',
    'reset',
    'save',
    'withdraw',
  ]);
  actions.markNeedsReload();
  expect($needsReload.get()).toBe(true);
});

it('two instances know nothing of each other', () => {
  const one = asked();
  const two = asked();
  one.forSite.acceptAll();
  expect(two.$choices.get()).toEqual({});
  expect(two.$surface.get()).toBe('banner');
});

it('the receipt in the store is the one that the model makes', () => {
  const { policy, forSite, $receipt } = asked();
  forSite.save({ analytics: 'granted' });
  expect($receipt.get()).toEqual(decide(policy, {}, { analytics: 'granted' }, 'custom', environment()));
});

describe('a decision from within another', () => {
  function acting() {
    const state = createState();
    const told: (string | null)[] = [];
    const { forSite } = createActions(normalized(), state, environment(), (one) =>
      told.push(one ? one.receipt.method : null),
    );
    return { ...state, forSite, told };
  }

  it('by who hears of the receipt is the one in force', () => {
    const { $receipt, $choices, $promptReason, forSite } = acting();
    $receipt.listen((receipt) => receipt?.method === 'accept-all' && forSite.withdraw());
    forSite.acceptAll();
    expect($receipt.get()?.method).toBe('withdraw');
    expect(Object.values($choices.get())).not.toContain('granted');
    expect($promptReason.get()).toBeNull();
  });

  it('by who hears of the choices is told after the one that it answers', () => {
    const { $choices, $receipt, forSite, told } = acting();
    $choices.listen(() => $receipt.get()?.method === 'accept-all' && forSite.withdraw('ads'));
    forSite.acceptAll();
    expect(told).toEqual(['accept-all', 'withdraw']);
    expect($choices.get()['ads']).toBe('denied');
  });

  it('that forgets everything is followed by the question, and nothing of it is told but that', () => {
    const { $choices, $receipt, $promptReason, $surface, forSite, told } = acting();
    $choices.listen(() => $receipt.get() && forSite.reset());
    forSite.acceptAll();
    expect([$receipt.get(), $promptReason.get(), $surface.get()]).toEqual([
      null,
      { type: 'first-visit' },
      'banner',
    ]);
    expect(told).toEqual([null]);
  });
});
