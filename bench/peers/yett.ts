import type { Library } from '../../test/gate/library.ts';
import { peerFile } from './files.ts';

const FILE = '/peers/yett.js';

/**
 * https://github.com/elbywan/yett#readme: a list of addresses and `unblock()`. It needs no marks, and stores
 * nothing: the adapter keeps the answer, and leaves the library out once it is a yes.
 */
export const createYett = (): Library => ({
  name: 'yett',
  files: { [FILE]: peerFile('yett/dist/yett.min.js') },
  head: (receipt, tracker, nonce) => `<script nonce="${nonce}">
      window.receipt = '${receipt}';
      window.YETT_BLACKLIST = localStorage.getItem(receipt) === 'yes' ? [] : [new RegExp('${tracker}/')];
    </script>
    <script src="${FILE}" nonce="${nonce}"></script>`,
  held: (html) => html,
  isReady: 'window.yett',
  accept: `(localStorage.setItem(receipt, 'yes'), yett.unblock())`,
  reject: `localStorage.setItem(receipt, 'no')`,
  withdraw: `localStorage.setItem(receipt, 'no')`,
  isOwn: () => false,
});
