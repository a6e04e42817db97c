import { describe, expect, it, vi } from 'vitest';
import { gateTable, reportOptions, reportProblems } from '../../src/debug.ts';
import { createConsent } from '../../src/index.development.ts';
import { validatePolicy } from '../../src/policy/validate.ts';
import { SMALL_POLICY as POLICY } from '../support/cli.ts';

/** Reports into a list of `[method, message]`. */
function report(policy: unknown) {
  const lines: [string, string][] = [];
  const write = (method: string) => (message: string) => void lines.push([method, message]);
  const problems = reportProblems(policy, {
    error: write('error'),
    warn: write('warn'),
    info: write('info'),
  });
  return { lines, problems };
}

describe('reportProblems', () => {
  it('is silent when there is no problem', () => {
    expect(report(POLICY)).toEqual({ lines: [], problems: [] });
  });

  it('prints all errors in one error and all warnings in one warning, then where to learn more', () => {
    const { lines } = report({ ...POLICY, version: '', date: 'today', region: 'atlantis' });
    expect(lines.map(([method, message]) => [method, message.split('\n')[0]])).toEqual([
      ['error', 'bandeau: 2 errors in the policy'],
      ['warn', 'bandeau: 1 warning in the policy'],
      ['info', expect.stringContaining('npx bandeau check')],
    ]);
  });

  it('prints warnings alone as a warning alone', () => {
    const { lines } = report({ ...POLICY, region: 'atlantis' });
    expect(lines.map(([method]) => method)).toEqual(['warn', 'info']);
  });

  it('says what was got, what was expected and what to do, in words', () => {
    const { lines } = report({ ...POLICY, version: 7 });
    expect(lines[0]?.[1]).toBe(`bandeau: 1 error in the policy

error       version
  got       7
  expected  a text of 1 to 40 characters
  fix       Write the date that the policy page shows, such as "2025-01-15".`);
  });

  it('keeps together what is about one service, although wording is read last', () => {
    const { lines } = report({
      ...POLICY,
      services: ['a', 'b'].map((id) => ({
        ...POLICY.services[0],
        id,
        purpose: 'Améliorer votre expérience.',
        cookies: [{ name: 'n', lifetimeDays: 396 }],
      })),
    });
    expect(lines[0]?.[1].match(/^warning +(\S+)/gm)?.map((line) => line.split(/ +/)[1])).toEqual([
      'services[0].cookies[0].lifetimeDays',
      'services[0].purpose',
      'services[1].cookies[0].lifetimeDays',
      'services[1].purpose',
    ]);
  });

  it('returns what the validator found, in its order', () => {
    const policy = { ...POLICY, services: [{}, 1] };
    expect(report(policy).problems).toEqual(validatePolicy(policy));
    expect(report(policy).problems.length).toBeGreaterThan(2);
  });

  it('never throws, whatever the policy is', () => {
    for (const policy of [
      undefined,
      null,
      'x',
      Symbol('x'),
      [],
      new Proxy(
        {},
        {
          ownKeys: () => {
            throw new Error('no');
          },
        },
      ),
    ]) {
      expect(report(policy).lines[0]?.[0]).toBe('error');
    }
  });
});

describe('gateTable', () => {
  // All that is read of an element, since there is no document here.
  const element = (localName: string, attributes: Record<string, string>, id = '') =>
    ({ localName, id, getAttribute: (name: string) => attributes[name] ?? null }) as unknown as Element;

  it('has a row for each entry, with the address of an element or the name of what was erased', () => {
    expect(
      gateTable([
        {
          action: 'held',
          service: 'films',
          element: element('iframe', { 'data-src': '/f' }),
          reason: 'denied',
        },
        { action: 'released', service: 'a', element: element('script', {}, 'tag') },
        { action: 'erased', service: 'a', kind: 'cookie', name: '_a' },
      ]),
    ).toEqual([
      { action: 'held', service: 'films', what: '<iframe> /f', reason: 'denied' },
      { action: 'released', service: 'a', what: '<script> #tag', reason: '' },
      { action: 'erased', service: 'a', what: 'cookie _a', reason: '' },
    ]);
  });
});

describe('reportOptions', () => {
  const warned = (options: object) => {
    const lines: string[] = [];
    reportOptions(options, { warn: (line: string) => lines.push(line) });
    return lines;
  };

  it('is silent about what is known', () => {
    const appearance = { layout: 'bar', position: 'top', modal: false, button: true };
    expect(warned({ policy: {}, callbacks: {}, locale: 'fr', appearance })).toEqual([]);
    expect(warned({ policy: {}, appearance: { layout: undefined } })).toEqual([]);
    expect(warned({ policy: {}, region: undefined, signals: [], asks: false })).toEqual([]);
    for (const region of [
      null,
      'eu',
      'EU',
      'fr',
      'FR-IDF',
      'jp',
      'us',
      'us-ca',
      'US-CA',
      'gb-eng',
      'pt-20',
    ]) {
      expect(warned({ policy: {}, region })).toEqual([]);
    }
  });

  it.each<[object, string]>([
    [{ calbacks: {} }, 'options: got "calbacks"'],
    [{ regions: 'fr' }, 'options: got "regions"'],
    [{ region: 'usa' }, 'options.region: got "usa", read as "eu"'],
    [{ region: 'California' }, 'options.region: got "California", read as "eu"'],
    [{ region: 'us_ca' }, 'options.region: got "us_ca", read as "eu"'],
    [{ region: 'us-california' }, 'options.region: got "us-california", read as "us"'],
    [{ region: '' }, 'options.region: got "", read as "eu"'],
    [{ region: 7 }, 'options.region: got 7, read as "eu"'],
    [{ appearance: { layout: 'topbar' } }, 'options.appearance.layout: got "topbar", expected one of ["box"'],
    [{ appearance: { position: 'left top' } }, 'options.appearance.position: got "left top"'],
    [{ appearance: { posiiton: 'top' } }, 'options.appearance: got "posiiton"'],
    [{ appearance: { constructor: 1 } }, 'options.appearance: got "constructor"'],
  ])('names what is not: %j', (options, line) => {
    const lines = warned(options);
    expect(lines).toHaveLength(1);
    expect(lines[0]).toContain(line);
  });
});

describe('the development build', () => {
  it('says how a region that is none is read, and nothing of one that is', () => {
    const warn = vi.spyOn(console, 'warn').mockReturnValue();
    createConsent({ policy: POLICY, region: 'us-ca' });
    expect(warn).not.toHaveBeenCalled();
    createConsent({ policy: POLICY, region: 'usa' });
    expect(warn.mock.calls).toEqual([[expect.stringContaining('got "usa", read as "eu"')]]);
    warn.mockRestore();
  });
});
