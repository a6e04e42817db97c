import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { addMonths } from '../../src/model/lifetime.ts';
import { decodeReceipt, encodeReceipt } from '../../src/model/receipt.ts';
import type { Callbacks, Consent, GateEntry, Policy } from '../../src/types.ts';
import { ACCEPTED, NOW, PARTLY, POLICY, policyWith, REFUSED, receiptOf } from '../fixtures/policy.ts';
import { clearCookies, start } from '../fixtures/stage.tsx';

const DAY = 864e5;
const started: Consent[] = [];
const begin = (options: Parameters<typeof start>[0] = {}) => {
  const consent = start(options);
  started.push(consent);
  return consent;
};
const stored = () => /(?:^|; )bandeau=([^;]+)/.exec(document.cookie)?.[1] ?? '';
/** As an earlier visit left it; in the past of the clock of the machine a cookie would be gone. */
const put = (value: string) => {
  // biome-ignore lint/suspicious/noDocumentCookie: it stands for an earlier visit
  document.cookie = `bandeau=${value}; path=/`;
};
/** The browser's clock, since the browser forgets a cookie by that one. */
const CLOCK = { now: () => NOW };

beforeEach(() => {
  vi.useFakeTimers({ now: NOW, toFake: ['Date'] });
  clearCookies();
});

afterEach(() => {
  for (const consent of started.splice(0)) consent.destroy();
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
  vi.useRealTimers();
  Reflect.deleteProperty(document, 'cookie');
  clearCookies();
});

/** Stands in for document.cookie on this document. */
function replaceCookies(get: () => string, set: (value: string) => void) {
  Object.defineProperty(document, 'cookie', { configurable: true, get, set });
}

describe('the order of effects', () => {
  it('is storage, then the site, and the gate once the answer was painted', async () => {
    const order: string[] = [];
    let jar = '';
    replaceCookies(
      () => jar,
      (value) => {
        jar = value.split(';')[0] as string;
        order.push('storage');
      },
    );
    const held = document.createElement('script');
    held.type = 'text/plain';
    held.dataset['category'] = 'advertising';
    held.dataset['src'] = '/ads.js';
    document.body.append(held);
    document.addEventListener('bandeau:gate', (event) => {
      if ((event as CustomEvent<GateEntry>).detail.action === 'released') order.push('gate');
    });
    const consent = begin({ callbacks: { change: () => order.push('callback') } });
    document.addEventListener('bandeau:change', () => order.push('event'), { once: true });
    expect(order).toEqual([]);
    consent.acceptAll();
    expect(order).toEqual(['storage', 'callback', 'event']);
    await vi.waitFor(() => expect(order).toEqual(['storage', 'callback', 'event', 'gate']));
    expect(jar).toContain('bandeau=1:');
  });

  it('lets nothing through the gate on a refusal', () => {
    const held = document.createElement('script');
    held.type = 'text/plain';
    held.dataset['category'] = 'advertising';
    document.body.append(held);
    begin().rejectAll();
    expect(document.querySelectorAll('script[type="text/plain"]')).toHaveLength(1);
  });
});

