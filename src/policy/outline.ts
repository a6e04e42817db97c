import { createFingerprint } from './fingerprint.ts';
import type { NormalizedPolicy } from './normalize.ts';

/** What is material about one service; its texts are not. */
export interface ServiceOutline {
  readonly id: string;
  /** As the visitor read it. */
  readonly name: string;
  readonly category: string;
  /** Empty for a category without services. */
  readonly vendor: string;
  readonly hosts: readonly string[];
  readonly cookies: readonly StoredOutline[];
  /** Keys of other storages, as `localStorage:key`. */
  readonly storage: readonly string[];
}

/** A cookie by its name or pattern, which its purpose and its reach are part of. */
export interface StoredOutline {
  readonly name: string;
  readonly isPattern: boolean;
  readonly domain: string;
  readonly lifetimeDays: number;
}

/** What a visitor agrees to, without a word of the texts: kept on the device to compare a later policy with. */
export interface PolicyOutline {
  readonly version: string;
  readonly lifetimeMonths: number;
  readonly controllers: readonly string[];
  readonly sites: readonly string[];
  readonly cookieDomain: string;
  /** What there is to answer: optional services, and optional categories without services. */
  readonly services: readonly ServiceOutline[];
}

/** The outline of a policy. Plain data. */
export function outlinePolicy(policy: NormalizedPolicy): PolicyOutline {
  const { version, lifetimeMonths, controller, scope, units } = policy;
  const services = new Map(policy.services.map((service) => [service.id, service]));
  return {
    version,
    lifetimeMonths,
    controllers: [controller, ...(controller.jointControllers ?? [])].map(({ name }) => name),
    sites: scope.sites,
    cookieDomain: scope.cookieDomain ?? '',
    services: units.map(({ id, category }) => {
      const service = services.get(id);
      return {
        id,
        name: service?.name ?? service?.vendor.name ?? id,
        category,
        vendor: service?.vendor.name ?? '',
        hosts: service?.hosts ?? [],
        cookies: (service?.cookies ?? []).map(({ name, pattern, domain, lifetimeDays }) => ({
          name: name ?? pattern ?? '',
          isPattern: name === undefined,
          domain: domain ?? '',
          lifetimeDays,
        })),
        storage: (service?.storage ?? []).map(({ kind, key }) => `${kind}:${key}`),
      };
    }),
  };
}

/** The token that the service had in the receipt of a decision about this outline. */
export function tokenOf(
  { id, category, vendor, hosts, cookies, storage }: ServiceOutline,
  { controllers, sites, cookieDomain }: PolicyOutline,
): string {
  const service = {
    vendor: { name: vendor },
    hosts,
    cookies: cookies.map(({ name, isPattern, domain, lifetimeDays }) => ({
      [isPattern ? 'pattern' : 'name']: name,
      lifetimeDays,
      ...(domain && { domain }),
    })),
    storage: storage.map((text) => {
      const [, kind = '', key = ''] = /^(\w+):(.*)$/s.exec(text) ?? [];
      return { kind: kind as 'localStorage', key };
    }),
  };
  const [name = '', ...others] = controllers;
  return createFingerprint({
    controller: {
      name,
      contact: '',
      privacyUrl: '',
      jointControllers: others.map((one) => ({ name: one })),
    },
    scope: { sites, ...(cookieDomain && { cookieDomain }) },
  })({ id, category, ...(vendor && service) });
}
