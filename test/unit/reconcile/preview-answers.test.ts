import { describe, expect, it } from 'vitest';
import { type Preview, preview } from '../../../shared/reconcile/preview.ts';
import { REQUESTER } from '../../kit/accounts.ts';
import { approving } from '../../kit/approval.ts';
import { type Direct, direct } from '../../kit/direct.ts';
import { send } from '../../kit/send.ts';

const ROLE = `dms-cross-account-${REQUESTER}`;
const POLICY = 'DmsCrossAccountPolicy-redis';
const REDIS = { requesterUid: REQUESTER, engines: ['redis'] };

const look = (at: Direct, wanted: object, over: object = {}): Promise<Preview> =>
  preview(JSON.stringify(wanted), at.clock.now(), { ...at.settings, ...over }, at.provisionPorts().ram);

/** What would be written; or the refusal, in its words. */
const comesTo = (found: Preview) =>
  found.refusal === null
    ? found.stages.flat().map(({ operation }) => operation)
    : `${found.refusal.code}: ${found.refusal.detail}`;

describe('a preview says', () => {
  const nobody =
    '{"Statement":[{"Action":"sts:AssumeRole","Effect":"Allow","Principal":{"Service":["ecs.aliyuncs.com"]}}],"Version":"1"}';
  const rights = '{"Statement":[{"Action":"oss:*","Effect":"Allow","Resource":"*"}],"Version":"1"}';

  it('that a request to look again changes nothing', async () => {
    const found = await look(await direct(), { requesterUid: REQUESTER, action: 'verify' });
    expect(comesTo(found)).toBe('invalid-request: the request asks for no change.');
  });

  it.each([
    ['role', ROLE, 'CreateRole', { RoleName: ROLE, AssumeRolePolicyDocument: nobody }],
    ['policy', POLICY, 'CreatePolicy', { PolicyName: POLICY, PolicyDocument: rights }],
  ])('by name which %s is somebody else’s', async (kind, name, operation, parameters) => {
    const at = await direct();
    await at.byHand(operation, parameters);
    expect(comesTo(await look(at, REDIS))).toContain(`role-not-owned: the ${kind} ${name} exists`);
  });

  it('that another request waits under this id', async () => {
    const at = await direct(false, approving());
    const named = { ...REDIS, requestId: 'r-1' };
    await send(at, named);
    expect(comesTo(await look(at, { ...named, engines: ['gdb'] }))).toMatch(/^invalid-request: .*r-1/);
  });
});

describe('a preview without an id', () => {
  it.each(['preview', 'not-sent', 'r-1'])('is not taken for the request %s that waits', async (requestId) => {
    const at = await direct(false, approving());
    await send(at, { ...REDIS, requestId });
    await at.clock.sleep(1_000);
    const found = await look(at, { ...REDIS, engines: ['gdb'] });
    expect(found.refusal).toBeNull();
  });
});

describe('a preview has read', () => {
  const policyIn = (found: Preview) => (found.refusal === null ? found.reading.policy : found.refusal);

  it.each([
    ['no policy where none is needed', ['rds'], null],
    ['that the policy is not there yet', ['redis'], { name: POLICY, text: null }],
  ])('%s', async (_what, engines, policy) => {
    expect(policyIn(await look(await direct(), { ...REDIS, engines }))).toEqual(policy);
  });

  it('the policy that is there, with its text', async () => {
    const at = await direct();
    await send(at, REDIS);
    const text = expect.stringContaining('"Statement"');
    expect(policyIn(await look(at, REDIS))).toEqual({ name: POLICY, text });
  });
});

describe('a preview of what is granted already', () => {
  it('waits for nobody, and moves no stamp, where the owner approves what is new', async () => {
    const at = await direct();
    const ending = { ...REDIS, expiresAt: '2026-12-24T00:00:00Z' };
    await send(at, ending);
    await at.clock.sleep(1_000);
    const found = await look(at, ending, approving());
    expect([comesTo(found), found.refusal === null ? found.waits : null]).toEqual([[], []]);
  });

  it('notes another reason only where more is granted', async () => {
    const at = await direct();
    await send(at, { ...REDIS, reference: 'DBA-1' });
    await at.clock.sleep(1_000);
    expect(comesTo(await look(at, { ...REDIS, reference: 'DBA-2' }))).toEqual([]);
    const more = await look(at, { ...REDIS, engines: ['redis', 'rds'], reference: 'DBA-2' });
    const tags = more.refusal === null ? [...more.desired.tags.values()].join() : '';
    expect(tags).toContain('DBA-2');
  });
});
