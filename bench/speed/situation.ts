/** The five categories that every contender asks about; the first is always on. */
export const CATEGORIES = ['essential', 'analytics', 'preference', 'personalization', 'performance'] as const;
export type Category = (typeof CATEGORIES)[number];

/** What a page of a contender holds. */
export interface Situation {
  /** How many services are declared, over the four categories that are a choice. */
  readonly services: number;
  /** How many scripts are held, over the services. */
  readonly scripts: number;
  /** External scripts are answered out of order: whether their order is kept is seen only so. */
  readonly areExternal?: boolean;
}

export interface Service {
  readonly id: string;
  readonly category: Category;
  readonly name: string;
  readonly purpose: string;
  readonly cookie: string;
}

export interface HeldScript {
  readonly service: Service;
  /** One of the two. */
  readonly src?: string;
  readonly code?: string;
}

export interface Content {
  readonly services: readonly Service[];
  readonly scripts: readonly HeldScript[];
}

const OPTIONAL = CATEGORIES.slice(1);

const pick = <T>(list: readonly T[], index: number): T => {
  const one = list[index % list.length];
  if (one === undefined) throw new Error('nothing to pick from');
  return one;
};

/** The same for every contender. */
export function contentOf({ services, scripts, areExternal }: Situation): Content {
  const declared = Array.from(
    { length: services },
    (_, i): Service => ({
      id: `service${i}`,
      category: pick(OPTIONAL, i),
      name: `Service ${i}`,
      purpose: `Tells us how number ${i} of our tools is used, so that we can make it better.`,
      cookie: `_s${i}`,
    }),
  );
  const held = Array.from(
    { length: scripts },
    (_, i): HeldScript => ({
      service: pick(declared, i),
      ...(areExternal ? { src: `/held/${i}.js` } : { code: heldCode(i) }),
    }),
  );
  return { services: declared, scripts: held };
}

/** What a held script does: it says that it runs, and when. */
export const heldCode = (index: number) => `ran.push([${index},performance.now()])`;
