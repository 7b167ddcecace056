import { Writable } from 'node:stream';
import { StringDecoder } from 'node:string_decoder';

/** A stream that hands on whole lines, and the rest when it is flushed. */
export class LineWriter extends Writable {
  readonly #onLine: (line: string) => void;
  readonly #decoder = new StringDecoder();
  #rest = '';

  constructor(onLine: (line: string) => void) {
    super();
    this.#onLine = onLine;
  }

  override _write(chunk: Buffer, _encoding: BufferEncoding, done: () => void): void {
    const lines = (this.#rest + this.#decoder.write(chunk)).split('\n');
    this.#rest = lines.pop() ?? '';
    for (const line of lines) this.#onLine(line);
    done();
  }

  /** Hands on a last line that had no line break. */
  flush(): void {
    const line = this.#rest + this.#decoder.end();
    this.#rest = '';
    if (line !== '') this.#onLine(line);
  }
}
