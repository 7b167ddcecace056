import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline/promises';
import { mnsRequest, xml } from '../conformance/mns-request.ts';
import { BINARY } from './cli.ts';

/** How a local cloud of its own ended that was told to stop under load. */
export interface Stopped {
  readonly code: number | null;
  /** How long it took, in ms. */
  readonly ms: number;
  /** What it left in the temporary folder and in the folder of its state. */
  readonly left: readonly string[];
}

/** What SIGTERM meets. */
interface Stop {
  /** How many messages are published before it is sent; null: it is sent at the ready line. */
  readonly messages: number | null;
  /** When the process is killed that has not ended by then, in ms. */
  readonly patienceMs: number;
}

/**
 * Runs the built local cloud, keeps it busy (a long poll, a push to somebody who never answers, and one to nobody, which
 * is tried again), and sends SIGTERM at the ready line, or while it works.
 */
export async function stopUnderLoad({ messages, patienceMs }: Stop): Promise<Stopped> {
  const folder = mkdtempSync(join(tmpdir(), 'dms-handshake-stop-'));
  const silent = createServer(() => undefined).listen(0, '127.0.0.1');
  const child = spawn(process.execPath, [BINARY, 'local', '--json', '--empty'], {
    env: { PATH: process.env['PATH'] ?? '', HOME: folder, TMPDIR: folder },
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const ended = once(child, 'exit');
  try {
    const ready = await readyLine(child);
    if (messages !== null) await load(ready, silent.address(), messages);
    const from = performance.now();
    child.kill('SIGTERM');
    const late = setTimeout(() => child.kill('SIGKILL'), patienceMs);
    const [code] = (await ended) as [number | null];
    clearTimeout(late);
    const all = readdirSync(folder, { recursive: true, withFileTypes: true });
    const left = all.filter((entry) => entry.isFile() || entry.name.startsWith('dms-handshake-'));
    return { code, ms: performance.now() - from, left: left.map(({ name }) => name) };
  } finally {
    child.kill('SIGKILL');
    silent.closeAllConnections();
    silent.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

interface Ready {
  readonly owner: { readonly uid: string; readonly endpoint: string } & Keys;
}
interface Keys {
  readonly accessKeyId: string;
  readonly accessKeySecret: string;
}

async function readyLine({ stdout }: ChildProcess): Promise<Ready> {
  if (stdout === null) throw new Error('the local cloud has no output');
  for await (const line of createInterface({ input: stdout })) return JSON.parse(line) as Ready;
  throw new Error('the local cloud did not say that it is ready');
}

/** Leaves calls under way and deliveries waiting. */
async function load({ owner }: Ready, address: unknown, messages: number): Promise<void> {
  const { port } = address as { readonly port: number };
  const { uid, endpoint, ...keys } = owner;
  const target = {
    live: false,
    uid,
    region: 'cn-hangzhou',
    keys,
    url: () => endpoint,
    tls: { url: () => endpoint, ca: null },
    echo: () => '',
    close: async () => undefined,
  };
  const put = (path: string, root: string, fields: Readonly<Record<string, string>> = {}) =>
    mnsRequest(target, 'PUT', path, { body: xml(root, fields) });
  await Promise.all([put('/queues/busy', 'Queue'), put('/topics/busy', 'Topic')]);
  await put('/topics/busy/subscriptions/silent', 'Subscription', { Endpoint: `http://127.0.0.1:${port}/` });
  await put('/topics/busy/subscriptions/nobody', 'Subscription', { Endpoint: 'http://127.0.0.1:9/' });
  const poll = mnsRequest(target, 'GET', '/queues/busy/messages?waitseconds=30');
  // It is cut off.
  poll.catch(() => undefined);
  const body = xml('Message', { MessageBody: 'x' });
  for (let sent = 0; sent < messages; sent += 1)
    await mnsRequest(target, 'POST', '/topics/busy/messages', { body });
}
