import { expect, it } from 'vitest';
import { handleFc } from '../../../../local/cloud/fc/index.ts';
import { createQueue, createTopic, sendToQueue, subscribe } from '../../../../local/cloud/mns/index.ts';
import { cellsOf } from '../../../../local/cloud/page/tables.ts';
import { ramByHand } from '../../../../local/ram-by-hand.ts';
import { OWNER, REQUESTER } from '../../../kit/accounts.ts';
import { TestClock } from '../../../kit/clock.ts';
import { addRole, addUser, document, everything, twoAccounts } from '../../../kit/two-accounts.ts';
import { saying, timer, topic } from '../fc/setup.ts';
import { fc, gmt } from '../signature/sign.ts';

const NOW = Date.parse('2026-11-30T10:00:00Z');
const AT = '2026-11-30T10:00:00.000Z';

/** One of everything that the page has a table for. */
async function furnished() {
  const cloud = twoAccounts(new TestClock(NOW));
  const { world, owner, clock } = cloud;
  const { keys } = addUser(owner, 'ann', everything);
  const role = addRole(owner, 'app', {}, everything);
  role.tags.set('a', '1').set('b', '2');
  createQueue(world, owner, 'dead');
  sendToQueue(world, owner, 'dead', 'x');
  createTopic(world, owner, 'requests');
  subscribe(world, owner, 'requests', 's-1', { endpoint: 'http://u:p@example.com/hook?token=t' });
  subscribe(world, owner, 'requests', 's-2', { endpoint: 'http://example.com/' });
  for (const [name, parameters] of [
    ['CreateGroup', { GroupName: 'team' }],
    ['AddUserToGroup', { GroupName: 'team', UserName: 'ann' }],
    ['CreatePolicyVersion', { PolicyName: 'role-app', PolicyDocument: JSON.stringify(document(everything)) }],
    ['AttachPolicyToGroup', { PolicyType: 'Custom', PolicyName: 'role-app', GroupName: 'team' }],
    ['AttachPolicyToUser', { PolicyType: 'Custom', PolicyName: 'role-app', UserName: 'ann' }],
    ['CreateGroup', { GroupName: 'empty' }],
    ['CreateGroup', { GroupName: 'second' }],
    ['AddUserToGroup', { GroupName: 'second', UserName: 'ann' }],
  ] as const)
    await ramByHand(world, owner, name, parameters);
  world.journal.calls.splice(0);
  const ask = (method: string, path: string, body?: object) =>
    handleFc(
      world,
      owner,
      fc(keys, gmt(NOW), { method, target: `/2023-03-30${path}`, body: JSON.stringify(body) ?? '' }),
    );
  await ask('POST', '/functions', saying(''));
  await ask('POST', '/functions/f/triggers', timer('@every 1h'));
  await ask('POST', '/functions/f/triggers', topic());
  clock.advance(1_000);
  return { ...cloud, ask };
}

it('every table has its columns, and of what there is the rows', async () => {
  const { world, owner } = await furnished();
  const call = (operation: string) => [AT, `fc ${operation}`, '200', `${OWNER} user ann`, '0 ms'];
  expect(cellsOf(world, owner)).toEqual([
    {
      title: 'Accounts',
      columns: ['UID', 'Roles', 'Users', 'Queues', 'Topics', 'Functions'],
      rows: [
        [`${OWNER} (this one)`, '1', '1', '1', '1', '1'],
        [REQUESTER, '0', '0', '0', '0', '0'],
      ],
    },
    {
      title: 'Last calls',
      columns: ['At', 'Operation', 'Status', 'Caller', 'Took'],
      rows: [call('CreateTrigger'), call('CreateTrigger'), call('CreateFunction')],
    },
    {
      title: 'Roles',
      columns: ['Name', 'Policies', 'Tags', 'Changed'],
      rows: [['app', 'role-app', 'a=1\nb=2', AT]],
    },
    {
      title: 'Users',
      columns: ['Name', 'Groups', 'Policies'],
      rows: [['ann', 'team, second', 'user-ann, role-app']],
    },
    {
      title: 'Groups',
      columns: ['Name', 'Members', 'Policies'],
      rows: [
        ['team', '1', 'role-app'],
        ['empty', '0', ''],
        ['second', '1', ''],
      ],
    },
    {
      title: 'Policies',
      columns: ['Name', 'Versions', 'Attached to', 'Changed'],
      rows: expect.arrayContaining([
        ['user-ann', 'v1 (default)', '1', AT],
        ['role-app', 'v1 (default), v2', '3', AT],
      ]),
    },
    { title: 'Queues', columns: ['Name', 'Active', 'Held', 'Delayed'], rows: [['dead', '1', '0', '0']] },
    {
      title: 'Topics',
      columns: ['Name', 'Subscriptions'],
      rows: [
        [
          'requests',
          `s-1 → http:example.com/hook\ns-2 → http://example.com/\nf-requests → acs:fc:cn-hangzhou:${OWNER}:functions/f`,
        ],
      ],
    },
    {
      title: 'Functions',
      columns: ['Name', 'Runtime', 'Triggers', 'Changed'],
      rows: [['f', 'nodejs20', 'tick, requests', AT]],
    },
  ]);
});

it('the last calls are those of the account and its people, the newest first, two hundred at most', async () => {
  const { world, owner, requester, ask } = await furnished();
  const calls = (account = owner) =>
    cellsOf(world, account)
      .find(({ title }) => title === 'Last calls')
      ?.rows.map((row) => row.slice(1, 4)) ?? [];
  expect(calls(requester)).toEqual([]);
  await ask('GET', '/functions/none');
  expect(calls()[0]).toEqual(['fc GetFunction', '404 FunctionNotFound', `${OWNER} user ann`]);
  const last = world.journal.calls.at(-1);
  if (last === undefined) throw new Error('no call');
  const by = (principal: NonNullable<typeof last.caller>['principal'] | null, operation: string) =>
    world.journal.calls.push({
      ...last,
      operation,
      accountId: REQUESTER,
      code: null,
      status: 200,
      caller: principal === null ? null : { accountId: OWNER, accessKeyId: 'k', principal },
    });
  by({ type: 'role', roleName: 'app', roleId: '3', sessionName: 's', sessionPolicy: null }, 'A');
  by({ type: 'root' }, 'B');
  by({ type: 'service', service: 'dms.aliyuncs.com' }, 'C');
  by(null, 'D');
  expect(calls().slice(0, 3)).toEqual([
    ['fc C', '200', 'dms.aliyuncs.com'],
    ['fc B', '200', `${OWNER} itself`],
    ['fc A', '200', `${OWNER} role app (s)`],
  ]);
  expect(calls(requester)[0]).toEqual(['fc D', '200', 'nobody known']);
  for (let n = 0; n < 200; n += 1) by({ type: 'root' }, 'E');
  expect([calls().length, calls().at(-1)?.[0]]).toEqual([200, 'fc E']);
});
