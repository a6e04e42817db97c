import { type RequestHeaders, readHeader } from './read-header.ts';
import { ShieldError } from './shield-error.ts';

/** Who tells where a visitor is. */
export type GeoProvider = 'appengine' | 'cloudflare' | 'cloudfront' | 'netlify' | 'vercel';

export interface RegionOptions {
  /**
   * Who stands before the server and writes the headers that are read, over whatever a visitor has sent under their
   * names; of no other provider is any read. An edge of your own (Fastly, nginx): the names that it writes, such as
   * `{ country: 'X-Country-Code', region: 'X-Region-Code' }`.
   */
  readonly trust: GeoProvider | { readonly country: string; readonly region?: string };
}

interface Place {
  readonly country: string;
  readonly region: string;
}
type Read = (headers: RequestHeaders) => Place;

const fromHeaders =
  (country: string, region?: string): Read =>
  (headers) => ({ country: readHeader(headers, country), region: region ? readHeader(headers, region) : '' });

const codeOf = (value: unknown): string => {
  const code: unknown = typeof value === 'object' && value && 'code' in value ? value.code : '';
  return typeof code === 'string' ? code : '';
};

/** JSON in base64: `{ country: { code }, subdivision: { code } }`. */
const fromNetlify: Read = (headers) => {
  try {
    // Names of cities are not read, so that bytes may stand for characters here.
    const geo: unknown = JSON.parse(atob(readHeader(headers, 'x-nf-geo')));
    const { country, subdivision } = Object(geo) as { country?: unknown; subdivision?: unknown };
    return { country: codeOf(country), region: codeOf(subdivision) };
  } catch {
    return { country: '', region: '' };
  }
};

/**
 * Sources: developers.cloudflare.com/rules/transform/managed-transforms/reference, vercel.com/docs/headers/request-headers,
 * docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/using-cloudfront-headers.html,
 * cloud.google.com/appengine/docs/standard/reference/request-headers, github.com/netlify/edge-functions-examples
 */
const PROVIDERS: Readonly<Record<GeoProvider, Read>> = {
  appengine: fromHeaders('x-appengine-country', 'x-appengine-region'),
  cloudflare: fromHeaders('cf-ipcountry', 'cf-region-code'),
  cloudfront: fromHeaders('cloudfront-viewer-country', 'cloudfront-viewer-country-region'),
  netlify: fromNetlify,
  vercel: fromHeaders('x-vercel-ip-country', 'x-vercel-ip-country-region'),
};

const isProvider = (name: unknown): name is GeoProvider =>
  typeof name === 'string' && Object.hasOwn(PROVIDERS, name);

const readerOf = (trust: RegionOptions['trust'] | undefined): Read => {
  if (isProvider(trust)) return PROVIDERS[trust];
  if (typeof trust === 'object' && typeof trust?.country === 'string') {
    return fromHeaders(trust.country, trust.region);
  }
  const known = Object.keys(PROVIDERS).join(', ');
  throw new ShieldError(
    'options.trust',
    trust,
    `one of ${known}, or the names of two headers`,
    'Name who writes these headers: any visitor can send them where nobody does.',
  );
};

/**
 * Where a visitor is, for the option `region`: a country, and in the United States the state: `'fr'`, `'us-ca'`.
 * @returns undefined where it is not known, or where the headers contradict each other. Then the policy's region holds;
 * where that is not the strictest, write `?? 'eu'`
 * @throws {ShieldError} when `trust` names nobody; never because of the headers
 */
export function regionOf(headers: RequestHeaders, options: RegionOptions): string | undefined {
  const place = readerOf(options?.trust)(headers);
  const country = place.country.toLowerCase();
  // XX and ZZ stand for "unknown", as T1 does for Tor.
  if (!/^[a-z]{2}$/.test(country) || country === 'xx' || country === 'zz') return undefined;
  // Some write `US-CA`, most `CA`.
  const [, of, part = ''] = /^(?:([a-z]{2})-)?([a-z\d]{1,3})$/i.exec(place.region) ?? [];
  if (of && of.toLowerCase() !== country) return undefined;
  return country === 'us' && /^[a-z]{2}$/i.test(part) ? `us-${part.toLowerCase()}` : country;
}
