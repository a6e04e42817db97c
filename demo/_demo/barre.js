/**
 * Demo furniture, no part of the SDK: a strip above each demo page that shows which trackers ran in
 * it, and offers to forget the choices. It stands where its <script> stands, before anything is
 * painted, so that it moves nothing.
 *
 *   <script src="/_demo/barre.js" data-versions="=politique v1;v2=politique v2"></script>
 *
 * `data-versions` lists the variants of the policy that the page's address can ask for.
 */
(() => {
  const script = document.currentScript;
  const nl = document.documentElement.lang.startsWith('nl');
  const words = nl
    ? {
        all: 'Alle demo’s',
        ran: 'Uitgevoerde trackers',
        none: 'geen',
        forget: 'Mijn keuzes vergeten',
        bar: 'Demowerkbalk',
      }
    : {
        all: 'Toutes les démos',
        ran: 'Traceurs exécutés',
        none: 'aucun',
        forget: 'Oublier mes choix',
        bar: 'Outils de la démo',
      };

  const make = (tag, properties) => Object.assign(document.createElement(tag), properties);

  const bar = make('aside', { className: 'demo-barre', ariaLabel: words.bar });
  // The index is on `localhost` whatever sub-domain the page is on.
  bar.append(make('a', { href: `//localhost:${location.port}/`, textContent: `← ${words.all}` }));

  const asked = new URLSearchParams(location.search).get('policy') ?? '';
  for (const entry of script.dataset.versions?.split(';') ?? []) {
    const [name, label] = entry.split('=');
    const link = make('a', { href: name ? `?policy=${name}` : location.pathname, textContent: label });
    if (name === asked) link.setAttribute('aria-current', 'true');
    bar.append(link);
  }

  const list = make('output', {});
  window.__ran ??= [];
  const ran = window.__ran;
  const show = () => {
    list.textContent = `${words.ran} : ${ran.length > 0 ? ran.join(', ') : words.none}`;
  };
  // The trackers write their names there: an own `push` tells the strip without a timer.
  ran.push = (...names) => {
    const length = Array.prototype.push.apply(ran, names);
    show();
    return length;
  };
  show();

  const forget = make('button', { type: 'button', textContent: words.forget });
  forget.addEventListener('click', () => {
    window.bandeau?.reset?.();
    // The npm build has no global: the app listens for this one.
    document.dispatchEvent(new Event('demo:forget'));
  });

  bar.append(list, forget);
  script.replaceWith(bar);
})();
