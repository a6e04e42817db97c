const PRIMES = Array.from({ length: 312 }, (_, n) => n).filter(
  (n, _, all) => n > 1 && !all.some((factor) => factor > 1 && factor < n && n % factor === 0),
);
/** The first 32 bits after the point, which the algorithm takes its constants from. */
const fraction = (root: number) => ((root % 1) * 2 ** 32) | 0;
const ROUNDS = PRIMES.map((prime) => fraction(Math.cbrt(prime)));
const START = PRIMES.slice(0, 8).map((prime) => fraction(Math.sqrt(prime)));

const rotate = (word: number, by: number) => (word >>> by) | (word << (32 - by));
const mix = (word: number, one: number, other: number, rest: number) =>
  rotate(word, one) ^ rotate(word, other) ^ rest;

type State = [number, number, number, number, number, number, number, number];

/**
 * SHA-256 of the UTF-8 of a text, as 64 hexadecimal digits. Our own, since that of browsers is absent from pages of
 * plain http, and answers too late for one that is being left.
 * Source: FIPS 180-4 § 4.1.2, § 5.1.1, § 6.2.2
 */
export function sha256(text: string): string {
  const bytes = new TextEncoder().encode(text);
  // One bit, zeros, and the length in bits, to a whole number of blocks.
  const size = (bytes.length + 72) & -64;
  const blocks = new DataView(new ArrayBuffer(size));
  bytes.forEach((byte, i) => {
    blocks.setUint8(i, byte);
  });
  blocks.setUint8(bytes.length, 128);
  blocks.setUint32(size - 8, bytes.length / 2 ** 29);
  blocks.setUint32(size - 4, bytes.length * 8);

  let state = START;
  for (let block = 0; block < size; block += 64) {
    const words: number[] = [];
    const word = (i: number) => words[i] as number;
    let work = state;
    ROUNDS.forEach((constant, i) => {
      words.push(
        i < 16
          ? blocks.getInt32(block + i * 4)
          : (mix(word(i - 2), 17, 19, word(i - 2) >>> 10) +
              word(i - 7) +
              mix(word(i - 15), 7, 18, word(i - 15) >>> 3) +
              word(i - 16)) |
              0,
      );
      const [a, b, c, d, e, f, g, h] = work as State;
      const first = h + mix(e, 6, 11, rotate(e, 25)) + ((e & f) ^ (~e & g)) + constant + word(i);
      const second = mix(a, 2, 13, rotate(a, 22)) + ((a & b) ^ (a & c) ^ (b & c));
      work = [(first + second) | 0, a, b, c, (d + first) | 0, e, f, g];
    });
    state = state.map((before, i) => (before + (work[i] as number)) | 0);
  }
  return state.map((part) => (part >>> 0).toString(16).padStart(8, '0')).join('');
}
