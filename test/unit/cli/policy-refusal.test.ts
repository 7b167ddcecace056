import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { refusedByFile } from '../../../cli/policy-refusal.ts';
import { OWNER, REQUESTER } from '../../kit/accounts.ts';

let folder: string;
let file: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'dms-handshake-policy-'));
  file = join(folder, 'requesters.json');
  const listed = { uid: REQUESTER, name: 'orders', engines: ['redis'], access: ['register'], topics: ['t'] };
  await writeFile(file, JSON.stringify({ requesters: [listed] }));
});
afterAll(() => rm(folder, { recursive: true }));

const refused = (wanted: object) => refusedByFile({ requesterUid: REQUESTER, ...wanted }, OWNER, file);

describe('the documents of policy, by a file of requesters', () => {
  it('are printed for what provision would carry out', async () => {
    expect(await refused({ engines: ['redis'] })).toBeNull();
  });

  it.each([
    ['an engine that is not listed', { engines: ['redis', 'gdb'] }, 'may not ask for gdb, only for redis'],
    ['an access that is not listed', { access: 'console' }, 'not for console'],
    [
      'an account that is not listed',
      { requesterUid: '3333333333333333', engines: ['redis'] },
      'is not listed',
    ],
    ['the owner itself', { requesterUid: OWNER, engines: ['redis'] }, OWNER],
  ])('are not printed for %s', async (_what, wanted, words) => {
    expect(await refused(wanted)).toContain(words);
  });

  it('without the file are a usage error that names the option', async () => {
    const nowhere = join(folder, 'nowhere.json');
    await expect(refusedByFile({ requesterUid: REQUESTER }, OWNER, nowhere)).rejects.toMatchObject({
      exitCode: 2,
      message: expect.stringContaining('name the file that says who may ask with --requesters'),
    });
  });
});
