import { fireEvent, screen, within } from '@testing-library/preact';
import { describe, expect, it, vi } from 'vitest';
import type { Consent, ConsentOptions } from '../../src/types.ts';
import { FRENCH_EXEMPTION, policyWith, service, withService } from '../fixtures/policy.ts';
import { plain } from '../fixtures/stage.tsx';
import { useVisits } from '../support/visits.ts';

/** One of the two services of a category is exempt. */
const MIXED = withService('matomo', { exempt: FRENCH_EXEMPTION });
/** All that there is to answer is exempt. */
const ALL_EXEMPT = policyWith({
  categories: [{ id: 'essential' }, { id: 'analytics' }],
  services: [
    service('session', 'essential', { reason: 'To sign in.' }),
    service('matomo', 'analytics', { exempt: FRENCH_EXEMPTION }),
  ],
});
/** Nothing in it is sold or shared. */
const NO_SALE = policyWith({
  categories: [{ id: 'essential' }, { id: 'analytics' }, { id: 'preference' }],
  services: [service('session', 'essential', { reason: 'To sign in.' }), service('matomo', 'analytics')],
});

const start = useVisits();
interface Visit extends Omit<Partial<ConsentOptions>, 'environment'> {
  readonly gpc?: boolean;
  readonly dnt?: boolean;
  readonly locale?: string;
}
const visit = ({ gpc = false, dnt = false, locale = 'en', ...options }: Visit = {}): Consent =>
  start({ ...options, environment: { gpc, dnt, languages: [locale] } });

const banner = () => screen.findByRole('region', { name: /cookie/i });
const dialog = async (consent: Consent) => {
  consent.open('preferences');
  const root = await screen.findByRole<HTMLDialogElement>('dialog');
  for (const details of root.querySelectorAll('details')) {
    details.open = true;
    fireEvent(details, new Event('toggle'));
  }
  return root;
};
const card = () => document.querySelector<HTMLElement>('[data-bandeau-layer=update]');
const told = () => vi.waitFor(() => expect(textOf(card())).not.toBe(''));
const items = (root: HTMLElement) =>
  within(root)
    .queryAllByRole('listitem')
    .map((item) => plain(item.querySelector('b')?.textContent));
const click = (root: HTMLElement, name: string) =>
  fireEvent.click(within(root).getByRole('button', { name, hidden: true }));
const toggle = (root: HTMLElement, name: string) =>
  within(root).getByRole<HTMLInputElement>('switch', { name, hidden: true });
const stateOf = (root: HTMLElement, name: string) => {
  const ids = (toggle(root, name).getAttribute('aria-describedby') ?? '').split(' ');
  return ids.map((id) => plain(document.getElementById(id)?.textContent)).at(-1);
};
const textOf = (root: HTMLElement | null) => plain(root?.textContent);
/** Everything that is loaded later has come, and is drawn. */
const settled = async (consent: Consent) => {
  await consent.exportReceipt('json');
  await vi.dynamicImportSettled();
};
const SIGNAL = 'Global Privacy Control';

