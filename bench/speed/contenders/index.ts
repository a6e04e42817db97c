import type { Absent, Contender } from '../contender.ts';
import { bandeau } from './bandeau.ts';
import { createBandeauInlined, createBandeauStarter } from './bandeau-snippets.ts';
import { createC15t } from './c15t.ts';
import { control } from './control.ts';
import { floor } from './floor.ts';
import { createKlaro } from './klaro.ts';
import { createOsano } from './osano.ts';
import { createTarteaucitron } from './tarteaucitron.ts';
import { createVanillaCookieConsent } from './vanilla-cookieconsent.ts';

/** In the order in which the tables name them. */
export const everyContender = (): readonly (Contender | Absent)[] => [
  control,
  floor,
  bandeau,
  createBandeauStarter(),
  createBandeauInlined(),
  createVanillaCookieConsent(),
  createKlaro(),
  createTarteaucitron(),
  createC15t(),
  createOsano(),
];