describe('storage', () => {
  it('writes nothing before the first choice', () => {
    const set = vi.fn();
    replaceCookies(() => '', set);
    const consent = begin();
    consent.open('preferences');
    consent.close();
    expect(set).not.toHaveBeenCalled();
  });

  it('writes the receipt of a decision, refusals too', () => {
    const consent = begin();
    consent.rejectAll();
    expect(decodeReceipt(stored())).toEqual(consent.receipt);
    consent.acceptAll();
    expect(decodeReceipt(stored())).toEqual(consent.receipt);
  });

  it('lets the cookie expire with the decision: first-party, Lax, on this host', () => {
    const written: string[] = [];
    replaceCookies(
      () => written.at(-1)?.split(';')[0] ?? '',
      (value) => written.push(value),
    );
    begin().acceptAll();
    const [, ...attributes] = (written.at(-1) ?? '').split('; ');
    const end = new Date(addMonths(new Date(NOW).toISOString(), 6)).toUTCString();
    expect(attributes).toContain(`expires=${end}`);
    expect(attributes.map((one) => one.toLowerCase())).toContain('samesite=lax');
    expect(written.at(-1)).not.toMatch(/domain=|secure/i);
  });

  it('is Secure on https, and on the domain that the policy names', () => {
    const written: string[] = [];
    replaceCookies(
      () => written.at(-1)?.split(';')[0] ?? '',
      (value) => written.push(value),
    );
    const policy = policyWith({
      scope: { sites: ['a'], cookieDomain: 'example.org', cookieName: 'choices' },
    });
    begin({ policy, environment: { secure: true } }).acceptAll();
    expect(written.at(-1)).toMatch(/^choices=1:/);
    expect(written.at(-1)).toMatch(/; domain=example\.org/i);
    expect(written.at(-1)).toMatch(/; secure/i);
  });

  it('takes over the decision of an earlier visit, and asks nothing', () => {
    put(encodeReceipt(receiptOf(PARTLY)));
    const consent = begin();
    expect(consent.isGranted('matomo')).toBe(true);
    expect(consent.isGranted('heatmap')).toBe(false);
    expect(consent.promptReason).toBeNull();
    expect(consent.$surface.get()).toBeNull();
  });

  it('does not prolong a decision by a visit', () => {
    put(encodeReceipt(receiptOf(ACCEPTED, { now: NOW - 30 * DAY })));
    const before = stored();
    begin();
    expect(stored()).toBe(before);
  });

  it.each(['x', '1:2:3', '%7B%22analytics%22%3Atrue%7D'])(
    'reads %j as damaged: denied, and asked',
    (value) => {
      put(value);
      const consent = begin();
      expect(consent.promptReason).toEqual({ type: 'receipt-damaged' });
      expect(consent.choices).toEqual({});
    },
  );

  it('forgets on reset', () => {
    const consent = begin();
    consent.acceptAll();
    consent.reset();
    expect(stored()).toBe('');
    expect(consent.isGranted('analytics')).toBe(false);
  });

  it.each(['pageshow', 'bandeau:consent'])('takes over what another tab decided, at %s', (type) => {
    const consent = begin();
    consent.acceptAll();
    put(encodeReceipt(receiptOf(REFUSED)));
    expect(consent.isGranted('analytics')).toBe(true);
    window.dispatchEvent(new Event(type));
    expect(consent.isGranted('analytics')).toBe(false);
  });

  it('asks again in a page where another tab has reset', () => {
    const consent = begin();
    consent.acceptAll();
    clearCookies();
    window.dispatchEvent(new Event('pageshow'));
    expect(consent.promptReason).toEqual({ type: 'first-visit' });
    expect(consent.isGranted('analytics')).toBe(false);
  });

  it('reads no more after destroy', () => {
    const consent = begin();
    consent.acceptAll();
    consent.destroy();
    put(encodeReceipt(receiptOf(REFUSED)));
    window.dispatchEvent(new Event('pageshow'));
    expect(consent.isGranted('analytics')).toBe(true);
  });

  describe.each<[string, () => string, () => void]>([
    [
      'throws',
      () => {
        throw new DOMException('blocked', 'SecurityError');
      },
      () => {
        throw new DOMException('blocked', 'SecurityError');
      },
    ],
    ['keeps nothing', () => '', () => {}],
  ])('a document.cookie that %s', (_, get, set) => {
    it('lets the choice hold in memory, and says so once', () => {
      replaceCookies(get, set);
      const error = vi.spyOn(console, 'error').mockImplementation(() => {});
      const consent = begin();
      expect(consent.promptReason).toEqual({ type: 'first-visit' });
      expect(() => consent.save({ analytics: 'granted' })).not.toThrow();
      expect(consent.isGranted('matomo')).toBe(true);
      expect(consent.isGranted('ads')).toBe(false);
      expect(consent.promptReason).toBeNull();
      expect(error).toHaveBeenCalledOnce();
      expect(error.mock.calls[0]?.[0]).toMatch(/^bandeau: .*could not be stored/);
      window.dispatchEvent(new Event('pageshow'));
      expect(consent.isGranted('matomo')).toBe(true);
    });
  });

  it('removes an older grant when a refusal cannot be stored', () => {
    let jar = `bandeau=${encodeReceipt(receiptOf(ACCEPTED))}`;
    replaceCookies(
      () => jar,
      (value) => {
        // Only a removal gets through.
        if (value.startsWith('bandeau=;')) jar = '';
      },
    );
    vi.spyOn(console, 'error').mockImplementation(() => {});
    const consent = begin();
    expect(consent.isGranted('analytics')).toBe(true);
    consent.rejectAll();
    expect(jar).toBe('');
    expect(consent.isGranted('analytics')).toBe(false);
  });
});

