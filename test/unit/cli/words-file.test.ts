import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Waiting } from '../../../cli/approval/find-pending.ts';
import { withWordsOf } from '../../../cli/approval/words-file.ts';
import { REQUESTER } from '../../kit/accounts.ts';
import { shown } from '../../kit/approval.ts';

const WORDS = { requesterUid: REQUESTER, engines: ['gdb'], requestId: 'change-1' };
const { digest } = shown(WORDS, 'change-1');
const WAITING: Waiting = {
  requestId: 'change-1',
  requesterUid: REQUESTER,
  request: null,
  digest,
  since: '2026-11-29T10:00:00.000Z',
  endsAt: '2026-11-30T06:00:00.000Z',
  roleName: `dms-cross-account-${REQUESTER}`,
  granted: '',
};

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'dms-handshake-words-'));
});
afterAll(() => rm(folder, { recursive: true }));

const written = async (name: string, content: unknown): Promise<string> => {
  const file = join(folder, name);
  await writeFile(file, typeof content === 'string' ? content : JSON.stringify(content));
  return file;
};

describe('the words of a request that waits, from a file', () => {
  it('are taken by their digest, with a mark before them, too', async () => {
    const { request } = await withWordsOf(
      await written('good.json', `\ufeff${JSON.stringify(WORDS)}`),
      WAITING,
    );
    expect(request).toMatchObject(WORDS);
  });

  it.each([
    ['other.json', { ...WORDS, engines: ['redis'] }, 'other words'],
    ['id.json', { ...WORDS, requestId: 'change-2' }, 'other words'],
    ['bad.json', '{"engines":', 'not JSON'],
    ['odd.json', { ...WORDS, engine: 'gdb' }, '"engine"'],
    ['bytes.json', '\ufeff', 'empty'],
  ])('%s is a usage error that names the file', async (name, content, said) => {
    const file = await written(name, content);
    const refused = withWordsOf(file, WAITING);
    await expect(refused).rejects.toMatchObject({ exitCode: 2, message: expect.stringContaining(said) });
    await expect(refused).rejects.toThrow(name);
  });

  it('a file that is not there is one, too', async () => {
    const refused = withWordsOf(join(folder, 'nowhere.json'), WAITING);
    await expect(refused).rejects.toMatchObject({
      exitCode: 2,
      message: expect.stringContaining('nowhere.json cannot be read (ENOENT)'),
    });
  });
});
