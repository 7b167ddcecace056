/**
 * How long `dms-handshake --help` takes over a bare `node -e 0`, in ms: the median of pairs run one after the other, so
 * that what else the machine does meets both. Prints `{"help":{"bareMs","helpMs","overMs","runs"}}`.
 */
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const BINARY = fileURLToPath(new URL('../dist/cli/main.js', import.meta.url));

/** `runs` pairs. */
export function measureHelp(runs = 15) {
  const time = (args) => {
    const started = performance.now();
    const { status } = spawnSync(process.execPath, args, { stdio: 'ignore' });
    if (status !== 0) throw new Error(`node ${args.join(' ')} ended with ${status}`);
    return performance.now() - started;
  };
  const pairs = Array.from({ length: runs }, () => ({
    bare: time(['-e', '0']),
    help: time([BINARY, '--help']),
  }));
  return {
    bareMs: Math.round(median(pairs.map(({ bare }) => bare))),
    helpMs: Math.round(median(pairs.map(({ help }) => help))),
    overMs: Math.round(median(pairs.map(({ bare, help }) => help - bare))),
    runs,
  };
}

const median = (values) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;

if (process.argv[1] === fileURLToPath(import.meta.url))
  process.stdout.write(`${JSON.stringify({ help: measureHelp() })}\n`);
