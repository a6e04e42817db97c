import { describe, expect, it } from 'vitest';
import { putFirst } from '../../../src/signals/index.ts';

const NAMES = ['consent'];
const INIT = ['init', 'id'];
const GRANT = ['consent', 'grant'];
const REVOKE = ['consent', 'revoke'];

describe('what is put on a list of calls', () => {
  it('comes before what the page has put there, in its own order', () => {
    const list = [INIT];
    putFirst(list, NAMES, () => list.push(REVOKE, GRANT));
    expect(list).toEqual([REVOKE, GRANT, INIT]);
  });

  it.each([
    [
      [REVOKE, INIT],
      [REVOKE, GRANT, INIT],
    ],
    [
      [INIT, REVOKE, INIT],
      [INIT, REVOKE, GRANT, INIT],
    ],
  ])('comes after what was said of consent, so that it holds: %j', (list, expected) => {
    putFirst(list, NAMES, () => list.push(GRANT));
    expect(list).toEqual(expected);
  });

  it('may be a call as snippets keep it, in an arguments object', () => {
    const list: unknown[] = [{ 0: 'consent', 1: 'revoke', length: 2 }, INIT];
    putFirst(list, NAMES, () => list.push(GRANT));
    expect(list[1]).toBe(GRANT);
  });

  it('leaves alone a list that is read in the meantime, and what is none', () => {
    const list = [INIT];
    putFirst(list, NAMES, () => list.splice(0));
    expect(list).toEqual([]);
    const done: string[] = [];
    for (const none of [undefined, null, { push() {} }]) putFirst(none, NAMES, () => done.push('act'));
    expect(done).toEqual(['act', 'act', 'act']);
  });
});
