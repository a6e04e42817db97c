/** What the command line touches, so that a test can stand in for it. */
export interface Io {
  stdout(text: string): void;
  stderr(text: string): void;
  /** @throws {Error} when the file can't be read */
  readFile(path: string): string;
  /**
   * A file that was built beside the command.
   * @throws {Error} when it isn't there
   */
  readBuilt(name: string): string;
  /** True where there is a file or a folder. */
  exists(path: string): boolean;
  /** True for a symbolic link, also one that leads nowhere. */
  isLink(path: string): boolean;
  /**
   * Makes the folders above it where they are missing.
   * @throws {Error} when the file can't be written
   */
  writeFile(path: string, content: string | Uint8Array): void;
  /** Milliseconds since the epoch. */
  now(): number;
}

/** 0 fine, 1 problems, 2 wrong arguments or a file that can't be read or written. */
export type ExitCode = 0 | 1 | 2;

export const PROBLEMS = 1;
export const UNUSABLE = 2;
