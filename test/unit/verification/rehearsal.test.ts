import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { ClientRequest } from 'node:http';
import { expect, it, onTestFinished, vi } from 'vitest';
import { prepare, rehearse } from '../../../functions/verify/rehearsal.ts';
import { NOBODY } from '../../../shared/admission/requesters.ts';
import { POLICY_ENGINES } from '../../../shared/catalogue/engine.ts';
import { readConfig } from '../../../shared/runtime/config.ts';
import { OWNER } from '../../kit/accounts.ts';
import { TestClock } from '../../kit/clock.ts';
import { contextOf, invocationOf } from '../../kit/invocation.ts';

/** What a woken verify does before its first outcome: it proves a role that does not exist, and keeps that to itself. */

const KEYS = { accessKeyId: 'STS.real-id', accessKeySecret: 'real-secret', securityToken: 'real-token' };
const clock = new TestClock();
const invocation = invocationOf({ ...contextOf('verify'), credentials: KEYS }, 60_000, { clock });
const nobody = { ownerUid: OWNER, upkeepTopic: 'u', ownerTopic: 'o', requesters: () => NOBODY };
const configWith = (over: Readonly<Record<string, string>>) =>
  readConfig({ OWNER_UID: OWNER, ...over }, 'cn-hangzhou');

it.each([
  ['assume', 'assumed'],
  ['structural', 'structural'],
])('with PROBE=%s goes all the way to a reply, without a wait', async (probe, assurance) => {
  const started = clock.now();
  const reply = await rehearse(invocation, configWith({ PROBE: probe }), nobody);
  expect(reply?.data).toMatchObject({ status: 'verified', assurance, problem: null });
  expect(reply?.data.checks.filter(({ status }) => status === 'fail')).toEqual([]);
  expect(reply).toMatchObject({
    source: `acs:fc:cn-hangzhou:${OWNER}:functions/dms-handshake-verify`,
    subject: '1',
    data: { requestId: 'call-1', access: 'register', engines: [...POLICY_ENGINES], ownerUid: OWNER },
  });
  expect(reply?.data.changes).toEqual([
    {
      check: 'role-exists',
      before: 'there is no such role',
      after: 'create-role dms-cross-account-1',
      asked: true,
    },
  ]);
  expect(clock.now() - started).toBe(0);
});

it('makes up the answer of every engine, and both of the external id', async () => {
  const reply = await rehearse(invocation, configWith({ PROBE: 'assume' }), nobody);
  const checks = new Map(reply?.data.checks.map(({ id, status, detail }) => [id, `${status}: ${detail}`]));
  for (const id of POLICY_ENGINES) expect(checks.get(`engine:${id}`)).toBe('pass: made up');
  expect(checks.get('assume-role')).toMatch(/^pass: /);
  expect(checks.get('assume-role-denied')).toBe('pass: AssumeRole without the external id was denied');
});

it('asks who is listed, as the next event will', async () => {
  let asked = 0;
  const requesters = () => {
    asked += 1;
    return NOBODY;
  };
  await rehearse(invocation, configWith({}), { ...nobody, requesters });
  expect(asked).toBe(1);
});

it.each([
  ['the real cloud', {}, 'https:'],
  ['the local one', { CLOUD_ENDPOINT: 'http://127.0.0.1:9000' }, 'http:'],
])('begins a call with each SDK as in %s, to where nobody listens', async (_cloud, over, protocol) => {
  const begun: unknown[] = [];
  const note = (message: unknown) => begun.push(Reflect.get(Object(message), 'request'));
  subscribe('http.client.request.start', note);
  onTestFinished(() => void unsubscribe('http.client.request.start', note));
  const reply = await rehearse(invocation, configWith(over), nobody);
  const where = begun.map((one) =>
    one instanceof ClientRequest ? [one.protocol, one.getHeader('host')] : one,
  );
  expect(where).toEqual([
    [protocol, '127.0.0.1:0'],
    [protocol, '127.0.0.1:0'],
  ]);
  // One of them carries the whole reply.
  const lengths = begun.map((one) =>
    one instanceof ClientRequest ? Number(one.getHeader('content-length') ?? 0) : 0,
  );
  expect(Math.max(...lengths)).toBeGreaterThan(JSON.stringify(reply).length);
  const sent = begun.map((one) =>
    one instanceof ClientRequest ? JSON.stringify(one.getHeaders()) + one.path : '',
  );
  expect(sent.join()).not.toContain(KEYS.accessKeyId);
  expect(sent.join()).not.toContain(KEYS.securityToken);
});

it('what goes wrong in it fails nothing, and is logged', async () => {
  const lines: string[] = [];
  vi.spyOn(process.stdout, 'write').mockImplementation((line) => lines.push(String(line)) > 0);
  onTestFinished(() => {
    vi.restoreAllMocks();
  });
  const config = configWith({});
  const broken = {
    ...config,
    get ownerUid(): string {
      throw new Error('out of order');
    },
  };
  await prepare(invocation, broken, nobody);
  expect(lines.map((line) => JSON.parse(line))).toEqual([{ event: 'not-prepared', detail: 'out of order' }]);
});
