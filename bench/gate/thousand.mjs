/**
 * `node bench/gate/thousand.mjs [runs]`: a thousand held inline scripts, from the click on "accept" to the last
 * one, against a loop that a site could have written; the two take turns. Needs `npm run build` before.
 */
import { LIBRARY, median, ms, startBench } from './page.mjs';

const RUNS = Number(process.argv[2] ?? 9);
const COUNT = 1000;
const SLOWDOWNS = [1, 4];

const scripts = Array.from(
  { length: COUNT },
  (_, index) =>
    `<script type="text/plain" data-category="analytics" data-service="visits">window.ran = (window.ran || 0) + 1; if (ran === ${COUNT}) window.last = performance.now(); // ${index}</script>`,
).join('\n');

const WATCH = `<script>
  window.long = [];
  new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) long.push(duration);
  }).observe({ type: 'longtask' });
  addEventListener('click', () => { window.start = performance.now(); long.length = 0; }, true);
</script>`;

const LOOP = `<button data-bandeau-action="accept-all">Accept</button><script>
  document.querySelector('button').onclick = () => {
    for (const held of document.querySelectorAll('script[type="text/plain"]')) {
      const script = document.createElement('script');
      script.text = held.text;
      held.replaceWith(script);
    }
  };
</script>`;

const document = (head, body) =>
  `<!doctype html><html lang="en"><head><title>thousand</title>${head}</head><body>${scripts}${body}</body></html>`;

const bench = await startBench({
  '/bandeau': document(WATCH + LIBRARY, ''),
  '/loop': document(WATCH, LOOP),
});

async function measure(path, slowdown) {
  const { page, close } = await bench.open(path, slowdown);
  await page.locator('[data-bandeau-action="accept-all"]').click();
  await page.waitForFunction('window.last');
  // The observer of long tasks is told a moment later.
  const [time, long, ran] = await page.evaluate(
    'new Promise((resolve) => setTimeout(() => resolve([last - start, long, ran]), 300))',
  );
  if (ran !== COUNT) throw new Error(`${path}: ${ran} scripts ran, expected ${COUNT}`);
  await close();
  return { time, tasks: long.length, longest: Math.max(0, ...long) };
}

console.log(`Chromium ${bench.version}, ${COUNT} inline scripts, medians of ${RUNS} runs`);
for (const slowdown of SLOWDOWNS) {
  const results = { '/bandeau': [], '/loop': [] };
  for (let run = 0; run < RUNS; run++) {
    for (const path of Object.keys(results)) results[path].push(await measure(path, slowdown));
  }
  for (const [path, all] of Object.entries(results)) {
    const of = (key) => median(all.map((one) => one[key]));
    console.log(
      `${slowdown}x ${path.slice(1).padEnd(8)} click to last ${ms(of('time'))}, tasks over 50 ms: ${of('tasks')}, longest ${ms(of('longest'))}`,
    );
  }
}
await bench.close();
