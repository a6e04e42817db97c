import type { NormalizedPolicy } from '../policy/normalize.ts';
import type { Service } from '../types.ts';
import type { DeclarationTexts, RegionTexts, Texts } from './contract.ts';
import { describeExemption } from './exemption.ts';
import {
  describeCategory,
  describeVersion,
  fill,
  formatLifetime,
  formatRegion,
  pick,
  pickUrl,
} from './format.ts';

/** One thing that a service leaves on the device. */
export interface DeclaredTrace {
  readonly name: string;
  /** What the site says of a cookie, or the kind of storage. */
  readonly detail: string;
  readonly lifetime: string;
}

/** What is not said is an empty text, here and below. */
export interface DeclaredService {
  readonly name: string;
  /** The company and its country, as far as the name does not say it. */
  readonly vendor: string;
  readonly link: { readonly url: string; readonly text: string } | null;
  readonly purpose: string;
  /** Of a required one only: why the site can't do without. */
  readonly reason: string;
  /** Of one that runs without consent where the visitors are: by which exemption. */
  readonly exemption: string;
  readonly traces: readonly DeclaredTrace[];
}

export interface DeclaredCategory {
  readonly title: string;
  readonly description: string;
  readonly services: readonly DeclaredService[];
}

/** What a cookie policy has to list, in one language, as texts and nothing else. */
export interface Declaration {
  readonly locale: string;
  readonly direction: string;
  readonly columns: readonly string[];
  readonly categories: readonly DeclaredCategory[];
  /** Stands in the place of traces where there are none. */
  readonly nothing: string;
  readonly version: string;
}

/** Lists what the policy declares: the page and the command line show the same (R19). */
export function describeDeclaration(
  policy: NormalizedPolicy,
  texts: Texts,
  words: DeclarationTexts,
  locale: string,
  regionWords?: RegionTexts,
): Declaration {
  const describeService = (service: Service) => {
    const { id, vendor, purpose, reason, cookies = [], storage = [], ...more } = service;
    const name = more.name || vendor.name;
    const company = vendor.name === name ? '' : vendor.name;
    const country = vendor.country ? formatRegion(vendor.country, locale) : '';
    const url = pickUrl(vendor.privacyUrl, locale);
    return {
      name,
      vendor: company && country ? `${company} (${country})` : company || country,
      link: url ? { url, text: fill(words.vendorPolicy, { vendor: vendor.name }) } : null,
      purpose: pick(purpose, locale),
      reason: policy.isRequired(id) ? pick(reason, locale) : '',
      exemption: regionWords ? describeExemption(policy, service, regionWords, locale) : '',
      traces: [
        ...cookies.map((cookie) => ({
          name: cookie.name ?? cookie.pattern ?? '',
          detail: pick(cookie.purpose, locale),
          lifetime: formatLifetime(cookie.lifetimeDays, words.session, locale),
        })),
        ...storage.map(({ kind, key }) => ({
          name: key,
          detail: kind,
          lifetime: kind === 'sessionStorage' ? words.session : words.untilErased,
        })),
      ],
    };
  };
  return {
    locale,
    direction: texts.direction,
    columns: [words.service, words.purpose, words.name, words.lifetime],
    categories: policy.categories.map(({ id }) => ({
      ...describeCategory(policy, id, texts, locale),
      services: policy.services.filter(({ category }) => category === id).map(describeService),
    })),
    nothing: words.nothing,
    version: describeVersion(policy, texts, locale),
  };
}
