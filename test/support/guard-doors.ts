/**
 * The ways in which a page script can request something of a third party, each as the body of a function that
 * has `T`, the origin of that third party. What it requests is `/s/door.js`, `/p/door.gif` or `/f/door.html`.
 */

/** Held, and set going by a grant: exactly once. */
export const REPLAYED: Record<string, string> = {
  'script: src, append': `const s = document.createElement('script'); s.src = T + '/s/door.js'; document.head.append(s);`,
  'script: appendChild, then src': `const s = document.createElement('script'); document.head.appendChild(s); s.src = T + '/s/door.js';`,
  'script: src, then type, insertBefore': `const s = document.createElement('script'); s.src = T + '/s/door.js';
    s.type = 'text/javascript'; document.head.insertBefore(s, document.head.firstChild);`,
  'script: type by setAttribute after src': `const s = document.createElement('script'); s.src = T + '/s/door.js';
    s.setAttribute('type', 'text/javascript'); document.head.prepend(s);`,
  'script: a module': `const s = document.createElement('script'); s.type = 'module'; s.src = T + '/s/door.js'; document.head.append(s);`,
  'script: setAttribute': `const s = document.createElement('script'); s.setAttribute('SRC', T + '/s/door.js'); document.head.append(s);`,
  'script: setAttribute after append': `const s = document.createElement('script'); document.head.append(s); s.setAttribute('src', T + '/s/door.js');`,
  'script: setAttributeNS': `const s = document.createElement('script'); s.setAttributeNS(null, 'src', T + '/s/door.js'); document.head.append(s);`,
  'script: setAttributeNS after append': `const s = document.createElement('script'); document.head.append(s); s.setAttributeNS(null, 'src', T + '/s/door.js');`,
  'script: setAttributeNode': `const a = document.createAttribute('src'); a.value = T + '/s/door.js';
    const s = document.createElement('script'); s.setAttributeNode(a); document.head.append(s);`,
  'script: Attr.value after append': `const s = document.createElement('script'); const a = document.createAttribute('src');
    s.setAttributeNode(a); a.value = T + '/s/door.js'; document.head.append(s);`,
  'script: setNamedItem': `const a = document.createAttribute('src'); a.value = T + '/s/door.js';
    const s = document.createElement('script'); document.head.append(s); s.attributes.setNamedItem(a);`,
  'script: createElementNS': `const s = document.createElementNS('http://www.w3.org/1999/xhtml', 'script'); s.src = T + '/s/door.js'; document.head.append(s);`,
  'script: a fragment': `const f = new DocumentFragment(); const s = document.createElement('script'); s.src = T + '/s/door.js'; f.append(s); document.head.append(f);`,
  'script: a clone': `const s = document.createElement('script'); s.src = T + '/s/door.js'; document.head.append(s.cloneNode(true));`,
  'script: replaceChildren': `const s = document.createElement('script'); s.src = T + '/s/door.js'; document.querySelector('main p').replaceChildren(s);`,
  'script: replaceWith': `const s = document.createElement('script'); s.src = T + '/s/door.js'; document.querySelector('main p').replaceWith(s);`,
  'script: before': `const s = document.createElement('script'); s.src = T + '/s/door.js'; document.querySelector('main p').before(s);`,
  'script: insertAdjacentElement': `const s = document.createElement('script'); s.src = T + '/s/door.js'; document.querySelector('main p').insertAdjacentElement('afterend', s);`,
  'script: Range.insertNode': `const s = document.createElement('script'); s.src = T + '/s/door.js';
    const r = document.createRange(); r.selectNode(document.querySelector('main p')); r.insertNode(s);`,
  'script: createContextualFragment': `document.head.append(document.createRange().createContextualFragment('<script src="' + T + '/s/door.js"><\\/script>'));`,
  'script: SVG, href': `const s = document.createElementNS('http://www.w3.org/2000/svg', 'script'); s.setAttribute('href', T + '/s/door.js');
    const v = document.createElementNS('http://www.w3.org/2000/svg', 'svg'); v.append(s); document.body.append(v);`,
  'script: SVG, xlink:href': `const s = document.createElementNS('http://www.w3.org/2000/svg', 'script');
    s.setAttributeNS('http://www.w3.org/1999/xlink', 'xlink:href', T + '/s/door.js');
    const v = document.createElementNS('http://www.w3.org/2000/svg', 'svg'); v.append(s); document.body.append(v);`,
  'script: a shadow root': `const s = document.createElement('script'); s.src = T + '/s/door.js';
    document.querySelector('main p').attachShadow({ mode: 'closed' }).append(s);`,
  'image: new Image': `new Image().src = T + '/p/door.gif';`,
  'image: setAttribute': `document.createElement('img').setAttribute('src', T + '/p/door.gif');`,
  'image: srcset': `const i = new Image(); i.srcset = T + '/p/door.gif 1x';`,
  'image: innerHTML': `document.querySelector('main p').innerHTML = '<b><img alt="a > b" src="' + T + '/p/door.gif"></b>';`,
  'image: innerHTML without quotes': `document.querySelector('main p').innerHTML = '<IMG SRC=' + T + '/p/door.gif>';`,
  'image: innerHTML of a shadow root': `document.querySelector('main p').attachShadow({ mode: 'open' }).innerHTML = '<img src="' + T + '/p/door.gif">';`,
  'image: outerHTML': `document.querySelector('main p').outerHTML = '<img src="' + T + '/p/door.gif">';`,
  'image: insertAdjacentHTML': `document.body.insertAdjacentHTML('beforeend', '<img/src="' + T + '/p/door.gif">');`,
  'image: innerHTML, without a scheme': `document.querySelector('main p').innerHTML = '<img src="' + T.replace('http:', '') + '/p/door.gif">';`,
  'iframe: srcdoc without a space': `const f = document.createElement('iframe'); f.srcdoc = '<img/src=' + T.replace('http:', '') + '/p/door.gif>'; document.body.append(f);`,
  'image: setHTMLUnsafe': `document.querySelector('main p').setHTMLUnsafe('<img src="' + T + '/p/door.gif">');`,
  'image: HTML that Trusted Types vouched for': `const html = '<img src="' + T + '/p/door.gif">';
    const p = window.trustedTypes?.createPolicy('own' + Math.random(), { createHTML: String });
    document.querySelector('main p').innerHTML = p ? p.createHTML(html) : html;`,
  'image: innerHTML of an object that is a text': `document.querySelector('main p').innerHTML = { toString: () => '<img src="' + T + '/p/door.gif">' };`,
  'image: innerHTML after what looks like a link': `document.querySelector('main p').innerHTML = '<img alt="<a" src="' + T + '/p/door.gif">';`,
  'image: srcset by innerHTML': `document.querySelector('main p').innerHTML = '<img srcset="' + T + '/p/door.gif 2x, /x.gif 3x">';`,
  'image: SVG': `const i = document.createElementNS('http://www.w3.org/2000/svg', 'image'); i.setAttribute('href', T + '/p/door.gif');
    const v = document.createElementNS('http://www.w3.org/2000/svg', 'svg'); v.append(i); document.body.append(v);`,
  'iframe: src, append': `const f = document.createElement('iframe'); f.src = T + '/f/door.html'; document.body.append(f);`,
  'iframe: append, then src': `const f = document.createElement('iframe'); document.body.append(f); f.src = T + '/f/door.html';`,
  'iframe: innerHTML': `document.querySelector('main p').innerHTML = '<iframe src="' + T + '/f/door.html"></iframe>';`,
  'iframe: srcdoc': `const f = document.createElement('iframe'); f.srcdoc = '<img src="' + T + '/p/door.gif">'; document.body.append(f);`,
  'iframe: srcdoc by setAttribute': `const f = document.createElement('iframe'); f.setAttribute('srcdoc', '<img src="' + T + '/p/door.gif">'); document.body.append(f);`,
  'frame: its own Image': `const f = document.createElement('iframe'); document.body.append(f); new f.contentWindow.Image().src = T + '/p/door.gif';`,
  'frame: innerHTML of its body': `const f = document.createElement('iframe'); document.body.append(f); f.contentDocument.body.innerHTML = '<img src="' + T + '/p/door.gif">';`,
  'frame: document.write': `const f = document.createElement('iframe'); document.body.append(f); const d = f.contentDocument;
    d.open(); d.write('<img src="' + T + '/p/door.gif">'); d.close();`,
  'embed: src': `const e = document.createElement('embed'); e.src = T + '/p/door.gif'; document.body.append(e);`,
  'object: data': `const o = document.createElement('object'); o.data = T + '/p/door.gif'; document.body.append(o);`,
  'video: src': `const v = document.createElement('video'); v.src = T + '/p/door.gif'; document.body.append(v);`,
  'video: poster': `const v = document.createElement('video'); v.poster = T + '/p/door.gif'; document.body.append(v);`,
  'audio: new Audio': `window.__audio = new Audio(T + '/p/door.gif');`,
  'audio: source': `const a = document.createElement('audio'); const s = document.createElement('source'); s.src = T + '/p/door.gif'; a.append(s); document.body.append(a);`,
  'input: src': `const i = document.createElement('input'); i.type = 'image'; i.src = T + '/p/door.gif'; document.body.append(i);`,
  'link: stylesheet': `const l = document.createElement('link'); l.rel = 'stylesheet'; l.href = T + '/p/door.gif'; document.head.append(l);`,
  'link: preload': `const l = document.createElement('link'); l.rel = 'preload'; l.as = 'script'; l.setAttribute('href', T + '/s/door.js'); document.head.append(l);`,
};

