import { expect, it } from 'vitest';
import { liveIds, readRecord } from '../../../shared/record/record.ts';
import { REQUESTER } from '../../kit/accounts.ts';
import { approving } from '../../kit/approval.ts';
import { type Direct, direct } from '../../kit/direct.ts';
import { ROLE } from '../../kit/roles.ts';
import { send } from '../../kit/send.ts';
import { HOUR, MINUTE } from '../../kit/time.ts';

const EMERGENCY = { requesterUid: REQUESTER, engines: ['redis'], requestId: 'e-1', breakGlass: 'lost' };
const OTHER = { ...EMERGENCY, engines: ['lindorm'], requestId: 'e-2' };
const KEEP = { owner: { keep: { requesterUid: REQUESTER, access: 'register' } } };

/** All waits for approval but `gdb`, and emergencies. */
const world = () =>
  direct(false, approving({ unless: { engines: ['gdb'] } }, {}, { breakGlass: { maxHours: 4 } }));
const recordOf = (at: Direct) =>
  readRecord(at.owner.ram.findRole(ROLE)?.tags ?? new Map<string, string>(), at.clock.now());
const granted = (at: Direct) => liveIds(recordOf(at), at.clock.now());

it.each([
  ['blanks', ' '],
  ['tabs', '\t'],
  ['spaces that are no ASCII', '\u3000'],
])('a reason behind more %s than its tag holds is kept, so there is no second one', async (_what, blank) => {
  const at = await world();
  const done = await send(at, { ...EMERGENCY, breakGlass: `${blank.repeat(200)}lost` });
  expect(done).toMatchObject({ result: 'applied', engines: ['redis'] });
  expect(recordOf(at)).toMatchObject({ emergency: { reason: 'lost' }, unreadable: [] });
  expect(await send(at, OTHER)).toMatchObject({ problem: { code: 'not-approved' }, writes: 0 });
  expect(granted(at)).toEqual(['redis']);
});

it('a confirmation from after it was sent and from before it was granted is not about it', async () => {
  const at = await world();
  await send(at, { requesterUid: REQUESTER, engines: ['gdb'] });
  await at.clock.sleep(HOUR);
  await send(at, KEEP);
  expect(await send(at, EMERGENCY, { ago: MINUTE })).toMatchObject({
    problem: { code: 'not-approved' },
    writes: 0,
  });
  expect(granted(at)).toEqual(['gdb']);
});

it('where the mark of the last one was spoilt there is no other', async () => {
  const at = await world();
  await send(at, EMERGENCY);
  await at.byHand('TagResources', {
    ResourceType: 'role',
    'ResourceNames.1': ROLE,
    'Tag.1.Key': 'dms-break-glass',
    'Tag.1.Value': 'spoilt',
  });
  await at.clock.sleep(HOUR);
  const done = await send(at, OTHER);
  expect(done).toMatchObject({ problem: { code: 'not-approved' }, writes: 0 });
  expect(done.problem?.detail).toContain('dms-break-glass of the role cannot be read');
});
