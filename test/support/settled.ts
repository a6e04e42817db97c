/**
 * An expression for the page: settled when whatever it had begun before has had its turn, and is in the log of
 * `origin`. Two rounds, since what the SDK does in the first can begin more. Each goes by what the page itself does:
 * the frame after which the SDK releases, however late that comes; then frames until its pause of 50 ms for what is
 * added late is over; then a task, which comes after every timer that is due, since browsers call timers in the
 * order in which they are due. Where nothing is painted there are no frames, and round trips stand in for them.
 */
export const settled = (origin: string): string => `(async () => {
  const roundTrip = () => fetch(${JSON.stringify(`${origin}/p/settled.gif`)}, { mode: 'no-cors' }).catch(() => {});
  const frame = () => new Promise((resolve) => {
    requestAnimationFrame(resolve);
    document.addEventListener('visibilitychange', resolve, { once: true });
  });
  const step = () => document.hidden ? roundTrip() : frame();
  const task = () => new Promise((resolve) => setTimeout(resolve));
  for (let i = 0; i < 2; i++) {
    await step();
    const end = performance.now() + 60;
    while (performance.now() < end) await step();
    await task();
  }
  await roundTrip();
  await task();
})()`;
