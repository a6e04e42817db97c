/**
 * Fills a page's table of services from the policy file that the banner reads too, so that the two
 * can't disagree.
 *
 *   <div data-declaration="policy.json"></div><script type="module" src="/_demo/declaration.js"></script>
 */
const lang = document.documentElement.lang.slice(0, 2);
const words =
  lang === 'nl'
    ? {
        head: ['Dienst', 'Doel', 'Cookies en opslag'],
        session: 'sessie',
        days: (n) => `${n} ${n > 1 ? 'dagen' : 'dag'}`,
        none: 'geen',
      }
    : {
        head: ['Service', 'Finalité', 'Cookies et stockage'],
        session: 'session',
        days: (n) => `${n} jour${n > 1 ? 's' : ''}`,
        none: 'aucun',
      };

const say = (text) => (typeof text === 'object' ? (text[lang] ?? Object.values(text)[0]) : text);

function traces(service) {
  const cookies = (service.cookies ?? []).map(
    ({ name, pattern, lifetimeDays }) =>
      `${name ?? pattern} (${lifetimeDays > 0 ? words.days(lifetimeDays) : words.session})`,
  );
  const storage = (service.storage ?? []).map(({ kind, key }) => `${key} (${kind})`);
  return [...cookies, ...storage].join(', ') || words.none;
}

function row(cell, texts) {
  const line = document.createElement('tr');
  for (const text of texts) line.append(Object.assign(document.createElement(cell), { textContent: text }));
  return line;
}

for (const place of document.querySelectorAll('[data-declaration]')) {
  const response = await fetch(place.dataset.declaration);
  const policy = await response.json();
  const table = document.createElement('table');
  table.createTHead().append(row('th', words.head));
  const body = table.createTBody();
  for (const service of policy.services) {
    const name = service.name ?? service.vendor.name;
    const who = name === service.vendor.name ? name : `${name} (${service.vendor.name})`;
    body.append(row('td', [who, say(service.purpose), traces(service)]));
  }
  place.append(table);
}
