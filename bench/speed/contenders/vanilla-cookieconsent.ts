import { PACKAGES } from '../../install.ts';
import type { Contender } from '../contender.ts';
import { heldMarkup, json } from '../markup.ts';
import { CATEGORIES, type Content } from '../situation.ts';
import { packageFile } from './package-file.ts';

const categoriesOf = ({ services }: Content) =>
  Object.fromEntries(
    CATEGORIES.map((category) => [
      category,
      {
        ...(category === 'essential' && { enabled: true, readOnly: true }),
        services: Object.fromEntries(
          services
            .filter((one) => one.category === category)
            .map(({ id, name, cookie }) => [id, { label: name, cookies: [{ name: cookie }] }]),
        ),
      },
    ]),
  );

const english = {
  consentModal: {
    title: 'Your cookie choices',
    description:
      'We use cookies. Those that make the site work are always on; the others wait for your consent. You can use the site without them.',
    acceptAllBtn: 'Accept all',
    acceptNecessaryBtn: 'Reject all',
    showPreferencesBtn: 'Customize',
  },
  preferencesModal: {
    title: 'Cookies',
    acceptAllBtn: 'Accept all',
    acceptNecessaryBtn: 'Reject all',
    savePreferencesBtn: 'Save',
    closeIconLabel: 'Close',
    serviceCounterLabel: 'Service|Services',
    sections: CATEGORIES.map((linkedCategory) => ({
      title: linkedCategory,
      description: 'What it is for, in one sentence.',
      linkedCategory,
    })),
  },
};

/**
 * https://cookieconsent.orestbida.com/essential/getting-started.html (the stylesheet in the head, the UMD build, `run`),
 * https://cookieconsent.orestbida.com/advanced/manage-scripts.html (marks, services),
 * https://cookieconsent.orestbida.com/reference/configuration-reference.html (categories, sections, texts).
 * A browser that is driven is a bot to it, so that hiding from those is turned off.
 */
export const createVanillaCookieConsent = (): Contender => ({
  name: 'vanilla-cookieconsent',
  version: PACKAGES['vanilla-cookieconsent'] ?? '',
  file: (name) => packageFile(`vanilla-cookieconsent/dist/${name}`),
  compose: (content, base) => ({
    head: `<link rel="stylesheet" href="${base}cookieconsent.css">`,
    body: `${heldMarkup(content.scripts, ({ service }) => `data-category="${service.category}" data-service="${service.id}"`)}
<script src="${base}cookieconsent.umd.js"></script>
<script>CookieConsent.run({hideFromBots:false,categories:${json(categoriesOf(content))},language:{default:'en',translations:{en:${json(english)}}}})</script>`,
  }),
  accept: '#cc-main .cm [data-role=all]',
  customize: '#cc-main .cm [data-role=show]',
  preferences: '#cc-main .pm [data-role=save]',
  showsServices: true,
});
