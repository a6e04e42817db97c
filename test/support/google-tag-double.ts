/**
 * A double of Google's tag, written from what its documentation says about consent: it goes through the `dataLayer` in
 * order, what came before it first; a `config` or an `event` sends one hit with the consent of that moment (`gcs=G1`,
 * then ads and analytics as 1 or 0; `gcs=none` where no default was ever given), and with analytics granted it writes
 * the cookie `_ga`. It waits for an update as long as the default says.
 *
 * Source: https://developers.google.com/tag-platform/security/concepts/consent-mode
 * Hits go to where it came from.
 */
export const GOOGLE_TAG_DOUBLE = `(() => {
  const { origin } = new URL(document.currentScript.src);
  const layer = (window.dataLayer ??= []);
  const state = {};
  let isDefined = false;
  let waits = 0;
  const held = [];
  const send = (name) => {
    const digit = (term) => (state[term] === 'granted' ? 1 : 0);
    const gcs = isDefined ? 'G1' + digit('ad_storage') + digit('analytics_storage') : 'none';
    if (!isDefined || state.analytics_storage === 'granted') document.cookie = '_ga=GA1.1.1.1; path=/';
    new Image().src = origin + '/p/hit.gif?en=' + name + '&gcs=' + gcs;
  };
  const flush = () => { for (const name of held.splice(0)) send(name); };
  const take = (entry) => {
    if (Object.prototype.toString.call(entry) !== '[object Arguments]') return;
    const [command, kind, terms] = entry;
    if (command === 'consent') {
      if (kind === 'default') {
        isDefined = true;
        if (terms.wait_for_update) { waits = terms.wait_for_update; setTimeout(() => { waits = 0; flush(); }, waits); }
      } else { waits = 0; }
      if (!terms.region) Object.assign(state, terms);
      if (kind === 'update') flush();
    } else if (command === 'config' || command === 'event') {
      if (waits) held.push(command === 'config' ? 'page_view' : kind);
      else send(command === 'config' ? 'page_view' : kind);
    }
  };
  for (const entry of [...layer]) take(entry);
  const push = layer.push;
  layer.push = (...entries) => { const length = push.apply(layer, entries); entries.forEach(take); return length; };
  (window.__ran ??= []).push('google');
})();`;
