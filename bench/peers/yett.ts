import type { Library } from '../../test/gate/library.ts';
import { attributesText, rewrite } from '../../test/gate/marks.ts';
import { peerFile } from './files.ts';

const FILE = '/peers/yett.js';

/**
 * https://github.com/elbywan/yett#readme: a list of addresses, `unblock()`, and on external scripts the type
 * that it recommends ("Add a type attribute manually"; a module would lose its own type). It stores nothing: the adapter keeps the answer, and leaves the library out once it is a yes.
 */
export const createYett = (): Library => ({
  name: 'yett',
  files: { [FILE]: peerFile('yett/dist/yett.min.js') },
  head: (receipt, tracker, nonce) => `<script nonce="${nonce}">
      window.receipt = '${receipt}';
      window.YETT_BLACKLIST = localStorage.getItem(receipt) === 'yes' ? [] : [new RegExp('${tracker}/')];
      window.isYes = localStorage.getItem(receipt) === 'yes';
    </script>
    <script src="${FILE}" nonce="${nonce}"></script>`,
  held: (html) =>
    rewrite(html, ({ tag, attributes, text }) =>
      tag === 'script' && attributes.has('src') && !attributes.has('type')
        ? `<script type="javascript/blocked"${attributesText(attributes)}>${text}</script>`
        : undefined,
    ),
  isReady: 'window.yett && (!isYes || !yett.unblock())',
  accept: `(localStorage.setItem(receipt, 'yes'), yett.unblock())`,
  reject: `localStorage.setItem(receipt, 'no')`,
  withdraw: `localStorage.setItem(receipt, 'no')`,
  isOwn: () => false,
});
