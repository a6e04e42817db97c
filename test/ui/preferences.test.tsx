import { fireEvent, within } from '@testing-library/preact';
import fc from 'fast-check';
import { atom } from 'nanostores';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { normalizePolicy } from '../../src/policy/normalize.ts';
import type { Choices } from '../../src/types.ts';
import * as preferences from '../../src/ui/preferences.tsx';
import { POLICY, policyWith, receiptOf, service, withService } from '../fixtures/policy.ts';
import { PREFERENCES_TEXTS, plain, type ShowOptions, show, TEXTS } from '../fixtures/stage.tsx';

const ACCEPTED: Choices = Object.fromEntries(
  ['analytics', 'matomo', 'heatmap', 'advertising', 'ads', 'preference'].map((id) => [id, 'granted']),
);
const REFUSED = {
  analytics: 'denied',
  matomo: 'denied',
  heatmap: 'denied',
  advertising: 'denied',
  ads: 'denied',
  preference: 'denied',
} as const;

/** Opens what is folded away, as a click on each summary would. */
function unfold(root: Element) {
  for (const details of root.querySelectorAll('details')) {
    details.open = true;
    fireEvent(details, new Event('toggle'));
  }
}

/** Readers and clicks by the name of a switch or button. */
function drive(root: HTMLElement) {
  const toggles = () => within(root).getAllByRole<HTMLInputElement>('switch', { hidden: true });
  const toggle = (name: string) => within(root).getByRole<HTMLInputElement>('switch', { name, hidden: true });
  const button = (name: string) => within(root).getByRole('button', { name, hidden: true });
  const describedBy = (one: Element) =>
    (one.getAttribute('aria-describedby') ?? '')
      .split(' ')
      .map((id) => plain(document.getElementById(id)?.textContent));
  const click = (element: Element) => fireEvent.click(element);
  const stateOf = (name: string) => describedBy(toggle(name)).at(-1);
  return { root, toggles, toggle, button, describedBy, click, stateOf };
}

/** Shows the preferences, their services unfolded. */
function open({ folded = false, known, ...options }: ShowOptions & { readonly folded?: boolean } = {}) {
  const $choices = atom<Choices>(known?.choices ?? {});
  const shown = show(preferences, { ...options, known: { $choices, ...known } });
  if (!folded) unfold(shown.root);
  return { ...shown, ...drive(shown.root), $choices };
}

