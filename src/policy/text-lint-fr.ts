import type { LanguageLint } from './language-lint.ts';

const GOING_ON =
  /\ben (?:\w+ )?(?:poursuivant|continuant|naviguant|utilisant|visitant|consultant|accedant|restant|parcourant|defilant|faisant defiler|ignorant|fermant)\b|\b(?:si|quand|lorsque) vous (?:\w+ )?(?:poursuivez|continuez|naviguez|utilisez|restez|fermez|ignorez|faites defiler)\b|\b(?:continuez|poursuivez|continuer|poursuivre|continue|poursuit|rester|naviguer|faire defiler|fermer)\b|\b(?:poursuite|continuation) d|\b(?:utilisation|navigation|usage|visite|consultation)\b|\b(?:votre silence|sans (?:action|reponse|choix|refus|opposition) de votre part|(?:absence|defaut) d(?:e |')(?:choix|reponse|refus|opposition|action))\b/;

const ACCEPTANCE =
  /\bvous (?:\w+ ){0,2}(?:acceptez|consentez|autorisez|approuvez|adherez|agreez)\b|\bvous (?:\w+ )?(?:donnez|marquez|exprimez|manifestez) (?:\w+ )?(?:accord|consentement|acceptation)\b|\bvous etes d'accord\b|\b(?:vaut|vaudra|valent|constitu\w+|signifi\w+|impliqu\w+|emport\w+|equivau\w+|entrain\w+|supposent?|vaut-il)\b.{0,40}\b(?:accord|accept\w+|consent\w+)|\b(?:repute\w*|considere\w*|presume\w*|cense\w*) (?:\w+ ){0,4}(?:accord|accept\w+|consent\w+)|\b(?:accord|acceptation|consentement) (?:tacite|implicite|presume)|\bvotre (?:accord|acceptation|consentement) (?:est|sera) (?:\w+ )?(?:acquis|donne|repute|presume)\w*/;

const NO_ACCEPTANCE = [
  // "ne vaut pas acceptation", "ne signifie pas que vous acceptez", up to the next comma.
  /\bn(?:e |')(?:\w+ ){0,2}(?:vau\w+|valent|constitu\w+|signifi\w+|impliqu\w+|emport\w+|equivau\w+|est|sont|sera|seront)\b[^,:]*\b(?:pas|jamais|nullement|aucun\w*|en rien)\b[^,:]*/g,
  /\bn(?:e |')(?:\w+ ){0,2}(?:acceptez|consentez|autorisez|donnez|marquez)\b/g,
  // A condition or a moment is the visitor's act, not a conclusion from something else.
  /\b(?:si|quand|lorsque|des que|une fois que|tant que|jusqu'a ce que|avant que|sauf si|que si|a moins que|(?:cookies|services|traceurs|outils|categories|finalites|choix|usages|ce|ceux|celles) que) vous (?:\w+ ){0,2}(?:acceptez|consentez|autorisez|donnez|etes d'accord)/g,
  /\bvous (?:acceptez,? ou|pouvez accepter)\b/g,
  /\ben utilisant (?:le|la|les|l'|ce|cette|ces) ?(?:bouton|case|interrupteur|lien|curseur)\w*/g,
  // Terms of use may be accepted by use; trackers in the same sentence may not.
  /\bvous (?:\w+ ){0,2}acceptez (?:\w+ ){0,4}(?:conditions|cgu|cgv)\b(?!.*(?:cookie|traceur|politique))/g,
];

const REFUSAL =
  /\b(?:refus\w*|retir\w+|desactiv\w+|bloqu\w+ (?:\w+ )?(?:cookies?|traceurs?)|n'accept\w+ pas|ne pas accepter|non[- ]acceptation)\b|\bsans (?:\w+ )?(?:cookies?|traceurs?|accord|consentement)\b/;

const HARM =
  /\b(?:degrad\w+|deterior\w+|alter(?:e|er|era|ent|eront)|perturb\w+|entrav\w+|nui(?:re|ra|t a)|penalis\w+|ralenti\w*|limit\w+|restrei\w+|priver\w*|vous prive|empech\w+|impossib\w+|inaccessib\w+|indisponib\w+|inutilisab\w+|perd\w+|affect\w+|compromet\w*|dysfonction\w*|moindre|mauvaise)\b|\bmoins (?:bien|bon\w*|agreab\w+|pertinent\w*|rapid\w+|complet\w*|fluid\w+|confortab\w+)|\bvous ne (?:\w+ )?(?:pourr\w+|pouvez|serez)\b|\b(?:sites?|pages?|services?|fonctionnalites?|fonctions?|contenus?|tout) (?:\w+ ){0,3}(?:ne |n')(?:\w+ ){0,2}(?:fonctionn\w*|march\w+|pourr\w+|peu\w+|ser\w+)/;

const NO_HARM = [
  /\bn(?:e |')(?:\w+ ){0,2}(?:degrad|deterior|alter|perturb|entrav|nui|penalis|ralenti|limit|restrei|priv|empech|perd|affect|compromet)\w*(?: \w+)? (?:pas|rien|jamais|nullement|aucun\w*)\b/g,
  /\b(?:sans|aucune?|ni) (?:\w+ ){0,2}(?:perdre|perte|limit\w+|restriction\w*|degrad\w+|penalite\w*|consequence\w*|ralenti\w+)/g,
  // "Ils ne peuvent pas être désactivés" says what required means.
  /\bne (?:peu\w+|pouvez) (?:pas |donc pas )?(?:\w+ )?(?:etre )?(?:refus\w+|desactiv\w+|retir\w+|bloqu\w+)/g,
  // What the law itself says of a withdrawal: earlier processing stays lawful.
  /\bsans (?:que .{0,20})?affect\w+ (?:\w+ )?(?:legalite|liceite|validite)\b/g,
  /\bdans (?:la|les) limites?\b/g,
];

/** French wording. The sentences that regulators quote, in the words that sites use. */
export const french: LanguageLint = {
  rules: [
    { topic: 'implied-consent', all: [GOING_ON, ACCEPTANCE], except: NO_ACCEPTANCE },
    {
      topic: 'browser-settings',
      all: [
        /\bnavigateurs?\b/,
        /\b(?:refus\w+|bloqu\w+|desactiv\w+|oppos\w+|retir\w+ (?:\w+ )?(?:accord|consentement)|(?:gerer|modifier|changer|configurer|regler|exprimer) (?:vos|les|ces|mes|l'|le) ?(?:preferences|choix|cookies|traceurs|depot\w*))\b/,
        /\b(?:parametr\w*|reglages?|regler|reglez|configur\w*|options|preferences)\b/,
      ],
      except: [
        // The site's own panel is named too: the browser is then one way more, which does no harm.
        /^.*\b(?:centre de preferences|gerer (?:mes|les) (?:cookies|choix)|tout refuser|bandeau|panneau|bouton|ici|ci-dessous|pied de page)\b.*$/g,
      ],
    },
    { topic: 'dissuasive', all: [REFUSAL, HARM], except: NO_HARM },
    {
      topic: 'steering',
      all: [
        /\b(?:quel|c'est) dommage\b|\b(?:nous (?:serions|serons|sommes)|ca nous rend|cela nous rend) (?:\w+ )?(?:trist\w+|decus?|peines?)\b|\bfaites[- ]nous (?:plaisir|confiance)\b|\bsoyez (?:sympas?|gentils?|cool)\b|\b(?:aidez|soutenez)[- ]nous\b|\bne nous (?:quittez|abandonnez|laissez) pas\b|\bnon merci,? je\b|\bvous allez (?:nous manquer|le regretter|rater)\b|\btout le monde (?:\w+ )?accepte\b|\bderniere chance\b|\bplus que \d+ (?:secondes?|minutes?|heures?|jours?)(?: (?:pour|avant)\b| ?$)|\bdepechez[- ]vous\b|\bs'il vous plait,? acceptez\b/,
      ],
    },
    {
      topic: 'steering',
      all: [
        /\baccept(?:ez|er|ant|ation)\b/,
        /\b(?:reductions?|remises?|bons? d'achat|codes? promo\w*|cadeaux?|gagn(?:ez|er)|tirage au sort|jeu concours|offerte?s?|primes?|points de fidelite|(?:offres?|avantages?) (?:exclusi\w+|specia\w+))\b/,
      ],
      except: [
        /\b(?:aucune?|sans|ni|pas d(?:e |'))(?: ?\w+)? ?(?:reductions?|remises?|cadeaux?|primes?|offres? \w+|avantages? \w+)\b/g,
      ],
    },
  ],
  vague: [
    /\b(?:amelior|optimis|enrich|facilit)\w* (?:\w+ ){0,3}?(?:l'|votre |vos |son )?(?:experiences?|navigation|visites?|confort)(?: (?:utilisateurs?|client\w*|de (?:navigation|visite)|d'utilisation|en ligne|sur (?:le|notre|ce) site))*/g,
    /\bamelior\w* (?:\w+ ){0,2}?(?:nos|notre|le|les) (?:services?|sites?|contenus?|produits?|offres?|plateforme)(?: (?:web|internet))?/g,
    /\b(?:a )?(?:des |aux |nos )?fins (?:marketing|commerciales|techniques|d'amelioration)\b/g,
  ],
  filler: new Set(
    'a afin ainsi aide aident aux au avec but ce ces cet cette contribuent cookie cookies d de des du elle elles en est et faire ils internet l la le les leur mieux nos notre nous on outil outils par petits fichiers permet permettent permettre plus pour que qui sa sans cesse se sert servent service services sont sur site sites son technologies toujours tous tout toute traceur traceurs un une utilise utilisent utilises utilisons vise visent vos votre vous web continu continuellement d offrir proposer meilleure meilleur bonne'.split(
      ' ',
    ),
  ),
};
