import { describe, expect, it } from 'vitest';
import { decodeReceipt, encodeReceipt } from '../../src/model/receipt.ts';
import { renew } from '../../src/model/renew.ts';
import { resolve } from '../../src/model/resolve.ts';
import { normalizePolicy } from '../../src/policy/normalize.ts';
import { ACCEPTED, NOW, PARTLY, policyWith, receiptOf, service, withService } from '../fixtures/policy.ts';

const today = normalizePolicy(withService('matomo', { hosts: ['x.example.net'] }, { version: '2' }));
const ask = (receipt = receiptOf(ACCEPTED)) => resolve(today, receipt, false, NOW).promptReason;

describe('a renewed receipt', () => {
  it('keeps the answer of a service that asks for nothing more', () => {
    expect(ask()).toMatchObject({ modified: ['matomo'] });
    const renewed = renew(today, receiptOf(ACCEPTED), { matomo: 'granted' });
    expect(ask(renewed)).toBeNull();
    expect(resolve(today, renewed, false, NOW).choices).toMatchObject({ matomo: 'granted', ads: 'granted' });
  });

  it('is the same decision: id, time, version, method and the answers of the others', () => {
    const before = receiptOf(PARTLY);
    const { services, ...rest } = renew(today, before, { matomo: 'granted' });
    const { services: then, ...same } = before;
    expect(rest).toEqual(same);
    expect(Object.values(services)).toEqual(expect.arrayContaining(Object.values(then)));
    expect(Object.keys(services)).toHaveLength(Object.keys(then).length);
  });

  it('changes nothing where no answer is given', () => {
    expect(renew(today, receiptOf(ACCEPTED), {})).toEqual(receiptOf(ACCEPTED));
  });

  it('goes through the cookie', () => {
    const renewed = renew(today, receiptOf(ACCEPTED), { matomo: 'granted' });
    expect(decodeReceipt(encodeReceipt(renewed))).toEqual(renewed);
  });

  it('keeps the short tokens of a receipt of many services', () => {
    const many = Array.from({ length: 90 }, (_, i) => service(`s${i}`, 'analytics'));
    const then = receiptOf(ACCEPTED, { policy: policyWith({ services: many }) });
    const [first = service('x', 'x'), ...others] = many;
    const now = normalizePolicy(policyWith({ services: [{ ...first, hosts: ['x.example'] }, ...others] }));
    expect(resolve(now, then, false, NOW).promptReason).toMatchObject({ added: ['s0'] });
    const renewed = renew(now, then, { s0: 'granted' });
    expect(Object.keys(renewed.services).every((token) => token.length === 4)).toBe(true);
    expect(resolve(now, renewed, false, NOW).promptReason).toBeNull();
  });

  it('never turns a refusal that shares a token into a grant', () => {
    const [unit] = today.units;
    const token = unit?.token ?? '';
    const before = { ...receiptOf(ACCEPTED), services: { [token]: 'denied' } } as const;
    expect(renew(today, before, { [unit?.id ?? '']: 'granted' }).services[token]).toBe('denied');
  });
});
