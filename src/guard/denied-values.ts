import { MARK, SOURCE, TAG } from './carriers.ts';
import type { Rules } from './rules.ts';

/** What is denied inside of values that hold more than one address. */
export interface DeniedValues {
  /**
   * The denied service of an attribute's value. Undefined when it may be requested.
   * @param name one of `SOURCES`
   * @param base what a relative address is relative to
   */
  deniedBy(name: string, value: string, base: string): string | undefined;
  /** A text of HTML in which every denied address is marked. The same text when there is none. */
  mark(html: string, base: string): string;
}

export function createDeniedValues(rules: Rules): DeniedValues {
  /** @param onDenied told of each denied service, in order */
  const mark = (html: string, base: string, onDenied?: (service: string) => void) =>
    rules.mentions(html)
      ? html.replace(TAG, (tag, element: string, attributes: string) => {
          const isScript = /script/i.test(element);
          let isDenied = false;
          const marked = attributes.replace(SOURCE, (all: string, before, name: string, value: string) => {
            const service = deniedBy(name.toLowerCase(), value.replace(/^["']|["']$/g, ''), base);
            if (!service) return all;
            isDenied = true;
            onDenied?.(service);
            return isScript ? all : `${before}${MARK}${all.slice(1)}`;
          });
          if (!isDenied) return tag;
          // Of two attributes of one name the first counts.
          return isScript
            ? `<script type="text/plain"${marked.replace(/(\s)type\s*=/gi, `$1${MARK}type=`)} ${MARK}type=""`
            : `<${element}${marked}`;
        })
      : html;

  const deniedBy: DeniedValues['deniedBy'] = (name, value, base) => {
    const services: string[] = [];
    if (name === 'srcdoc') mark(value, base, (service) => services.push(service));
    else {
      for (const address of name.endsWith('srcset') ? value.split(/[\s,]+/) : [value]) {
        const service = rules.deniedAddress(address, base);
        if (service) services.push(service);
      }
    }
    return services[0];
  };

  return { deniedBy, mark };
}
