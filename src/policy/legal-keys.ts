import type { Advice } from './problems.ts';

interface Trap {
  /** Tested on the key in lower case, letters only. */
  readonly key: RegExp;
  readonly advice: Advice;
}

const ACT = '(?:accept|consent|grant|allow|optin|refus|reject|deny|denied|denial|declin|optout)';
const SPAN = '(?:days?|weeks?|months?|years?|lifetime|duration|expir|maxage|ttl|validity)';

/** Keys of other consent tools that stand for something the law does not allow. */
const TRAPS: readonly Trap[] = [
  {
    key: /legitimateinterest|legint|interetlegitime|gerechtvaardigdbelang/,
    advice: {
      expected: 'no such key: legitimate interest is no basis for storing or reading on a device',
      fix: 'Remove it. The visitor is asked, or the service is one that the site cannot work without.',
      rule: 'R51',
    },
  },
  {
    key: new RegExp(`${ACT}.*${SPAN}|${SPAN}.*${ACT}`),
    advice: {
      expected: 'no such key: an acceptance may not outlive a refusal',
      fix: 'Remove it and write one `lifetimeMonths` at the top of the policy; it holds for both answers.',
      rule: 'R29',
    },
  },
  {
    key: /implied|implicit|onscroll|onnavigat|oncontinue|ontimeout|autoaccept/,
    advice: {
      expected: 'no such key: only a click of the visitor is consent',
      fix: 'Remove it. Until a choice is made, everything that is not required stays held.',
      rule: 'R8',
    },
  },
  {
    key: /pre(?:checked|ticked|selected|enabled)|(?:checked|enabled|granted|on)bydefault|^default(?:on|granted|enabled|checked|value|state)?$/,
    advice: {
      expected: 'no such key: every category that is a choice starts switched off',
      fix: 'Remove it.',
      rule: 'R15',
    },
  },
  {
    key: /(?:hide|disable|no|without)(?:reject|refus|decline|deny)|(?:show|reject|refuse|decline|deny)(?:reject|refuse|decline|deny)?button/,
    advice: {
      expected: 'no such key: refusing is always one click, beside accepting',
      fix: 'Remove it.',
      rule: 'R1',
    },
  },
];

/** Advice of its own for a key that stands for a legal mistake; undefined for any other. */
export function legalTrap(key: string): Advice | undefined {
  const letters = key
    .slice(0, 80)
    .toLowerCase()
    .replace(/[^a-z]/g, '');
  return TRAPS.find((trap) => trap.key.test(letters))?.advice;
}

/** True when a text names legitimate interest as its basis. */
export function claimsLegitimateInterest(text: string): boolean {
  return /legitimate[\s_-]*interest|int[eé]r[eê]ts?[\s_-]*l[eé]gitime|gerechtvaardigd[\s_-]*belang/i.test(
    text.normalize('NFC'),
  );
}
