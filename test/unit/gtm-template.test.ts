import { readFileSync } from 'node:fs';
import vm from 'node:vm';
import { describe, expect, it } from 'vitest';
import { GOOGLE_DEFAULTS } from '../../src/policy/signal-terms.ts';
import { google } from '../../src/signals/google.ts';
import type { Choices } from '../../src/types.ts';
import { cleanGlobals, openPage } from '../fixtures/signals.ts';

const text = readFileSync(new URL('../../docs/gtm-template.tpl', import.meta.url), 'utf8');
const sections = [...text.matchAll(/^___([A-Z_]+)___\n\n(.*?)(?=\n\n\n___|\n*$(?![\s\S]))/gms)].map(
  ([, name = '', content = '']) => [name, content] as const,
);
const section = (name: string) => sections.find(([found]) => found === name)?.[1] ?? '';
const code = section('SANDBOXED_JS_FOR_WEB_TEMPLATE');

/** What each function of Google's sandbox needs. Source: https://developers.google.com/tag-platform/tag-manager/templates/api */
const NEEDS: Record<string, string | null> = {
  copyFromDataLayer: 'read_data_layer',
  gtagSet: 'write_data_layer',
  makeInteger: null,
  setDefaultConsentState: 'access_consent',
  updateConsentState: 'access_consent',
};

/** As the container writes values: by type. */
interface Value {
  readonly type: number;
  readonly string?: string;
  readonly boolean?: boolean;
  readonly listItem?: readonly Value[];
  readonly mapKey?: readonly Value[];
  readonly mapValue?: readonly Value[];
}
interface Permission {
  readonly instance: {
    readonly key: { readonly publicId: string; readonly versionId: string };
    readonly param: readonly { readonly key: string; readonly value: Value }[];
  };
}
const plain = ({ string, boolean, listItem, mapKey, mapValue = [] }: Value): unknown =>
  listItem?.map(plain) ??
  (mapKey
    ? Object.fromEntries(mapKey.map((key, i) => [key.string, mapValue[i] && plain(mapValue[i])]))
    : (string ?? boolean));
const permissions = () =>
  new Map(
    (JSON.parse(section('WEB_PERMISSIONS')) as Permission[]).map(({ instance: { key, param } }) => [
      key.publicId,
      Object.fromEntries(param.map((one) => [one.key, plain(one.value)])),
    ]),
  );
const parameters = JSON.parse(section('TEMPLATE_PARAMETERS')) as {
  readonly name: string;
  readonly defaultValue: unknown;
}[];
const byDefault = Object.fromEntries(parameters.map(({ name, defaultValue }) => [name, defaultValue]));

cleanGlobals('templateLayer');

type Call = [name: string, ...args: unknown[]];

/** Runs the code in doubles of the sandbox, with what the data layer holds at the event. */
function fire(layer: Record<string, unknown>, settings: Record<string, unknown> = {}): Call[] {
  const calls: Call[] = [];
  const granted = permissions();
  const note =
    (name: string) =>
    (...args: unknown[]) =>
      void calls.push([name, ...args.map((arg) => JSON.parse(JSON.stringify(arg)))]);
  const api: Record<string, unknown> = {
    copyFromDataLayer: (key: string) => {
      expect(granted.get('read_data_layer')?.['keyPatterns']).toContain(key);
      return layer[key];
    },
    gtagSet: (values: object) => {
      for (const key of Object.keys(values)) {
        expect(granted.get('write_data_layer')?.['keyPatterns']).toContain(key);
      }
      note('gtagSet')(values);
    },
    makeInteger: Number,
    setDefaultConsentState: note('setDefaultConsentState'),
    updateConsentState: note('updateConsentState'),
  };
  const data = {
    ...byDefault,
    ...settings,
    gtmOnSuccess: note('gtmOnSuccess'),
    gtmOnFailure: note('gtmOnFailure'),
  };
  const require = (name: string) => {
    const found = api[name];
    if (!found) throw new Error(`the sandbox has no ${name}`);
    return found;
  };
  vm.runInNewContext(`"use strict";(function(){${code}})()`, { require, data });
  return calls;
}

const START = { event: 'gtm.init_consent' };
const CHOICES: Choices = { analytics: 'granted' };
const ANALYTICS = { ...GOOGLE_DEFAULTS, analytics_storage: 'granted', choices: CHOICES };
const { choices: _, ...ANALYTICS_STATE } = ANALYTICS;

