import { visible } from '../../events/visible.ts';
import type { Terminal } from './terminal.ts';
import { cutTo } from './width.ts';

/** Says on standard error what is going on while nothing else can be said. */
export interface Progress {
  say(text: string): void;
  /** Takes the line away. */
  stop(): void;
}

const FRAMES = ['⠋', '⠙', '⠹', '⠸', '⠼', '⠴', '⠦', '⠧', '⠇', '⠏'] as const;
const FRAME_MS = 100;
const CLEAR_LINE = '\r\u001b[2K';

/**
 * A line that moves on a terminal; nothing anywhere else, so that logs are not filled with it. Not a package's: those
 * take SIGINT to themselves, and then a wait could not say how to go on after Ctrl-C.
 */
export function progress(
  first: string,
  to: Terminal,
  stream: Pick<NodeJS.WriteStream, 'write'> = process.stderr,
): Progress {
  if (!to.live) return { say: () => undefined, stop: () => undefined };
  let text = first;
  let frame = 0;
  const draw = () => {
    const line = cutTo(`${FRAMES[frame % FRAMES.length]} ${visible(text)}`, (to.width ?? 80) - 1);
    stream.write(`${CLEAR_LINE}${to.colors.cyan(line.slice(0, 1))}${line.slice(1)}`);
    frame += 1;
  };
  draw();
  const timer = setInterval(draw, FRAME_MS);
  return {
    say: (next) => {
      text = next;
      draw();
    },
    stop: () => {
      clearInterval(timer);
      stream.write(CLEAR_LINE);
    },
  };
}
