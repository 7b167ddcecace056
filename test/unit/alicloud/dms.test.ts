import { describe, expect, it } from 'vitest';
import { dms } from '../../../shared/alicloud/dms.ts';
import { REGION } from './cloud.ts';
import { apiOf, thrownBy } from './setup.ts';
import { json, type Say, standIn } from './stand-in.ts';

const ADDRESS = { host: 'db.example', port: 6379, sid: '' };
const INSTANCE = { InstanceId: 4711, InstanceAlias: 'cache', State: 'NORMAL' };

async function told(...says: [Say, ...Say[]]) {
  const { url, seen } = await standIn(...says);
  const forms = () => seen.map(({ body }) => Object.fromEntries(new URLSearchParams(body)));
  return { client: dms(apiOf(url), REGION), seen, forms };
}

describe('an instance of DMS', () => {
  it('is found by its address, with its id as a text', async () => {
    const { client, seen, forms } = await told(json(200, { Instance: INSTANCE }));
    expect(await client.instance(ADDRESS)).toEqual({
      id: '4711',
      alias: 'cache',
      state: 'NORMAL',
      collaborative: false,
    });
    expect(forms()).toEqual([{ Host: 'db.example', Port: '6379' }]);
    expect(seen[0]?.headers['x-acs-action']).toBe('GetInstance');
  });

  it('of Oracle is found by its SID too', async () => {
    const { client, forms } = await told(json(200, { Instance: INSTANCE }));
    await client.instance({ ...ADDRESS, sid: 'ORCL' });
    expect(forms()).toEqual([{ Host: 'db.example', Port: '6379', Sid: 'ORCL' }]);
  });

  it.each([
    ['COMMON', true],
    ['NONE_CONTROL', false],
    [undefined, false],
  ])('in the mode %s is under Security Collaboration: %s', async (GroupMode, collaborative) => {
    const { client } = await told(json(200, { Instance: { ...INSTANCE, StandardGroup: { GroupMode } } }));
    expect(await client.instance(ADDRESS)).toMatchObject({ collaborative });
  });

  it('of which DMS says no more than its id has neither alias nor state', async () => {
    const { client } = await told(json(200, { Instance: { InstanceId: 'i' } }));
    expect(await client.instance(ADDRESS)).toEqual({ id: 'i', alias: '', state: '', collaborative: false });
  });

  it.each(['InstanceNoEnoughNumber', 'InstanceNotFound.Id', 'EntityNotExist.Instance'])(
    'is none where DMS says %s',
    async (Code) => {
      const { client } = await told(json(404, { Code }));
      expect(await client.instance(ADDRESS)).toBeNull();
    },
  );

  it('that DMS does not show is not taken for none', async () => {
    const denied = await told(json(403, { Code: 'Forbidden.RAM' }));
    expect(await thrownBy(denied.client.instance(ADDRESS))).toMatchObject({
      failure: { code: 'Forbidden.RAM' },
    });
    const empty = await told(json(200, {}));
    expect(await thrownBy(empty.client.instance(ADDRESS))).toMatchObject({
      message: 'DMS GetInstance: the answer does not have the documented shape (at "Instance")',
    });
  });
});

describe('what DMS is told to do', () => {
  it('is sent as a form: a password is never in a URL', async () => {
    const { client, seen, forms } = await told(json(200, {}));
    await client.add({ DatabasePassword: 'PlantedPassword' });
    await client.sync('4711');
    await client.reach();
    expect(forms()).toEqual([
      { DatabasePassword: 'PlantedPassword' },
      { InstanceId: '4711' },
      { PageNumber: '1', PageSize: '1' },
    ]);
    expect(seen.map(({ headers }) => headers['x-acs-action'])).toEqual([
      'AddInstance',
      'SyncInstanceMeta',
      'ListInstances',
    ]);
    expect(seen.map(({ url }) => url.search)).toEqual(['', '', '']);
  });

  it('fails with what DMS says', async () => {
    const { client } = await told(json(403, { Code: 'UserNotExist' }));
    expect(await thrownBy(client.reach())).toMatchObject({ failure: { code: 'UserNotExist', status: 403 } });
  });
});

describe('the DBA of an instance', () => {
  const users = (...User: object[]) => json(200, { UserList: { User }, Success: true });

  it('is the first whom DMS lists as one', async () => {
    const { client, forms } = await told(users({ UserId: 270001, NickName: 'one' }, { UserId: 270002 }));
    expect(await client.dba()).toEqual({ id: '270001', name: 'one' });
    expect(forms()).toEqual([{ Role: 'DBA', UserState: 'NORMAL', PageNumber: '1', PageSize: '10' }]);
  });

  it('is an administrator where there is none', async () => {
    const { client, forms } = await told(users(), users({ UserId: '270003' }));
    expect(await client.dba()).toEqual({ id: '270003', name: '' });
    expect(forms().map(({ Role }) => Role)).toEqual(['DBA', 'ADMIN']);
  });

  it('is nobody where there is neither', async () => {
    expect(await (await told(users())).client.dba()).toBeNull();
  });
});

describe('an answer of DMS with HTTP 200 that says no', () => {
  it('is an error with its code', async () => {
    const { client } = await told(json(200, { Success: false, ErrorCode: 'UnknownError' }));
    expect(await thrownBy(client.add({ Host: 'h' }))).toMatchObject({
      failure: { code: 'UnknownError', status: 200 },
    });
  });

  it('is repeated where the fault passes by itself', async () => {
    const { client, seen } = await told(
      json(200, { Success: false, ErrorCode: 'AddInstanceFailure' }),
      json(200, { Success: true }),
    );
    await client.add({ Host: 'h' });
    expect(seen).toHaveLength(2);
  });

  it('is no instance where it says that there is none', async () => {
    const { client } = await told(json(200, { Success: false, ErrorCode: 'InstanceNoEnoughNumber' }));
    expect(await client.instance(ADDRESS)).toBeNull();
  });
});
