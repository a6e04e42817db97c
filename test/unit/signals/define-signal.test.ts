import { describe, expect, it, vi } from 'vitest';
import { defineSignal } from '../../../src/signals/index.ts';
import type { Policy, SignalOptions } from '../../../src/types.ts';
import { FRENCH_EXEMPTION, service } from '../../fixtures/policy.ts';
import { cleanGlobals, itHears, openPage, SITE, VISITS } from '../../fixtures/signals.ts';

const errors = cleanGlobals();

type Term = 'ads' | 'reach' | 'stats' | 'tastes' | 'safety';
interface Options {
  readonly fails: boolean;
}

/** A tool with a term of each kind; `calls` is what it is told. */
function tool() {
  const calls: unknown[] = [];
  const make = defineSignal<Term, Options>({
    name: 'tool',
    terms: {
      ads: 'advertising',
      reach: 'advertising',
      stats: ['analytics'],
      tastes: ['preference', 'personalization', 'tastes'],
      safety: 'always',
    },
    connect: ({ fails }, denied) => {
      calls.push(['connect', denied]);
      return {
        update(granted) {
          calls.push(granted);
          if (fails) throw new Error('of the tool');
        },
        stop: () => calls.push('stop'),
      };
    },
  });
  return { calls, make };
}

const DENIED = { ads: false, reach: false, stats: false, tastes: false, safety: true };
const GRANTED = { ads: true, reach: true, stats: true, tastes: true, safety: true };
const STATS = { ...DENIED, stats: true };
const CONNECTED = ['connect', DENIED];

/** What the tool knows after everything was accepted. */
function afterAccepting(options: SignalOptions<Term> = {}, policy: Policy = SITE) {
  const { calls, make } = tool();
  VISITS.accepting(openPage(make(options), { policy }));
  return calls.at(-1);
}

describe('a signal', () => {
  let current = tool();
  itHears(
    () => current.make(),
    () => {
      current = tool();
      return current.calls;
    },
    {
      'nothing is known yet': [CONNECTED],
      'a first visit': [CONNECTED],
      accepting: [CONNECTED, GRANTED],
      refusing: [CONNECTED, DENIED],
      'granting analytics alone': [CONNECTED, STATS],
      'accepting, then withdrawing': [CONNECTED, GRANTED, DENIED],
      'back after accepting': [CONNECTED, GRANTED],
      'back after refusing': [CONNECTED, DENIED],
      'accepting, then reset': [CONNECTED, GRANTED, DENIED],
      'accepting after the signal was stopped': [CONNECTED, 'stop'],
    },
  );

  it('hears one call for each decision, also for one that changes nothing', () => {
    const { calls, make } = tool();
    const { begin, consent } = openPage(make());
    begin();
    consent.acceptAll();
    consent.acceptAll();
    expect(calls).toEqual([CONNECTED, GRANTED, GRANTED]);
  });

  it('hears nothing twice when the same decision is read again, as on a return to the tab', () => {
    const { calls, make } = tool();
    const page = openPage(make());
    page.begin();
    page.consent.acceptAll();
    page.consent.open('preferences');
    page.consent.close();
    expect(calls).toEqual([CONNECTED, GRANTED]);
  });

  it('hears at once what is granted unasked, where the law asks afterwards', () => {
    const { calls, make } = tool();
    openPage(make(), { visitor: { region: 'us-ca' } }).begin();
    expect(calls).toEqual([CONNECTED, GRANTED]);
  });

  it('hears what the browser asks for by itself', () => {
    const { calls, make } = tool();
    openPage(make(), { visitor: { region: 'us-ca', gpc: true } }).begin();
    expect(calls.at(-1)).toMatchObject({ ads: false, stats: true });
  });

  it('that throws is reported, and stops neither the others nor itself', () => {
    const { calls, make } = tool();
    const { begin, consent } = openPage(make({ fails: true }));
    const others: unknown[] = [];
    consent.subscribe(() => others.push(consent.receipt?.method));
    begin();
    consent.acceptAll();
    consent.rejectAll();
    expect(calls).toEqual([CONNECTED, GRANTED, DENIED]);
    expect(others.slice(-2)).toEqual(['accept-all', 'reject-all']);
    expect(errors).toEqual([new Error('of the tool'), new Error('of the tool')]);
  });

  /** A tool that cannot be connected until its page is in order. */
  const oddTool = () => {
    const calls: unknown[] = [];
    let isOdd = true;
    const make = defineSignal<'stats'>({
      name: 'odd',
      terms: { stats: ['analytics'] },
      connect(_, denied) {
        if (isOdd) throw new Error('no connection');
        calls.push(['connect', denied]);
        return {
          update: (granted) => void calls.push(granted),
          stop() {
            throw new Error('no stop');
          },
        };
      },
    });
    return {
      calls,
      make,
      mend: () => {
        isOdd = false;
      },
    };
  };

  it('that cannot connect is reported, and the page goes on', () => {
    const { calls, make } = oddTool();
    const { begin, consent, stop } = openPage(make());
    expect(errors).toEqual([new Error('no connection')]);
    begin();
    consent.acceptAll();
    expect(consent.receipt?.method).toBe('accept-all');
    expect(errors).toEqual([new Error('no connection'), new Error('no connection')]);
    expect(stop).not.toThrow();
    expect(calls).toEqual([]);
  });

  it('that cannot connect at first is told what holds, and the decision, as soon as it can', () => {
    const { calls, make, mend } = oddTool();
    const { begin, consent } = openPage(make());
    mend();
    begin();
    expect(calls).toEqual([]);
    consent.acceptAll();
    consent.rejectAll();
    expect(calls).toEqual([['connect', { stats: false }], { stats: true }, { stats: false }]);
  });

  it('whose stop throws is reported, and hears nothing any more', () => {
    const { calls, make, mend } = oddTool();
    mend();
    const { begin, consent, stop } = openPage(make());
    begin();
    expect(stop).not.toThrow();
    consent.acceptAll();
    expect(errors).toEqual([new Error('no stop')]);
    expect(calls).toEqual([['connect', { stats: false }]]);
  });

  it('with options that are none is reported, and the page goes on', () => {
    const { make } = tool();
    expect(openPage(make(JSON.parse('null'))).stop).not.toThrow();
    expect(errors).toHaveLength(1);
  });

  it('that starts after a decision hears it at once', () => {
    const first = tool();
    const page = openPage(first.make());
    VISITS.accepting(page);
    const late = tool();
    late.make().start(page.consent, page.policy);
    expect(late.calls).toEqual([CONNECTED, GRANTED]);
  });
});

