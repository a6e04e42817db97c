import { bundle, Features } from 'lightningcss';
import postcss from 'postcss';

const targets = { chrome: 112 << 16, firefox: 117 << 16, safari: (16 << 16) | (5 << 8) };

/** Short names of the private custom properties, the same in each sheet: `--_space` is `--_s5`. */
const shortened = new Map();

/** @param {string} name */
function shorten(name) {
  const short = `--_${name[3]}${name.length - 3}`;
  const other = shortened.get(short) ?? name;
  if (other !== name) throw new Error(`${name} and ${other} would both be ${short}: rename one of them`);
  shortened.set(short, name);
  return short;
}

/**
 * A style sheet with what it imports, as minified text. What stands in `@layer` becomes important: that beats
 * every `!important` of a page which has no layer before ours. What stands outside stays as it is, so that a
 * visitor's own tools can still hide the interface. The word itself is added by `lib/adopt-styles.ts`: a hundred
 * of them weigh more than that.
 * @param {string} filename
 * @returns {string}
 */
export function bundleCss(filename) {
  // light-dark() stands beside a fallback of its own, shorter than the one that would be made.
  const { code } = bundle({
    filename,
    minify: true,
    targets,
    exclude: Features.LightDark | Features.Nesting,
  });
  const sheet = postcss.parse(code.toString());
  sheet.walkAtRules('layer', (layer) =>
    layer.walkDecls((declaration) => {
      declaration.important = true;
      declaration.raws.important = '!';
    }),
  );
  return sheet.toString().replace(/--_[\w-]+/g, shorten);
}