describe('callbacks', () => {
  const NAMES = ['ready', 'consent', 'first-consent', 'change', 'withdraw'] as const;

  /** Notes callbacks and events by name; both must always agree. */
  function listening(options: { policy?: Policy; throwing?: keyof Callbacks } = {}) {
    const calls: string[] = [];
    const events: string[] = [];
    const details: Record<string, unknown> = {};
    const callbacks = Object.fromEntries(
      NAMES.map((name) => [
        name,
        (detail: unknown) => {
          calls.push(name);
          details[name] = detail;
          if (name === options.throwing) throw new Error('of the site');
        },
      ]),
    ) as Callbacks;
    const stop = NAMES.map((name) => {
      const note = () => events.push(name);
      document.addEventListener(`bandeau:${name}`, note);
      return () => document.removeEventListener(`bandeau:${name}`, note);
    });
    const consent = begin({ callbacks, policy: options.policy ?? POLICY });
    const since = () => {
      expect(events).toEqual(calls);
      events.length = 0;
      return calls.splice(0);
    };
    return { consent, since, details, stop: () => stop.map((one) => one()) };
  }

  it('mean one thing each', () => {
    const { consent, since, stop } = listening();
    expect(since()).toEqual(['ready']);
    consent.acceptAll();
    expect(since()).toEqual(['first-consent', 'consent', 'change']);
    consent.acceptAll();
    expect(since()).toEqual(['consent']);
    consent.save({ ads: 'denied' });
    expect(since()).toEqual(['consent', 'change', 'withdraw']);
    consent.save({ ads: 'granted' });
    expect(since()).toEqual(['consent', 'change']);
    consent.withdraw();
    expect(since()).toEqual(['consent', 'change', 'withdraw']);
    consent.rejectAll();
    expect(since()).toEqual(['consent']);
    consent.open('preferences');
    consent.close();
    expect(since()).toEqual([]);
    consent.reset();
    expect(since()).toEqual(['change']);
    consent.rejectAll();
    expect(since()).toEqual(['first-consent', 'consent', 'change']);
    stop();
  });

  it('tell a withdrawal by reset', () => {
    const { consent, since, stop } = listening();
    consent.acceptAll();
    since();
    consent.reset();
    expect(since()).toEqual(['change', 'withdraw']);
    stop();
  });

  it('tell of a returning visitor that a decision is in force, and no change', () => {
    put(encodeReceipt(receiptOf(ACCEPTED)));
    const { since, details, stop } = listening();
    expect(since()).toEqual(['ready', 'consent']);
    expect(details['consent']).toMatchObject({
      choices: { matomo: 'granted' },
      granted: expect.arrayContaining(['matomo', 'analytics']),
      revoked: [],
      receipt: { method: 'custom' },
    });
    stop();
  });

  it('name what was granted and revoked by this event alone', () => {
    const { consent, details, stop } = listening();
    consent.acceptAll();
    consent.save({ heatmap: 'denied' });
    expect(details['withdraw']).toMatchObject({
      granted: [],
      revoked: expect.arrayContaining(['heatmap', 'analytics']),
    });
    expect((details['withdraw'] as { revoked: string[] }).revoked).toHaveLength(2);
    consent.save({ heatmap: 'granted', ads: 'denied' });
    expect((details['change'] as { granted: string[] }).granted.sort()).toEqual(['analytics', 'heatmap']);
    stop();
  });

  it.each(NAMES)('that throw (%s) are reported, and stop none of the others', (throwing) => {
    const reported = vi.fn();
    vi.stubGlobal('reportError', reported);
    const { consent, since, stop } = listening({ throwing });
    consent.acceptAll();
    consent.withdraw();
    expect(since()).toEqual(['ready', 'first-consent', 'consent', 'change', 'consent', 'change', 'withdraw']);
    expect(reported).toHaveBeenCalled();
    expect(consent.isGranted('analytics')).toBe(false);
    expect(decodeReceipt(stored())?.method).toBe('withdraw');
    stop();
  });

  it('tell late subscribers the state once, then each change', () => {
    const consent = begin();
    consent.save({ analytics: 'granted' });
    const seen: unknown[] = [];
    const stop = consent.subscribe((choices) => seen.push(choices['matomo']));
    expect(seen).toEqual(['granted']);
    consent.rejectAll();
    expect(seen).toEqual(['granted', 'denied']);
    stop();
    consent.acceptAll();
    expect(seen).toEqual(['granted', 'denied']);
  });

  it('say no more after destroy', () => {
    const { consent, since, stop } = listening();
    since();
    consent.destroy();
    consent.acceptAll();
    expect(since()).toEqual([]);
    stop();
  });
});

