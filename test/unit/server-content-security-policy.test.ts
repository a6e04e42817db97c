import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { encodeReceipt } from '../../src/model/receipt.ts';
import {
  contentSecurityPolicy,
  readReceipt,
  ShieldError,
  type ShieldOptions,
} from '../../src/server/index.ts';
import type { Choices, Policy } from '../../src/types.ts';
import { NOW, policyWith, receiptOf, service } from '../fixtures/policy.ts';

const POLICY = policyWith({
  services: [
    service('pay', 'essential', { reason: 'To pay.', hosts: ['pay.example'] }),
    service('visits', 'analytics', { hosts: ['stats.example', '*.stats.example'] }),
    service('maps', 'preference', { hosts: ['Maps.example:8443/tiles/', 'pay.example'] }),
    service('quiet', 'preference'),
  ],
});
const EVERYTHING = "'self' 'unsafe-inline' 'unsafe-eval' data: blob:";
const withSockets = (...hosts: string[]) => hosts.flatMap((host) => [host, `wss://${host}`]).join(' ');

const consentOf = (choices: Choices, policy: Policy = POLICY) =>
  readReceipt(`bandeau=${encodeReceipt(receiptOf(choices, { policy }))}`, policy, NOW);
const csp = (options: ShieldOptions = {}, choices?: Choices, policy: Policy = POLICY) =>
  contentSecurityPolicy(policy, choices ? consentOf(choices, policy) : null, options);
/** The site's own policy, as it is sent. */
const own = (options: ShieldOptions) => csp(options).policies[1];

describe('undeclared', () => {
  it('allows the site and every declared host, for every visitor alike', () => {
    const shield = csp();
    expect(shield).toEqual({
      name: 'Content-Security-Policy',
      value: `default-src ${EVERYTHING} ${withSockets('example.org', 'pay.example', 'stats.example', '*.stats.example', 'maps.example:8443/tiles/')}`,
      policies: [shield.value],
      isPersonal: false,
    });
    expect(csp({}, { analytics: 'granted' })).toEqual(shield);
    expect(csp({ mode: 'undeclared' }, { analytics: 'denied' })).toEqual(shield);
  });
});

describe('strict', () => {
  const hosts = (choices?: Choices) =>
    csp({ mode: 'strict' }, choices)
      .value.replace(`default-src ${EVERYTHING} ${withSockets('example.org')}`, '')
      .trim();

  it('allows what is required to a visitor who decided nothing, and says that it depends on the cookie', () => {
    expect(hosts()).toBe(withSockets('pay.example'));
    expect(csp({ mode: 'strict' }).isPersonal).toBe(true);
    expect(contentSecurityPolicy(POLICY, readReceipt('bandeau=forged', POLICY), { mode: 'strict' })).toEqual(
      csp({ mode: 'strict' }),
    );
  });

  it('allows what is granted and refuses what is denied', () => {
    expect(hosts({ analytics: 'granted', preference: 'denied' })).toBe(
      withSockets('pay.example', 'stats.example', '*.stats.example'),
    );
    expect(hosts({ analytics: 'denied', maps: 'granted', quiet: 'denied' })).toBe(
      withSockets('pay.example', 'maps.example:8443/tiles/'),
    );
  });

  it('allows a service that claims an exemption as the gate does: once it is granted', () => {
    const policy = policyWith({
      services: [
        service('visits', 'analytics', { hosts: ['stats.example'], exempt: { basis: 'x', note: 'x' } }),
      ],
    });
    expect(csp({ mode: 'strict' }, undefined, policy).value).not.toContain('stats.example');
    expect(csp({ mode: 'strict' }, { analytics: 'granted' }, policy).value).toContain('stats.example');
  });

  it('allows for no combination of choices a host that only denied services declare', () => {
    const choice = fc.constantFrom('granted', 'denied');
    fc.assert(
      fc.property(fc.record({ visits: choice, maps: choice, quiet: choice }), (wanted) => {
        const value = csp({ mode: 'strict' }, wanted as Choices).value;
        expect(value.includes(' stats.example')).toBe(wanted.visits === 'granted');
        expect(value.includes(' maps.example')).toBe(wanted.maps === 'granted');
        expect(value).toContain(' pay.example');
      }),
    );
  });

  it.each([[{ isGranted: () => 1 }], [{ isGranted: () => undefined }], [{ isGranted: () => 'granted' }]])(
    'takes nothing but true for a grant',
    (consent) => {
      const shield = contentSecurityPolicy(POLICY, consent as never, { mode: 'strict' });
      expect(shield.value).not.toContain('stats.example');
    },
  );
});

