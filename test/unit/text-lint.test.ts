import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { LintTopic } from '../../src/policy/language-lint.ts';
import { lintText } from '../../src/policy/text-lint.ts';

const topics = (text: string): LintTopic[] => lintText(text).map(({ topic }) => topic);

/** Wrong sentences and their innocent twins, for each topic and language. */
const SENTENCES: Record<LintTopic, Record<'fr' | 'en' | 'nl', { wrong: string[]; innocent: string[] }>> = {
  'implied-consent': {
    fr: {
      wrong: [
        'En poursuivant votre navigation, vous acceptez nos cookies.',
        'Vous acceptez les cookies en poursuivant votre visite.',
        'EN CONTINUANT À UTILISER LE SITE, VOUS ACCEPTEZ LA POLITIQUE.',
        'Si vous continuez à venir après un changement, ça signifie que vous acceptez le nouveau texte.',
        'Si vous restez sur cette page, vous consentez au dépôt de traceurs.',
        'La poursuite de votre navigation vaut acceptation de la nouvelle politique.',
        'L’utilisation du site après le 1er mars vaut accord.',
        'Vous continuez à naviguer ? Cela veut dire que vous nous autorisez à déposer des cookies.',
        'Vous poursuivez votre visite. Cela signifie que vous acceptez.',
        'Sans action de votre part, votre consentement est réputé acquis.',
        'Faire défiler la page emporte consentement.',
        'En cliquant sur « Tout accepter » ou en continuant votre navigation, vous acceptez les cookies.',
        'En utilisant ce site, vous acceptez nos conditions et nos cookies.',
        'En naviguant ici, vous y consentez.',
        'Nous considérons que vous acceptez la politique si vous continuez à utiliser le site.',
      ],
      innocent: [
        'En continuant sans choisir, seuls les cookies essentiels sont utilisés.',
        'Continuer à naviguer ne vaut pas acceptation.',
        'Poursuivre votre visite ne signifie pas que vous acceptez les cookies.',
        'Vous pouvez continuer votre navigation : vous n’acceptez rien tant que vous ne choisissez pas.',
        'Si vous acceptez, vous pouvez continuer votre lecture avec la carte affichée.',
        'Les services que vous acceptez restent actifs pendant votre navigation.',
        'En utilisant le bouton « Tout accepter », vous acceptez toutes les catégories.',
        'Vous acceptez ou refusez, puis poursuivez votre visite.',
        'Continuer sans accepter',
        'En utilisant le site, vous acceptez les conditions d’utilisation.',
        'Nous mesurons la navigation entre les pages. Vous acceptez ou non.',
      ],
    },
    en: {
      wrong: [
        'By continuing to use this site, you accept our cookies.',
        'You agree to our use of cookies by continuing to browse.',
        'If you continue browsing, we will assume that you agree.',
        'Your continued use of the site constitutes acceptance of the new policy.',
        'Using our website means that you consent to cookies.',
        'By scrolling down you consent to cookies.',
        'Closing this notice counts as consent.',
        'If you carry on using our services after a change, it means you accept the new version.',
        'You keep using the site. This means that you accept the changes.',
        'By using this site you agree to our terms and cookies.',
      ],
      innocent: [
        'If you continue without choosing, only essential cookies are used.',
        'Continuing to browse does not mean that you accept cookies.',
        'Scrolling is never treated as consent.',
        'If you accept, the video starts and you can continue watching.',
        'You do not accept anything by continuing to browse.',
        'Using the switches, you can accept each category.',
        'By using this site you agree to our terms of use.',
        'The cookies that you accept are kept while you keep browsing.',
        'Continue without accepting',
      ],
    },
    nl: {
      wrong: [
        'Door verder te surfen, aanvaardt u onze cookies.',
        'Door verder gebruik van de website gaat u akkoord met ons beleid.',
        'Als u verder surft, gaat u akkoord met cookies.',
        'U aanvaardt het nieuwe beleid door onze diensten te blijven gebruiken.',
        'Verder surfen geldt als toestemming.',
        'Door gebruik te maken van deze site stemt u in met cookies.',
        'Blijft u onze site gebruiken? Dat betekent dat u de cookies accepteert.',
        'Door te scrollen geeft u toestemming voor cookies.',
      ],
      innocent: [
        'Als u verder surft zonder te kiezen, worden alleen essentiële cookies gebruikt.',
        'Verder surfen betekent niet dat u cookies aanvaardt.',
        'Verder surfen geldt niet als toestemming.',
        'Door verder te surfen aanvaardt u niets.',
        'Als u de cookies aanvaardt, kunt u de video blijven bekijken.',
        'Doorgaan zonder te aanvaarden',
      ],
    },
  },
  'browser-settings': {
    fr: {
      wrong: [
        'Pour refuser les cookies, modifiez les paramètres de votre navigateur.',
        'Votre navigateur peut être réglé : ses options permettent de bloquer les traceurs.',
        'Vous pouvez gérer vos préférences dans les réglages du navigateur.',
      ],
      innocent: [
        'Nous gardons la langue de votre navigateur.',
        'Le lien « Gérer mes cookies » permet de tout refuser, comme les réglages du navigateur.',
        'Les préférences sont gardées dans votre navigateur.',
        'Un cookie déposé par un tiers reste dans le navigateur tant que vous ne l’effacez pas dans ses réglages.',
      ],
    },
    en: {
      wrong: [
        'To refuse cookies, change your browser settings.',
        'You can adjust your browser settings to block trackers.',
        'Manage your preferences in the options of your browser.',
      ],
      innocent: [
        'Remembers the language of your browser.',
        'Use the button below to reject all, or your browser settings.',
        'Your preferences stay in this browser.',
      ],
    },
    nl: {
      wrong: [
        'U kunt cookies weigeren via uw browserinstellingen.',
        'Pas de instellingen van uw browser aan om cookies te blokkeren.',
      ],
      innocent: [
        'Onthoudt de taal van uw browser.',
        'Uw voorkeuren blijven in deze browser bewaard.',
        'Kies de knop Alles weigeren of de instellingen van uw browser.',
      ],
    },
  },
  dissuasive: {
    fr: {
      wrong: [
        'Refuser peut dégrader votre visite.',
        'Si vous refusez, le site ne fonctionnera pas correctement.',
        'Certaines pages peuvent être inaccessibles si vous refusez les cookies.',
        'Sans ces cookies, vous ne pourrez pas profiter de tout le site.',
        'Un refus limite les fonctions du site.',
        'Sans votre accord, la navigation sera moins agréable.',
      ],
      innocent: [
        'Refuser les cookies optionnels ne limite pas l’accès au site.',
        'Refuser n’affectera en rien vos démarches.',
        'Ils ne peuvent pas être désactivés.',
        'Vous pouvez refuser sans perdre l’accès aux pages.',
        'Vous pouvez refuser ou retirer votre accord ici.',
        'Si vous refusez, un lien remplace la carte.',
        'La durée de conservation est limitée à six mois.',
        'Retirer votre accord est possible à tout moment, sans que cela affecte la légalité de ce qui précède.',
        'Vous pouvez retirer votre accord dans les limites de la loi.',
        'Sert à bloquer les robots qui ralentissent le site.',
        'Les refus sont aussi mémorisés, dans le respect de la vie privée.',
      ],
    },
    en: {
      wrong: [
        'Parts of the site may not work properly if you reject cookies.',
        'Refusing may degrade your visit.',
        'Without these cookies, some pages will be unavailable.',
        'If you decline, you will miss out on features.',
        'Rejecting limits what you can do.',
      ],
      innocent: [
        'Rejecting optional cookies does not limit your access.',
        'If you reject, a link replaces the map.',
        'They cannot be disabled.',
        'You can refuse without losing anything.',
        'You can refuse or withdraw at any time.',
        'Kept for a limited time.',
        'You may withdraw at any time, without affecting the lawfulness of earlier processing.',
        'Blocking robots that slow the site.',
      ],
    },
    nl: {
      wrong: [
        'Als u weigert, werkt de website mogelijk niet goed.',
        'Weigeren kan de werking beperken.',
        'Zonder deze cookies zijn sommige pagina’s niet beschikbaar.',
        'Weigeren maakt uw bezoek minder aangenaam.',
      ],
      innocent: [
        'Weigeren heeft geen invloed op de werking van de site.',
        'Ze kunnen niet worden uitgeschakeld.',
        'U kunt weigeren of uw toestemming intrekken.',
        'Als u weigert, komt er een link in de plaats van de kaart.',
      ],
    },
  },
  steering: {
    fr: {
      wrong: [
        'Aidez-nous à grandir : dites oui aux cookies !',
        'Quel dommage de nous priver de vos visites.',
        'Acceptez et recevez un code promo.',
        'Nous serions tristes de vous voir refuser.',
        'Plus que 30 secondes pour choisir.',
      ],
      innocent: [
        'Affiche des offres proches de vos centres d’intérêt.',
        'Accepter ne donne droit à aucune réduction.',
        'Ces cookies nous aident à compter les visites.',
      ],
    },
    en: {
      wrong: [
        'Help us grow: say yes to cookies!',
        'Accept and win a gift.',
        'We would be sad to see you refuse.',
        'Only 30 seconds left to choose.',
      ],
      innocent: [
        'Shows offers close to your interests.',
        'Accepting gives you no discount.',
        'Counts how many visitors read a page.',
      ],
    },
    nl: {
      wrong: ['Steun ons en zeg ja.', 'Aanvaard en krijg een korting.', 'Wat jammer dat u weigert.'],
      innocent: ['Toont aanbiedingen die bij uw interesses passen.', 'Aanvaarden geeft geen korting.'],
    },
  },
  'vague-purpose': {
    fr: {
      wrong: [
        'Améliorer votre expérience',
        'Nous utilisons ces cookies afin d’améliorer sans cesse votre expérience utilisateur.',
        'De petits fichiers qui nous aident à améliorer nos services.',
        'À des fins marketing.',
      ],
      innocent: [
        'Mesure l’audience des pages pour améliorer votre expérience.',
        'Compte les visites de chaque page.',
        'Adapte les articles proposés à ceux que vous avez lus.',
        'Garde la langue et la taille du texte.',
      ],
    },
    en: {
      wrong: [
        'To improve your experience.',
        'We use cookies to enhance your browsing experience on our website.',
        'Marketing purposes',
        'These tools help us to improve our services.',
      ],
      innocent: [
        'Counts which pages are read, to improve your experience.',
        'Remembers your language.',
        'Shows advertising of other companies.',
      ],
    },
    nl: {
      wrong: ['Om uw ervaring te verbeteren.', 'Wij gebruiken cookies om onze diensten te verbeteren.'],
      innocent: ['Telt welke pagina’s gelezen worden, om uw ervaring te verbeteren.', 'Onthoudt uw taal.'],
    },
  },
};

