import { describe, expect, it } from 'vitest';
import { grants, newsOf } from '../../src/tcf/read-tc-data.ts';
import { tcData } from '../support/cmp-double.ts';

const RULE = { purposes: [1, 7], vendor: 755 };
const YES = { purposes: [1, 7], vendors: [755] };
/** An object that says yes to everything, by a getter. */
const getting = (...ids: readonly (string | number)[]) =>
  ids.reduce((made, id) => Object.defineProperty(made, id, { get: () => true, enumerable: true }), {});

describe('a rule', () => {
  const purpose = (consents: unknown) => tcData('tcloaded', YES, { purpose: { consents } });
  const vendor = (consents: unknown, more = {}) => tcData('tcloaded', YES, { vendor: { consents, ...more } });
  const restricted = (type: unknown, of = 755, purposeId = 7) =>
    tcData('tcloaded', YES, { publisher: { restrictions: { [purposeId]: { [of]: type } } } });

  it.each<[string, unknown]>([
    ['when every purpose and the company have consent', tcData('tcloaded', YES)],
    [
      'where other purposes and companies have it too',
      tcData('tcloaded', { purposes: [1, 2, 7], vendors: [1, 755] }),
    ],
    ['where the site wants consent for the purpose anyway', restricted(1)],
    ['where the site forbids the purpose to another company', restricted(0, 1)],
    ['where the site forbids another purpose', restricted(0, 755, 2)],
    ['where nothing is told of disclosed companies', vendor({ 755: true })],
  ])('grants %s', (_, data) => {
    expect(grants(data, RULE)).toBe(true);
  });

  it.each<[string, unknown]>([
    ['with one purpose missing', tcData('tcloaded', { purposes: [1], vendors: [755] })],
    ['without the company', tcData('tcloaded', { purposes: [1, 7], vendors: [1] })],
    ['on legitimate interests alone', tcData('tcloaded')],
    ['where the site forbids it', restricted(0)],
    ['where the site wants a legitimate interest', restricted(2)],
    ['where the restriction is no number', restricted('1')],
    ['a company that was not disclosed', vendor({ 755: true }, { disclosedVendors: { 1: true } })],
    ['on texts', purpose({ 1: 'true', 7: 'true' })],
    ['on numbers', purpose({ 1: 1, 7: 1 })],
    ['on objects', purpose({ 1: {}, 7: Object(true) })],
    ['on lists', purpose([true, true, true, true, true, true, true, true])],
    ['on getters', purpose(getting(1, 7))],
    [
      'on a getter of everything',
      Object.defineProperty(tcData('tcloaded', YES), 'purpose', {
        get: () => ({ consents: { 1: true, 7: true } }),
      }),
    ],
    ['on what is inherited', purpose(Object.create({ 1: true, 7: true }))],
    ['on a company by a getter', vendor(getting(755))],
    ['on a company as a text', vendor({ 755: 'true' })],
    ['on null', null],
    ['on nothing', undefined],
    ['on a text', 'CAAA'],
  ])('grants nothing %s', (_, data) => {
    expect(grants(data, RULE)).toBe(false);
  });

  it('that names no company goes by the purposes', () => {
    expect(grants(tcData('tcloaded', { purposes: [1, 8] }), { purposes: [1, 8] })).toBe(true);
    expect(grants(tcData('tcloaded', { purposes: [1] }), { purposes: [1, 8] })).toBe(false);
  });

  it('of the site itself goes by the purposes of the site', () => {
    const rule = { purposes: [1], publisher: true } as const;
    expect(grants(tcData('tcloaded', {}, { publisher: { consents: { 1: true } } }), rule)).toBe(true);
    expect(grants(tcData('tcloaded', YES, { publisher: { consents: {} } }), rule)).toBe(false);
  });

  it('that names special features wants all of them', () => {
    const rule = { purposes: [1], specialFeatures: [1, 2] };
    expect(grants(tcData('tcloaded', { purposes: [1], specialFeatures: [1, 2] }), rule)).toBe(true);
    expect(grants(tcData('tcloaded', { purposes: [1], specialFeatures: [1] }), rule)).toBe(false);
  });
});

describe('what a CMP tells', () => {
  it.each<[string, string, object, boolean?]>([
    ['is an answer once it is loaded', 'answer', tcData('tcloaded')],
    ['is an answer once the visitor has given one', 'answer', tcData('useractioncomplete')],
    ['is none while its interface opens by itself', 'doubt', tcData('cmpuishown', YES)],
    ['leaves the answer when the visitor opens it again', 'nothing', tcData('cmpuishown', YES), true],
    ['leaves all as it is while it is loading', 'nothing', { cmpStatus: 'loading', listenerId: 1 }],
    ['leaves all as it is while it is a stub', 'nothing', { cmpStatus: 'stub' }],
    ['is in doubt when it is in error', 'doubt', tcData('tcloaded', YES, { cmpStatus: 'error' })],
    ['is in doubt without a status', 'doubt', tcData(undefined, YES)],
    ['is in doubt with an unknown one', 'doubt', tcData('loaded', YES)],
    [
      'is in doubt while it is unknown whether the GDPR applies',
      'doubt',
      tcData('tcloaded', YES, { gdprApplies: undefined }),
    ],
    ['is in doubt where that is a text', 'doubt', tcData('tcloaded', YES, { gdprApplies: 'true' })],
    ['is in doubt where it is told in numbers', 'doubt', tcData('tcloaded', YES, { gdprApplies: 0 })],
    [
      'is in doubt with a string of global scope',
      'doubt',
      tcData('tcloaded', YES, { isServiceSpecific: false }),
    ],
    ['is elsewhere where the GDPR does not apply', 'elsewhere', { gdprApplies: false, cmpId: 4000 }],
  ])('%s', (_, news, data, hasAnswered = false) => {
    expect(newsOf(data, true, hasAnswered)).toBe(news);
  });

  it.each([false, undefined, 'true', 1])('is in doubt where it succeeded by %j', (success) => {
    expect(newsOf(tcData('tcloaded', YES), success, true)).toBe('doubt');
  });

  it.each([null, undefined, 'CAAA', 7, [], getting('gdprApplies', 'eventStatus')])(
    'is in doubt as %j',
    (data) => {
      expect(newsOf(data, true, true)).toBe('doubt');
    },
  );
});
