/**
 * What an act puts on a list that no tag has read yet comes before whatever the page has put there, and after what was said
 * of consent: the last word of that holds.
 * @param list of calls, each a list that begins with its name; anything else is what a tag has made of it
 * @param names of the calls about consent
 */
export function putFirst(list: unknown, names: readonly string[], act: () => void): void {
  const calls: unknown[] = Array.isArray(list) ? list : [];
  const { length } = calls;
  act();
  const made = calls.splice(length);
  const said = calls.map((call) => names.includes(Object(call)[0]));
  calls.splice(said.lastIndexOf(true) + 1, 0, ...made);
}
