/**
 * `node bench/gate/scan.mjs [runs]`: what looking for held elements costs: one scan of a page of 10,000
 * elements, and the SDK's share while 10,000 elements are added. Needs `npm run build` before.
 */
import { LIBRARY, median, ms, startBench } from './page.mjs';

const RUNS = Number(process.argv[2] ?? 9);
const COUNT = 10_000;

const elements = '<p class="a"><b>text</b></p>'.repeat(COUNT / 2);
const document = (head, body) =>
  `<!doctype html><html lang="en"><head><title>scan</title>${head}</head><body>${body}<div id="place"></div></body></html>`;

const bench = await startBench({
  '/full': document(LIBRARY, elements),
  '/with': document(LIBRARY, ''),
  '/without': document('', ''),
});

/** A hundred at a time, a frame for each hundred, as an endless list does. */
const APPEND = `(async () => {
  const place = document.getElementById('place');
  for (let i = 0; i < ${COUNT / 100}; i++) {
    for (let j = 0; j < 100; j++) place.append(document.createElement('p'));
    await new Promise((resolve) => requestAnimationFrame(resolve));
  }
  await new Promise((resolve) => setTimeout(resolve, 100));
})()`;

async function scan() {
  const { page, close } = await bench.open('/full');
  await page.waitForFunction('window.bandeau?.scan');
  const time = await page.evaluate(`(() => {
    const times = [];
    for (let i = 0; i < 20; i++) {
      const start = performance.now();
      bandeau.scan();
      times.push(performance.now() - start);
    }
    return times.sort((a, b) => a - b)[10];
  })()`);
  await close();
  return time;
}

/** Milliseconds of script while the elements are added. */
async function append(path) {
  const { page, protocol, close } = await bench.open(path);
  if (path === '/with') await page.locator('[data-bandeau-action="accept-all"]').waitFor();
  const spent = async () => {
    const { metrics } = await protocol.send('Performance.getMetrics');
    return metrics.find(({ name }) => name === 'ScriptDuration').value * 1000;
  };
  const before = await spent();
  await page.evaluate(APPEND);
  const time = (await spent()) - before;
  await close();
  return time;
}

const scans = [];
const appends = { '/with': [], '/without': [] };
for (let run = 0; run < RUNS; run++) {
  scans.push(await scan());
  for (const path of Object.keys(appends)) appends[path].push(await append(path));
}
console.log(`Chromium ${bench.version}, medians of ${RUNS} runs`);
console.log(`one scan of ${COUNT} elements: ${ms(median(scans))}`);
for (const [path, times] of Object.entries(appends)) {
  console.log(`script while ${COUNT} elements are added, ${path.slice(1)} the SDK: ${ms(median(times))}`);
}
await bench.close();