describe('a term', () => {
  it('is granted by all of the categories of its list that the policy has, and not by some', () => {
    const { calls, make } = tool();
    const { begin, consent } = openPage(make());
    begin();
    consent.save({ preference: 'granted' });
    expect(calls.at(-1)).toMatchObject({ tastes: false });
    consent.save({ personalization: 'granted' });
    expect(calls.at(-1)).toMatchObject({ tastes: true });
  });

  it('is granted by the service that is named as the tool, and not by the rest of its category', () => {
    const services = [...SITE.services, service('tool', 'analytics'), service('other', 'analytics')];
    const after = (granted: string) => {
      const { calls, make } = tool();
      const { begin, consent } = openPage(make(), { policy: { ...SITE, services } });
      begin();
      consent.save({ [granted]: 'granted' });
      return calls.at(-1);
    };
    expect(after('tool')).toMatchObject({ stats: true, ads: false });
    expect(after('other')).toMatchObject({ stats: false });
  });

  it('is granted by an exemption of that service, until the visitor objects', () => {
    const services = [...SITE.services, service('tool', 'analytics', { exempt: FRENCH_EXEMPTION })];
    const { calls, make } = tool();
    const { begin, consent } = openPage(make(), { policy: { ...SITE, services }, visitor: { region: 'fr' } });
    begin();
    consent.rejectAll();
    expect(calls.at(-1)).toMatchObject({ stats: true, ads: false });
    consent.withdraw('tool');
    expect(calls.at(-1)).toMatchObject({ stats: false });
  });

  it('is granted by a category that has no services', () => {
    expect(SITE.services.some(({ category }) => category === 'preference')).toBe(false);
    expect(afterAccepting({ map: { stats: 'preference' } })).toMatchObject({ stats: true });
  });

  it('is denied where the policy has none of its categories', () => {
    const policy = { ...SITE, categories: SITE.categories.filter(({ id }) => !/^p/.test(id)) };
    expect(afterAccepting({}, policy)).toMatchObject({ tastes: false, stats: true });
  });

  it('is denied where one of the services of its category is', () => {
    const { calls, make } = tool();
    const { begin, consent } = openPage(make());
    begin();
    consent.acceptAll();
    consent.withdraw('stats');
    expect(calls.at(-1)).toMatchObject({ stats: false, ads: true });
  });

  it('that is always granted stays so after a refusal, whatever the map says', () => {
    const { calls, make } = tool();
    VISITS.refusing(openPage(make({ map: { safety: 'analytics' } })));
    expect(calls.at(-1)).toMatchObject({ safety: true });
  });

  it('that is mapped to what is required is granted from the start, and after a refusal', () => {
    const { calls, make } = tool();
    VISITS.refusing(openPage(make({ map: { stats: 'essential' } })));
    expect(calls).toEqual([CONNECTED, STATS, STATS]);
  });
});

