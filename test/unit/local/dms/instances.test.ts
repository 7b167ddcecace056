import { describe, expect, it } from 'vitest';
import { everything } from '../../../kit/two-accounts.ts';
import { dms, ROLE, required } from './dms.ts';

const address = { Host: required['Host'] ?? '', Port: '3306' };

describe('GetInstance', () => {
  it('shows what was registered, but not the role', async () => {
    const { add, call, grant, requester } = await dms();
    grant(everything);
    await add({ RoleArn: ROLE, EnableSellSitd: 'Y', EnableSellStable: 'Y' });
    const answer = await call('GetInstance', address);
    const [{ id } = { id: '' }] = requester.dms.instances;
    expect(answer).toMatchObject({
      Success: true,
      Instance: {
        InstanceId: id,
        InstanceAlias: 'orders',
        InstanceType: 'mysql',
        State: 'NORMAL',
        Port: 3306,
        QueryTimeout: 60,
        SellSitd: true,
        StandardGroup: { GroupMode: 'STABLE' },
      },
    });
    expect(JSON.stringify(answer)).not.toMatch(/RoleArn|for-dms/);
  });

  it('tells instances apart by their SID', async () => {
    const { add, refusal } = await dms();
    await add();
    expect(await refusal('GetInstance', address)).toBe('200 accepted');
    expect(await refusal('GetInstance', { ...address, Sid: 'x' })).toBe('404 InstanceNoEnoughNumber');
    expect(await refusal('GetInstance', { ...address, Port: '1' })).toBe('404 InstanceNoEnoughNumber');
    expect(await refusal('GetInstance', { Host: 'x' })).toBe('400 MissingParameter');
  });

  it("shows only the account's own", async () => {
    const { add, refusal, call, keys } = await dms();
    await add();
    expect(await refusal('GetInstance', address)).toBe('200 accepted');
    await expect(call('GetInstance', address, keys)).rejects.toMatchObject({
      code: 'InstanceNoEnoughNumber',
    });
  });
});

describe('ListInstances', () => {
  const ports = (answer: Record<string, unknown>): unknown[] => {
    const { InstanceList } = answer as { InstanceList: { Instance: { Port: number }[] } };
    return InstanceList.Instance.map(({ Port }) => Port);
  };

  it('pages in the order of registration', async () => {
    const { add, call } = await dms();
    for (let port = 1; port <= 5; port += 1) await add({ Port: String(port) });
    const page = (PageNumber: string) => call('ListInstances', { PageNumber, PageSize: '2' });
    expect(await page('1')).toMatchObject({ TotalCount: 5, Success: true });
    expect([
      ports(await page('1')),
      ports(await page('2')),
      ports(await page('3')),
      ports(await page('4')),
    ]).toEqual([[1, 2], [3, 4], [5], []]);
    expect(ports(await call('ListInstances', {}))).toHaveLength(5);
  });

  it.each<[string, Record<string, string>]>([
    ['type', { DbType: 'Redis' }],
    ['environment', { EnvType: 'dev' }],
    ['source', { InstanceSource: 'PUBLIC_OWN' }],
    ['network', { NetType: 'CLASSIC' }],
    ['alias', { SearchKey: 'CACHE' }],
    ['host', { SearchKey: 'r-1.' }],
  ])('finds by %s', async (_what, filter) => {
    const { add, call } = await dms();
    await add();
    await add({
      Port: '6379',
      Host: 'r-1.redis.rds.aliyuncs.com',
      InstanceType: 'redis',
      InstanceAlias: 'cache',
      InstanceSource: 'PUBLIC_OWN',
      EnvType: 'dev',
      NetworkType: 'CLASSIC',
    });
    expect(ports(await call('ListInstances', filter))).toEqual([6379]);
  });

  it('every instance is in order', async () => {
    const { add, call } = await dms();
    await add();
    expect(ports(await call('ListInstances', { InstanceState: 'NORMAL' }))).toEqual([3306]);
    expect(await call('ListInstances', { InstanceState: 'DISABLE' })).toMatchObject({ TotalCount: 0 });
  });

  it.each([{ PageSize: '101' }, { PageSize: '0' }, { PageNumber: '0' }, { EnvType: 'x' }])(
    'refuses %j',
    async (form) => {
      const { refusal } = await dms();
      expect(await refusal('ListInstances', form)).toMatch(/^400 InvalidParameter\./);
    },
  );
});

describe('SyncInstanceMeta', () => {
  it('synchronises an instance under Security Collaboration', async () => {
    const { add, call, requester, world } = await dms();
    await add({ EnableSellCommon: 'Y', SafeRule: 'mysql default' });
    const [instance] = requester.dms.instances;
    expect(instance?.syncedAt).toBeNull();
    expect(await call('SyncInstanceMeta', { InstanceId: instance?.id ?? '' })).toMatchObject({
      Success: true,
    });
    expect(instance?.syncedAt).toBe(world.clock.now());
  });

  it('refuses any other instance, and one that is not there', async () => {
    const { add, refusal, requester } = await dms();
    await add();
    const [{ id, syncedAt } = { id: '', syncedAt: 0 }] = requester.dms.instances;
    expect(await refusal('SyncInstanceMeta', { InstanceId: id })).toBe(
      '400 InstanceNotInSecurityCollaboration',
    );
    expect(syncedAt).toBeNull();
    expect(await refusal('SyncInstanceMeta', { InstanceId: '1' })).toBe('404 InstanceNoEnoughNumber');
    expect(await refusal('SyncInstanceMeta', {})).toBe('400 MissingParameter');
  });
});

describe('DeleteInstance', () => {
  it('takes the instance off the list, so that it can be registered anew under a new id', async () => {
    const { add, call, refusal, requester } = await dms();
    await add();
    const [first] = requester.dms.instances;
    expect(await call('DeleteInstance', address)).toMatchObject({ Success: true });
    expect(requester.dms.instances).toEqual([]);
    expect(await refusal('DeleteInstance', address)).toBe('404 InstanceNoEnoughNumber');
    await add();
    expect(requester.dms.instances[0]?.id).not.toBe(first?.id);
  });
});
