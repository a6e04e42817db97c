/**
 * An expression for the page: settled when whatever it had begun before has had its turn, and is in the log of
 * `origin`. Twice, since what the SDK does in the first round can begin more: the frame after which it releases,
 * however late that comes, then a timer. Browsers call timers in the order in which they are due, so this one
 * comes after the SDK's pause of 50 ms for what is added late. Where nothing is painted the SDK does not wait for
 * a frame, or not for more than a second. The pauses are timers because nothing tells a page that nothing is to come.
 */
export const settled = (origin: string): string => `(async () => {
  const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
  const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));
  for (let i = 0; i < 2; i++) {
    if (!document.hidden) await Promise.race([frame(), pause(1100)]);
    await pause(60);
  }
  await fetch(${JSON.stringify(`${origin}/p/settled.gif`)}, { mode: 'no-cors' }).catch(() => {});
  await pause(0);
})()`;
