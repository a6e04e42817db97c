import { afterEach, describe, expect, it, vi } from 'vitest';
import { followTcf, type TcfRules } from '../../src/tcf/index.ts';
import type { Consent, ConsentOptions, FollowTcfOptions } from '../../src/types.ts';
import { ACCEPTED, FRENCH_EXEMPTION, POLICY, policyWith, service } from '../fixtures/policy.ts';
import { cmpLoaded, cmpStub, tcData } from '../support/cmp-double.ts';
import { useVisits } from '../support/visits.ts';

const visit = useVisits();
const stops: (() => void)[] = [];

const RULES: TcfRules = {
  ads: { purposes: [1, 7], vendor: 755 },
  analytics: { purposes: [1, 8], vendor: 2 },
};
const YES = { purposes: [1, 7, 8], vendors: [2, 755] };
const MEMBERS = ['ads', 'matomo', 'heatmap'];

interface Page {
  options?: Partial<ConsentOptions>;
  rules?: TcfRules;
  follow?: FollowTcfOptions;
  kept?: typeof ACCEPTED;
}

/** A visit of a site whose CMP asks. */
function follow({ options = {}, rules = RULES, follow: how, kept }: Page = {}) {
  const consent = visit({ asks: false, ...options }, kept);
  const save = vi.spyOn(consent, 'save');
  const stop = followTcf(consent, options.policy ?? POLICY, rules, how);
  stops.push(stop);
  return { consent, save, stop };
}
const granted = (consent: Consent) => MEMBERS.filter((id) => consent.isGranted(id));
const tell = (...told: Parameters<NonNullable<Window['cmp']>['tell']>) => window.cmp?.tell(...told);

afterEach(() => {
  for (const stop of stops.splice(0)) stop();
  delete window.__tcfapi;
  delete window.cmp;
  document.body.replaceChildren();
});

/** A CMP that is there from the start. */
const withCmp = (page?: Page) => {
  cmpStub('div');
  cmpLoaded();
  return follow(page);
};

describe('a service', () => {
  it('is denied until the visitor has answered the CMP, and granted by a yes', () => {
    const { consent } = withCmp();
    expect(granted(consent)).toEqual([]);
    tell(tcData('cmpuishown', {}));
    expect(granted(consent)).toEqual([]);
    expect(consent.receipt).toBeNull();
    tell(tcData('useractioncomplete', YES));
    expect(granted(consent)).toEqual(MEMBERS);
    expect(consent.receipt?.method).toBe('custom');
  });

  it('is not granted while the interface of the CMP is open, whatever is true by then', () => {
    const { consent } = withCmp();
    tell(tcData('cmpuishown', YES));
    expect(granted(consent)).toEqual([]);
  });

  it('goes by its own rule alone', () => {
    const { consent } = withCmp();
    tell(tcData('useractioncomplete', { purposes: [1, 7, 8], vendors: [755] }));
    expect(granted(consent)).toEqual(['ads']);
  });

  it('goes by its own rule before that of its category', () => {
    const { consent, save } = withCmp({ rules: { ...RULES, heatmap: { purposes: [1, 9], vendor: 3 } } });
    tell(tcData('useractioncomplete', YES));
    expect(granted(consent)).toEqual(['ads', 'matomo']);
    tell(tcData('useractioncomplete', YES));
    expect(save).toHaveBeenCalledOnce();
  });

  it('that no rule names keeps the answer of the visitor', () => {
    const { consent } = withCmp({
      rules: { ads: { purposes: [1], vendor: 755 } },
      kept: { ...ACCEPTED, heatmap: 'denied' },
    });
    tell(tcData('tcloaded', {}));
    expect(granted(consent)).toEqual(['matomo']);
  });
});

describe('a withdrawal in the CMP', () => {
  it('takes back what a yes had granted', () => {
    const { consent } = withCmp();
    tell(tcData('tcloaded', YES));
    tell(tcData('cmpuishown', YES));
    expect(granted(consent)).toEqual(MEMBERS);
    tell(tcData('useractioncomplete', {}));
    expect(granted(consent)).toEqual([]);
  });

  it('of one purpose takes back what needs it', () => {
    const { consent } = withCmp();
    tell(tcData('tcloaded', YES));
    tell(tcData('useractioncomplete', { ...YES, purposes: [1, 8] }));
    expect(granted(consent)).toEqual(['matomo', 'heatmap']);
  });

  it('on an earlier page is heard on this one', () => {
    const { consent } = withCmp({ kept: ACCEPTED });
    expect(granted(consent)).toEqual(MEMBERS);
    tell(tcData('tcloaded', {}));
    expect(granted(consent)).toEqual([]);
  });
});

