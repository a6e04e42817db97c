// What is used of packages that are installed below bench/ when a benchmark needs them: without them the types still hold.

declare module 'tinybench' {
  export class Bench {
    constructor(options: { time: number; warmupTime: number });
    add(name: string, call: () => unknown): this;
    run(): Promise<unknown>;
    readonly tasks: readonly {
      readonly name: string;
      /** Milliseconds of one call. */
      readonly result: { readonly latency: { readonly p50: number } } | { readonly state: string };
    }[];
  }
}

declare module '@observablehq/plot' {
  export interface Mark {
    readonly plot?: never;
  }
  export type Options = Readonly<Record<string, unknown>>;
  export function plot(options: Options): Element;
  export function barX(data: readonly object[], options: Options): Mark;
  export function ruleX(data: readonly number[], options?: Options): Mark;
  export function ruleY(data: readonly object[], options: Options): Mark;
  export function line(data: readonly object[], options: Options): Mark;
  export function dot(data: readonly object[], options: Options): Mark;
  export function text(data: readonly object[], options: Options): Mark;
  export function gridX(options?: Options): Mark;
  export function gridY(options?: Options): Mark;
}

declare module 'linkedom' {
  export function parseHTML(html: string): { document: Document };
}
