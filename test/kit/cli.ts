import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** How a run of the real binary ended. */
export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface RunOptions {
  /** Over an environment that has nothing but a path and an empty home. */
  readonly env?: Readonly<Record<string, string>>;
  readonly cwd?: string;
  readonly input?: string;
  /** Sees the process as soon as it is there. */
  readonly onStart?: (child: ChildProcess) => void;
}

export const BINARY = join(process.cwd(), 'dist', 'cli', 'main.js');

/** Runs the built command line, piped, and waits for its end. */
export const runCli = (args: readonly string[], options: RunOptions = {}): Promise<Ended> =>
  runProgram(process.execPath, [BINARY, ...args], options);

export function runProgram(
  program: string,
  args: readonly string[],
  options: RunOptions = {},
): Promise<Ended> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, {
      cwd: options.cwd ?? tmpdir(),
      env: environmentOf(options.env),
      stdio: 'pipe',
    });
    let stdout = '';
    let stderr = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      stdout += text;
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      stderr += text;
    });
    child.once('error', reject);
    child.once('close', (code) => resolve({ code, stdout, stderr }));
    // A program may end before it has read what it was given, which is no fault of its own.
    child.stdin.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EPIPE') reject(error);
    });
    child.stdin.end(options.input);
    options.onStart?.(child);
  });
}

/** What a run has for its environment, under what a test gives it. No test may ask the network for credentials. */
export const environmentOf = (over: RunOptions['env'] = {}): Readonly<Record<string, string>> => ({
  PATH: process.env['PATH'] ?? '',
  HOME: '/nonexistent',
  ALIBABA_CLOUD_ECS_METADATA_DISABLED: 'true',
  ...over,
});

/** A state file as `npx dms-handshake local` writes it, so that `--local` finds a cloud that a test runs. */
export async function stateFile(ready: object): Promise<{ readonly file: string; remove(): Promise<void> }> {
  const folder = await mkdtemp(join(tmpdir(), 'dms-handshake-state-'));
  const file = join(folder, 'local.json');
  await writeFile(file, JSON.stringify(ready), { mode: 0o600 });
  return { file, remove: () => rm(folder, { recursive: true, force: true }) };
}