describe('a decision is made', () => {
  it('once for what the CMP tells twice, and not where it is in force already', () => {
    const { save } = withCmp({ kept: ACCEPTED });
    tell(tcData('tcloaded', YES));
    expect(save).not.toHaveBeenCalled();
    tell(tcData('useractioncomplete', {}));
    tell(tcData('useractioncomplete', {}));
    expect(save).toHaveBeenCalledOnce();
  });

  it('for a refusal too, so that the policy has nothing to ask', () => {
    const { consent } = withCmp();
    tell(tcData('useractioncomplete', {}));
    expect(consent.promptReason).toBeNull();
    expect(consent.choices).toMatchObject({ ads: 'denied', analytics: 'denied' });
  });

  it('not while nobody has answered', () => {
    const { consent, save } = withCmp();
    tell(tcData('cmpuishown', {}));
    tell({ cmpStatus: 'error' }, false);
    expect(save).not.toHaveBeenCalled();
    expect(consent.promptReason).toEqual({ type: 'first-visit' });
  });
});

describe('the CMP is found', () => {
  it('when its stub comes later than the SDK', async () => {
    const { consent } = follow();
    cmpStub('div');
    await vi.waitFor(() => expect(window.__tcfapi?.()).toHaveLength(1));
    cmpLoaded();
    tell(tcData('tcloaded', YES));
    expect(granted(consent)).toEqual(MEMBERS);
  });

  it('when it comes without a stub, at the end of loading', () => {
    const { consent } = follow();
    cmpLoaded();
    window.dispatchEvent(new Event('load'));
    tell(tcData('tcloaded', YES));
    expect(granted(consent)).toEqual(MEMBERS);
  });

  it('once', async () => {
    withCmp();
    tell(tcData('tcloaded', YES));
    document.body.append(document.createElement('p'));
    window.dispatchEvent(new Event('load'));
    await Promise.resolve();
    expect(window.cmp?.listeners()).toHaveLength(1);
  });

  it('or not at all, and no __tcfapi is put in its place', () => {
    const { consent } = follow();
    expect('__tcfapi' in window).toBe(false);
    expect(granted(consent)).toEqual([]);
    expect(document.querySelector('[data-bandeau-root], [name]')).toBeNull();
  });

  it('before what is stored was read, and waits for it', async () => {
    cmpStub('div');
    cmpLoaded();
    tell(tcData('tcloaded', {}));
    const { consent, save } = follow({ kept: ACCEPTED, options: { environment: { prerendering: true } } });
    expect(save).not.toHaveBeenCalled();
    document.dispatchEvent(new Event('prerenderingchange'));
    await vi.waitFor(() => expect(save).toHaveBeenCalledOnce());
    expect(granted(consent)).toEqual([]);
    expect(document.cookie).toContain('bandeau=');
  });
});

describe('what can not be understood', () => {
  const getter = (value: object) => {
    const all: Record<string, PropertyDescriptor> = {};
    for (const [key, held] of Object.entries(value)) all[key] = { get: () => held, enumerable: true };
    return Object.defineProperties({}, all);
  };
  it.each<[string, unknown, boolean?]>([
    ['null', null],
    ['nothing', undefined],
    ['a text', 'yes'],
    ['a failure', tcData('tcloaded', YES), false],
    ['an error', tcData('tcloaded', YES, { cmpStatus: 'error' })],
    ['an unknown event', tcData('done', YES)],
    ['no event', tcData(undefined, YES)],
    [
      'consents as texts',
      tcData('tcloaded', YES, { purpose: { consents: { 1: 'true', 7: 'true', 8: 'true' } } }),
    ],
    ['an object of getters', getter(tcData('tcloaded', YES))],
    [
      'an object that throws',
      new Proxy(tcData('tcloaded', YES), {
        getOwnPropertyDescriptor: () => {
          throw new Error('no');
        },
      }),
    ],
    ['what is inherited', Object.create(tcData('tcloaded', YES))],
  ])('grants nothing and takes back, as %s', (_, data, success = true) => {
    vi.stubGlobal('reportError', vi.fn());
    const call = (callback: unknown) => (callback as (...told: unknown[]) => void)(data, success);
    window.__tcfapi = (_command, _version, callback) => call(callback);
    expect(granted(follow().consent)).toEqual([]);
    expect(granted(follow({ kept: ACCEPTED }).consent)).toEqual([]);
  });

  it('grants nothing and takes back, as a CMP that throws', () => {
    const report = vi.fn();
    vi.stubGlobal('reportError', report);
    window.__tcfapi = () => {
      throw new Error('broken');
    };
    expect(granted(follow({ kept: ACCEPTED }).consent)).toEqual([]);
    expect(report).toHaveBeenCalledOnce();
  });

  it('is not what a CMP tells while it loads', () => {
    const { consent } = withCmp({ kept: ACCEPTED });
    tell({ cmpStatus: 'loading' });
    expect(granted(consent)).toEqual(MEMBERS);
  });

  it('throws nothing into the CMP', () => {
    const report = vi.fn();
    vi.stubGlobal('reportError', report);
    const { save } = withCmp({ kept: ACCEPTED });
    save.mockImplementation(() => {
      throw new Error('full');
    });
    expect(() => tell(tcData('tcloaded', {}))).not.toThrow();
    expect(() => tell({}, false)).not.toThrow();
    expect(report).toHaveBeenCalled();
  });
});

