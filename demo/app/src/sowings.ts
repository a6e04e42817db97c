import { element } from './element.ts';

export type Order = 'name' | 'days';

interface Sowing {
  readonly plant: string;
  readonly days: number;
}

const KEY = 'semis:carnet';
const LONGEST = 30;
const EXAMPLES: readonly Sowing[] = [
  { plant: 'Carotte de Nulle-Part', days: 14 },
  { plant: 'Radis rond', days: 4 },
  { plant: 'Basilic', days: 9 },
];

const compare: Record<Order, (a: Sowing, b: Sowing) => number> = {
  name: (a, b) => a.plant.localeCompare(b.plant, 'fr'),
  days: (a, b) => a.days - b.days,
};

/** The list on screen, kept for the visit: essential, so nothing is asked. */
export function createSowings() {
  const stored = sessionStorage.getItem(KEY);
  let sowings: readonly Sowing[] = stored ? JSON.parse(stored) : EXAMPLES;
  let order: Order = 'name';

  function show() {
    const lines = [...sowings].sort(compare[order]).map(({ plant, days }) => {
      const line = document.createElement('li');
      line.style.setProperty('--ready', `${Math.max(0, 100 - (days / LONGEST) * 100)}%`);
      const left = document.createElement('span');
      left.textContent = days > 1 ? `dans ${days} jours` : 'demain';
      line.append(plant, left);
      return line;
    });
    element('sowings').replaceChildren(...lines);
  }

  return {
    add(sowing: Sowing) {
      sowings = [...sowings, sowing];
      sessionStorage.setItem(KEY, JSON.stringify(sowings));
      show();
    },
    sortBy(next: Order) {
      order = next;
      show();
    },
  };
}