for (const [topic, languages] of Object.entries(SENTENCES)) {
  for (const [language, { wrong, innocent }] of Object.entries(languages)) {
    describe(`${topic} in ${language}`, () => {
      it.each(wrong)('is found in: %s', (sentence) => {
        expect(topics(sentence)).toContain(topic);
      });
      it.each(innocent)('is not found, nor anything else, in: %s', (sentence) => {
        expect(topics(sentence)).toEqual([]);
      });
    });
  }
}

describe('lintText', () => {
  it.each([
    ['typographic apostrophes', 'L’utilisation du site vaut accord'],
    ['straight apostrophes', "L'utilisation du site vaut accord"],
    ['no-break spaces', 'L’utilisation\u00a0du\u202fsite vaut\u00a0accord'],
    [
      'decomposed accents',
      'Utiliser le site, en continuant, signifie que vous êtes présumé d’accord'.normalize('NFD'),
    ],
    ['missing accents', 'Sans action de votre part, votre consentement est repute acquis'],
    ['capitals', 'L’UTILISATION DU SITE VAUT ACCORD'],
    ['line breaks', 'L’utilisation du site\nEn continuant, vous acceptez'],
  ])('does not mind %s', (_, sentence) => {
    expect(topics(sentence)).toContain('implied-consent');
  });

  it('quotes the sentence at fault as it was written, not the ones around it', () => {
    const text = 'Un bandeau s’affiche. En naviguant, vous acceptez les cookies. Merci.';
    expect(lintText(text)).toEqual([
      { topic: 'implied-consent', excerpt: 'En naviguant, vous acceptez les cookies' },
    ]);
  });

  it('does not join two sentences into a claim that neither makes', () => {
    expect(topics('Vous pouvez continuer votre lecture. Vous acceptez chaque service un par un.')).toEqual(
      [],
    );
  });

  it('reports each topic once, and all topics of a text', () => {
    const text = 'By scrolling you accept. By browsing you accept. Refusing may degrade the site.';
    expect(topics(text)).toEqual(['implied-consent', 'dissuasive']);
  });

  it('reads anything in linear time without throwing', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 2000 }), (text) => Array.isArray(lintText(text))),
    );
    const words = [
      'vous',
      'ne',
      'pas',
      'accepter',
      'en',
      'continuant',
      'not',
      'you',
      'u',
      'als',
      'is',
      'site',
    ];
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...words), { minLength: 300, maxLength: 400 }), (text) => {
        // Of this process alone: what else the machine does is no fault of the text's.
        const start = process.cpuUsage();
        lintText(text.join(' '));
        expect(process.cpuUsage(start).user).toBeLessThan(250_000);
      }),
      { numRuns: 50 },
    );
  });
});
