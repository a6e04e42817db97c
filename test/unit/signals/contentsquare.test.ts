import { describe, expect, it } from 'vitest';
import { contentsquare } from '../../../src/signals/contentsquare.ts';
import { cleanGlobals, itHears, openPage, recordPushes, VISITS } from '../../fixtures/signals.ts';
import { contentsquare as contentsquareDouble } from '../../support/vendor-doubles/contentsquare.ts';
import { recordTag } from '../../support/vendor-doubles/vendor-double.ts';

cleanGlobals('_uxa');

const optOut = [['optout']];
const optIn = [['optin']];
const queue = () => Reflect.get(globalThis, '_uxa');

const loadDouble = () => {
  const { heard, tag } = recordTag();
  contentsquareDouble.load(tag);
  return heard;
};

describe('contentsquare', () => {
  itHears(contentsquare, () => recordPushes('_uxa'), {
    'nothing is known yet': [],
    'a first visit': [],
    accepting: [],
    refusing: [optOut],
    'granting analytics alone': [],
    'accepting, then withdrawing': [optOut],
    'back after accepting': [],
    'back after refusing': [optOut],
    'accepting, then reset': [optOut],
    'accepting after the signal was stopped': [],
  });

  it('makes no list before a refusal', () => {
    VISITS['accepting'](openPage(contentsquare()));
    expect(queue()).toBeUndefined();
  });

  it('opts out a tag that comes in spite of the refusal', () => {
    VISITS.refusing(openPage(contentsquare()));
    expect(loadDouble()).toEqual([['optout']]);
  });

  it('takes a refusal back that no tag has heard, and nothing else', () => {
    Reflect.set(globalThis, '_uxa', [['trackPageview', '/a']]);
    const { begin, consent } = openPage(contentsquare());
    begin();
    consent.rejectAll();
    expect(queue()).toEqual([['trackPageview', '/a'], ['optout']]);
    consent.acceptAll();
    expect(loadDouble()).toEqual([['trackPageview', '/a']]);
  });

  it('opts out the tag that runs when it is withdrawn', () => {
    const { begin, consent } = openPage(contentsquare());
    begin();
    consent.acceptAll();
    const done = loadDouble();
    consent.withdraw('analytics');
    expect(done).toEqual([['optout']]);
  });

  it('hears nothing after the stop', () => {
    const page = openPage(contentsquare());
    page.begin();
    page.stop();
    page.consent.rejectAll();
    expect(queue()).toBeUndefined();
  });
});

describe('contentsquare that is told to opt in', () => {
  itHears(
    () => contentsquare({ optIn: true }),
    () => recordPushes('_uxa'),
    {
      'nothing is known yet': [],
      'a first visit': [],
      accepting: [optIn],
      refusing: [optOut],
      'granting analytics alone': [optIn],
      'accepting, then withdrawing': [optIn, optOut],
      'back after accepting': [optIn],
      'back after refusing': [optOut],
      'accepting, then reset': [optIn, optOut],
      'accepting after the signal was stopped': [],
    },
  );
});
