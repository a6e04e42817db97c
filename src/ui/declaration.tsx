/** @jsxImportSource ../lib/dom-jsx */
import type { MountInline } from './contract.ts';

/** The table of services and cookies, for the page of the cookie policy. */
export const mountInline: MountInline = ({ policy }, place) => {
  place.replaceChildren(<p>{policy.version}</p>);
  return () => place.replaceChildren();
};