describe('links of the page', () => {
  const click = (html: string, selector = 'a,button,b') => {
    const place = document.createElement('div');
    place.innerHTML = html;
    document.body.append(place);
    const target = place.querySelector(selector) as HTMLElement;
    const event = new MouseEvent('click', { bubbles: true, cancelable: true });
    target.dispatchEvent(event);
    return { event, place };
  };

  it('open, accept and reject, also where they are added later', () => {
    const consent = begin();
    click('<a href="#cookies" data-bandeau="accept">x</a>');
    expect(consent.receipt?.method).toBe('accept-all');
    click('<a href="#cookies" data-bandeau="reject">x</a>');
    expect(consent.receipt?.method).toBe('reject-all');
    click('<a href="#cookies" data-bandeau="preferences">x</a>');
    expect(consent.$surface.get()).toBe('preferences');
    click('<button data-bandeau="banner">x</button>');
    expect(consent.$surface.get()).toBe('banner');
  });

  it('act when something inside of them is clicked, and lead nowhere else', () => {
    const consent = begin();
    const { event } = click('<a href="/elsewhere" data-bandeau="reject"><b>x</b></a>', 'b');
    expect(consent.receipt?.method).toBe('reject-all');
    expect(event.defaultPrevented).toBe(true);
  });

  it.each([
    '<a href="#x">x</a>',
    '<a href="#x" data-bandeau="grant">x</a>',
    '<a href="#x" data-bandeau>x</a>',
  ])('that are not ours are left alone: %s', (html) => {
    const consent = begin();
    const { event } = click(html);
    expect(event.defaultPrevented).toBe(false);
    expect(consent.receipt).toBeNull();
    expect(consent.$surface.get()).toBe('banner');
  });

  it('focus the link that opens, so that focus can go back to it', () => {
    begin();
    const { place } = click('<a href="#cookies" data-bandeau="preferences">x</a>');
    expect(document.activeElement).toBe(place.firstElementChild);
  });

  it('do nothing after destroy', () => {
    const consent = begin();
    consent.destroy();
    const { event } = click('<a href="#cookies" data-bandeau="accept">x</a>');
    expect(consent.receipt).toBeNull();
    expect(event.defaultPrevented).toBe(false);
  });
});

describe('the interface that is loaded', () => {
  it('is the banner for a new visitor, in the language of the page', async () => {
    begin({ environment: { ...CLOCK, languages: ['nl-BE', 'en'] } });
    await vi.waitFor(() => expect(document.querySelector('[data-bandeau-layer="banner"]')).not.toBeNull());
    expect(document.querySelector<HTMLElement>('[data-bandeau-root]')?.lang).toBe('nl-BE');
    expect(document.body.textContent).toContain('Alles weigeren');
  });

  it('is nothing for a returning one', async () => {
    put(encodeReceipt(receiptOf(REFUSED)));
    begin();
    await vi.dynamicImportSettled();
    expect(document.querySelector('[data-bandeau-root]')).toBeNull();
    expect(document.adoptedStyleSheets).toEqual([]);
  });

  it('is the notice where the policy has changed', async () => {
    put(encodeReceipt(receiptOf(ACCEPTED)));
    const services = POLICY.services.map((one) =>
      one.id === 'ads' ? { ...one, hosts: ['x.example.net'] } : one,
    );
    const consent = begin({ policy: policyWith({ version: '2025-03-01', services }) });
    expect(consent.isGranted('ads')).toBe(false);
    expect(consent.isGranted('matomo')).toBe(true);
    await vi.waitFor(() => expect(document.body.textContent).toContain('Our policy has changed'));
  });

  it('goes from banner to preferences and back, one at a time, and away with destroy', async () => {
    const layer = () =>
      [...document.querySelectorAll('[data-bandeau-root]')].map((one) =>
        one.getAttribute('data-bandeau-layer'),
      );
    const consent = begin();
    await vi.waitFor(() => expect(layer()).toEqual(['banner']));
    consent.open('preferences');
    await vi.waitFor(() => expect(layer()).toEqual(['preferences']));
    consent.close();
    await vi.waitFor(() => expect(layer()).toEqual(['banner']));
    consent.destroy();
    expect(layer()).toEqual([]);
  });
});

