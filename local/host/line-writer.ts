import { Writable } from 'node:stream';

/** A stream that hands on whole lines, and the rest when it is flushed. */
export class LineWriter extends Writable {
  readonly #onLine: (line: string) => void;
  #rest = '';

  constructor(onLine: (line: string) => void) {
    super();
    this.#onLine = onLine;
  }

  override _write(chunk: Buffer, _encoding: BufferEncoding, done: () => void): void {
    const lines = (this.#rest + chunk.toString()).split('\n');
    this.#rest = lines.pop() ?? '';
    for (const line of lines) this.#onLine(line);
    done();
  }

  /** Hands on a last line that had no line break. */
  flush(): void {
    if (this.#rest === '') return;
    const line = this.#rest;
    this.#rest = '';
    this.#onLine(line);
  }
}
