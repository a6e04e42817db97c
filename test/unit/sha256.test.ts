import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sha256 } from '../../src/policy/sha256.ts';

const known = (text: string) => createHash('sha256').update(text, 'utf8').digest('hex');

describe('sha256', () => {
  // The examples of FIPS 180-2, appendix B.
  it.each([
    ['', 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'],
    ['abc', 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad'],
    [
      'abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq',
      '248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1',
    ],
  ])('of "%s" is the one of the standard', (text, hash) => {
    expect(sha256(text)).toBe(hash);
  });

  it.each([1, 54, 55, 56, 57, 63, 64, 65, 111, 112, 119, 120, 127, 128, 129, 4096])(
    'is that of others at the edges of blocks: %i bytes',
    (length) => {
      expect(sha256('a'.repeat(length))).toBe(known('a'.repeat(length)));
    },
  );

  it.each([
    'é',
    '€',
    '😀',
    '\ud800',
    '\udc00x',
    'x\ud83d',
    '\u0000',
    `${'a'.repeat(54)}é`,
    `${'😀'.repeat(16)}`,
  ])('is that of the UTF-8 of %j', (text) => {
    expect(sha256(text)).toBe(known(text));
  });

  it('is that of others for every text', () => {
    const text = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 300 }),
      fc.string({ unit: 'grapheme', maxLength: 300 }),
      fc
        .array(fc.integer({ min: 0, max: 0xffff }), { maxLength: 200 })
        .map((it) => String.fromCharCode(...it)),
    );
    fc.assert(
      fc.property(text, (it) => sha256(it) === known(it)),
      { numRuns: 500 },
    );
  });

  it('differs where one letter does', () => {
    expect(sha256('{"version":"1"}')).not.toBe(sha256('{"version":"2"}'));
  });
});
