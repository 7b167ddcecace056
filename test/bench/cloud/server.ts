import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';

/** A server in a process of its own. */
export interface Server<Ready> {
  /** What it said on its first line. */
  readonly ready: Ready;
  /** From the start of the process to that line. */
  readonly startMs: number;
  /** What the process holds in memory now. */
  rssMb(): number;
  stop(): Promise<void>;
}

/** Starts a module of text, whose first line of output is JSON. Throws where it ends before. */
export async function startServer<Ready>(text: string): Promise<Server<Ready>> {
  const started = performance.now();
  const child = spawn(process.execPath, ['--input-type=module', '-e', text], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const line = await firstLine(child);
  return {
    ready: JSON.parse(line),
    startMs: performance.now() - started,
    rssMb: () => rssMb(child.pid ?? 0),
    async stop() {
      const closed = once(child, 'close');
      child.kill('SIGKILL');
      await closed;
    },
  };
}

/** The local cloud as others start it. It says where, and with which keys. */
export const LOCAL_CLOUD = `
  const { startLocalCloud } = await import(${JSON.stringify(`file://${process.cwd()}/dist/local/index.js`)});
  const { accounts } = await startLocalCloud();
  console.log(JSON.stringify(accounts[0]));
`;

/** DynamoDB as dynalite has it, in memory, without the pauses that it makes to be like the real one. */
export const DYNALITE = `
  const { default: dynalite } = await import(${JSON.stringify(`file://${process.cwd()}/node_modules/dynalite/index.js`)});
  const server = dynalite({ createTableMs: 0, deleteTableMs: 0, updateTableMs: 0 });
  server.listen(0, '127.0.0.1', () => console.log(JSON.stringify({ port: server.address().port })));
`;

function firstLine(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let text = '';
    child.stdout?.setEncoding('utf8').on('data', (chunk: string) => {
      text += chunk;
      const end = text.indexOf('\n');
      if (end >= 0) resolve(text.slice(0, end));
    });
    child.once('error', reject);
    child.once('close', (code) => reject(new Error(`the server ended with ${code} before it was ready`)));
  });
}

/** Source: `VmRSS` of proc(5), in KB. */
const rssMb = (pid: number): number =>
  Number(/^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? Number.NaN) / 1_024;
