import { describe, expect, it } from 'vitest';
import { createActions } from '../../src/state/actions.ts';
import { createState } from '../../src/state/create-state.ts';
import { ACCEPTED, environment, normalized, receiptOf } from '../fixtures/policy.ts';

function setup(asks?: boolean) {
  const state = createState();
  const { forEffects: actions } = createActions(normalized(), state, environment(), () => {}, asks);
  return { state, actions, surface: () => state.$surface.get() };
}

describe('where another tool asks', () => {
  it('a first visit opens nothing, though there is something to ask', () => {
    const { state, actions, surface } = setup(false);
    actions.hydrate(null);
    expect(surface()).toBeNull();
    expect(state.$promptReason.get()).toEqual({ type: 'first-visit' });
    expect(state.$choices.get()).toEqual({});
  });

  it('neither a reset nor closed preferences open anything', () => {
    const { actions, surface } = setup(false);
    actions.hydrate(receiptOf(ACCEPTED));
    actions.reset();
    expect(surface()).toBeNull();
    actions.open('preferences');
    expect(surface()).toBe('preferences');
    actions.close();
    expect(surface()).toBeNull();
  });

  it('the site opens what it likes, and an answer closes it', () => {
    const { actions, surface } = setup(false);
    actions.hydrate(null);
    actions.open('banner');
    expect(surface()).toBe('banner');
    actions.rejectAll();
    expect(surface()).toBeNull();
  });
});

describe.each([undefined, true])('with asks: %s', (asks) => {
  it('a first visit is asked, again after a reset, and when the preferences close', () => {
    const { actions, surface } = setup(asks);
    actions.hydrate(null);
    expect(surface()).toBe('banner');
    actions.open('preferences');
    actions.close();
    expect(surface()).toBe('banner');
    actions.acceptAll();
    actions.reset();
    expect(surface()).toBe('banner');
  });
});