describe('hosts of the site', () => {
  it('are those that the policy names and those that the option adds', () => {
    const policy = policyWith({ scope: { sites: ['example.org', 'shop.example.org'] }, services: [] });
    expect(csp({ ownHosts: ['static.example.org', 'example.org'] }, undefined, policy).value).toBe(
      `default-src ${EVERYTHING} ${withSockets('example.org', 'shop.example.org', 'static.example.org')}`,
    );
  });
});

describe('the policy of the site', () => {
  const HOSTS = 'pay.example stats.example *.stats.example maps.example:8443/tiles/';

  it('is a second one, so that neither opens what the other refuses', () => {
    const { value, policies } = csp({ base: "img-src *; frame-ancestors 'none'" });
    expect(policies).toEqual([csp().value, `img-src * ${HOSTS}; frame-ancestors 'none'`]);
    expect(value).toBe(policies.join(', '));
  });

  it('gets the hosts where it lists sources, sockets where sockets are meant', () => {
    expect(own({ base: "default-src 'self'; IMG-SRC 'self'" })).toBe(
      `default-src 'self' pay.example wss://pay.example stats.example wss://stats.example *.stats.example wss://*.stats.example maps.example:8443/tiles/ wss://maps.example:8443/tiles/; img-src 'self' ${HOSTS}`,
    );
  });

  it.each([
    "default-src 'none'",
    "object-src 'NONE'",
    'object-src',
    "script-src 'nonce-QWJj'",
    "script-src 'sha256-QWJj' 'self'",
    "script-src-elem 'strict-dynamic' 'nonce-QWJj'",
    "style-src 'self' 'nonce-QWJj'",
    "script-src-attr 'none'",
    "frame-ancestors 'self'",
    "form-action 'self'",
    'upgrade-insecure-requests',
    'sandbox allow-scripts',
    "require-trusted-types-for 'script'",
    'report-uri /own',
  ])('is left as it is where a host would weaken it or mean nothing: %s', (base) => {
    expect(own({ base })).toBe(base);
  });

  it('is the same as text and as an object', () => {
    const text = " \n img-src 'self'\tdata: ;; base-uri 'none';img-src 'none'; ";
    const object = { 'img-src': ["'self'", 'data:'], 'base-uri': ["'none'"] };
    expect(own({ base: text })).toBe(`img-src 'self' data: ${HOSTS}; base-uri 'none'`);
    expect(own({ base: object })).toBe(own({ base: text }));
  });

  it.each([
    [{ base: "script-src 'self'", nonce: 'QWJj' }, `script-src 'self' ${HOSTS} 'nonce-QWJj'`],
    [{ nonce: 'QWJj' }, `script-src 'self' ${HOSTS} 'nonce-QWJj'`],
    [{ base: "base-uri 'none'", nonce: 'QWJj' }, `base-uri 'none'; script-src 'self' ${HOSTS} 'nonce-QWJj'`],
    [{ base: "default-src 'none'", nonce: 'QWJj' }, "default-src 'none'; script-src 'nonce-QWJj'"],
    [{ base: "script-src 'none'", nonce: 'QWJj' }, "script-src 'none'"],
    [
      { base: "script-src 'strict-dynamic'", nonce: 'a-_+/b==' },
      "script-src 'strict-dynamic' 'nonce-a-_+/b=='",
    ],
    [
      { base: "script-src 'self'; script-src-elem 'self'", nonce: 'QWJj' },
      `script-src 'self' ${HOSTS} 'nonce-QWJj'; script-src-elem 'self' ${HOSTS} 'nonce-QWJj'`,
    ],
  ])('takes a nonce for scripts: %j', (options, text) => {
    expect(own(options)).toBe(text);
  });
});

describe('reports', () => {
  it('are asked for by the shield', () => {
    expect(csp({ reportUri: '/csp-reports', reportTo: 'csp' }).value).toBe(
      `${csp().value}; report-uri /csp-reports; report-to csp`,
    );
    expect(csp({ reportUri: 'https://reports.example/a?b=c' }).value).toContain(
      'report-uri https://reports.example/a?b=c',
    );
  });
  it('only: the header has another name and the same value', () => {
    expect(csp({ reportOnly: true })).toEqual({ ...csp(), name: 'Content-Security-Policy-Report-Only' });
  });
});

describe('for a <meta>', () => {
  it('leaves out what browsers ignore there', () => {
    const base = "img-src 'none'; frame-ancestors 'none'; report-uri /x; report-to x; sandbox allow-forms";
    expect(own({ base, meta: true })).toBe("img-src 'none'");
    expect(own({ base })).toBe(base);
  });
});

