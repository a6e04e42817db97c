import type { LanguageLint } from './language-lint.ts';

const GOING_ON =
  /\bdoor (?:\w+ ){0,4}(?:surfen|browsen|scrollen|navigeren|gaan|gebruiken|bezoeken|blijven|sluiten|klikken|gebruik|bezoek)\b|\bdoor (?:\w+ )?(?:verder|voortgezet|voort te)\b|\b(?:verder|blijven|blijft|blijf) (?:\w+ ){0,4}(?:surf\w*|brows\w*|scroll\w*|navig\w*|gebruik\w*|bezoek\w*|gaan|gaat)\b|\b(?:als|wanneer|indien) (?:u|je) (?:\w+ ){0,5}(?:surft|gebruikt|bezoekt|scrolt|verdergaat|doorgaat|verder gaat|doorsurft|sluit|negeert)\b|\b(?:surft|gebruikt|bezoekt|gaat|ga|blijft) (?:u|je) (?:\w+ ){0,3}(?:verder|door|gebruik\w*|surfen)\b|\b(?:verder|voortgezet|verdere|doorgaand) (?:gebruik|surfen|bezoek|browsen)\b|\b(?:gebruik|bezoek) van (?:\w+ )?(?:website|site|diensten?)\b|\b(?:doorgaan|verdergaan|doorsurfen|verdersurfen|stilzwijgen|niets te doen)\b/;

const ACCEPTANCE =
  /\b(?:aanvaardt|aanvaard|accepteert|accepteer|erkent) (?:u|je)\b|\b(?:u|je) (?:\w+ ){0,3}(?:aanvaardt|aanvaard|accepteert|accepteer|instemt|toestemt)\b|\b(?:gaat|ga|bent|ben) (?:u|je) (?:\w+ ){0,8}akkoord\b|\b(?:u|je) (?:gaat|ga|bent|hiermee) (?:\w+ ){0,8}akkoord\b|\b(?:u|je) (?:\w+ ){0,8}akkoord (?:gaat|bent|ga)\b|\bstemt? (?:u|je) (?:\w+ ){0,8}(?:in|toe)\b|\b(?:geeft|geef) (?:u|je) (?:\w+ ){0,4}toestemming\b|\b(?:u|je) (?:\w+ ){0,4}toestemming (?:geeft|verleent)\b|\b(?:betekent|geldt|gelden|impliceert|houdt|beschouwd|beschouwen|gezien als|opgevat|geacht)\b.{0,40}\b(?:aanvaard\w*|accept\w*|akkoord\w*|toestemming|instemm\w*)\b|\b(?:stilzwijgend|impliciet)\w* (?:aanvaarding|akkoord|toestemming|instemming)\b/;

const NO_ACCEPTANCE = [
  /\b(?:betekent|geldt|gelden|impliceert|houdt|beschouwd|beschouwen|is|wordt|worden)\b[^,:]{0,30}\b(?:niet|geen|nooit)\b[^,:]*/g,
  /\b(?:aanvaardt|accepteert|stemt?|gaat|ga|geeft|geef) (?:u|je) (?:\w+ ){0,4}(?:niets|niet|geen|nooit)\b[^,:]*/g,
  /\b(?:als|indien|wanneer|zodra|tot|totdat|tenzij|voordat|zolang|(?:cookies|diensten|trackers|wat) (?:die|dat)?) ?(?:u|je) (?:\w+ ){0,6}(?:aanvaardt|aanvaard|accepteert|accepteer|akkoord gaat|akkoord bent|akkoord ga|toestemming geeft|instemt)\b/g,
  /\b(?:u|je) (?:aanvaardt|accepteert) of weigert\b/g,
  /\bdoor op (?:\w+ ){0,6}(?:te )?klikken\b/g,
  /\b(?:aanvaardt|accepteert) (?:u|je) (?:\w+ ){0,3}(?:gebruiksvoorwaarden|voorwaarden)\b(?!.*(?:cookie|tracker|beleid))/g,
];

const REFUSAL =
  /\b(?:weiger\w*|geweigerd\w*|afwijz\w*|wijst (?:u|je) \w+ af|uitschakel\w*|uitgeschakeld\w*|uitzet\w*|intrek\w*|(?:cookies|trackers) (?:te )?blokkeren|niet (?:aanvaard\w*|accept\w+|akkoord))\b|\bzonder (?:\w+ )?(?:cookies?|trackers?|toestemming)\b/;