describe('where the GDPR does not apply', () => {
  const ELSEWHERE = { gdprApplies: false, tcfPolicyVersion: 5, cmpId: 4000, cmpVersion: 1 };

  it.each([undefined, 'deny'] as const)('nothing is granted, by %s', (whereGdprDoesNotApply) => {
    const how = whereGdprDoesNotApply && { whereGdprDoesNotApply };
    const { consent } = withCmp({ kept: ACCEPTED, ...(how && { follow: how }) });
    tell(ELSEWHERE);
    expect(granted(consent)).toEqual([]);
  });

  it('all is granted where the site says so', () => {
    const { consent } = withCmp({ follow: { whereGdprDoesNotApply: 'grant' } });
    tell(ELSEWHERE);
    expect(granted(consent)).toEqual(MEMBERS);
  });

  it('all stays as it is where the site says that', () => {
    const leave = { whereGdprDoesNotApply: 'leave' } as const;
    const { consent, save } = withCmp({ follow: leave, kept: ACCEPTED });
    tell(ELSEWHERE);
    expect(granted(consent)).toEqual(MEMBERS);
    expect(save).not.toHaveBeenCalled();
    tell(tcData('useractioncomplete', {}));
    expect(granted(consent)).toEqual([]);
  });
});

describe('what may run unasked', () => {
  const US = { options: { region: 'us-ca' } };

  it('goes on until the CMP has an answer, and no decision is made up', () => {
    const { consent, save } = withCmp(US);
    expect(granted(consent)).toEqual(MEMBERS);
    tell(tcData('cmpuishown', {}));
    tell({}, false);
    expect(granted(consent)).toEqual(MEMBERS);
    expect(save).not.toHaveBeenCalled();
    tell(tcData('useractioncomplete', {}));
    expect(granted(consent)).toEqual([]);
  });

  it('ends where the GDPR does not apply, unless the site says otherwise', () => {
    const { consent } = withCmp(US);
    tell({ gdprApplies: false });
    expect(granted(consent)).toEqual([]);
  });

  it('goes on there where the site leaves it', () => {
    const { consent } = withCmp({ ...US, follow: { whereGdprDoesNotApply: 'leave' } });
    tell({ gdprApplies: false });
    expect(granted(consent)).toEqual(MEMBERS);
  });
});

describe('a browser that sends Global Privacy Control', () => {
  it('keeps what is sold off, whatever was accepted in the CMP', () => {
    const { consent } = withCmp({ options: { environment: { gpc: true } } });
    tell(tcData('useractioncomplete', YES));
    expect(granted(consent)).toEqual(['matomo', 'heatmap']);
    expect(consent.receipt?.overridesGpc).toBeUndefined();
  });

  // A category of the site's own is sale unless it says otherwise.
  const measured = (region: 'fr' | 'us') =>
    policyWith({
      region,
      categories: [...POLICY.categories, { id: 'mesure', title: 'Mesure', description: 'Notre audience.' }],
      services: [...POLICY.services, service('counter', 'mesure', { exempt: FRENCH_EXEMPTION })],
    });
  const withCounter = (of: 'fr' | 'us', region: string, gpc = true) =>
    withCmp({
      options: { policy: measured(of), region, environment: { gpc } },
      rules: { ads: { purposes: [1] }, counter: { purposes: [1] } },
    });

  it.each(['fr', 'us'] as const)(
    'keeps off what is exempt elsewhere than where the visitor is, under a policy of %s',
    (of) => {
      const { consent } = withCounter(of, 'us-ca');
      tell(tcData('useractioncomplete', { purposes: [1] }));
      expect(consent.isGranted('counter')).toBe(false);
      expect(consent.isGranted('ads')).toBe(false);
      expect(consent.receipt?.overridesGpc).toBeUndefined();
    },
  );

  it.each(['fr', 'us'] as const)(
    'keeps what is exempt where the visitor is, until it is refused, under a policy of %s',
    (of) => {
      const { consent } = withCounter(of, 'fr');
      tell(tcData('useractioncomplete', { purposes: [1] }));
      expect(consent.isGranted('counter')).toBe(true);
      expect(consent.isGranted('ads')).toBe(false);
      expect(consent.receipt?.overridesGpc).toBeUndefined();
      tell(tcData('useractioncomplete', {}));
      expect(consent.isGranted('counter')).toBe(false);
      tell(tcData('useractioncomplete', { purposes: [1] }));
      expect(consent.isGranted('counter')).toBe(false);
    },
  );

  it('is not heeded where it is not sent', () => {
    const { consent } = withCounter('fr', 'us-ca', false);
    tell(tcData('useractioncomplete', { purposes: [1] }));
    expect(consent.isGranted('counter')).toBe(true);
    expect(consent.isGranted('ads')).toBe(true);
  });
});

