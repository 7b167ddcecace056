import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ApiError } from '../../../../local/cloud/error.ts';
import { type MswDoor, openMswDoor } from '../../../../local/testing/msw-handlers.ts';
import { calls, on, reset } from '../../../../local/testing/stub.ts';
import { OWNER } from '../../../kit/accounts.ts';
import { TestClock } from '../../../kit/clock.ts';
import { addRole, addUser, everything, twoAccounts } from '../../../kit/two-accounts.ts';
import { popClient, refused } from '../http/clients.ts';

const { world, owner, clock } = twoAccounts(new TestClock(Date.now()));
const { keys } = addUser(owner, 'someone', everything);
addRole(owner, 'x', {});
addRole(owner, 'y', {});

const atRam = { url: 'https://ram.aliyuncs.com', close: async () => {} };
const client = popClient(atRam, keys, '2015-05-01');
const getRole = (RoleName = 'x') => client.request('GetRole', { RoleName });
const deleteRole = (RoleName = 'x') => client.request('DeleteRole', { RoleName });

let door: MswDoor;

beforeEach(() => {
  door = openMswDoor(world);
});

afterEach(() => {
  reset(world);
  door.close();
});

describe('rejects', () => {
  it.each([
    ['EntityAlreadyExists.Role', 409],
    ['EntityNotExist.Role', 404],
    ['DeleteConflict.Role.Policy', 409],
    ['LimitExceeded.Role', 409],
    ['InvalidParameter.RoleName', 400],
    ['NoPermission', 403],
    ['InternalError', 500],
    ['ServiceUnavailable', 503],
    ['Throttling', 400],
    ['Throttling.User', 400],
  ])('with %s, which travels with %d', async (code, status) => {
    on(world, 'ram', 'GetRole').rejects(code);
    expect(await refused(getRole())).toBe(`${status} ${code}`);
  });

  it("with an error of one's own, as often as wanted, before the effect", async () => {
    on(world, 'ram', 'DeleteRole').rejects(new ApiError(418, 'Teapot', 'no'), { times: 2 });
    expect(await refused(deleteRole())).toBe('418 Teapot');
    expect(await refused(deleteRole())).toBe('418 Teapot');
    expect(owner.ram.findRole('x')?.name).toBe('x');
  });

  it('or after it', async () => {
    addRole(owner, 'gone', {});
    on(world, 'ram', 'DeleteRole', { RoleName: 'gone' }).rejectsAfter('ServiceUnavailable');
    expect(await refused(deleteRole('gone'))).toBe('503 ServiceUnavailable');
    expect(owner.ram.findRole('gone')).toBeUndefined();
  });

  it('only what it matches: parameters, or a question', async () => {
    on(world, 'ram', 'GetRole', { RoleName: 'y' }).rejects('NoPermission');
    expect(await refused(getRole('x'))).toBe('200 accepted');
    expect(await refused(getRole('y'))).toBe('403 NoPermission');
    on(world, 'ram', 'GetRole', ({ accessKeyId }) => accessKeyId === keys.accessKeyId).rejects(
      'InternalError',
    );
    expect(await refused(getRole('x'))).toBe('500 InternalError');
  });

  it('one after the other', async () => {
    on(world, 'ram', 'GetRole')
      .rejects('Throttling.User', { times: 1 })
      .rejects('ServiceUnavailable', { times: 1 });
    expect(await refused(getRole())).toBe('400 Throttling.User');
    expect(await refused(getRole())).toBe('503 ServiceUnavailable');
    expect(await refused(getRole())).toBe('200 accepted');
  });

  it.each(['SomethingElse', 'ServiceUnavailable.Throttling', 'EntityNotExistAtAll', 'FunctionNotFounds'])(
    'not with %s, whose status it would have to guess',
    (code) => {
      const refused = new Error(`the status of ${code} is not known: give an ApiError`);
      expect(() => on(world, 'ram', 'GetRole').rejects(code)).toThrow(refused);
    },
  );

  it.each([
    ['InvalidParameter.RoleName', 400],
    ['MissingParameter', 400],
    ['MalformedPolicyDocument', 400],
    ['InvalidArgument', 400],
    ['MalformedXML', 400],
    ['NoPermission', 403],
    ['AccessDenied', 403],
    ['Forbidden.RAM', 403],
    ['EntityNotExist.Role', 404],
    ['QueueNotExist', 404],
    ['FunctionNotFound', 404],
    ['EntityAlreadyExists.Role', 409],
    ['DeleteConflict.Role.Policy', 409],
    ['LimitExceeded.Role', 409],
    ['TopicAlreadyExist', 409],
    ['InternalError', 500],
    ['InternalServerError', 500],
    ['ServiceUnavailable', 503],
  ])('%s travels with its status, and says that it is a stub', async (code, status) => {
    on(world, 'ram', 'GetRole').rejects(code);
    const entry = { response: { statusCode: status } };
    await expect(getRole()).rejects.toMatchObject({
      code,
      data: { Message: `A stub answered ${code}.` },
      entry,
    });
  });
});