describe('the preferences', () => {
  it('are a modal dialog that its title names', () => {
    const { root } = open();
    expect(root.tagName).toBe('DIALOG');
    expect((root as HTMLDialogElement).open).toBe(true);
    expect(within(document.body).getByRole('dialog', { name: 'Gérer mes cookies' })).toBe(root);
    expect(root.lang).toBe('fr');
  });

  it('have a switch for each category and service that is a choice, named after it', () => {
    const { toggles, toggle } = open();
    const names = ['Mesure d’audience', 'matomo SA', 'heatmap SA', 'Publicité', 'ads SA', 'Préférences'];
    expect(toggles()).toHaveLength(names.length);
    for (const name of names) expect(toggle(name).type).toBe('checkbox');
  });

  it('describe each switch by its text and its state', () => {
    const { toggle, describedBy } = open();
    expect(describedBy(toggle('Mesure d’audience'))).toEqual([
      'Compter les visites et voir quelles pages sont utiles.',
      'Refusé',
    ]);
    expect(describedBy(toggle('matomo SA'))).toEqual(['matomo counts.', 'Refusé']);
  });

  it('have nothing switched on at first', () => {
    const { toggles } = open();
    expect(toggles().filter(({ checked }) => checked)).toEqual([]);
  });

  it('show what was granted, and only that', () => {
    const { toggle, stateOf } = open({
      known: { choices: { ...ACCEPTED, analytics: 'denied', heatmap: 'denied' } },
    });
    expect(toggle('matomo SA').checked).toBe(true);
    expect(toggle('heatmap SA').checked).toBe(false);
    expect(toggle('Mesure d’audience').checked).toBe(false);
    expect(stateOf('Mesure d’audience')).toBe('En partie');
    expect(toggle('Publicité').checked).toBe(true);
    expect(stateOf('Publicité')).toBe('Accepté');
  });

  it('have what is asked again switched off', () => {
    const { matomo: _, analytics: __, ...rest } = ACCEPTED as Record<string, 'granted'>;
    const { toggle } = open({ known: { choices: rest } });
    expect(toggle('matomo SA').checked).toBe(false);
    expect(toggle('heatmap SA').checked).toBe(true);
  });

  it('switch the services of a category with it', () => {
    const { toggle, click, stateOf } = open();
    click(toggle('Mesure d’audience'));
    expect(toggle('matomo SA').checked && toggle('heatmap SA').checked).toBe(true);
    expect(toggle('ads SA').checked).toBe(false);
    expect(stateOf('Mesure d’audience')).toBe('Accepté');
    click(toggle('Mesure d’audience'));
    expect(toggle('matomo SA').checked || toggle('heatmap SA').checked).toBe(false);
    expect(stateOf('Mesure d’audience')).toBe('Refusé');
  });

  it('switch a category to partly with one of its services, and on with all of them', () => {
    const { toggle, click, stateOf } = open();
    click(toggle('matomo SA'));
    expect(stateOf('Mesure d’audience')).toBe('En partie');
    expect(toggle('Mesure d’audience').checked).toBe(false);
    click(toggle('heatmap SA'));
    expect(stateOf('Mesure d’audience')).toBe('Accepté');
    expect(toggle('Mesure d’audience').checked).toBe(true);
  });

  it('switch a category that is partly on wholly on', () => {
    const { toggle, click } = open();
    click(toggle('matomo SA'));
    click(toggle('Mesure d’audience'));
    expect(toggle('matomo SA').checked && toggle('heatmap SA').checked).toBe(true);
  });

  it('save what they show, and nothing before that', () => {
    const { toggle, click, button, spies } = open();
    click(toggle('matomo SA'));
    click(toggle('Préférences'));
    expect(spies.save).not.toHaveBeenCalled();
    click(button('Enregistrer mes choix'));
    expect(spies.save).toHaveBeenCalledExactlyOnceWith({
      matomo: 'granted',
      heatmap: 'denied',
      ads: 'denied',
      preference: 'granted',
    });
  });

  it('save what they show after any toggles', async () => {
    const units = normalizePolicy(POLICY).units.map(({ id }) => id);
    await fc.assert(
      fc.asyncProperty(fc.array(fc.nat(5), { maxLength: 12 }), async (path) => {
        const { root, click, spies, unmount } = open();
        // By selector: looking up roles takes a hundred times longer.
        const toggles = () => [...root.querySelectorAll<HTMLInputElement>('[role=switch]')];
        for (const index of path) click(toggles()[index] as HTMLElement);
        const shownOn = toggles()
          .filter(({ checked }) => checked)
          .map((one) => one.getAttribute('data-bandeau-category') as string);
        click(root.querySelector('[data-bandeau-action=save]') as HTMLElement);
        const saved = spies.save.mock.calls[0]?.[0] as Record<string, string>;
        expect(Object.keys(saved).sort()).toEqual([...units].sort());
        for (const id of units) expect(saved[id]).toBe(shownOn.includes(id) ? 'granted' : 'denied');
        unmount();
      }),
      { numRuns: 40 },
    );
  });

  it('record a refusal of what is off when nothing was touched', () => {
    const { click, button, spies } = open({ known: { choices: { matomo: 'granted' } } });
    click(button('Enregistrer mes choix'));
    expect(spies.save).toHaveBeenCalledExactlyOnceWith({
      matomo: 'granted',
      heatmap: 'denied',
      ads: 'denied',
      preference: 'denied',
    });
  });

  it('answer everything by one click too', () => {
    const { click, button, spies } = open();
    click(button('Tout accepter'));
    expect(spies.acceptAll).toHaveBeenCalledOnce();
    click(button('Tout refuser'));
    expect(spies.rejectAll).toHaveBeenCalledOnce();
    expect(button('Tout accepter').className).toBe(button('Tout refuser').className);
  });

  it('have no switch for what is always on, and say so', () => {
    const { root } = open();
    const row = root.querySelector('#bandeau-item-essential')?.closest('section') as HTMLElement;
    expect(within(row).queryByRole('switch', { hidden: true })).toBeNull();
    expect(within(row).getByText('Toujours actifs')).toBeTruthy();
    expect(plain(row.textContent)).toContain('Pourquoi il est nécessaireTo sign in.');
  });

  it('decide nothing when they close, by the button or by Escape', () => {
    const { click, button, spies, root, toggle } = open();
    click(toggle('matomo SA'));
    click(button('Fermer sans enregistrer'));
    expect(spies.close).toHaveBeenCalledOnce();
    // What a browser does on Escape.
    root.dispatchEvent(new Event('close'));
    expect(spies.close).toHaveBeenCalledTimes(2);
    for (const name of ['save', 'acceptAll', 'rejectAll', 'withdraw'] as const) {
      expect(spies[name]).not.toHaveBeenCalled();
    }
  });

  it('do not close a second time when they are taken off', () => {
    const { unmount, spies } = open();
    unmount();
    expect(spies.close).not.toHaveBeenCalled();
    expect(document.querySelector('dialog')).toBeNull();
  });

  it('declare what each service leaves on the device, for how long, and whom it contacts', () => {
    const policy = withService('matomo', {
      vendor: { name: 'Matomo SAS', country: 'FR', privacyUrl: 'https://matomo.example/privacy' },
    });
    const { root } = open({ policy });
    const row = root.querySelector('#bandeau-item-matomo')?.closest('section') as HTMLElement;
    const text = plain(row.textContent);
    expect(text).toContain('Matomo SAS (France), sa politique');
    expect(text).toContain('_pk_id 30 jours');
    expect(text).toContain('_pk_ses session');
    expect(text).toContain('pk localStorage');
    expect(text).toContain('stats.example.netcdn.example.net');
    const link = within(row).getByRole('link', { name: 'sa politique', hidden: true });
    expect(link.getAttribute('href')).toBe('https://matomo.example/privacy');
  });

  it('link no policy of a vendor that names none', () => {
    const { root } = open();
    const row = root.querySelector('#bandeau-item-matomo')?.closest('section') as HTMLElement;
    expect(within(row).queryByRole('link', { hidden: true })).toBeNull();
    expect(row.textContent).not.toContain('sa politique');
  });

  it('name controllers, contacts and the data protection officer', () => {
    const policy = policyWith({
      controller: {
        ...POLICY.controller,
        jointControllers: [{ name: 'Deux SA', contact: 'deux@example.org' }],
        dataProtectionOfficer: { name: 'A. Martin', contact: 'dpo@example.org' },
      },
    });
    const text = plain(open({ policy }).root.textContent);
    expect(text).toContain('Exemple SA · Contact : info@example.org');
    expect(text).toContain('Deux SA · Contact : deux@example.org');
    expect(text).toContain('Délégué à la protection des données : A. Martin, dpo@example.org');
  });

  it('say when the choice in force was made, about which version, and until when it holds', () => {
    const { root } = open({ known: { receipt: receiptOf({}) } });
    expect(plain(root.querySelector('.bandeau-head')?.textContent)).toContain(
      'Choix enregistré le 15 mars 2025 (version du 15 janvier 2025), valable jusqu’au 15 septembre 2025.',
    );
  });

  it('say nothing of a choice before there is one', () => {
    expect(open().root.textContent).not.toContain('Choix enregistré');
  });

  it.each([
    [1, '15 avril 2025'],
    [13, '15 avril 2026'],
  ])('say the day on which %d months end', (lifetimeMonths, day) => {
    const { root } = open({ policy: policyWith({ lifetimeMonths }), known: { receipt: receiptOf({}) } });
    expect(plain(root.textContent)).toContain(`valable jusqu’au ${day}.`);
  });

  it('say the version that was decided on where it is not the one of today, and not its date', () => {
    const policy = policyWith({ version: 'v2', date: '2025-06-01' });
    const { root } = open({ policy, known: { receipt: receiptOf({}) } });
    const text = plain(root.textContent);
    expect(text).toContain('15 mars 2025 (version du 15 janvier 2025), valable');
    expect(text).toContain('Politique de cookies · version v2 (1 juin 2025)');
  });

  it('say the date of the version that was decided on where the policy lists it', () => {
    const changes = [{ version: 'v1', date: '2025-02-01', summary: 'Première version.' }];
    const policy = policyWith({ version: 'v2', date: '2025-06-01', changes });
    const receipt = receiptOf({}, { policy: policyWith({ version: 'v1' }) });
    const { root } = open({ policy, known: { receipt } });
    expect(plain(root.textContent)).toContain('(version v1 (1 février 2025)), valable');
  });

  it('draw services when they are looked at, and keep them from then on', () => {
    const { root, toggles } = open({ folded: true });
    expect(root.querySelectorAll('h4')).toHaveLength(0);
    expect(toggles()).toHaveLength(3);
    const [, details] = root.querySelectorAll('details');
    if (!details) throw new Error('no services');
    details.open = true;
    fireEvent(details, new Event('toggle'));
    expect([...root.querySelectorAll('h4')].map((one) => one.textContent)).toEqual([
      'matomo SA',
      'heatmap SA',
    ]);
    details.open = false;
    fireEvent(details, new Event('toggle'));
    expect(root.querySelectorAll('h4')).toHaveLength(2);
  });

  it('save services that nobody has looked at', () => {
    const { click, toggle, button, spies } = open({ folded: true });
    click(toggle('Mesure d’audience'));
    click(button('Enregistrer mes choix'));
    expect(spies.save.mock.calls[0]?.[0]).toMatchObject({
      matomo: 'granted',
      heatmap: 'granted',
      ads: 'denied',
    });
  });

  it('follow what another tab decides where nothing was touched', () => {
    const known = { choices: {} as Choices };
    const { toggle, handle, $choices } = open({ known });
    Object.assign(handle, { choices: ACCEPTED });
    $choices.set(ACCEPTED);
    expect(toggle('Publicité').checked).toBe(true);
    Object.assign(handle, { choices: {} });
    $choices.set({});
    expect(toggle('Publicité').checked).toBe(false);
  });

  it('keep what was switched when another tab decides', () => {
    const { toggle, click, handle, $choices } = open();
    click(toggle('Préférences'));
    Object.assign(handle, { choices: ACCEPTED });
    $choices.set(ACCEPTED);
    expect(toggle('Préférences').checked).toBe(true);
    expect(toggle('Publicité').checked).toBe(true);
  });

  it('grant nothing again that another tab has taken back meanwhile', () => {
    const { toggle, click, handle, $choices, spies, root } = open();
    Object.assign(handle, { choices: ACCEPTED });
    $choices.set(ACCEPTED);
    click(toggle('Préférences'));
    Object.assign(handle, { choices: REFUSED });
    $choices.set(REFUSED);
    expect(toggle('Publicité').checked).toBe(false);
    click(within(root).getByRole('button', { name: 'Enregistrer mes choix', hidden: true }));
    const [saved] = spies.save.mock.calls[0] as [Record<string, string>];
    expect(Object.values(saved)).not.toContain('granted');
  });

  it('follow nothing once they are taken off', () => {
    const { root, unmount, handle, $choices } = open();
    unmount();
    Object.assign(handle, { choices: ACCEPTED });
    $choices.set(ACCEPTED);
    expect(root.childElementCount).toBe(0);
  });

  it('say the same in another language, with what was switched, unfolded and focused', () => {
    const { root, toggle, click, update, props } = open({ folded: true });
    const [details] = root.querySelectorAll('details');
    if (!details) throw new Error('no services');
    details.open = true;
    fireEvent(details, new Event('toggle'));
    click(toggle('Publicité'));
    const focused = toggle('Préférences');
    focused.focus();
    update({ ...props, texts: TEXTS.nl, words: PREFERENCES_TEXTS.nl, locale: 'nl' });
    expect(within(root).getByRole('heading', { level: 2, hidden: true }).textContent).toBe(
      PREFERENCES_TEXTS.nl.title,
    );
    expect(root.lang).toBe('nl');
    expect(toggle('Publicité').checked).toBe(true);
    expect(root.querySelector('details')).toBe(details);
    expect(details.open).toBe(true);
    expect(details.querySelectorAll('h4')).toHaveLength(1);
    expect(document.activeElement).toBe(focused);
    expect(focused.isConnected).toBe(true);
  });

  it('show HTML in any text as text', () => {
    const html = '<img src=x onerror=alert(1)>';
    const policy = policyWith({
      categories: [{ id: 'ads', title: html, description: html }],
      services: [service('a', 'ads', { name: html, purpose: html, vendor: { name: html, country: html } })],
    });
    const { root } = open({ policy });
    expect(root.querySelector('img')).toBeNull();
    expect(root.textContent?.split(html).length).toBeGreaterThan(5);
  });

  it.each(['javascript:alert(1)', ' JAVASCRIPT:alert(1)', 'data:text/html,x'])(
    'link no code: %s',
    (privacyUrl) => {
      const policy = withService(
        'matomo',
        { vendor: { name: 'x', privacyUrl } },
        {
          controller: { ...POLICY.controller, privacyUrl },
        },
      );
      for (const link of open({ policy }).root.querySelectorAll('a')) {
        expect((link.getAttribute('href') ?? '').trim()).not.toMatch(/^(javascript|data):/i);
      }
    },
  );
});

