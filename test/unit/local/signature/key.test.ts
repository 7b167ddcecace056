import { expect, it } from 'vitest';
import { authenticateGateway } from '../../../../local/cloud/signature/index.ts';
import { OWNER } from '../../../kit/accounts.ts';
import { signers } from './setup.ts';
import { acs3, rpcV1 } from './sign.ts';

it('keys of the account itself are the account', () => {
  const { world, owner, now } = signers();
  const { id, secret } = owner.ram.addRootKey();
  const keys = { accessKeyId: id, accessKeySecret: secret };
  expect(authenticateGateway(world, acs3(keys, now))).toEqual({
    accountId: OWNER,
    accessKeyId: id,
    principal: { type: 'root' },
  });
});

it('a user, a session and an account are one object from call to call, of which the journal keeps many', () => {
  const { world, owner, keys, session, now } = signers();
  const { id, secret } = owner.ram.addRootKey();
  for (const of of [keys, session, { accessKeyId: id, accessKeySecret: secret }])
    expect(authenticateGateway(world, acs3(of, now))).toBe(authenticateGateway(world, rpcV1(of, now)));
});

it('a user that was renamed is another', () => {
  const { world, owner, keys, now } = signers();
  const before = authenticateGateway(world, acs3(keys, now));
  const key = owner.ram.accessKeys.get(keys.accessKeyId);
  if (key !== undefined) key.userName = 'renamed';
  const after = authenticateGateway(world, acs3(keys, now));
  expect([before.principal, after.principal]).toMatchObject([
    { userName: 'someone' },
    { userName: 'renamed' },
  ]);
  expect(authenticateGateway(world, acs3(keys, now))).toBe(after);
});

it('the last use of a key is noted', () => {
  const { world, clock, owner, keys, session } = signers();
  clock.advance(1_000);
  authenticateGateway(world, acs3(keys, clock.now()));
  authenticateGateway(world, acs3(session, clock.now()));
  expect(owner.ram.accessKeys.get(keys.accessKeyId)?.lastUsed).toBe(clock.now());
});
