import { describe, expect, it } from 'vitest';
import { LogDelivery } from '../../../../local/host/log-delivery.ts';
import { OWNER } from '../../../kit/accounts.ts';
import { addRole, document } from '../../../kit/two-accounts.ts';
import { type Body, emptyCloud, REGION, saying, zipOf } from '../fc/setup.ts';

const LOGS = { project: 'ops', logstore: 'handshake' };
const logstore = (name: string) => `acs:log:${REGION}:${OWNER}:project/ops/logstore/${name}`;
const TRUST = document({
  Effect: 'Allow',
  Action: 'sts:AssumeRole',
  Principal: { Service: ['fc.aliyuncs.com'] },
});

/** A function `f` that writes its event as a line, and a role that may do these things. */
async function writing(more: Body, ...allowed: readonly [action: string, resource: string][]) {
  const cloud = emptyCloud();
  const statements = allowed.map(([Action, Resource]) => ({ Effect: 'Allow', Action, Resource }) as const);
  const role = addRole(cloud.account, 'writer', TRUST, ...statements);
  const source = `exports.handler = async (event) => { process.stdout.write(event.toString()); };`;
  const code = { zipFile: zipOf(source).toString('base64') };
  await cloud.call('CreateFunction', [], { ...saying(''), code, role: role.arn, ...more });
  return {
    ...cloud,
    role,
    stored: () => cloud.account.sls.lines('ops', 'handshake') ?? [],
    written: () => cloud.host.logs.map(({ line }) => line),
  };
}

const LOST = `[platform] lines are lost: the role of f may not log:PostLogStoreLogs on ${logstore('handshake')}`;

describe('a line of a function that names a logstore', () => {
  it('arrives there with what Function Compute says of it, and stays with the host', async () => {
    const cloud = await writing({ logConfig: LOGS }, ['log:PostLogStoreLogs', logstore('handshake')]);
    await cloud.invoke('one\ntwo');
    const fields = { functionName: 'f', qualifier: 'LATEST', versionId: '' };
    expect(cloud.stored()).toEqual([
      { time: cloud.clock.now(), topic: 'FCLogs:f', fields: { message: 'one', ...fields } },
      { time: cloud.clock.now(), topic: 'FCLogs:f', fields: { message: 'two', ...fields } },
    ]);
    expect(cloud.written()).toEqual(['one', 'two']);
  });

  it.each<[right: string, allowed: readonly [action: string, resource: string][]]>([
    ['no right', []],
    ['the right to write to another', [['log:PostLogStoreLogs', logstore('other')]]],
    ['the right to read it', [['log:GetLogStoreLogs', logstore('handshake')]]],
  ])('is lost where its role has %s, which is told a single time', async (_right, allowed) => {
    const cloud = await writing({ logConfig: LOGS }, ...allowed);
    await cloud.invoke('one\ntwo');
    await cloud.invoke('three');
    expect(cloud.written()).toEqual(['one', LOST, 'two', 'three']);
    expect(cloud.stored()).toEqual([]);
  });

  it('is lost where its role can no longer be assumed, and the function runs on', async () => {
    const cloud = await writing({ logConfig: LOGS }, ['log:PostLogStoreLogs', '*']);
    await cloud.invoke();
    cloud.role.trust = JSON.stringify(document());
    await cloud.invoke('late');
    expect([cloud.written(), cloud.stored()]).toEqual([['late', LOST], []]);
  });

  it('arrives under the role of the service where the function has none', async () => {
    const cloud = await writing({ logConfig: LOGS, role: '' });
    await cloud.invoke('one');
    expect(cloud.stored()).toMatchObject([{ fields: { message: 'one' } }]);
    expect(cloud.written()).toEqual(['one']);
  });

  it('is not called a matter of rights where the cloud itself has a fault', async () => {
    const { world, account } = await writing({ logConfig: LOGS });
    const faulty = () => {
      throw new Error('no such session');
    };
    const told: string[] = [];
    const deliver = () =>
      new LogDelivery(world).deliver(account.fc.function('f'), 'one', faulty, (line) => told.push(line));
    expect(deliver).toThrow('no such session');
    expect(told).toEqual([]);
  });
});

it.each<[logConfig: object | undefined]>([
  [undefined],
  [{}],
  [{ project: '', logstore: '' }],
  [{ project: 'ops', logstore: '' }],
  [{ project: '', logstore: 'handshake' }],
  [{ project: 7, logstore: true }],
])('with the logConfig %j lines go nowhere else, and nothing is missed', async (logConfig) => {
  const cloud = await writing({ logConfig }, ['log:PostLogStoreLogs', '*']);
  await cloud.invoke('one');
  expect(cloud.account.sls.projects.size).toBe(0);
  expect(cloud.written()).toEqual(['one']);
});