describe('where visitors opt out', () => {
  it('the first layer says what is on and how to turn it off, and never speaks of consent', async () => {
    const consent = visit({ region: 'us-ca' });
    const root = await banner();
    expect(within(root).getByRole('heading', { level: 2 }).textContent).toBe('Cookies on this site');
    expect(textOf(root)).toContain('these are on until you turn them off:');
    expect(textOf(root)).toContain('“Do not sell or share” turns off: Publicité.');
    expect(items(root)).toEqual(['Analytics', 'Publicité', 'Preferences']);
    expect(textOf(root)).not.toMatch(/consent|accept/i);
    expect(consent.isGranted('ads')).toBe(true);
  });

  it('the first layer is the usual one elsewhere', async () => {
    const consent = visit({ region: 'be' });
    const root = await banner();
    expect(textOf(root)).toContain('wait for your consent:');
    expect(textOf(root)).not.toContain('sell');
    expect(consent.isGranted('ads')).toBe(false);
  });

  it('both answers look alike, and tools find them by their usual names', async () => {
    visit({ region: 'us' });
    const root = await banner();
    const answers = [...root.querySelectorAll('.bandeau-answer')];
    expect(answers.map((one) => [one.textContent, one.getAttribute('data-bandeau-action')])).toEqual([
      ['Do not sell or share', 'reject-all'],
      ['Leave them all on', 'accept-all'],
    ]);
    expect(new Set(answers.map(({ className }) => className)).size).toBe(1);
  });

  it('“Do not sell or share” ends what is sold or shared, and nothing else', async () => {
    const consent = visit({ region: 'us' });
    click(await banner(), 'Do not sell or share');
    expect(consent.choices).toMatchObject({ ads: 'denied', matomo: 'granted', heatmap: 'granted' });
    expect(consent.receipt).toMatchObject({ method: 'custom', regime: 'opt-out' });
    expect(card()).toBeNull();
  });

  it('the other answer leaves everything on', async () => {
    const consent = visit({ region: 'us' });
    click(await banner(), 'Leave them all on');
    expect(consent.choices).toMatchObject({ ads: 'granted', matomo: 'granted' });
    expect(consent.receipt?.method).toBe('accept-all');
  });

  it('the preferences call what they switch on and off', async () => {
    const root = await dialog(visit({ region: 'us' }));
    expect(stateOf(root, 'Analytics')).toBe('On');
    expect(toggle(root, 'Analytics').checked).toBe(true);
    fireEvent.click(toggle(root, 'Analytics'));
    expect(stateOf(root, 'Analytics')).toBe('Off');
    expect(textOf(root)).not.toContain('Nothing is ticked for you');
  });

  it('the preferences say accepted and refused elsewhere', async () => {
    const root = await dialog(visit());
    expect(stateOf(root, 'Analytics')).toBe('Refused');
    fireEvent.click(toggle(root, 'Analytics'));
    expect(stateOf(root, 'Analytics')).toBe('Accepted');
    expect(textOf(root)).toContain('Nothing is ticked for you');
  });

  it('a link of the page opts out', async () => {
    document.body.innerHTML = '<a href="#x" data-bandeau="opt-out">Do Not Sell</a>';
    const consent = visit({ region: 'us' });
    await banner();
    fireEvent.click(screen.getByRole('link', { name: 'Do Not Sell' }));
    expect(consent.choices).toMatchObject({ ads: 'denied', matomo: 'granted' });
  });

  it('where nothing is sold or shared, the answers are the usual ones', async () => {
    const consent = visit({ region: 'us', policy: NO_SALE });
    const root = await banner();
    expect(consent.regime).toBe('notice');
    expect(textOf(root)).toContain('these are on until you turn them off:');
    expect(textOf(root)).not.toContain('sell');
    expect(textOf(root)).not.toContain('consent');
    click(root, 'Reject all');
    expect(consent.choices).toMatchObject({ matomo: 'denied', preference: 'denied' });
  });
});

