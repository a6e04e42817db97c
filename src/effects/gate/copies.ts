/** Set on held scripts, so that a copy of one is known as such: the browser, too, runs no copy of a script. */
const STAMP = 'data-bandeau-held';

/** Tells whether a held script is a copy of another in the page, and forgets it all at the end. */
export function createCopyCheck() {
  const originals = new Map<string, WeakRef<Element>>();
  return {
    isCopy(script: Element): boolean {
      const original = originals.get(script.getAttribute(STAMP) ?? '')?.deref();
      if (original?.isConnected && original !== script) return true;
      const stamp = String(originals.size);
      originals.set(stamp, new WeakRef(script));
      script.setAttribute(STAMP, stamp);
      return false;
    },
    forget() {
      for (const original of originals.values()) original.deref()?.removeAttribute(STAMP);
      originals.clear();
    },
  };
}
