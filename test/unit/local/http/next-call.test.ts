import { describe, expect, it } from 'vitest';
import { ramByHand } from '../../../../local/ram-by-hand.ts';
import { everything } from '../../../kit/two-accounts.ts';
import { callApi, refused } from './clients.ts';
import { opened } from './setup.ts';

/** What a call finds out about its caller is remembered for the next one; these writes come between two calls. */
async function between() {
  const { world, owner, door, keys } = await opened({ rights: [everything] });
  const byHand = (name: string, parameters: Readonly<Record<string, string>>) =>
    ramByHand(world, owner, name, parameters);
  const call = () =>
    callApi(door, keys, { version: '2015-05-01', action: 'ListRoles', query: { MaxItems: '1' } });
  const principal = () => world.journal.calls.at(-1)?.caller?.principal;
  await call();
  const [attached] = owner.ram.findUser('someone')?.attachments ?? [];
  if (attached === undefined) throw new Error('the user has no policy');
  return { byHand, call, principal, keys, policy: attached.policyName };
}

const DENIED = JSON.stringify({
  Version: '1',
  Statement: [{ Effect: 'Deny', Action: '*', Resource: '*' }],
});

describe('at the next call', () => {
  it('a renamed user has its new name, and the journal keeps the old one of calls before', async () => {
    const { byHand, call, principal } = await between();
    const before = principal();
    await byHand('UpdateUser', { UserName: 'someone', NewUserName: 'other' });
    await call();
    expect(before).toMatchObject({ userName: 'someone' });
    expect(principal()).toMatchObject({ userName: 'other' });
  });

  it('a key that was switched off is refused', async () => {
    const { byHand, call, keys } = await between();
    await byHand('UpdateAccessKey', {
      UserName: 'someone',
      UserAccessKeyId: keys.accessKeyId,
      Status: 'Inactive',
    });
    expect(await refused(call())).toBe('403 InvalidAccessKeyId.Inactive');
  });

  it('a key that was deleted is refused', async () => {
    const { byHand, call, keys } = await between();
    await byHand('DeleteAccessKey', { UserName: 'someone', UserAccessKeyId: keys.accessKeyId });
    expect(await refused(call())).toBe('404 InvalidAccessKeyId.NotFound');
  });

  it('a policy that was taken off gives nothing', async () => {
    const { byHand, call, policy } = await between();
    await byHand('DetachPolicyFromUser', {
      UserName: 'someone',
      PolicyName: policy,
      PolicyType: 'Custom',
    });
    expect(await refused(call())).toBe('403 NoPermission');
  });

  it('a policy says what its new version says', async () => {
    const { byHand, call, policy } = await between();
    await byHand('CreatePolicyVersion', { PolicyName: policy, PolicyDocument: DENIED, SetAsDefault: 'true' });
    expect(await refused(call())).toBe('403 NoPermission');
  });
});
