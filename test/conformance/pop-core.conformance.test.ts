import { describe, expect, it } from 'vitest';
import { popClient } from './clients.ts';
import { ownTrust } from './documents.ts';
import { refused } from './refused.ts';
import { conformance } from './target.ts';

const cloud = await conformance();
const ram = popClient(cloud, 'ram', '2015-05-01');
const sts = popClient(cloud, 'sts', '2015-04-01');

describe.each(['GET', 'POST'] as const)('version 1 of the signature by %s', (method) => {
  const call = (action: string, parameters: object = {}) => ram.request(action, parameters, { method });

  it('a role lives and dies', async () => {
    const RoleName = cloud.name(`pop-${method.toLowerCase()}`);
    cloud.cleanup.add(`role ${RoleName}`, () => call('DeleteRole', { RoleName }));
    const Description = "a+b *~!'()=&?/ 説明 %41";
    const AssumeRolePolicyDocument = ownTrust(cloud.uid);
    await call('CreateRole', { RoleName, AssumeRolePolicyDocument, Description });
    const found = await cloud.eventually(() => call('GetRole', { RoleName }));
    expect(found).toMatchObject({ RequestId: expect.any(String), Role: { RoleName, Description } });
    expect(await refused(call('CreateRole', { RoleName, AssumeRolePolicyDocument }))).toBe(
      '409 EntityAlreadyExists.Role',
    );
    await call('DeleteRole', { RoleName });
    await cloud.eventually(async () =>
      expect(await refused(call('GetRole', { RoleName }))).toBe('404 EntityNotExist.Role'),
    );
  });

  it('a refusal says where, what and how to go on', async () => {
    const refusal: unknown = await call('GetRole', { RoleName: cloud.name('none') }).catch(
      (error: unknown) => error,
    );
    expect(refusal).toMatchObject({
      data: {
        RequestId: expect.any(String),
        HostId: expect.any(String),
        Code: 'EntityNotExist.Role',
        Message: expect.any(String),
      },
    });
  });

  it('the identity of the caller', async () => {
    expect(await sts.request('GetCallerIdentity', {}, { method })).toMatchObject({ AccountId: cloud.uid });
  });
});
