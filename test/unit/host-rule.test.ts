import { describe, expect, it } from 'vitest';
import { hostRule, parseAddress } from '../../src/policy/host-rule.ts';
import { overlaps, readHostSource } from '../../src/policy/host-source.ts';

const BASE = 'https://site.example/dir/page';
const matches = (rule: string, address: string, base = BASE) => {
  const url = parseAddress(address, base);
  return !!url && hostRule(rule)(url);
};

describe('hostRule', () => {
  it.each<[rule: string, address: string]>([
    ['t.example', 'https://t.example'],
    ['t.example', 'http://t.example/x?y#z'],
    ['t.example', 'wss://t.example:8443/live'],
    ['t.example', '//t.example/x'],
    ['T.Example', 'HTTPS://T.EXAMPLE/'],
    ['t.example', 'https://t.example./x'],
    ['t.example.', 'https://t.example/x'],
    ['t.example', 'https://user:secret@t.example/x'],
    ['t.example', ' \n\thttps://t.exam\nple/x'],
    ['t.example', 'https:\\\\t.example\\x'],
    ['t.example', 'https://t%2Eexample/x'],
    ['bücher.example', 'https://xn--bcher-kva.example/'],
    ['127.0.0.1', 'http://127.0.0.1:41234/s/x.js'],
    ['127.0.0.1', 'http://2130706433/'],
    ['*.t.example', 'https://a.t.example/'],
    ['*.t.example', 'https://a.b.t.example./'],
    ['t.example:443', 'https://t.example/'],
    ['t.example:80', 'ws://t.example/'],
    ['t.example:8443', 'https://t.example:8443/x'],
    ['*.t.example:8443', 'https://a.t.example:8443/'],
    ['t.example/maps/', 'https://t.example/maps/'],
    ['t.example/maps/', 'https://t.example/maps/a/b'],
    ['t.example/maps', 'https://t.example/maps'],
    ['t.example/maps', 'https://t.example/maps?q'],
    ['t.example/m%61ps/', 'https://t.example/maps/a'],
    ['t.example/maps/', 'https://t.example/m%61ps/a'],
    ['t.example/maps/', 'https://t.example/x/../maps/a'],
    ['t.example/', 'https://t.example/anything'],
    ['site.example/stats/', '/stats/p.gif'],
    ['site.example/dir/', 'p.gif'],
  ])('%s means %j', (rule, address) => {
    expect(matches(rule, address)).toBe(true);
  });

  it.each<[rule: string, address: string]>([
    ['t.example', 'https://a.t.example/'],
    ['t.example', 'https://nott.example/'],
    ['t.example', 'https://t.example.evil.example/'],
    ['t.example', 'https://t.example@evil.example/'],
    ['t.example', 'https://evil.example/t.example'],
    ['t.example', 'https://evil.example/?https://t.example'],
    ['t.example', 't.example/x'],
    ['t.example', 'data:text/plain,https://t.example/'],
    ['t.example', 'blob:https://t.example/0-0'],
    ['t.example', 'ftp://t.example/'],
    ['t.example', 'javascript:"//t.example"'],
    ['t.example', 'https://['],
    ['t.example', 'https://'],
    ['*.t.example', 'https://t.example/'],
    ['*.t.example', 'https://at.example/'],
    ['t.example:8443', 'https://t.example/'],
    ['t.example:443', 'http://t.example/'],
    ['t.example/maps/', 'https://t.example/maps'],
    ['t.example/maps', 'https://t.example/mapsy'],
    ['t.example/maps', 'https://t.example/maps/'],
    ['t.example/maps', 'https://t.example/maps/a'],
    ['t.example/maps', 'https://t.example/Maps'],
    ['t.example/maps/', 'https://t.example/maps/../x'],
    ['', 'https://t.example/'],
    ['*', 'https://t.example/'],
    ['*.', 'https://undefined/'],
    ['*.', 'https://x.undefined/'],
    ['*.*', 'https://t.example/'],
    ['https://t.example', 'https://t.example/'],
    ['user@t.example', 'https://t.example/'],
    ['t.example?x', 'https://t.example/?x'],
    ['[', 'https://t.example/'],
    ['', 'data:,'],
  ])('%j does not mean %j', (rule, address) => {
    expect(matches(rule, address)).toBe(false);
  });

  it('reads a relative address where the page is', () => {
    expect(matches('site.example', '/x')).toBe(true);
    expect(matches('t.example', '/x', 'https://t.example/')).toBe(true);
    expect(parseAddress('/x')).toBeUndefined();
  });
});

/** What a path means, to the guard and to what the server compares addresses with. */
describe.each<[rule: string, address: string, isMeant: boolean]>([
  ['t.example', 't.example/a', true],
  ['t.example/', 't.example/a', true],
  ['t.example/maps', 't.example/maps', true],
  ['t.example/maps', 't.example/maps/', false],
  ['t.example/maps', 't.example/maps/a', false],
  ['t.example/maps', 't.example/mapsy', false],
  ['t.example/maps/', 't.example/maps', false],
  ['t.example/maps/', 't.example/maps/', true],
  ['t.example/maps/', 't.example/maps/a/b', true],
  ['t.example/maps/', 't.example/mapsy/', false],
  ['t.example/maps/a.js', 't.example/maps/a.js', true],
  ['t.example/maps/a.js', 't.example/maps/a.jsx', false],
  ['*.t.example/maps/', 'a.t.example/maps/a', true],
  ['*.t.example/maps', 'a.t.example/maps/a', false],
])('%s and %s', (rule, address, isMeant) => {
  it('agree for the guard and for the server', () => {
    expect(matches(rule, `https://${address}`)).toBe(isMeant);
    const [one, other] = [readHostSource(rule), readHostSource(address)];
    expect(!!one && !!other && overlaps(one, other)).toBe(isMeant);
  });
});