describe('the template for Google Tag Manager', () => {
  it('has the sections of a template, in order', () => {
    expect(sections.map(([name]) => name)).toEqual([
      'TERMS_OF_SERVICE',
      'INFO',
      'TEMPLATE_PARAMETERS',
      'SANDBOXED_JS_FOR_WEB_TEMPLATE',
      'WEB_PERMISSIONS',
      'TESTS',
      'NOTES',
    ]);
    expect(JSON.parse(section('INFO'))).toMatchObject({ type: 'TAG', containerContexts: ['WEB'] });
    expect(section('TESTS')).toBe('scenarios: []');
    expect(text.match(/___/g)).toHaveLength(2 * sections.length);
  });

  it('is allowed what its code calls, and nothing else', () => {
    const required = [...code.matchAll(/require\('(\w+)'\)/g)].map(([, name = '']) => name);
    expect(required.filter((name) => !(name in NEEDS))).toEqual([]);
    const needed = new Set(required.map((name) => NEEDS[name]).filter((name) => typeof name === 'string'));
    expect([...permissions().keys()].sort()).toEqual([...needed].sort());
    for (const name of required) expect(code.split(name).length).toBeGreaterThan(3);
  });

  it('may write the consent of each of Google’s terms, and read none', () => {
    const types = permissions().get('access_consent')?.['consentTypes'];
    expect(types).toEqual(
      Object.keys(GOOGLE_DEFAULTS).map((consentType) => ({ consentType, read: false, write: true })),
    );
  });

  it('uses nothing that the sandbox lacks', () => {
    expect(code).not.toMatch(/\b(?:window|document|new|this|async|await|class|globalThis|eval)\b/);
    const read = [...code.matchAll(/\bdata\.(\w+)/g)].map(([, name = '']) => name);
    expect(read.filter((name) => !(name in byDefault) && name !== 'gtmOnSuccess')).toEqual([]);
    expect(parameters.map(({ name }) => name).filter((name) => !read.includes(name))).toEqual([]);
  });
});

describe('its code', () => {
  it('denies everything but security on a first visit, and waits', () => {
    expect(fire(START)).toEqual([
      ['setDefaultConsentState', { ...GOOGLE_DEFAULTS, wait_for_update: 500 }],
      ['gtagSet', { ads_data_redaction: true, url_passthrough: false }],
      ['gtmOnSuccess'],
    ]);
  });

  it('tells a choice that the page knew before the container, after the default', () => {
    expect(fire({ ...START, bandeau: ANALYTICS })).toEqual([
      ['setDefaultConsentState', { ...GOOGLE_DEFAULTS, wait_for_update: 500 }],
      ['gtagSet', { ads_data_redaction: true, url_passthrough: false }],
      ['updateConsentState', ANALYTICS_STATE],
      ['gtmOnSuccess'],
    ]);
  });

  it('tells a choice and a withdrawal once each, with no other default', () => {
    const choice = { event: 'bandeau_consent', bandeau: ANALYTICS };
    expect(fire(choice)).toEqual([['updateConsentState', ANALYTICS_STATE], ['gtmOnSuccess']]);
    expect(fire({ ...choice, bandeau: { ...GOOGLE_DEFAULTS } })).toEqual([
      ['updateConsentState', { ...GOOGLE_DEFAULTS }],
      ['gtmOnSuccess'],
    ]);
  });

  it('understands what the signal pushes', () => {
    const { begin } = openPage(google({ dataLayer: 'templateLayer' }));
    begin({ analytics: 'granted' });
    const pushed: unknown[] = Reflect.get(globalThis, 'templateLayer');
    expect(fire(Object(pushed.at(-1)))).toEqual([['updateConsentState', ANALYTICS_STATE], ['gtmOnSuccess']]);
  });

  it('leaves the default to the snippet of the page, where there is one', () => {
    expect(fire(START, { setsDefault: false }).map(([name]) => name)).toEqual(['gtagSet', 'gtmOnSuccess']);
  });

  it('does as its settings say', () => {
    const settings = { waitForUpdate: '2000', adsDataRedaction: false, urlPassthrough: true };
    expect(fire(START, settings).slice(0, 2)).toEqual([
      ['setDefaultConsentState', { ...GOOGLE_DEFAULTS, wait_for_update: 2000 }],
      ['gtagSet', { ads_data_redaction: false, url_passthrough: true }],
    ]);
  });

  it.each<[string, unknown]>([
    ['true', { ad_storage: true }],
    ['another word', { ad_storage: 'Granted' }],
    ['a list', ['ad_storage']],
    ['a text', 'granted'],
    ['nothing', {}],
  ])('grants nothing to %s', (_, bandeau) => {
    const [call] = fire({ event: 'bandeau_consent', bandeau });
    const denied = { ...GOOGLE_DEFAULTS, security_storage: 'denied' };
    expect(call).toEqual(['updateConsentState', denied]);
  });
});
