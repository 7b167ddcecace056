import { cpSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished, vi } from 'vitest';
import { startLocalCloud } from '../../local/local-cloud.ts';
import { runCli } from '../kit/cli.ts';

const listening = (port: number): Promise<Server> =>
  new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => resolve(server));
  });

const closed = (server: Server): Promise<void> => new Promise((resolve) => server.close(() => resolve()));

/** Three ports in a row that were free a moment ago. */
async function freePorts(): Promise<number> {
  for (;;) {
    const first = await listening(0);
    const address = first.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    const next = await Promise.allSettled([listening(port + 1), listening(port + 2)]);
    const open = next.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
    await Promise.all([first, ...open].map(closed));
    if (open.length === 2) return port;
  }
}

it('a port that is taken leaves no door open and no folder behind', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'dms-handshake-start-'));
  vi.stubEnv('TMPDIR', folder);
  onTestFinished(() => {
    vi.unstubAllEnvs();
    rmSync(folder, { recursive: true, force: true });
  });
  const port = await freePorts();
  const taken = await listening(port + 2);
  onTestFinished(() => closed(taken));
  await expect(startLocalCloud({ root: process.cwd(), port })).rejects.toThrow(/EADDRINUSE/);
  for (const free of [port, port + 1]) await closed(await listening(free));
  expect(readdirSync(folder)).toEqual([]);
});

it('the command says it and ends', async () => {
  const port = await freePorts();
  const taken = await listening(port + 1);
  onTestFinished(() => closed(taken));
  const ended = await runCli(['local', '--port', String(port)]);
  expect(ended).toMatchObject({ code: 1, stdout: '' });
  expect(ended.stderr).toContain('EADDRINUSE');
});

it('an s.yaml that cannot be read leaves no door open', async () => {
  const root = mkdtempSync(join(tmpdir(), 'dms-handshake-start-'));
  onTestFinished(() => rmSync(root, { recursive: true, force: true }));
  writeFileSync(join(root, 's.yaml'), 'edition: 1.0.0\n');
  cpSync('s.logs.yaml', join(root, 's.logs.yaml'));
  const port = await freePorts();
  await expect(startLocalCloud({ root, port })).rejects.toThrow(/s\.yaml\.resources/);
  for (const free of [port, port + 1, port + 2]) await closed(await listening(free));
});
