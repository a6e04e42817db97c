import type { LanguageLint } from './language-lint.ts';

const GOING_ON =
  /\b(?:continu(?:e|es|ed|ing)|carry(?:ing)? on|go(?:ing)? on|keep(?:ing)? (?:using|browsing)|browsing|scrolling|navigating|visiting|staying|remaining|accessing|dismissing|closing|ignoring|using)\b|\b(?:if|when) you (?:\w+ )?(?:use|browse|visit|scroll|stay|navigate|access|close|ignore)\b|\b(?:your|any|further|subsequent|the) (?:\w+ )?(?:use|usage|visit) of\b|\b(?:silence|inaction|doing nothing)\b|\bwithout (?:\w+ )?(?:objecting|objection|choosing)\b/;

const ACCEPTANCE =
  /\byou (?:\w+ ){0,3}(?:accept|agree|consent)\b|\byou (?:are|will be|shall be) (?:\w+ )?(?:deemed|considered|taken|assumed|understood)\b|\byou (?:are )?(?:give|giving|accepting|agreeing|consenting)\b|\b(?:means?|meaning|constitutes?|implies|imply|signif(?:y|ies)|indicates?|amounts? to|counts? as|equals?|deemed|considered|treated as|taken as|assumed)\b.{0,40}\b(?:accept\w*|agree\w*|consent\w*)\b|\b(?:implied|tacit|implicit) (?:acceptance|agreement|consent)\b|\bwe (?:will |shall |'ll )?(?:assume|consider|take it)\b/;

const NO_ACCEPTANCE = [
  /\b(?:(?:does|do|will|is|are|would|can)(?: not|n't)|cannot|never|not) (?:\w+ ){0,3}(?:means?|meaning|constitutes?|imply|implies|signify|indicate|amount|count|equal|deemed|considered|treated|taken|assumed?|assume|consider)\b[^,:]*/g,
  /\b(?:is|are|was) (?:not|never|no)\b[^,:]*\b(?:accept\w*|agree\w*|consent\w*)/g,
  /\byou (?:\w+ )?(?:(?:do|did|have)(?: not|n't)|never|need not) (?:\w+ )?(?:accept\w*|agree\w*|consent\w*)/g,
  /\b(?:if|when|once|unless|until|before|after|whether|what|which|(?:cookies|services|trackers|tools|categories|purposes|choices|those)(?: that)?) you (?:\w+ ){0,2}(?:accept\w*|agree\w*|consent\w*)/g,
  /\byou (?:can|may|could) (?:\w+ )?(?:accept|agree|consent)\b/g,
  /\busing (?:the|this|these|our) (?:\w+ )?(?:button|switch|link|toggle|checkbox)\w*/g,
  /\byou (?:\w+ ){0,2}(?:accept|agree to) (?:\w+ ){0,3}terms\b(?!.*(?:cookie|tracker|policy))/g,
];

const REFUSAL =
  /\b(?:refus\w*|reject\w*|declin\w*|deny(?:ing)?|denied|opt(?:ing)?[- ]?out|disabl\w+|withdraw\w*|block(?:ing)? (?:\w+ )?(?:cookies?|trackers?)|turn(?:ing)? (?:\w+ )?off)\b|\b(?:do(?: not|n't)|not) (?:accept|agree|consent)\w*|\bwithout (?:\w+ )?(?:cookies?|trackers?|consent)\b/;

const HARM =
  /\b(?:degrad\w+|impair\w*|hinder\w*|limit(?:s|ed|ing)?|restrict\w*|prevent\w*|unavailable|inaccessible|unusable|impossible|affect(?:s|ed|ing)?|suffers?|worse|poorer|broken|lose|losing|miss(?:ing)? out|slow(?:er|s|ed)?|reduced?|less (?:relevant|useful|convenient|enjoyable|complete|smooth))\b|\b(?:not|n't|cannot) (?:\w+ ){0,2}(?:work|function|operate|be able|be available|load|display|access|use|enjoy)\b/;

const NO_HARM = [
  // What the law itself says of a withdrawal: earlier processing stays lawful.
  /\bwithout affecting (?:the )?(?:lawfulness|legality|validity)\b/g,
  /\b(?:(?:does|do|will|would)(?: not|n't)|never|cannot) (?:\w+ ){0,2}(?:degrade|impair|hinder|limit|restrict|prevent|affect|lose|slow|reduce|miss|break)\b/g,
  /\b(?:not|never|n't)(?: be)? (?:degraded|impaired|limited|restricted|affected|prevented|reduced|slowed)\b/g,
  /\b(?:without|no|nothing)(?: \w+){0,2} (?:los\w+|limit\w*|restrict\w*|degrad\w+|penalt\w+|consequence\w*|affected)\b/g,
  /\bcannot be (?:refused|rejected|declined|disabled|denied|turned off|switched off)\b/g,
  /\b(?:can|could) ?not be (?:refused|rejected|declined|disabled|denied|turned off|switched off)\b/g,
];

/** English wording. */
export const english: LanguageLint = {
  rules: [
    { topic: 'implied-consent', all: [GOING_ON, ACCEPTANCE], except: NO_ACCEPTANCE },
    {
      topic: 'browser-settings',
      all: [
        /\bbrowsers?\b/,
        /\b(?:refus\w*|reject\w*|declin\w*|block\w*|disabl\w+|opt(?:ing)?[- ]?out|object\w*|withdraw\w*|(?:manage|control|change|adjust|turn off) (?:\w+ )?(?:preferences|choices?|cookies|trackers|consent))\b/,
        /\b(?:settings?|preferences|options|configur\w*|controls)\b/,
      ],
      except: [
        /^.*\b(?:preference cent(?:er|re)|(?:manage|cookie) (?:my |your )?(?:cookies|choices|settings|preferences) (?:link|button|panel)|reject all|banner|panel|button|here|below|footer)\b.*$/g,
      ],
    },
    { topic: 'dissuasive', all: [REFUSAL, HARM], except: NO_HARM },
    {
      topic: 'steering',
      all: [
        /\bwe(?:'d| would|'ll| will|'re| are) (?:be )?(?:\w+ )?(?:sad|sorry to see|disappointed|heartbroken)\b|\bmakes us (?:\w+ )?(?:sad|happy)\b|\b(?:please )?(?:help|support) us\b|\bplease,? accept\b|\bdon't (?:leave|abandon|go)\b|\bbe (?:nice|kind|cool)\b|\bno thanks,? i\b|\bwhat a (?:pity|shame)\b|\beveryone (?:\w+ )?accepts\b|\blast chance\b|\bonly \d+ (?:seconds?|minutes?|hours?|days?) left\b|\bhurry\b|\byou(?:'ll| will) (?:regret|miss us)\b/,
      ],
    },
    {
      topic: 'steering',
      all: [
        /\b(?:accept|accepting|agree|agreeing|say yes|saying yes|allow all)\b/,
        /\b(?:discounts?|vouchers?|coupons?|gifts?|rewards?|prizes?|win|free (?:\w+ )?(?:shipping|delivery|trial)|(?:exclusive|special) (?:offers?|deals?|benefits?)|loyalty points)\b|% off/,
      ],
      except: [
        /\b(?:no|not|without|never|any)(?: \w+){0,2} (?:discounts?|vouchers?|gifts?|rewards?|prizes?|offers?)\b/g,
      ],
    },
  ],
  vague: [
    /\b(?:improv|enhanc|optimi[sz]|enrich)\w* (?:\w+ ){0,4}?(?:experiences?|visits?|comfort)(?: (?:on|of|with|across) (?:\w+ )?(?:site|website|services?))?/g,
    /\bimprov\w* (?:our|the|this) (?:\w+ )?(?:services?|sites?|websites?|content|products?|platform)/g,
    /\b(?:better|best|optimal|great) (?:\w+ )?experiences?\b/g,
    /\b(?:marketing|business|technical|commercial|improvement) purposes\b/g,
  ],
  filler: new Set(
    'a all an and are as by cookie cookies constantly continually continuously for give giving have help helps in is it keep let lets make making offer on order our possible provide purpose s serve service services site so that the their them these they this to tool tools tracker trackers us use used uses using visitors we website which with you your'.split(
      ' ',
    ),
  ),
};
