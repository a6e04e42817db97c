import type { SignalOptions } from '../types.ts';
import { nearest } from './did-you-mean.ts';
import type { Check } from './inspection.ts';
import { at, quote } from './problems.ts';
import { asksFirst } from './regime.ts';
import { all, boolean, type Fields, list, object, optional, string } from './shapes.ts';
import { ADVERTISING_TERMS, GOOGLE_DEFAULTS } from './signal-terms.ts';
import { entries, field, isObject } from './snapshot.ts';

/** As src/signals/google.ts has them. */
interface Settings extends SignalOptions<string> {
  readonly name: string;
  readonly waitForUpdate: number;
  readonly regions: readonly Region[];
  readonly adsDataRedaction: boolean;
  readonly urlPassthrough: boolean;
  readonly advanced: boolean;
  readonly dataLayer: string;
}
interface Region {
  readonly region: readonly string[];
  readonly granted: readonly string[];
}

const TERMS = Object.keys(GOOGLE_DEFAULTS);

/** Checked by what every signal has in common. */
const elsewhere: Check = () => {};

const milliseconds: Check = (value, where, to) => {
  if (typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= 60_000) return;
  to.error(where, value, {
    expected: 'whole milliseconds, up to 60000',
    fix: 'Leave it out for 500.',
  });
};

const knownTerm: Check = (value, where, to) => {
  if (typeof value === 'string' && TERMS.includes(value)) return;
  const meant = typeof value === 'string' ? nearest(value, TERMS) : undefined;
  to.error(where, value, {
    expected: `one of ${TERMS.join(', ')}`,
    fix: meant ? `Did you mean ${quote(meant)}?` : 'Write it as Google does, with underscores.',
  });
};

const checkRegion: Check = (value, where, to) => {
  object<Region>({
    region: list(
      string((text) => /^[A-Z]{2}(?:-[A-Z\d]{1,3})?$/.test(text), {
        expected: 'a code of ISO 3166, such as "US-CA"',
        fix: 'Write it in capitals: a country, or one of its parts after a hyphen.',
      }),
    ),
    granted: list(knownTerm),
  })(value, where, to);
  const codes = entries(field(value, 'region')).filter((code) => typeof code === 'string');
  const optIn = codes.filter((code) => asksFirst(`${code}`));
  if (optIn.length > 0) {
    to.error(at(where, 'region'), optIn.join(', '), {
      expected:
        'states of the United States alone: elsewhere nothing is granted before the visitor has said so',
      fix: 'Remove it: what is not named here is denied by default.',
      rule: 'R8',
    });
  } else if (codes.length === 0) {
    to.error(at(where, 'region'), field(value, 'region'), {
      expected: 'at least one region: a default for none is one for everybody',
      fix: 'Name the regions, such as ["US-CA"], or remove the entry.',
    });
  }
};

/** The one thing that a default for a region can get wrong even where it may grant. */
const isHeldBack: Check = (value, where, to) => {
  const granted = entries(field(value, 'granted')).filter((term) =>
    ADVERTISING_TERMS.google.includes(`${term}`),
  );
  if (granted.length === 0) return;
  to.warn(at(where, 'granted'), granted.join(', '), {
    expected:
      'no term for advertising: until bandeau is loaded it is granted to those as well whose browser sends Global Privacy Control',
    fix: 'Remove it: it is granted with the update, to those who have not opted out.',
    rule: 'R59',
  });
};

const PINGS = 'each ping carries the address, the browser and the time (EDPB guidelines 2/2023)';

const isAdvanced: Check = (value, where, to) => {
  boolean(value, where, to);
  if (value !== true) return;
  to.warn(where, value, {
    expected: `to know that this is contested in the EEA: Google's tags load before the choice, and ${PINGS}`,
    fix: 'Leave it out, and hold the tag until it is granted. Keep it only with the advice of a lawyer.',
    rule: 'R8',
  });
};

const passesOn: Check = (value, where, to) => {
  boolean(value, where, to);
  if (value !== true) return;
  to.warn(where, value, {
    expected:
      'to know that this is contested in the EEA: ids in addresses are a use of the device as cookies are (EDPB guidelines 2/2023)',
    fix: 'Leave it out: without it Google gets no ids of those who have refused.',
    rule: 'R8',
  });
};

const mapsKnownTerms: Check = (value, where, to) => {
  for (const term of isObject(value) ? Object.keys(value) : []) {
    knownTerm(term, at(where, term), to);
    if (term !== 'security_storage') continue;
    to.warn(at(where, term), field(value, term), {
      expected: 'no such key: security_storage is always granted',
      fix: 'Remove it: nothing reads it.',
    });
  }
};

/** What a window has already: a list in its place would break the page, or, as `location`, load it again for ever. */
const TAKEN = new Set(
  `
  addEventListener alert atob blur bandeau btoa caches chrome clearInterval clearTimeout clientInformation close closed confirm
  console cookieStore crypto customElements devicePixelRatio dispatchEvent document event external fetch find focus frameElement
  frames getComputedStyle getSelection globalThis history indexedDB innerHeight innerWidth isSecureContext launchQueue length
  localStorage location locationbar matchMedia menubar moveBy moveTo name navigation navigator open opener origin originAgentCluster
  outerHeight outerWidth pageXOffset pageYOffset parent performance personalbar postMessage print process prompt queueMicrotask
  removeEventListener reportError requestAnimationFrame requestIdleCallback resizeBy resizeTo safari scheduler screen screenLeft
  screenTop screenX screenY scroll scrollBy scrollTo scrollX scrollY scrollbars self sessionStorage setInterval setTimeout
  speechSynthesis status statusbar stop structuredClone styleMedia toolbar top trustedTypes visualViewport window
  decodeURI decodeURIComponent encodeURI encodeURIComponent escape eval isFinite isNaN parseFloat parseInt undefined unescape
  Array ArrayBuffer BigInt Boolean CSS CustomEvent DOMParser Date Document Element Error Event EventTarget FormData Function
  HTMLElement Headers Image Infinity Intl JSON Map Math MutationObserver NaN Node Number Object Option Promise Proxy Reflect
  RegExp Request Response Set String Symbol URL URLSearchParams WeakMap WeakSet WebAssembly WebSocket Window Worker XMLHttpRequest
  `.match(/\S+/g),
);

/** Handlers are as many as there are events: none of them has a capital. */
const isFree = (name: string) => !TAKEN.has(name) && !(name in {}) && !/^on(?!line$)[a-z]+$/.test(name);

const FIELDS: Fields<Settings> = {
  name: elsewhere,
  map: optional(mapsKnownTerms),
  waitForUpdate: optional(milliseconds),
  regions: optional(list(all(checkRegion, isHeldBack))),
  adsDataRedaction: optional(boolean),
  urlPassthrough: optional(passesOn),
  advanced: optional(isAdvanced),
  dataLayer: optional(
    string((text) => /^[A-Za-z_$][\w$]{0,63}$/.test(text) && isFree(text), {
      expected: 'the name of a global list, which no window has already',
      fix: 'Leave it out for "dataLayer".',
    }),
  ),
};

/** The options of Google's signal. */
export const checkGoogle: Check = object<Settings>(FIELDS);
