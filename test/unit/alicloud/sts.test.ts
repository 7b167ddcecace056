import { describe, expect, it } from 'vitest';
import { Credentials } from '../../../shared/alicloud/credentials.ts';
import { openSession } from '../../../shared/alicloud/session.ts';
import { sts } from '../../../shared/alicloud/sts.ts';
import { probeSessionPolicy } from '../../../shared/catalogue/probe-session-policy.ts';
import { OWNER } from '../../kit/accounts.ts';
import { addRole, everything } from '../../kit/two-accounts.ts';
import { cloudWith, REGION } from './cloud.ts';
import { apiOf, thrownBy } from './setup.ts';
import { html, json, type Say, standIn } from './stand-in.ts';

const EXTERNAL_ID = 'dms-handshake:1000000000000001';
const ROLE_ARN = `acs:ram::${OWNER}:role/tested`;

const trustCaller = {
  Version: '1',
  Statement: [
    {
      Action: 'sts:AssumeRole',
      Effect: 'Allow',
      Principal: { RAM: [`acs:ram::${OWNER}:user/caller`] },
      Condition: { StringEquals: { 'sts:ExternalId': [EXTERNAL_ID] } },
    },
  ],
};

const wish = {
  roleArn: ROLE_ARN,
  sessionName: 'dms-handshake-verify',
  externalId: EXTERNAL_ID,
  sessionPolicy: probeSessionPolicy(['redis']),
};

async function withRole() {
  const cloud = await cloudWith();
  addRole(cloud.owner, 'tested', trustCaller, everything);
  return { ...cloud, assumer: sts(cloud.api, REGION) };
}

const told = async (say: Say) => sts(apiOf((await standIn(say)).url), REGION);

describe('a test AssumeRole', () => {
  it('under the external id gives a session of 15 minutes', async () => {
    const { assumer, world } = await withRole();
    const assumed = await assumer.assume(wish);
    if (assumed.kind !== 'session') throw new Error(assumed.kind);
    expect(assumed.session).toBeInstanceOf(Credentials);
    const seconds = (assumed.session.expiresAt - world.clock.now()) / 1_000;
    expect(Math.abs(seconds - 900)).toBeLessThan(30);
  });

  it('without it is denied, and says who denied what', async () => {
    const { assumer } = await withRole();
    expect(await assumer.assume({ ...wish, externalId: null })).toEqual({
      kind: 'denied',
      detail: expect.stringMatching(
        /^STS AssumeRole: NoPermission \(HTTP 403\): sts:AssumeRole is not allowed/,
      ),
    });
  });

  it('under another is denied', async () => {
    const { assumer } = await withRole();
    expect(await assumer.assume({ ...wish, externalId: 'dms-handshake:2' })).toMatchObject({
      kind: 'denied',
    });
  });

  it('of no role says so', async () => {
    const { assumer } = await withRole();
    expect(await assumer.assume({ ...wish, roleArn: `${ROLE_ARN}-else` })).toEqual({ kind: 'no-role' });
  });

  it('passes the session policy on: what it does not allow, the session cannot do', async () => {
    const { assumer, world, endpoint } = await withRole();
    const assumed = await assumer.assume(wish);
    if (assumed.kind !== 'session' || !(assumed.session instanceof Credentials))
      throw new Error(assumed.kind);
    const session = apiOf(endpoint, undefined, assumed.session);
    const call = (service: string, version: string, action: string) =>
      session.call({ service, version, action, host: 'x', parameters: { RegionId: REGION } });
    await call('R-kvstore', '2015-01-01', 'DescribeInstances');
    expect(await thrownBy(call('RAM', '2015-05-01', 'ListRoles'))).toMatchObject({
      failure: { code: 'NoPermission' },
    });
    expect(world.journal.calls.at(-1)).toMatchObject({ operation: 'ListRoles', status: 403 });
  });

  it('that failed for another reason is neither a denial nor a session', async () => {
    expect(await thrownBy((await told(html(502))).assume(wish))).toMatchObject({ name: 'RetryableError' });
    const invalid = await told(json(400, { Code: 'InvalidParameter.PolicyGrammar' }));
    expect(await invalid.assume(wish)).toEqual({
      kind: 'unknown',
      detail:
        'STS AssumeRole: InvalidParameter.PolicyGrammar (HTTP 400), which proves nothing: this answer is not known',
    });
    const nameless = await told(json(403, {}));
    expect(await nameless.assume(wish)).toMatchObject({ kind: 'refused' });
  });

  it('that is answered without credentials is no session', async () => {
    const empty = await told(json(200, { AssumedRoleUser: {} }));
    expect(await empty.assume(wish)).toEqual({
      kind: 'unknown',
      detail: 'STS AssumeRole: the answer does not have the documented shape (at "Credentials")',
    });
  });
});

describe('a session', () => {
  it('may do all that the role may where no session policy is wished for', async () => {
    const { api, endpoint } = await withRole();
    const session = await openSession(api, REGION, { ...wish, sessionPolicy: null });
    const call = { service: 'RAM', version: '2015-05-01', action: 'ListRoles', host: 'x' };
    expect(await apiOf(endpoint, undefined, session).call(call)).toHaveProperty('Roles');
  });

  it('is asked for with the parameters of the vendor’s page, and no more', async () => {
    const { url, seen } = await standIn(json(403, { Code: 'NoPermission' }));
    await thrownBy(openSession(apiOf(url), REGION, { ...wish, externalId: null, sessionPolicy: null }));
    expect(Object.fromEntries(seen[0]?.url.searchParams ?? [])).toEqual({
      RoleArn: ROLE_ARN,
      RoleSessionName: 'dms-handshake-verify',
      DurationSeconds: '900',
    });
  });
});

describe('whose credentials these are', () => {
  it('is the account that the service names', async () => {
    const { assumer } = await withRole();
    expect(await assumer.accountId()).toBe(OWNER);
  });

  it('is not guessed at', async () => {
    const invalid = await told(json(404, { Code: 'InvalidAccessKeyId.NotFound' }));
    expect(await thrownBy(invalid.accountId())).toMatchObject({ name: 'RetryableError' });
    const empty = await told(json(200, {}));
    expect(await thrownBy(empty.accountId())).toMatchObject({ name: 'TerminalError' });
  });
});
