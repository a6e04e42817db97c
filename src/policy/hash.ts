/**
 * A text as 4 base-36 digits (20 bits): FNV-1a, then one round of mixing so that short texts differ in all
 * their bits. It detects change and damage; it protects no secret.
 * Source: http://www.isthe.com/chongo/tech/comp/fnv/
 */
export function hash(text: string): string {
  let h = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) h = Math.imul(h ^ text.charCodeAt(i), 0x01000193);
  h = Math.imul(h ^ (h >>> 15), 0x2c1b3c6d);
  return ((h ^ (h >>> 13)) >>> 0).toString(36).padStart(4, '0').slice(-4);
}
