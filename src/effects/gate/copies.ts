/** Set on held scripts, so that a copy of one is known as such: the browser, too, runs no copy of a script. */
const STAMP = 'data-bandeau-held';

/** Tells whether a held script is a copy of another in the page, and forgets it all at the end. */
export function createCopyCheck() {
  const originals = new Map<string, WeakRef<HTMLScriptElement>>();
  return {
    isCopy(script: HTMLScriptElement): boolean {
      const original = originals.get(script.getAttribute(STAMP) ?? '')?.deref();
      // One that went before it was released (a page that was cached, say) leaves its place to the copy.
      const isOther = original && original !== script;
      if (isOther && (original.isConnected || original.type !== 'text/plain')) return true;
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
