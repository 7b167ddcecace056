import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { REQUESTER } from '../kit/accounts.ts';
import { runCli } from '../kit/cli.ts';

describe('local --requesters', () => {
  it('has an account for each requester of the file, and keys of an approver', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'dms-handshake-local-'));
    const one = { engines: '*', access: ['register'] };
    const requesters = [
      { ...one, uid: REQUESTER, name: 'a', topics: ['requests-a'] },
      { ...one, uid: '1000000000000003', name: 'b', topics: ['requests-b'] },
    ];
    const file = join(folder, 'requesters.json');
    await writeFile(file, JSON.stringify({ requesters }));
    const env = { DMS_HANDSHAKE_LOCAL: join(folder, 'local.json') };
    const ended = await runCli(['local', '--json', '--requesters', file], {
      env,
      onStart: (child) => child.stdout?.once('data', () => child.kill('SIGTERM')),
    });
    expect(ended).toMatchObject({ code: 0, stderr: '' });
    const ready = JSON.parse(ended.stdout);
    expect(ready).toMatchObject({
      requester: { uid: REQUESTER },
      requesters: [{ uid: '1000000000000003', requestTopic: 'requests-b' }],
      approver: { accessKeyId: expect.any(String) },
      requestTopic: 'requests-a',
      requestersFile: file,
    });
    await writeFile(file, '{"requesters": []}');
    expect(await runCli(['local', '--requesters', file], { env })).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('lists no requester'),
    });
    await rm(folder, { recursive: true });
  });
});
