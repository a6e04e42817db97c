import type { Mark } from './case.ts';

/** One element of a text of markup: a script with what is in it, or a tag that opens. */
const ELEMENT = /<script\b([^>]*)>([\s\S]*?)<\/script>|<(?!\/|!)([a-z]+)\b([^>]*)>/g;
const ATTRIBUTE = /([\w:-]+)(?:="([^"]*)")?/g;

export interface MarkupElement {
  readonly tag: string;
  /** In order; a name without a value has the empty text. */
  readonly attributes: Map<string, string>;
  /** Of scripts only. */
  readonly text: string;
}

export const attributesText = (attributes: ReadonlyMap<string, string>): string =>
  [...attributes].map(([name, value]) => (value ? ` ${name}="${value}"` : ` ${name}`)).join('');

/** Goes through a text of markup and lets `change` write each element anew. Undefined leaves it as it is. */
export function rewrite(html: string, change: (element: MarkupElement) => string | undefined): string {
  return html.replace(
    ELEMENT,
    (whole, scriptAttributes?: string, text?: string, tag = 'script', tagAttributes?: string) => {
      const attributes = new Map<string, string>();
      for (const [, name = '', value = ''] of (scriptAttributes ?? tagAttributes ?? '').matchAll(ATTRIBUTE)) {
        attributes.set(name, value);
      }
      return change({ tag, attributes, text: text ?? '' }) ?? whole;
    },
  );
}

/** Attributes that make a browser load something, by element. Links of a page (`a`, `area`) are not among them. */
const LOADING = ['src', 'srcset', 'poster', 'srcdoc', 'data', 'style'];
const HREF = ['link', 'image', 'use'];

export const loads = ({ tag, attributes }: MarkupElement): string[] =>
  [...attributes.keys()].filter((name) => LOADING.includes(name) || (name === 'href' && HREF.includes(tag)));

/** Marks every element that would run or load, as the README of bandeau says. */
export function markForBandeau(html: string, mark: Mark = {}): string {
  const { by = 'both', dataSrc = false, category = 'analytics', service = 'visits', attributes: more } = mark;
  const marks = [
    by !== 'service' && `data-category="${category}"`,
    by !== 'category' && `data-service="${service}"`,
    more,
  ];
  const marksText = marks
    .filter(Boolean)
    .map((text) => ` ${text}`)
    .join('');
  return rewrite(html, (element) => {
    const { tag, attributes, text } = element;
    if (tag === 'script') {
      const kept = [...attributes].map(([name, value]): [string, string] => {
        if (name === 'type') return ['data-type', value];
        return [name === 'src' && dataSrc ? 'data-src' : name, value];
      });
      return `<script type="text/plain"${marksText}${attributesText(new Map(kept))}>${text}</script>`;
    }
    const loading = loads(element);
    if (!loading.length) return undefined;
    const held = [...attributes].map(([name, value]): [string, string] => [
      loading.includes(name) ? `data-${tag === 'object' && name === 'data' && dataSrc ? 'src' : name}` : name,
      value,
    ]);
    return `<${tag}${marksText}${attributesText(new Map(held))}>`;
  });
}
