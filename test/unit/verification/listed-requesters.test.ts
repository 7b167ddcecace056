import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { listedIn } from '../../../functions/verify/listed-requesters.ts';
import { REQUESTER, STRANGER } from '../../kit/accounts.ts';

/** Who counts as listed for the sweep, by the state of the file. */
let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'dms-handshake-listed-'));
  const listed = { uid: REQUESTER, name: 'a', engines: '*', access: ['register'], reviewDays: 30 };
  writeFileSync(join(folder, 'good.json'), JSON.stringify({ requesters: [listed] }));
  writeFileSync(join(folder, 'bad.json'), '{');
});
afterAll(() => rmSync(folder, { recursive: true }));

it.each([
  ['good.json', true, false, 30],
  ['bad.json', true, true, undefined],
  ['none.json', false, false, undefined],
])('%s: the account in it is listed %s, another %s', (file, isListed, isOtherListed, reviewDays) => {
  const listed = listedIn({ FC_FUNC_CODE_PATH: folder, REQUESTERS_FILE: file });
  expect([listed.isListed(REQUESTER), listed.isListed(STRANGER)]).toEqual([isListed, isOtherListed]);
  expect(listed.requesterOf(REQUESTER)?.reviewDays).toBe(reviewDays);
  expect(listed.requesterOf(STRANGER)).toBeUndefined();
});
