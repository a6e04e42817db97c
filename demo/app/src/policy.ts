import type { Policy } from 'bandeau';

/** `as const` keeps the ids literal, so that `isGranted('mesuro')` does not compile. */
export const policy = {
  version: '2025-07-01',
  controller: {
    name: 'Semis',
    contact: 'Semis, 3 allée du Brouillon, 00000 Potager-sur-Papier, donnees@semis.example',
    privacyUrl: '/app/confidentialite.html',
  },
  scope: { sites: ['localhost'], cookieName: 'bandeau_semis' },
  region: 'fr',
  categories: [{ id: 'essential' }, { id: 'analytics' }, { id: 'preference' }],
  services: [
    {
      id: 'carnet',
      category: 'essential',
      name: 'Carnet',
      vendor: { name: 'Semis', country: 'FR' },
      purpose: 'Garder vos semis pendant la visite.',
      reason: 'Un carnet qui oublie chaque ligne ne serait pas un carnet.',
      storage: [{ kind: 'sessionStorage', key: 'semis:carnet' }],
    },
    {
      id: 'mesurio',
      category: 'analytics',
      name: 'Mesurio',
      vendor: { name: 'Mesurio', country: 'FR', privacyUrl: 'https://mesurio.example/vie-privee' },
      purpose: 'Compter les semis notés, sans leur contenu.',
      hosts: ['stats.mesurio.example'],
      // The app's own code asks before each call, so it stops without a reload.
      reload: false,
    },
    {
      id: 'tri',
      category: 'preference',
      name: 'Tri de la liste',
      vendor: { name: 'Semis', country: 'FR' },
      purpose: 'Retrouver la liste dans l’ordre choisi.',
      storage: [{ kind: 'localStorage', key: 'semis:tri' }],
      reload: false,
    },
    {
      id: 'cartogel',
      category: 'preference',
      name: 'Cartogel',
      vendor: { name: 'Cartogel', country: 'CH', privacyUrl: 'https://cartogel.example/donnees' },
      purpose: 'Afficher le risque de gelée près de chez vous.',
      cookies: [{ name: 'ctg_lieu', lifetimeDays: 30, purpose: 'Dernier lieu demandé' }],
      hosts: ['carte.cartogel.example'],
    },
  ],
  changes: [{ version: '2025-07-01', date: '2025-07-01', summary: 'Première version.' }],
} as const satisfies Policy;
