/**
 * An expression for the page: settled when whatever it had begun before has had its turn, and is in the log of
 * `origin`. Nothing is waited for by the clock: browsers call timers in the order in which they are due, so one
 * of 120 ms that is set now comes after every shorter one that was set before. The SDK's own are a frame (100 ms
 * where there are none), then 50 ms for what is added late.
 */
export const settled = (origin: string): string => `(async () => {
  for (let i = 0; i < 2; i++) await new Promise((resolve) => setTimeout(resolve, 120));
  await fetch(${JSON.stringify(`${origin}/p/settled.gif`)}, { mode: 'no-cors' }).catch(() => {});
  await new Promise((resolve) => setTimeout(resolve));
})()`;
