/** Script-tag entry: `<script src="bandeau-markup.js" data-map='{"cookiebot":{"statistics":"analytics"}}'></script>`. */
import { readMarkup } from './index.ts';

// Markup of others can shadow it: <img name="currentScript">.
const map = (document.currentScript as HTMLElement | null)?.dataset?.['map'];
try {
  readMarkup(JSON.parse(map ?? '{}'));
} catch (error) {
  console.error('bandeau: no map of the markup, it stays held:', map, error);
}
