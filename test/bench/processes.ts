import { type ChildProcess, spawn } from 'node:child_process';
import { median, rounded } from './median.ts';

const BARE = ['-e', '0'] as const;

/** Milliseconds of a process from its start to its end. */
async function timeOf(args: readonly string[]): Promise<number> {
  const started = performance.now();
  await ended(spawn(process.execPath, args, { stdio: ['ignore', 'ignore', 'inherit'] }));
  return performance.now() - started;
}

/**
 * Median times of some programs (arguments of a `node`, by name) and of a bare `node -e 0`. Each is run once in each round,
 * so that whatever else the machine does meets all of them.
 */
export function timePrograms(
  programs: Readonly<Record<string, readonly string[]>>,
  rounds: number,
): Promise<(name: string) => number> {
  return inTurn({ bare: BARE, ...programs }, rounds, timeOf);
}

/**
 * Median processor times of some expressions and of none, until what they promise is there: hardly touched by what else
 * the machine does.
 */
export function processorTimes(
  texts: Readonly<Record<string, string>>,
  rounds: number,
): Promise<(name: string) => number> {
  return inTurn({ bare: 'null', ...texts }, rounds, async (text) =>
    Number(await say(['-e', `Promise.resolve(${text}).then(() => { ${REPORT} })`], '', {})),
  );
}

const REPORT =
  'const { user, system } = process.cpuUsage(); process.stdout.write(String((user + system) / 1000));';

async function inTurn<Program>(
  programs: Readonly<Record<string, Program>>,
  rounds: number,
  measure: (program: Program) => Promise<number>,
): Promise<(name: string) => number> {
  const all = Object.entries(programs).map(([name, program]) => ({ name, program, values: [] as number[] }));
  for (let round = 0; round < rounds; round += 1)
    for (const { program, values } of all) values.push(await measure(program));
  const medians = new Map(all.map(({ name, values }) => [name, rounded(median(values))]));
  return (name) => medians.get(name) ?? Number.NaN;
}

/** Runs a program that reads one text and says one line; answers the line. Its standard error is ours. */
export async function say(
  args: readonly string[],
  input: string,
  environment: Readonly<Record<string, string>>,
): Promise<string> {
  const child = spawn(process.execPath, args, { env: environment, stdio: ['pipe', 'pipe', 'inherit'] });
  let output = '';
  child.stdout.on('data', (chunk: Buffer) => {
    output += chunk.toString('utf8');
  });
  child.stdin.end(input);
  await ended(child);
  return output.trim().split('\n').at(-1) ?? '';
}

function ended(child: ChildProcess): Promise<void> {
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) =>
      code === 0 ? resolve() : reject(new Error(`a measured process ended with ${code}`)),
    );
  });
}