describe('the signal of a browser where visitors opt out', () => {
  it('is an answer: nothing is asked, and a card says once what came of it', async () => {
    const first = visit({ region: 'us', gpc: true });
    await told();
    expect(textOf(card())).toContain('Opt-out request honored');
    expect(textOf(card())).toContain(`Your browser sends ${SIGNAL}. Off: Publicité.`);
    expect(document.querySelector('[data-bandeau-layer=banner]')).toBeNull();
    expect(first.receipt?.method).toBe('signal');
    expect(first.choices).toMatchObject({ ads: 'denied', matomo: 'granted' });
    fireEvent.click(within(card() as HTMLElement).getByRole('button', { name: 'Close' }));
    first.destroy();
    await settled(visit({ region: 'us', gpc: true }));
    expect(card()).toBeNull();
  });

  it('tells nobody who sends none, and nobody whose choice is not stored', async () => {
    const without = visit({ region: 'us' });
    await settled(without);
    expect(card()).toBeNull();
    without.destroy();
    vi.spyOn(document, 'cookie', 'set').mockImplementation(() => {});
    vi.spyOn(console, 'error').mockImplementation(() => {});
    const unstored = visit({ region: 'us', gpc: true });
    await settled(unstored);
    expect(unstored.receipt?.method).toBe('signal');
    expect(card()).toBeNull();
  });

  it('stands above the switches with what came of it', async () => {
    const root = await dialog(visit({ region: 'us', gpc: true }));
    expect(textOf(root)).toContain(`Opt-out request honored Your browser sends ${SIGNAL}. Off: Publicité.`);
    expect(stateOf(root, 'Publicité')).toBe('Off');
    expect(stateOf(root, 'Analytics')).toBe('On');
  });

  it('stands nowhere where there is none', async () => {
    expect(textOf(await dialog(visit({ region: 'us' })))).not.toMatch(/honored|Privacy Control/);
  });

  it('can be overridden by the switch alone, and the preferences say so', async () => {
    const consent = visit({ region: 'us', gpc: true });
    const root = await dialog(consent);
    click(root, 'Accept all');
    expect(consent.isGranted('ads')).toBe(false);
    const again = await dialog(consent);
    fireEvent.click(toggle(again, 'Publicité'));
    click(again, 'Save my choices');
    expect(consent.isGranted('ads')).toBe(true);
    expect(consent.receipt?.overridesGpc).toBe(true);
    const last = await dialog(consent);
    expect(textOf(last)).toContain(`${SIGNAL} received Switched on by you in spite of it: Publicité.`);
    expect(textOf(last)).not.toContain('honored');
  });

  it('fills a place of the page, and empties it when the visitor overrides it', async () => {
    document.body.innerHTML = '<p data-bandeau="opt-out-status"></p>';
    const place = () => textOf(document.querySelector('[data-bandeau=opt-out-status]'));
    const consent = visit({ region: 'us', gpc: true });
    const line = `Opt-out request honored Your browser sends ${SIGNAL}. Off: Publicité.`;
    await vi.waitFor(() => expect(place()).toBe(line));
    consent.setLocale('fr');
    await vi.waitFor(() => expect(place()).toContain('Demande d’opposition prise en compte'));
    consent.save({ ads: 'granted' });
    expect(place()).toBe('');
    consent.optOut();
    expect(place()).not.toBe('');
    consent.destroy();
    expect(place()).toBe('');
  });

  it('fills it for an opt-out of the visitor’s own too, which a link of the page is answered by in the card', async () => {
    document.body.innerHTML =
      '<p data-bandeau="opt-out-status"></p><a href="#opt-out" data-bandeau="opt-out">Do not sell</a>';
    const place = () => textOf(document.querySelector('[data-bandeau=opt-out-status]'));
    const consent = visit({ region: 'us' });
    await banner();
    expect(place()).toBe('');
    fireEvent.click(screen.getByRole('link', { name: 'Do not sell' }));
    await vi.waitFor(() => expect(place()).toBe('Opt-out request honored'));
    await screen.findByRole('heading', { name: 'Opt-out request honored' });
    expect(consent.choices).toMatchObject({ analytics: 'granted', advertising: 'denied' });
  });

  it('is told in no card where the first layer itself was answered', async () => {
    const consent = visit({ region: 'us' });
    fireEvent.click(within(await banner()).getByRole('button', { name: 'Do not sell or share' }));
    await consent.exportReceipt('json');
    await settled(consent);
    expect(screen.queryByRole('heading', { name: 'Opt-out request honored' })).toBeNull();
  });

  it.each<[string, Visit]>([
    ['where a link turns nothing off, since nothing runs', { region: 'fr' }],
    ['where a link turns nothing off, since nothing is sold', { region: 'us', policy: NO_SALE }],
  ])('decides nothing %s', async (_, options) => {
    document.body.innerHTML = '<a href="#opt-out" data-bandeau="opt-out">Do not sell</a>';
    const consent = visit(options);
    await banner();
    fireEvent.click(screen.getByRole('link', { name: 'Do not sell' }));
    await settled(consent);
    expect(consent.receipt).toBeNull();
    expect(consent.promptReason).toEqual({ type: 'first-visit' });
  });

  it.each<[string, Visit]>([
    ['in Europe', { region: 'fr', gpc: true }],
    ['without a signal', { region: 'us' }],
    ['where nothing is sold or shared', { region: 'us', gpc: true, policy: NO_SALE }],
  ])('leaves that place empty %s', async (_, options) => {
    document.body.innerHTML = '<p data-bandeau="opt-out-status"></p>';
    await settled(visit(options));
    expect(textOf(document.querySelector('[data-bandeau=opt-out-status]'))).toBe('');
  });
});