const HARM =
  /\b(?:beperk(?:en|t|te|ing|ingen)|verslecht\w+|hinder\w*|belemmer\w*|verhinder\w*|verstoor\w*|onmogelijk\w*|ontoegankelijk\w*|onbeschikbaar|onbruikbaar|minder (?:goed|relevant\w*|vlot|snel|aangenaam|prettig\w*|volledig)|slechter\w*|trager|mist|verlies\w*|invloed|beinvloed\w*|nadelig\w*)\b|\bwerk\w*\b.{0,30}\bniet\b|\bniet (?:\w+ ){0,3}(?:werk\w*|functioner\w*|gebruik\w*|laden|beschikbaar|toegankelijk|mogelijk)\b/;

const NO_HARM = [
  /\b(?:geen|zonder|nooit) (?:\w+ ){0,2}(?:invloed|beperking\w*|hinder|verlies\w*|nadelig\w*|gevolg\w*)\b/g,
  /\b(?:beperkt|hindert|belemmert|verhindert|verstoort|verslechtert|beinvloedt|verliest|mist) (?:\w+ ){0,5}(?:niet|niets|nooit|geen)\b/g,
  /\b(?:kunnen|kan) niet (?:worden )?(?:geweigerd|uitgeschakeld|uitgezet)\b/g,
];

/** Dutch wording, as written in Belgium and the Netherlands. */
export const dutch: LanguageLint = {
  rules: [
    { topic: 'implied-consent', all: [GOING_ON, ACCEPTANCE], except: NO_ACCEPTANCE },
    {
      topic: 'browser-settings',
      all: [
        /\bbrowser\w*|\bnavigatieprogramma\b/,
        /\b(?:weiger\w*|blokke\w+|uitschakel\w*|uit te schakelen|schakel\w*|uitzet\w*|verzet\w*|intrek\w*|in te trekken|beheer\w*|wijzig\w*)\b/,
        /\b(?:\w*instelling\w*|instellen|voorkeuren|opties|configur\w*)\b/,
      ],
      except: [
        /^.*\b(?:voorkeurencentrum|cookies beheren|keuzes beheren|alles weigeren|banner|paneel|knop|hier|hieronder|voettekst)\b.*$/g,
      ],
    },
    { topic: 'dissuasive', all: [REFUSAL, HARM], except: NO_HARM },
    {
      topic: 'steering',
      all: [
        /\b(?:wat|heel) jammer\b|\b(?:zijn|worden) (?:we|wij) (?:\w+ )?(?:droevig|teleurgesteld|verdrietig)\b|\b(?:help|steun) ons\b|\bdoe ons een plezier\b|\blaat ons niet in de steek\b|\bnee,? bedankt,? ik\b|\biedereen (?:aanvaardt|accepteert)\b|\blaatste kans\b|\bnog maar \d+ (?:seconden?|minuten|minuut|uur|dagen)\b|\bhaast (?:u|je)\b|\balstublieft,? (?:aanvaard|accepteer)\b/,
      ],
    },
    {
      topic: 'steering',
      all: [
        /\b(?:aanvaard\w*|accepte\w+|akkoord)\b/,
        /\b(?:korting\w*|cadeau\w*|geschenk\w*|win|winnen|waardebon\w*|kortingscode\w*|gratis|(?:exclusieve|speciale) (?:aanbieding\w*|voordel\w*))\b/,
      ],
      except: [/\b(?:geen|zonder) (?:\w+ ){0,2}(?:korting\w*|cadeau\w*|geschenk\w*)\b/g],
    },
  ],
  vague: [
    /\b(?:uw|je|jouw|de|een)? ?(?:betere? )?(?:\w*ervaring|\w*beleving|bezoek)(?: (?:op|van) (?:\w+ )?(?:site|website))? (?:continu |voortdurend |steeds )?(?:te |kunnen )?(?:verbeter\w*|optimaliser\w*|verrijk\w*)/g,
    /\b(?:verbeter\w*|optimaliser\w*|verrijk\w*) (?:van )?(?:uw|je|jouw|de) (?:\w*ervaring|\w*beleving|bezoek)/g,
    /\bonze (?:diensten|website|site|inhoud) (?:continu |voortdurend )?(?:te |kunnen )?verbeter\w*/g,
    /\b(?:een )?(?:betere|optimale|aangename) (?:\w*ervaring|\w*beleving)\b/g,
    /\b(?:marketing|commerciele|technische|zakelijke) ?doeleinden\b/g,
  ],
  filler: new Set(
    'aan alle bieden cookie cookies dat de deze die dienen diensten dit door een en gebruiken gebruikt geven haar helpen het hun ik je jouw kunnen maken met mogelijk om ons onze op site steeds te tools trackers u uw van voor voortdurend we website wij worden zijn zo'.split(
      ' ',
    ),
  ),
};
