import { type ChildProcess, spawn } from 'node:child_process';

/** An instance of a function in a process of its own, which stays until it is ended, as Function Compute keeps one. */
export interface BenchInstance {
  /** Hands it an event; resolves with what the handler returned. One at a time. */
  run(event: object): Promise<string>;
  /** Resolves when the process has ended. */
  end(): Promise<void>;
}

/** Starts an instance cold: the process starts now, and loads the code before it looks at any event. */
export function startInstance(
  task: { readonly bundle: string; readonly context: object },
  environment: Readonly<Record<string, string>>,
): BenchInstance {
  const child = spawn(process.execPath, ['-e', PROGRAM], {
    env: environment,
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const ended = endOf(child);
  // Whoever waits for an answer is told; nobody may wait for the end yet.
  ended.catch(() => undefined);
  const answers = linesOf(child, ended);
  const write = (line: object) => child.stdin.write(`${JSON.stringify(line)}\n`);
  write(task);
  return {
    async run(event) {
      write(event);
      return (await answers()).slice(ANSWER.length);
    },
    async end() {
      child.stdin.end();
      await ended;
    },
  };
}

/** Begins a line that holds an answer; the others are the function's log. */
const ANSWER = 'answer ';

/** Gives the answers one after the other; rejects where the process ends instead. */
function linesOf(child: ChildProcess, ended: Promise<void>): () => Promise<string> {
  const found: string[] = [];
  let rest = '';
  let tell = (): void => {};
  child.stdout?.on('data', (chunk: Buffer) => {
    const lines = `${rest}${chunk.toString('utf8')}`.split('\n');
    rest = lines.pop() ?? '';
    found.push(...lines.filter((line) => line.startsWith(ANSWER)));
    tell();
  });
  return async () => {
    for (;;) {
      const answer = found.shift();
      if (answer !== undefined) return answer;
      const more = new Promise<void>((resolve) => {
        tell = resolve;
      });
      await Promise.race([more, ended.then(() => Promise.reject(new Error('it ended without an answer')))]);
    }
  };
}

function endOf(child: ChildProcess): Promise<void> {
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) =>
      code === 0 ? resolve() : reject(new Error(`an instance ended with ${code}`)),
    );
  });
}

/** The first line of its input is what it is; no key is seen among the arguments of a process. */
const PROGRAM = `
let rest = '', task = null, last = Promise.resolve();
const take = (line) => {
  if (task === null) {
    task = JSON.parse(line);
    task.handler = require(task.bundle).handler;
    return;
  }
  const { handler, context } = task;
  last = last.then(async () => process.stdout.write('\\nanswer ' + (await handler(Buffer.from(line), context)) + '\\n'));
  last.catch((error) => { console.error(error); process.exit(1); });
};
process.stdin.on('data', (chunk) => {
  const lines = (rest + chunk).split('\\n');
  rest = lines.pop();
  for (const line of lines) take(line);
});
process.stdin.on('end', () => last.then(() => process.exit(0)));
`;
