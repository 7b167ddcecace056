import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { CliError } from '../../../cli/failure.ts';
import { fileBytes } from '../../../cli/file-bytes.ts';
import { readRequestersFile, requesterNames } from '../../../cli/requesters-file.ts';
import { RequestersError } from '../../../shared/admission/requesters-faults.ts';
import { REQUESTER } from '../../kit/accounts.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'dms-handshake-requesters-'));
});
afterAll(() => rm(folder, { recursive: true }));

it('the names of requesters are those of the file, and none where it cannot be read', async () => {
  const file = join(folder, 'who.json');
  const listed = { uid: REQUESTER, name: 'orders', engines: '*', access: ['register'], topics: ['t'] };
  await writeFile(file, JSON.stringify({ requesters: [listed] }));
  expect(await requesterNames(file)).toEqual(new Map([[REQUESTER, 'orders']]));
  expect(await requesterNames(join(folder, 'none.json'))).toEqual(new Map());
});

it('a file that is refused, or cannot be read, is wrong usage with its cause', async () => {
  const file = join(folder, 'bad.json');
  await writeFile(file, '{}');
  const refused = await readRequestersFile(file).catch((error: unknown) => error);
  expect(refused).toBeInstanceOf(CliError);
  expect(refused).toMatchObject({ exitCode: 2, cause: expect.any(RequestersError) });
  await expect(fileBytes(folder, 'name another')).rejects.toMatchObject({
    message: `${folder} cannot be read (EISDIR); name another`,
    exitCode: 2,
    cause: expect.objectContaining({ code: 'EISDIR' }),
  });
});