describe('what would end the header early', () => {
  const EVIL = [
    'a.example;',
    'a.example,b',
    "a.example 'unsafe-inline'",
    'a.example\r\nSet-Cookie: x=1',
    '*',
    '*.com',
    'https:',
    "'self'",
    '',
    7,
    null,
  ];

  it.each(EVIL)('is refused as a host: %j', (host) => {
    const policy = policyWith({ services: [service('pay', 'essential', { hosts: [host as string] })] });
    const sites = policyWith({ scope: { sites: [host as string] }, services: [] });
    expect(() => csp({}, undefined, policy)).toThrow(
      /policy\.services\[0\]\.hosts\[0\]: got .*expected a host/,
    );
    expect(() => csp({}, undefined, sites)).toThrow(/policy\.scope\.sites\[0\]/);
    expect(() => csp({ ownHosts: [host as string] })).toThrow(/options\.ownHosts\[0\]/);
  });

  it('is refused as a host of a denied service too, so that it is known before somebody grants it', () => {
    const policy = policyWith({ services: [service('visits', 'analytics', { hosts: ['a.example;'] })] });
    expect(() => csp({ mode: 'strict' }, undefined, policy)).toThrow(ShieldError);
  });

  it.each<[keyof ShieldOptions, unknown]>([
    ['nonce', ''],
    ['nonce', "x' https://evil.example"],
    ['nonce', 'x;'],
    ['nonce', 'x\n'],
    ['nonce', 7],
    ['nonce', 'x==='],
    ['reportUri', '/x; script-src *'],
    ['reportUri', '/x, script-src *'],
    ['reportUri', 'javascript:alert(1)'],
    ['reportUri', '/x\r\nSet-Cookie: x=1'],
    ['reportUri', ''],
    ['reportTo', 'a b'],
    ['reportTo', 'a;'],
    ['reportTo', ''],
    ['mode', 'Strict'],
    ['mode', null],
    ['mode', ''],
    ['base', 'img-src a, img-src b'],
    ['base', { 'img-src': ['a; script-src *'] }],
    ['base', { 'img-src': ['a b'] }],
    ['base', { 'img-src': ['a\r\nSet-Cookie: x=1'] }],
    ['base', { 'img-src': [''] }],
    ['base', { 'img-src': [7] }],
    ['base', { 'img-src;': ['a'] }],
    ['base', { 'img src': ['a'] }],
    ['base', { '': ['a'] }],
    ['base', ["img-src 'self'"]],
    ['base', 'img-src "self"'],
    ['base', 'img-src é'],
  ])('is refused as option %s: %j', (name, value) => {
    expect(() => csp({ [name]: value } as ShieldOptions)).toThrow(ShieldError);
    expect(() => csp({ [name]: value } as ShieldOptions)).toThrow(`options.${name}`);
  });

  it.each([
    { meta: true, reportOnly: true },
    { meta: true, reportUri: '/x' },
    { meta: true, reportTo: 'x' },
  ])('has no effect in a <meta>, so it is refused: %j', (options) => {
    expect(() => csp(options)).toThrow('options.meta');
  });

  const text = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.constantFrom(';', ',', "'", '"', '\n', 'a b', "x' *"),
  );

  it('does not come through any option or host: each either throws or stands as one word', () => {
    fc.assert(
      fc.property(text, fc.constantFrom('', 'a.example', '/x', 'QWJj'), (evil, start) => {
        const word = start + evil;
        const policy = policyWith({ services: [service('pay', 'essential', { hosts: [word] })] });
        const attempts = [
          () => csp({}, undefined, policy),
          () => csp({ ownHosts: [word] }),
          () => csp({ nonce: word }),
          () => csp({ reportUri: word }),
          () => csp({ reportTo: word }),
          () => csp({ base: { 'img-src': [word] } }),
        ];
        for (const attempt of attempts) {
          let value: string;
          try {
            value = attempt().value;
          } catch (error) {
            expect(error).toBeInstanceOf(ShieldError);
            continue;
          }
          expect(value).toMatch(/^[ -~]+$/);
          expect(value.split(', ').length).toBeLessThan(3);
          // Nothing but the directives that are meant.
          const names = value.split(/[,;] /).map((directive) => directive.split(' ', 1)[0]);
          for (const name of names) expect(name).toMatch(/^(default|script|img)-src$|^report-(uri|to)$/);
        }
      }),
      { numRuns: 1000 },
    );
  });

  it('does not come through a base of text: what is no directive of one policy throws', () => {
    fc.assert(
      fc.property(text, (evil) => {
        let value: string;
        try {
          value = csp({ base: `img-src ${evil}` }).value;
        } catch (error) {
          expect(error).toBeInstanceOf(ShieldError);
          return;
        }
        expect(value).toMatch(/^[ -~]+$/);
        expect(value.split(',')).toHaveLength(2);
        expect(value.startsWith(csp().value)).toBe(true);
      }),
      { numRuns: 1000 },
    );
  });
});

describe('a policy that can not be used', () => {
  it.each([null, {}, policyWith({ version: '' })])('is told at once', (policy) => {
    expect(() => contentSecurityPolicy(policy as Policy, null)).toThrow(
      /bandeau: policy: .*npx bandeau check/,
    );
  });
});