describe('the signal of a browser where consent is asked', () => {
  const LINE = `${SIGNAL} received Off until you switch it on yourself: Publicité.`;

  it('is told of on the first layer, which still asks', async () => {
    const consent = visit({ region: 'fr', gpc: true });
    const root = await banner();
    expect(textOf(root)).toContain(LINE);
    expect(textOf(root)).toContain('“Accept all” leaves that off; “Customize” lets you switch it on.');
    expect(items(root)).toEqual(['Analytics', 'Publicité', 'Preferences']);
    click(root, 'Accept all');
    expect(consent.choices).toMatchObject({ ads: 'denied', matomo: 'granted' });
    expect(card()).toBeNull();
  });

  it('is not spoken of where the browser sends none, or one that the policy does not heed', async () => {
    visit({ region: 'fr', dnt: true });
    expect(textOf(await banner())).not.toMatch(/received|Do Not Track/);
  });

  it('is named as what it is where the policy heeds Do Not Track', async () => {
    visit({ region: 'fr', dnt: true, policy: policyWith({ doNotTrack: true }) });
    expect(textOf(await banner())).toContain('Do Not Track received Off until');
  });

  it('is not spoken of where it turns nothing off', async () => {
    visit({ region: 'fr', gpc: true, policy: NO_SALE });
    expect(textOf(await banner())).not.toContain('received');
  });

  it('stands above the switches, of which one switches it on by name', async () => {
    const consent = visit({ region: 'fr', gpc: true });
    const root = await dialog(consent);
    expect(textOf(root)).toContain(LINE);
    expect(textOf(root)).not.toContain('honored');
    fireEvent.click(toggle(root, 'Publicité'));
    click(root, 'Save my choices');
    expect(consent.isGranted('ads')).toBe(true);
    expect(textOf(await dialog(consent))).toContain('Switched on by you in spite of it: Publicité.');
  });

  it('is told of in the language of the page', async () => {
    visit({ region: 'fr', gpc: true, locale: 'fr' });
    expect(textOf(await banner())).toContain(
      `${SIGNAL} reçu Désactivé tant que vous ne l’activez pas vous-même : Publicité. « Tout accepter » n’y change rien ; « Personnaliser » permet de l’activer.`,
    );
  });
});

