/** How far a long command is: on a terminal one line that is rewritten, in a file a line for every tenth. */

import { UNPRINTABLE } from '../graph/json.ts';

/** The part of standard error that is used. */
export interface Screen {
  readonly isTTY?: boolean;
  readonly columns?: number | undefined;
  readonly write: (text: string) => unknown;
}

export class ProgressLine {
  readonly #screen: Screen;
  readonly #inFiles: boolean;
  #width = 0;
  #tenths = 0;

  /** `inFiles`: whether it takes so long that one wants to read it in a log. */
  constructor(screen: Screen, inFiles: boolean) {
    this.#screen = screen;
    this.#inFiles = inFiles;
  }

  /** `done` is from 0 to 1. */
  tell(line: string, done: number): void {
    const text = `${String(Math.floor(100 * done)).padStart(3)} %  ${line.replace(UNPRINTABLE, '')}`;
    const tenths = Math.floor(10 * done);
    if (this.#screen.isTTY === true) {
      const cut = text.slice(0, (this.#screen.columns || 80) - 1); // a line that wraps cannot be rewritten
      this.#screen.write(`\r${cut.padEnd(this.#width)}`);
      this.#width = cut.length;
    } else if (this.#inFiles && tenths > this.#tenths) {
      this.#tenths = tenths;
      this.#screen.write(`${text}\n`);
    }
  }

  /** Leaves an empty line to what follows. */
  clear(): void {
    if (this.#width > 0) this.#screen.write(`\r${' '.repeat(this.#width)}\r`);
    this.#width = 0;
  }
}