describe('a map', () => {
  it('takes services, and a list of which all must be granted', () => {
    const { calls, make } = tool();
    const { begin, consent } = openPage(make({ map: { stats: ['stats', 'preference'] } }));
    begin();
    consent.save({ stats: 'granted' });
    expect(calls.at(-1)).toMatchObject({ stats: false });
    consent.save({ preference: 'granted' });
    expect(calls.at(-1)).toMatchObject({ stats: true });
  });

  it.each([
    ['an id that the policy has not', 'unheard'],
    ['an id that the policy has not, beside one that it has', ['analytics', 'unheard']],
    ['an empty list', []],
    ['the name of a property of every object', 'constructor'],
  ])('with %s leaves its term denied', (_, stats) => {
    expect(afterAccepting({ map: { stats } })).toMatchObject({ stats: false, ads: true });
  });
});

describe('a term for advertising', () => {
  it('is never granted by analytics alone', () => {
    const { calls, make } = tool();
    VISITS['granting analytics alone'](openPage(make()));
    expect(calls.at(-1)).toEqual(STATS);
  });

  it('takes a service of a category that names advertising', () => {
    const { calls, make } = tool();
    const { begin, consent } = openPage(make({ map: { ads: 'ads' } }));
    begin();
    consent.save({ ads: 'granted' });
    expect(calls.at(-1)).toMatchObject({ ads: true });
  });

  it.each([['analytics'], ['stats'], ['unheard'], [['advertising', 'analytics']]])(
    'refuses a map to %s, and says so',
    (ads) => {
      const error = vi.spyOn(console, 'error').mockReturnValue();
      expect(afterAccepting({ map: { ads } })).toMatchObject({ ads: false, reach: true });
      expect(error.mock.calls).toEqual([[expect.stringContaining('tool: ads stays denied')]]);
    },
  );

  it('is denied where no category names advertising: "marketing" is not enough', () => {
    const policy: Policy = {
      ...SITE,
      categories: SITE.categories.map((one) =>
        one.id === 'advertising' ? { ...one, title: 'Marketing', description: 'Nos offres.' } : one,
      ),
    };
    expect(afterAccepting({}, policy)).toMatchObject({ ads: false, reach: false, stats: true });
  });

  it('is not granted by what is required, which may say that there is none of it', () => {
    const categories = SITE.categories.map((one) =>
      one.id === 'essential' ? { ...one, description: 'Jamais de publicité.' } : { ...one, title: 'Autre' },
    );
    const { calls, make } = tool();
    VISITS.refusing(openPage(make(), { policy: { ...SITE, categories } }));
    expect(calls.at(-1)).toEqual(DENIED);
    expect(afterAccepting({}, { ...SITE, categories })).toMatchObject({ ads: false, stats: true });
  });

  it('waits for each of the categories that name advertising', () => {
    const policy: Policy = {
      ...SITE,
      categories: [...SITE.categories, { id: 'others', title: 'Reklama partnerów', description: 'Inne.' }],
    };
    const { calls, make } = tool();
    const { begin, consent } = openPage(make(), { policy });
    begin();
    consent.save({ advertising: 'granted' });
    expect(calls.at(-1)).toMatchObject({ ads: false });
    consent.save({ others: 'granted' });
    expect(calls.at(-1)).toMatchObject({ ads: true });
  });
});
