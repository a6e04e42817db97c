import type { CAC } from 'cac';

/**
 * The values of the command's options as they were written: cac makes a number of what looks like one (a folder named
 * `1e3`), and a list of what is given twice.
 * @throws {Error} where one has more than one value
 */
export function readAsWritten({ matchedCommand, options, rawArgs }: CAC): void {
  for (const { name, rawName, required } of matchedCommand?.options ?? []) {
    const value: unknown = options[name];
    const [flag = ''] = rawName.split(' ');
    if (!required) continue;
    if (typeof value === 'object') throw new Error(`${flag} takes one value, and is given once.`);
    if (typeof value !== 'number') continue;
    const texts = rawArgs.flatMap((word, i) => {
      if (word === flag) return rawArgs[i + 1] ?? [];
      return word.startsWith(`${flag}=`) ? word.slice(flag.length + 1) : [];
    });
    options[name] = texts.find((text) => Number(text) === value) ?? String(value);
  }
}
