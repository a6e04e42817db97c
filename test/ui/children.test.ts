import { describe, expect, it, vi } from 'vitest';
import type { Choices, Consent } from '../../src/types.ts';
import { ACCEPTED, policyWith } from '../fixtures/policy.ts';
import { useVisits } from '../support/visits.ts';

const OPTIONAL = ['analytics', 'matomo', 'heatmap', 'advertising', 'ads', 'preference'];
const start = useVisits();
const visit = (audience: 'children' | 'general', wanted?: Choices) =>
  start({ policy: policyWith({ audience }) }, wanted);
const granted = (consent: Consent) => OPTIONAL.filter((id) => consent.isGranted(id));

describe('a site for children', () => {
  it.each<[string, (consent: Consent) => void]>([
    ['acceptAll', (consent) => consent.acceptAll()],
    ['save of a category', (consent) => consent.save({ analytics: 'granted' })],
    ['save of a service', (consent) => consent.save({ matomo: 'granted' })],
    ['nothing', () => {}],
  ])('grants nothing but what is essential, whatever is called: %s', (_, act) => {
    const consent = visit('children');
    act(consent);
    expect(granted(consent)).toEqual([]);
    expect(consent.isGranted('session')).toBe(true);
    expect(consent.isGranted('essential')).toBe(true);
  });

  it('grants nothing on account of a decision that was stored before', () => {
    expect(granted(visit('children', ACCEPTED))).toEqual([]);
  });

  it('offers nothing to switch on in the preferences, and shows nothing that never runs', async () => {
    visit('children').open('preferences');
    await vi.waitFor(() => expect(document.querySelector('dialog h3')).not.toBeNull());
    expect(document.querySelectorAll('dialog h3')).toHaveLength(1);
    expect(document.querySelector('dialog [role=switch]')).toBeNull();
  });

  it('stores nothing, whatever is called', () => {
    const consent = visit('children');
    consent.acceptAll();
    consent.save({ matomo: 'granted' });
    expect(consent.receipt).toBeNull();
    expect(document.cookie).not.toContain('bandeau=1');
  });

  it('loads no held embed, not even once', async () => {
    const frame = document.createElement('iframe');
    frame.dataset['service'] = 'matomo';
    frame.dataset['category'] = 'analytics';
    frame.dataset['src'] = '/film.html';
    document.body.append(frame);
    const consent = visit('children');
    consent.loadOnce(frame);
    await vi.dynamicImportSettled();
    expect(frame.hasAttribute('src')).toBe(false);
    expect(document.querySelector('[data-bandeau-layer=placeholder]')).toBeNull();
  });

  it('asks nothing', () => {
    const consent = visit('children');
    expect(consent.promptReason).toBeNull();
    expect(consent.$surface.get()).toBeNull();
  });
});

describe('a site for everybody', () => {
  it('asks, and grants what was accepted', () => {
    const consent = visit('general');
    expect(consent.promptReason).toEqual({ type: 'first-visit' });
    consent.acceptAll();
    expect(granted(consent)).toEqual(OPTIONAL);
  });
});
