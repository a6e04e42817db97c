import { deflateSync } from 'node:zlib';
import type { Addition } from '../contender.ts';

/** Of the picture, as large as it is shown: browsers take one that is stretched for a small one. */
const WIDTH = 960;
const HEIGHT = 416;
/** One bit for each pixel, and the byte that begins a row. */
const ROW = WIDTH / 8 + 1;

const PARAGRAPH =
  'The willow stands where the river slows down, and for as long as anybody remembers there has been a shop beside it. ' +
  'It sold rope and lamp oil at first, then paper, then books, since the people who came for paper stayed to read. ' +
  'What you find here today is what we would read ourselves, chosen one by one, and a kettle that is always warm.';

/** The page that every contender is added to. Its largest paint is the picture. */
export function renderPage({ first = '', head = '', body = '' }: Addition): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Willow Books</title>
<link rel="icon" href="data:,">
<script>${PRELUDE}</script>
${first}
<style>body{width:60rem;margin:0 auto;padding:1rem;font:1rem/1.5 sans-serif}img{display:block}</style>
${head}
</head>
<body>
<header><h1>Willow Books</h1><nav><a href="#shop">Shop</a> <a href="#news">News</a> <a href="#about">About</a></nav></header>
<main>
<img src="/picture.png" width="960" height="416" alt="The shop">
${`<p>${PARAGRAPH}</p>\n`.repeat(6)}
</main>
<footer><p>Willow Books, by the river.</p></footer>
${body}
</body>
</html>`;
}

/**
 * On every page, before anything else: where held scripts say that they run, and when the library was reached.
 * `ran.all(n)` is kept once n have run.
 */
const PRELUDE = `
window.ran=Object.assign([],{wanted:Infinity,
push(entry){this[this.length]=entry;if(this.length===this.wanted)this.done()},
all(n){return new Promise(done=>{this.wanted=n;this.done=done;if(this.length>=n)done()})}});
window.reached=performance.now();`.trim();

const crcTable = Array.from({ length: 256 }, (_, n) => {
  let c = n;
  for (let k = 0; k < 8; k++) c = c & 1 ? 0xedb88320 ^ (c >>> 1) : c >>> 1;
  return c;
});
const crc = (bytes: Buffer) =>
  ~bytes.reduce((sum, byte) => (crcTable[(sum ^ byte) & 255] ?? 0) ^ (sum >>> 8), -1) >>> 0;

const chunk = (name: string, data: Buffer) => {
  const named = Buffer.concat([Buffer.from(name), data]);
  const ends = Buffer.alloc(8);
  ends.writeUInt32BE(data.length, 0);
  ends.writeUInt32BE(crc(named), 4);
  return Buffer.concat([ends.subarray(0, 4), named, ends.subarray(4)]);
};

/** The same noise in every run, which no coding makes smaller: 50 kB. */
export function drawPicture(): Buffer {
  let seed = 7;
  const rows = Buffer.alloc(HEIGHT * ROW);
  for (let i = 0; i < rows.length; i++) {
    seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0;
    rows[i] = i % ROW ? seed >>> 24 : 0;
  }
  const header = Buffer.alloc(13);
  header.writeUInt32BE(WIDTH, 0);
  header.writeUInt32BE(HEIGHT, 4);
  header[8] = 1;
  return Buffer.concat([
    Buffer.from('89504e470d0a1a0a', 'hex'),
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(rows)),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}
