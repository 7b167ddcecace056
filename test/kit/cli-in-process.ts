import { tmpdir } from 'node:os';
import { vi } from 'vitest';
import { main } from '../../cli/main.ts';
import { BINARY, type Ended, environmentOf, type RunOptions } from './cli.ts';

/**
 * Runs a command line in this process, from the sources, as `runCli` runs the built one: with an environment, a folder and
 * streams of its own, all of it put back. A process costs ten times as much; what is about the process itself (signals,
 * input, a terminal, how it starts and ends) has `runCli`, and every command is run built once at least, in the sessions of
 * docs/ or beside its tests.
 * The runs of a file go one after the other, whoever asks for them.
 */
export function callCli(
  args: readonly string[],
  options: Omit<RunOptions, 'input' | 'onStart'> = {},
): Promise<Ended> {
  const run = last.then(() => call(args, options));
  last = run.catch(() => undefined);
  return run;
}

let last: Promise<unknown> = Promise.resolve();

async function call(args: readonly string[], { env = {}, cwd = tmpdir() }: RunOptions): Promise<Ended> {
  const before = { folder: process.cwd(), env: { ...process.env }, listeners: listeners() };
  const stdout = captured('stdout');
  const stderr = captured('stderr');
  process.chdir(cwd);
  setVariables(environmentOf(env));
  process.exitCode = undefined;
  try {
    await main([process.execPath, BINARY, ...args]);
    return { code: Number(process.exitCode ?? 0), stdout: stdout.text(), stderr: stderr.text() };
  } finally {
    process.exitCode = undefined;
    setVariables(before.env);
    process.chdir(before.folder);
    stdout.restore();
    stderr.restore();
    // A process that ends takes what it listens for along.
    for (const [at, event, listener] of listeners())
      if (!before.listeners.some(([, , known]) => known === listener)) at.removeListener(event, listener);
  }
}

type Listener = (...values: unknown[]) => void;

/** What a command may leave behind: who waits for a signal, and who listens at a stream. */
const listeners = (): readonly (readonly [NodeJS.EventEmitter, string | symbol, Listener])[] => {
  const places: readonly (readonly [NodeJS.EventEmitter, readonly (string | symbol)[]])[] = [
    [process, ['SIGINT', 'SIGTERM']],
    [process.stdout, process.stdout.eventNames()],
    [process.stderr, process.stderr.eventNames()],
  ];
  return places.flatMap(([at, events]) =>
    events.flatMap((event) =>
      at.rawListeners(event).map((listener) => [at, event, listener as Listener] as const),
    ),
  );
};

function captured(name: 'stdout' | 'stderr'): { text(): string; restore(): void } {
  const parts: Buffer[] = [];
  const spy = vi.spyOn(process[name], 'write').mockImplementation((part, encoding, done) => {
    parts.push(Buffer.from(part));
    const written = typeof encoding === 'function' ? encoding : done;
    if (written !== undefined) queueMicrotask(() => written());
    return true;
  });
  return { text: () => Buffer.concat(parts).toString('utf8'), restore: () => spy.mockRestore() };
}

/** In place, since some of it is read from the variables of the process itself. */
export function setVariables(env: Readonly<Record<string, string | undefined>>): void {
  for (const name of Object.keys(process.env)) if (!(name in env)) delete process.env[name];
  Object.assign(process.env, env);
}