describe('hundreds of services', () => {
  beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] }));
  afterEach(() => void vi.useRealTimers());

  const many = (count: number) =>
    policyWith({
      categories: [{ id: 'essential' }, { id: 'ads', title: 'Ads' }, { id: 'analytics' }],
      services: Array.from({ length: count }, (_, i) => service(`s${i}`, i % 5 ? 'ads' : 'analytics')),
    });
  const openMany = (count: number) => {
    const shown = open({ policy: many(count), folded: true });
    const [ads] = [...shown.root.querySelectorAll('details')];
    if (!ads) throw new Error('no services');
    const look = () => {
      ads.open = !ads.open;
      fireEvent(ads, new Event('toggle'));
    };
    const find = (id: string) => shown.root.querySelector<HTMLInputElement>(`[data-bandeau-category=${id}]`);
    const drawn = () => [...ads.querySelectorAll('h4')].map((one) => one.textContent);
    const saved = () => {
      shown.click(shown.button('Enregistrer mes choix'));
      return shown.spies.save.mock.calls.at(-1)?.[0] as Record<string, string>;
    };
    return { ...shown, ads, look, find, drawn, saved };
  };
  const namesOf = (count: number) =>
    Array.from({ length: count }, (_, i) => i)
      .filter((i) => i % 5)
      .map((i) => `s${i} SA`);

  it('are no more elements than 5 or 50 of them, before one looks at them', () => {
    const sizes = [5, 50, 500].map((count) => {
      const { root, unmount } = openMany(count);
      const { length } = root.querySelectorAll('*');
      unmount();
      return length;
    });
    expect(new Set(sizes).size).toBe(1);
    expect(sizes[0]).toBeLessThan(60);
  });

  it('are counted before they are drawn', () => {
    const { root } = openMany(500);
    expect([...root.querySelectorAll('summary')].map((one) => one.textContent)).toEqual([
      '400 services',
      '100 services',
    ]);
  });

  it('are drawn a screen of them at once, and all of them soon, in their order', () => {
    const { root, look, drawn } = openMany(500);
    look();
    expect(drawn().length).toBeGreaterThan(8);
    expect(root.querySelectorAll('*').length).toBeLessThan(400);
    expect(drawn()).toEqual(namesOf(500).slice(0, drawn().length));
    vi.runAllTimers();
    expect(drawn()).toEqual(namesOf(500));
  });

  it('are all drawn at once where they are few', () => {
    const { look, drawn } = openMany(10);
    look();
    expect(drawn()).toEqual(namesOf(10));
    expect(vi.getTimerCount()).toBe(0);
  });

  it('are drawn of the category that is looked at, and of no other', () => {
    const { root, look, find } = openMany(500);
    look();
    vi.runAllTimers();
    expect(root.querySelectorAll('h4')).toHaveLength(400);
    expect(find('s0')).toBeNull();
  });

  it('are drawn to the end and kept where they are folded meanwhile', () => {
    const { look, drawn } = openMany(500);
    look();
    look();
    vi.runAllTimers();
    look();
    expect(drawn()).toEqual(namesOf(500));
    expect(vi.getTimerCount()).toBe(0);
  });

  it('are saved one by one, drawn or not', () => {
    const { toggle, click, look, find, saved } = openMany(500);
    click(toggle('Ads'));
    look();
    click(find('s3') as HTMLElement);
    expect(find('s499')).toBeNull();
    const choices = saved();
    expect(Object.keys(choices)).toHaveLength(500);
    for (const [id, choice] of Object.entries(choices)) {
      expect(choice, id).toBe(Number(id.slice(1)) % 5 && id !== 's3' ? 'granted' : 'denied');
    }
  });

  it('make their category partly on, drawn or not', () => {
    const { click, look, find, stateOf, toggle } = openMany(500);
    expect(stateOf('Ads')).toBe('Refusé');
    look();
    click(find('s1') as HTMLElement);
    expect(stateOf('Ads')).toBe('En partie');
    click(toggle('Ads'));
    expect(stateOf('Ads')).toBe('Accepté');
    click(find('s1') as HTMLElement);
    expect(stateOf('Ads')).toBe('En partie');
    vi.runAllTimers();
    expect(find('s499')?.checked).toBe(true);
    expect(find('s1')?.checked).toBe(false);
  });

  it('show what their category was switched to before they were drawn', () => {
    const { click, toggle, look, find } = openMany(500);
    look();
    click(toggle('Ads'));
    vi.runAllTimers();
    for (const id of ['s1', 's2', 's252', 's499']) expect(find(id)?.checked, id).toBe(true);
    click(toggle('Ads'));
    for (const id of ['s1', 's2', 's252', 's499']) expect(find(id)?.checked, id).toBe(false);
  });

  it('stay as they are, the element too, where another one is switched', () => {
    const { root, click, look, find } = openMany(500);
    look();
    vi.runAllTimers();
    const before = [...root.querySelectorAll('section section *')];
    const observer = new MutationObserver(() => {});
    observer.observe(root, { subtree: true, childList: true, attributes: true, characterData: true });
    click(find('s3') as HTMLElement);
    const changed = observer
      .takeRecords()
      .map(({ target }) => (target as Node).parentElement?.closest('section'));
    observer.disconnect();
    expect([...root.querySelectorAll('section section *')]).toEqual(before);
    const rows = new Set(changed.map((row) => row?.querySelector('h3, h4')?.textContent));
    expect([...rows].sort()).toEqual(['Ads', 's3 SA']);
  });

  it('come in the language that was chosen while they were being drawn', () => {
    const { root, look, update, props, drawn } = openMany(500);
    look();
    update({ ...props, locale: 'en', texts: TEXTS.en, words: PREFERENCES_TEXTS.en });
    vi.runAllTimers();
    expect(drawn()).toHaveLength(400);
    const states = [...root.querySelectorAll('section section span')].map((one) => one.textContent);
    expect(new Set(states)).toEqual(new Set([PREFERENCES_TEXTS.en.off]));
  });

  it('are drawn no further once the preferences are taken off', () => {
    const { root, look, unmount } = openMany(500);
    look();
    unmount();
    vi.runAllTimers();
    expect(root.childNodes).toHaveLength(0);
  });
});
