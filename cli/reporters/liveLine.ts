import type { CliIo } from '../io.ts';

/** The last line of a live terminal; on a pipe only whole lines are written. */
export class LiveLine {
  readonly #io: CliIo;
  #shown = '';
  #at = 0;

  constructor(io: CliIo) {
    this.#io = io;
  }

  print(lines: readonly string[]): void {
    this.clear();
    for (const line of lines) this.#io.out(`${line}\n`);
  }

  show(line: string): void {
    const cut = line.slice(0, Math.max(20, this.#io.columns - 1));
    const now = performance.now();
    if (cut === this.#shown || now - this.#at < 80) return;
    this.#at = now;
    this.#io.out(`\r\u001b[K${cut}`);
    this.#shown = cut;
  }

  clear(): void {
    if (this.#shown) this.#io.out('\r\u001b[K');
    this.#shown = '';
  }
}
