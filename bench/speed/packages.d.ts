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