/** Fails as the network does, and is not repeated. Resolves to what the page sees of it. */
export const FAILED: Record<string, [code: string, sees: unknown]> = {
  fetch: [`return fetch(T + '/p/door.gif').catch((e) => e instanceof TypeError);`, true],
  'fetch of a Request': [
    `return fetch(new Request(T + '/p/door.gif', { method: 'POST', body: 'x' })).catch((e) => e instanceof TypeError);`,
    true,
  ],
  'fetch of a URL': [`return fetch(new URL('/p/door.gif', T)).catch((e) => e instanceof TypeError);`, true],
  'fetch of a frame': [
    `const f = document.createElement('iframe'); document.body.append(f); const w = f.contentWindow;
     return w.fetch(T + '/p/door.gif').catch((e) => e instanceof w.TypeError);`,
    true,
  ],
  'fetch of a frame in a frame': [
    `const f = document.createElement('iframe'); document.body.append(f); const g = f.contentDocument.createElement('iframe');
     f.contentDocument.body.append(g); return g.contentWindow.fetch(T + '/p/door.gif').catch((e) => e.name);`,
    'TypeError',
  ],
  XMLHttpRequest: [
    `const x = new XMLHttpRequest(); const seen = []; for (const t of ['load', 'error', 'loadend']) x.addEventListener(t, () => seen.push(t));
     x.open('GET', T + '/p/door.gif'); const ended = new Promise((r) => x.addEventListener('loadend', r)); x.send(); await ended;
     return [...seen, x.readyState, x.status];`,
    ['error', 'loadend', 4, 0],
  ],
  'XMLHttpRequest, synchronous': [
    `const x = new XMLHttpRequest(); x.open('POST', T + '/p/door.gif', false); try { x.send('x'); } catch (e) { return e.name; }`,
    'NetworkError',
  ],
  sendBeacon: [`return navigator.sendBeacon(T + '/p/door.gif', 'x');`, false],
  EventSource: [
    `const s = new EventSource(T + '/p/door.gif'); await new Promise((r) => (s.onerror = r)); return [s instanceof EventSource, s.readyState];`,
    [true, 2],
  ],
  WebSocket: [
    `const s = new WebSocket(T.replace('http', 'ws') + '/p/door.gif'); const seen = []; s.onerror = () => seen.push('error');
     const { code } = await new Promise((r) => (s.onclose = r)); return [s instanceof WebSocket, ...seen, code, s.readyState];`,
    [true, 'error', 1006, 3],
  ],
};