it('resolves with an answer instead of the effect', async () => {
  on(world, 'ram', 'DeleteRole').resolves({ Hello: 'there' });
  expect(await deleteRole()).toMatchObject({ Hello: 'there', RequestId: expect.any(String) });
  expect(owner.ram.findRole('x')?.name).toBe('x');
});

it('delays by the clock of the world', async () => {
  on(world, 'ram', 'GetRole').delays(700, { times: 1 });
  const before = clock.now();
  await getRole();
  await getRole();
  expect(clock.now() - before).toBe(700);
});

it('hangs up before and after the effect', async () => {
  addRole(owner, 'gone', {});
  on(world, 'ram', 'DeleteRole').hangsUp('before', { times: 1 }).hangsUp('after', { times: 1 });
  await expect(deleteRole('gone')).rejects.toThrow('socket hang up');
  expect(owner.ram.findRole('gone')?.name).toBe('gone');
  await expect(deleteRole('gone')).rejects.toThrow('socket hang up');
  expect(owner.ram.findRole('gone')).toBeUndefined();
});

it.each([
  ['ram', 'CreateRol'],
  ['rma', 'CreateRole'],
  ['sts', 'CreateRole'],
  ['mns', 'Pull'],
  ['fc', 'CreateLayerVersion'],
  ['oss', 'GetBucketLocation'],
])('an operation that does not exist cannot be stubbed: %s %s', (service, operation) => {
  expect(() => on(world, service, operation)).toThrow(`no operation ${service} ${operation}`);
});

it.each([
  ['sts', 'AssumeRole'],
  ['mns', 'Push'],
  ['mns', 'SendMessage'],
  ['fc', 'InvokeFunction'],
  ['r-kvstore', 'DescribeInstances'],
  ['oss', 'PutObject'],
])('%s %s can', (service, operation) => {
  expect(() => on(world, service, operation)).not.toThrow();
});

it('a stubbed call must still be signed', async () => {
  on(world, 'ram', 'GetRole').resolves({});
  const forged = popClient(atRam, { ...keys, accessKeySecret: 'guess' }, '2015-05-01');
  expect(await refused(forged.request('GetRole', { RoleName: 'x' }))).toBe('400 SignatureDoesNotMatch');
});

it('the history tells calls by service and operation, and reset forgets it', async () => {
  await getRole();
  await client.request('ListRoles');
  await refused(getRole('none'));
  expect(calls(world).map(({ operation }) => operation)).toEqual(['GetRole', 'ListRoles', 'GetRole']);
  expect(calls(world, 'ram', 'GetRole').map(({ status }) => status)).toEqual([200, 404]);
  expect(calls(world, 'sts')).toEqual([]);
  expect(calls(world, 'ram')[0]).toMatchObject({ accountId: OWNER, kind: 'read' });
  on(world, 'ram', 'GetRole').rejects('NoPermission');
  reset(world);
  expect(calls(world)).toEqual([]);
  expect(await refused(getRole())).toBe('200 accepted');
});