describe('onWithdraw', () => {
  const ads = () => vi.fn();

  it('is called once for what is withdrawn, and for nothing else', () => {
    const [advertising, analytics] = [ads(), ads()];
    const consent = begin({ onWithdraw: { advertising, analytics } });
    consent.acceptAll();
    expect(advertising).not.toHaveBeenCalled();
    consent.withdraw('advertising');
    consent.withdraw('advertising');
    consent.rejectAll();
    expect(advertising).toHaveBeenCalledOnce();
    expect(analytics).toHaveBeenCalledOnce();
  });

  it('is called again after another yes, and not for a refusal of what never was granted', () => {
    const advertising = ads();
    const consent = begin({ onWithdraw: { advertising } });
    consent.rejectAll();
    expect(advertising).not.toHaveBeenCalled();
    for (const _ of 'ab') {
      consent.acceptAll();
      consent.rejectAll();
    }
    expect(advertising).toHaveBeenCalledTimes(2);
  });

  it('stands for the reload that would stop it, unless the policy wants one', async () => {
    const ran = (service: string) =>
      document.dispatchEvent(
        new CustomEvent('bandeau:gate', {
          detail: { action: 'released', service, element: document.createElement('script') },
        }),
      );
    for (const [options, expected] of [
      [{}, true],
      [{ onWithdraw: { ads: ads() } }, false],
      [{ onWithdraw: { advertising: ads() } }, false],
      [{ onWithdraw: { matomo: ads() } }, true],
    ] as const) {
      clearCookies();
      const consent = begin(options);
      consent.acceptAll();
      ran('ads');
      consent.withdraw('advertising');
      expect(consent.$needsReload.get()).toBe(expected);
      consent.destroy();
    }
  });

  it('is called in a tab that learns of the withdrawal', () => {
    const advertising = ads();
    const consent = begin({ onWithdraw: { advertising } });
    consent.acceptAll();
    put(encodeReceipt(receiptOf(REFUSED)));
    window.dispatchEvent(new Event('pageshow'));
    expect(advertising).toHaveBeenCalledOnce();
  });

  it('may throw: it is reported, and the callbacks are called', () => {
    const report = vi.fn();
    vi.stubGlobal('reportError', report);
    const withdraw = vi.fn();
    const consent = begin({
      onWithdraw: {
        advertising: () => {
          throw new Error('no');
        },
      },
      callbacks: { withdraw },
    });
    consent.acceptAll();
    consent.rejectAll();
    expect(report).toHaveBeenCalledOnce();
    expect(withdraw).toHaveBeenCalledOnce();
  });
});

describe('a page that is prerendered', () => {
  const prerendering = { environment: { prerendering: true } };

  it('asks nothing, reads nothing and tells nothing until it is shown', () => {
    put(encodeReceipt(receiptOf(ACCEPTED)));
    const ready = vi.fn();
    const consent = begin({ ...prerendering, callbacks: { ready } });
    expect(consent.receipt).toBeNull();
    expect(consent.isGranted('advertising')).toBe(false);
    expect(ready).not.toHaveBeenCalled();
    document.dispatchEvent(new Event('prerenderingchange'));
    expect(ready).toHaveBeenCalledOnce();
    expect(consent.isGranted('advertising')).toBe(true);
  });

  it('stays silent when it was destroyed before', () => {
    const ready = vi.fn();
    begin({ ...prerendering, callbacks: { ready } }).destroy();
    document.dispatchEvent(new Event('prerenderingchange'));
    expect(ready).not.toHaveBeenCalled();
  });
});

describe('report()', () => {
  it('has what was told by bandeau:gate, also by others, oldest first, and is a copy', () => {
    const consent = begin();
    const tell = (name: string) =>
      document.dispatchEvent(
        new CustomEvent('bandeau:gate', { detail: { action: 'held', service: 'x', name } }),
      );
    tell('a');
    tell('b');
    const report = consent.report();
    expect(report.map(({ name }) => name)).toEqual(['a', 'b']);
    tell('c');
    expect(report).toHaveLength(2);
    consent.destroy();
    tell('d');
    expect(consent.report()).toHaveLength(3);
  });

  it('forgets the oldest of very many', () => {
    const consent = begin();
    for (let i = 0; i < 5001; i++) {
      const detail = { action: 'held', service: String(i) };
      document.dispatchEvent(new CustomEvent('bandeau:gate', { detail }));
    }
    expect(consent.report()).toHaveLength(5000);
    expect(consent.report()[0]?.service).toBe('1');
  });
});
