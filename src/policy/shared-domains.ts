/** Second labels under which registries of countries sell names: `co.uk`, `com.au`, `asso.fr`. */
const REGISTRY = /^(?:ac|asso|co|com|edu|gouv|gov|ne|net|or|org)\.[a-z]{2}$/i;

/** Hosts below these belong to whoever rents one. Far from complete: it catches the common ones. */
const RENTED = [
  'akamaihd.net',
  'amazonaws.com',
  'appspot.com',
  'azureedge.net',
  'azurewebsites.net',
  'cloudfront.net',
  'fastly.net',
  'firebaseapp.com',
  'github.io',
  'gitlab.io',
  'herokuapp.com',
  'netlify.app',
  'pages.dev',
  'r2.dev',
  'vercel.app',
  'web.app',
  'workers.dev',
];

/** True for a domain below which everybody can have one. */
export function isRegistryDomain(domain: string): boolean {
  return REGISTRY.test(domain);
}

/** True for a domain of which everybody can rent a host. */
export function isRentedDomain(domain: string): boolean {
  return RENTED.some((rented) => rented === domain.toLowerCase());
}
