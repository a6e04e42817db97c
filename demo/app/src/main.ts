/** Semis: a web app that uses bandeau from npm, and gates its own code as well as other people's. */
import { createConsent } from 'bandeau';
import { element, trackers } from './element.ts';
import { policy } from './policy.ts';
import { createSowings, type Order } from './sowings.ts';

const SORT_KEY = 'semis:tri';
const sort = element<HTMLSelectElement>('sort');
const sowings = createSowings();

const consent = createConsent({
  policy,
  locale: 'fr',
  callbacks: {
    // What the app holds in memory is the app's to forget.
    withdraw: ({ revoked }) => {
      if (revoked.includes('tri')) setOrder('name');
    },
  },
});

function setOrder(order: Order) {
  sort.value = order;
  sowings.sortBy(order);
}

setOrder('name');
// Called at once and on each change: one place reads the stored order, whenever the yes comes.
consent.subscribe(() => {
  if (consent.isGranted('tri') && localStorage.getItem(SORT_KEY) === 'days') setOrder('days');
});
sort.addEventListener('change', () => {
  const order = sort.value as Order;
  sowings.sortBy(order);
  if (consent.isGranted('tri')) localStorage.setItem(SORT_KEY, order);
});

element<HTMLFormElement>('add').addEventListener('submit', async (event) => {
  event.preventDefault();
  const form = event.currentTarget as HTMLFormElement;
  const data = new FormData(form);
  sowings.add({ plant: String(data.get('plant')), days: Number(data.get('days')) });
  form.reset();
  if (consent.isGranted('mesurio')) {
    const { count } = await import('./measure.ts');
    count('semis-note');
  }
});

/** Someone else's script, held like one of the page although it is added long after. */
element('frost').addEventListener(
  'click',
  () => {
    const map = element('map');
    map.textContent = 'Le risque de gelée s’affichera si vous autorisez Cartogel.';
    const address = new URL('/s/cartogel.js', trackers);
    address.search = String(
      new URLSearchParams({
        cookie: 'ctg_lieu:30',
        slot: 'map',
        label: 'Cette nuit : 4 °C à Potager-sur-Papier, pas de gelée.',
      }),
    );
    const script = document.createElement('script');
    script.type = 'text/plain';
    script.dataset['category'] = 'preference';
    script.dataset['service'] = 'cartogel';
    script.src = address.href;
    document.body.append(script);
  },
  { once: true },
);

/** The way back is made when the panel first opens: `data-bandeau` works on what comes late too. */
element('settings').addEventListener('click', ({ currentTarget }) => {
  const panel = element('panel');
  panel.hidden = !panel.hidden;
  (currentTarget as HTMLElement).setAttribute('aria-expanded', String(!panel.hidden));
  if (panel.childElementCount > 0) return;
  const text = document.createElement('p');
  text.textContent = 'Vos semis restent dans cet onglet. Le reste dépend de vos choix.';
  const button = document.createElement('button');
  button.type = 'button';
  button.dataset['bandeau'] = 'preferences';
  button.textContent = 'Gérer mes cookies';
  panel.append(text, button);
});

// Sent by the strip at the top of the demo pages.
document.addEventListener('demo:forget', () => consent.reset());
