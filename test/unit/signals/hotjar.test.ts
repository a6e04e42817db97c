import { describe, expect, it, vi } from 'vitest';
import { hotjar } from '../../../src/signals/hotjar.ts';
import { cleanGlobals, itHears, openPage, recordFunction, VISITS } from '../../fixtures/signals.ts';

const errors = cleanGlobals('hj');

const nothing = {
  'nothing is known yet': [],
  'a first visit': [],
  accepting: [],
  refusing: [],
  'granting analytics alone': [],
  'accepting, then withdrawing': [],
  'back after accepting': [],
  'back after refusing': [],
  'accepting, then reset': [],
  'accepting after the signal was stopped': [],
};
const WARNING = ['bandeau: hotjar: only a held script can be refused'];

type Hj = ((...args: unknown[]) => void) & { q?: unknown[] };

/** A double of Hotjar's snippet, which keeps calls until its script is there. */
const runSnippetDouble = (): Hj => {
  const find = (): Hj => Reflect.get(globalThis, 'hj');
  const made: Hj = (...args) => {
    const hj = find();
    hj.q = hj.q ?? [];
    hj.q.push(args);
  };
  Reflect.set(globalThis, 'hj', find() ?? made);
  return find();
};

describe('hotjar, which has no way to be told', () => {
  const record = () => {
    vi.spyOn(console, 'error').mockImplementation(() => {});
    return recordFunction('hj');
  };
  itHears(hotjar, record, nothing);

  it.each(['refusing', 'accepting, then withdrawing', 'back after refusing'] as const)(
    'says that its script should be held: %s',
    (name) => {
      record();
      VISITS[name](openPage(hotjar()));
      expect(vi.mocked(console.error).mock.calls).toEqual([WARNING]);
    },
  );

  it.each(['nothing is known yet', 'a first visit', 'accepting', 'back after accepting'] as const)(
    'says nothing otherwise: %s',
    (name) => {
      record();
      VISITS[name](openPage(hotjar()));
      expect(console.error).not.toHaveBeenCalled();
    },
  );

  it('says nothing where its script is held', () => {
    const error = vi.spyOn(console, 'error').mockImplementation(() => {});
    VISITS.refusing(openPage(hotjar()));
    expect(error).not.toHaveBeenCalled();
    runSnippetDouble();
    expect(error.mock.calls).toEqual([WARNING]);
  });
});

describe('hotjar with the command that sites use', () => {
  const make = () => hotjar({ consentCommand: true });
  const yes = ['consent', true];
  const no = ['consent', false];
  itHears(make, () => recordFunction('hj'), {
    ...nothing,
    accepting: [yes],
    refusing: [no],
    'granting analytics alone': [yes],
    'accepting, then withdrawing': [yes, no],
    'back after accepting': [yes],
    'back after refusing': [no],
    'accepting, then reset': [yes, no],
  });

  it('is first in the queue of a snippet that comes later', () => {
    VISITS.accepting(openPage(make()));
    runSnippetDouble()('event', 'bought');
    expect(runSnippetDouble().q).toEqual([yes, ['event', 'bought']]);
    expect(errors).toEqual([]);
  });

  it('is in the queue of a snippet that was first', () => {
    runSnippetDouble();
    VISITS.accepting(openPage(make()));
    expect(runSnippetDouble().q).toEqual([yes]);
  });

  it('waits for nothing after its stop', () => {
    const page = openPage(make());
    VISITS.accepting(page);
    page.stop();
    expect(runSnippetDouble().q).toBeUndefined();
  });
});
