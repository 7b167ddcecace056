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
  await writeFile(
    file,
    typeof content === 'string' || content instanceof Uint8Array ? content : JSON.stringify(content),
  );
  return file;
};

describe('the words of a request that waits, from a file', () => {
  it('are taken by their digest, with a mark before them, too', async () => {
    const found = await withWordsOf(await written('good.json', `\ufeff${JSON.stringify(WORDS)}`), WAITING);
    expect(found).toEqual({ ...WAITING, request: expect.objectContaining(WORDS) });
  });

  const other = (body: object) =>
    `these are other words than those that wait: their digest is ${shown(body, 'change-1').digest}, and ${digest} waits; take the request as it was sent`;
  it.each([
    ['other.json', { ...WORDS, engines: ['redis'] }, other({ ...WORDS, engines: ['redis'] })],
    ['id.json', { ...WORDS, requestId: 'change-2' }, other({ ...WORDS, requestId: 'change-2' })],
    [
      'bad.json',
      '{"engines":',
      'the body is not JSON: it begins with "{\\"engines\\":"; expected a JSON object, raw or in base64',
    ],
    [
      'odd.json',
      { ...WORDS, engine: 'gdb' },
      '"engine" ("gdb") is no field of a request; the nearest is "engines"; all are requesterUid, engines, action, access, connections, instances, readOnly, expiresAt, users, requestId, breakGlass, reference, traceparent',
    ],
    [
      'empty.json',
      '\ufeff',
      'the body is empty; expected a JSON object such as {"requesterUid": "1000000000000001", "engines": ["redis"]}',
    ],
    [
      'bytes.json',
      Buffer.from([0x22, 0xff]),
      'the file is not UTF-8: byte 0xff at line 1, column 2 (byte 2); save or send it as UTF-8',
    ],
  ])('%s is a usage error that names the file', async (name, content, said) => {
    const file = await written(name, content);
    await expect(withWordsOf(file, WAITING)).rejects.toMatchObject({
      exitCode: 2,
      message: `${file}: ${said}`,
    });
  });

  it('go by the id of what waits where they name none', async () => {
    const { requestId: _, ...words } = WORDS;
    const { request } = await withWordsOf(await written('no-id.json', words), WAITING);
    expect(request).toMatchObject(WORDS);
  });

  it('a file that is not there is one, too', async () => {
    const refused = withWordsOf(join(folder, 'nowhere.json'), WAITING);
    await expect(refused).rejects.toMatchObject({
      exitCode: 2,
      message: `${join(folder, 'nowhere.json')} cannot be read (ENOENT); name a file that holds the request as JSON`,
    });
  });
});