describe('the stop', () => {
  it('ends listening by the number that the CMP gave', () => {
    const { consent, stop } = withCmp();
    tell(tcData('tcloaded', YES));
    expect(window.cmp?.listeners()).toHaveLength(1);
    stop();
    stop();
    expect(window.cmp?.listeners()).toEqual([]);
    tell(tcData('useractioncomplete', {}));
    expect(granted(consent)).toEqual(MEMBERS);
  });

  it('before the CMP gave a number ends it as soon as it does', () => {
    cmpStub('div');
    const { consent, stop } = follow();
    stop();
    cmpLoaded();
    tell(tcData('tcloaded', YES));
    expect(window.cmp?.listeners()).toEqual([]);
    expect(granted(consent)).toEqual([]);
  });

  it('before there is a CMP asks it nothing', async () => {
    const { stop } = follow();
    stop();
    cmpStub('div');
    window.dispatchEvent(new Event('load'));
    await Promise.resolve();
    expect(window.__tcfapi?.()).toEqual([]);
  });
});

describe('a rule', () => {
  it.each<[string, object, string]>([
    ['an unknown id', { unheard: { purposes: [1] } }, 'not in the policy'],
    ['what is required', { session: { purposes: [1] } }, 'not a choice'],
    ['no purposes', { ads: { vendor: 755 } }, 'at least one'],
    ['an empty list', { ads: { purposes: [], vendor: 755 } }, 'at least one'],
    ['purposes as texts', { ads: { purposes: ['1'] } }, 'list of numbers'],
    ['a company as a text', { ads: { purposes: [1], vendor: '755' } }, 'vendor'],
    ['legitimate interests', { ads: { purposes: [1], legitimateInterests: [7] } }, 'only consent'],
    ['an unknown word', { ads: { purposes: [1], purpose: 7 } }, 'purpose means nothing'],
    ['nothing', { ads: null }, 'at least one'],
  ])('with %s is refused at once', (_, rules, why) => {
    expect(() => follow({ rules: rules as TcfRules })).toThrow(why);
  });

  it('of a policy that can not be used is not followed', () => {
    for (const method of ['error', 'warn', 'log', 'info'] as const) {
      vi.spyOn(console, method).mockImplementation(() => {});
    }
    const policy = policyWith({ version: '' });
    cmpStub('div');
    follow({ options: { policy } });
    expect(window.__tcfapi?.()).toEqual([]);
  });
});

describe('with asks: false', () => {
  it('nothing of the SDK is on the page, but what the site opens', async () => {
    const consent = visit({ asks: false });
    await vi.dynamicImportSettled();
    expect(document.querySelector('[data-bandeau-root]')).toBeNull();
    consent.open('preferences');
    await vi.waitFor(() => expect(document.querySelector('[data-bandeau-root]')).not.toBeNull());
  });

  it('else the banner comes', async () => {
    visit();
    await vi.waitFor(() => expect(document.querySelector('[data-bandeau-root]')).not.toBeNull());
  });

  it('nobody is told of a version that the site wants told', async () => {
    const changes = [{ version: '2025-03-01', date: '2025-03-01', summary: 'x', affects: [], inform: true }];
    const policy = policyWith({ version: '2025-03-01', changes });
    const told = () => document.querySelector('[data-bandeau-layer="update"]');
    visit({ asks: false, policy }, ACCEPTED).destroy();
    await vi.dynamicImportSettled();
    expect(localStorage.getItem('bandeau-told')).toBeNull();
    expect(told()).toBeNull();
    visit({ policy });
    await vi.waitFor(() => expect(told()).not.toBeNull());
  });
});