describe('what runs by an exemption', () => {
  it('is named on the first layer, which lists questions only', async () => {
    const policy = policyWith({
      services: [service('matomo', 'analytics', { exempt: FRENCH_EXEMPTION }), service('ads', 'advertising')],
    });
    const consent = visit({ region: 'fr', policy });
    const root = await banner();
    expect(items(root)).toEqual(['Publicité', 'Preferences']);
    expect(textOf(root)).toContain(
      'On without consent, by a legal exemption: matomo SA. You can object under “Customize”.',
    );
    expect(textOf(root)).toContain('these wait for your consent:');
    expect(consent.isGranted('matomo')).toBe(true);
    expect(consent.isGranted('ads')).toBe(false);
  });

  it('is a question like any other where there is no such exemption', async () => {
    const consent = visit({ region: 'be', policy: MIXED });
    const root = await banner();
    expect(textOf(root)).not.toContain('exemption');
    expect(items(root)).toContain('Analytics');
    expect(consent.isGranted('matomo')).toBe(false);
    const preferences = await dialog(consent);
    expect(stateOf(preferences, 'matomo SA')).toBe('Refused');
    expect(textOf(preferences)).not.toContain('Exempt');
  });

  it('is on in the preferences, with its basis and what the site says, and its category counts questions', async () => {
    const root = await dialog(visit({ region: 'fr', policy: MIXED }));
    expect(toggle(root, 'matomo SA').checked).toBe(true);
    expect(stateOf(root, 'matomo SA')).toBe('On without consent');
    expect(textOf(root)).toContain('Exempt from consent for audience measurement: for us alone.');
    expect(textOf(root)).toContain('On without consent, by a legal exemption: matomo SA.');
    expect(stateOf(root, 'Analytics')).toBe('Refused');
    fireEvent.click(toggle(root, 'Analytics'));
    expect(stateOf(root, 'Analytics')).toBe('Accepted');
    expect(toggle(root, 'heatmap SA').checked).toBe(true);
    fireEvent.click(toggle(root, 'Analytics'));
    expect(stateOf(root, 'Analytics')).toBe('Refused');
    expect(stateOf(root, 'matomo SA')).toBe('On without consent');
  });

  it('ends by its switch, which is an objection, and not by refusing what is asked', async () => {
    const consent = visit({ region: 'fr', policy: MIXED });
    click(await banner(), 'Reject all');
    expect(consent.isGranted('matomo')).toBe(true);
    const root = await dialog(consent);
    fireEvent.click(toggle(root, 'matomo SA'));
    expect(stateOf(root, 'matomo SA')).toBe('You object');
    click(root, 'Save my choices');
    expect(consent.isGranted('matomo')).toBe(false);
    expect(stateOf(await dialog(consent), 'matomo SA')).toBe('You object');
  });

  it('asks nothing where it is all there is, and its category is the objection', async () => {
    const consent = visit({ region: 'fr', policy: ALL_EXEMPT });
    await settled(consent);
    expect(consent.promptReason).toBeNull();
    expect(document.querySelector('[data-bandeau-layer=banner]')).toBeNull();
    const root = await dialog(consent);
    expect(stateOf(root, 'Analytics')).toBe('On without consent');
    fireEvent.click(toggle(root, 'Analytics'));
    expect(stateOf(root, 'Analytics')).toBe('You object');
    click(root, 'Save my choices');
    expect(consent.isGranted('matomo')).toBe(false);
  });

  it('asks nothing on a first layer that the page opens all the same', async () => {
    const consent = visit({ region: 'fr', policy: ALL_EXEMPT });
    consent.open('banner');
    const root = await banner();
    expect(items(root)).toEqual([]);
    expect(textOf(root)).not.toContain('wait for your consent');
    expect(textOf(root)).toContain('You can object under “Customize”.');
  });

  it('is not said to have been accepted by the notice of a change', async () => {
    const before = visit({ region: 'fr', policy: MIXED });
    before.save({ analytics: 'denied', advertising: 'granted', preference: 'granted' });
    before.destroy();
    const services = MIXED.services.map((one) =>
      one.id === 'ads' ? { ...one, hosts: ['other.example.net'] } : one,
    );
    visit({ region: 'fr', policy: { ...MIXED, version: '2', services } });
    const root = await screen.findByRole('region', { name: 'Our policy has changed' });
    expect(textOf(root)).toContain('Still accepted: Preferences. Still refused: Analytics.');
    expect(textOf(root)).not.toContain('matomo');
  });

  it('says the same in a place of the page, in each language', async () => {
    document.body.innerHTML = '<div data-bandeau="inline"></div><div data-bandeau="declaration"></div>';
    const consent = visit({ region: 'fr', policy: MIXED, asks: false });
    const place = (name: string) => document.querySelector<HTMLElement>(`[data-bandeau=${name}]`);
    await vi.waitFor(() => {
      expect(textOf(place('inline'))).toContain('On without consent, by a legal exemption: matomo SA.');
      expect(textOf(place('declaration'))).toContain(
        'Exempt from consent for audience measurement: for us alone.',
      );
    });
    consent.setLocale('fr');
    await vi.waitFor(() => {
      expect(textOf(place('inline'))).toContain('Sans consentement, par exemption légale : matomo SA.');
      expect(textOf(place('declaration'))).toContain('pour la mesure d’audience : pour nous seuls.');
    });
  });

  it('is not spoken of in the declaration of a region without it', async () => {
    document.body.innerHTML = '<div data-bandeau="declaration"></div>';
    visit({ region: 'de', policy: MIXED });
    const place = document.querySelector<HTMLElement>('[data-bandeau=declaration]');
    await vi.waitFor(() => expect(textOf(place)).toContain('matomo SA'));
    expect(textOf(place)).not.toContain('Exempt');
  });
});

describe('the record of a decision', () => {
  const recordOf = async (consent: Consent) =>
    JSON.parse(await consent.exportReceipt('json')).records[0] as { textsHash: string };

  it('is of other texts where the region shows others', async () => {
    const hashes = [];
    for (const region of ['us', 'be', 'us']) {
      const consent = visit({ region });
      const root = await banner();
      fireEvent.click(root.querySelector('[data-bandeau-action=accept-all]') as Element);
      hashes.push((await recordOf(consent)).textsHash);
      consent.reset();
      consent.destroy();
    }
    expect(hashes[0]).toBe(hashes[2]);
    expect(hashes[0]).not.toBe(hashes[1]);
  });
});
