import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { expect, it } from 'vitest';
import { Closers } from '../../../local/closers.ts';
import { ramByHand } from '../../../local/ram-by-hand.ts';
import { makeTempFolder, removeTempFolder } from '../../../local/temp-folders.ts';
import { administrator, approver, rootKeys } from '../../../local/users.ts';
import { standardNames } from '../../../shared/installation/installation.ts';
import { peopleRights } from '../../../shared/installation/people.ts';
import { OWNER } from '../../kit/accounts.ts';
import { TestClock } from '../../kit/clock.ts';
import { twoAccounts } from '../../kit/two-accounts.ts';

it('an administrator may do everything, and the account has keys of its own', async () => {
  const { world, owner } = twoAccounts(new TestClock());
  const keys = await administrator(world, owner);
  const { attachments } = owner.ram.findUser('administrator') ?? {};
  expect(attachments?.map(({ policyName, policyType }) => [policyName, policyType])).toEqual([
    ['AdministratorAccess', 'System'],
  ]);
  expect(owner.ram.accessKey(keys.accessKeyId)).toMatchObject({
    secret: keys.accessKeySecret,
    userName: 'administrator',
  });
  const root = rootKeys(owner);
  expect(owner.ram.rootKeys.get(root.accessKeyId)?.secret).toBe(root.accessKeySecret);
});

it('an approver has the documents of those who approve and of those who operate, and no others', async () => {
  const { world, owner } = twoAccounts(new TestClock());
  const at = standardNames(world.region, OWNER);
  const keys = await approver(world, owner, at);
  expect(owner.ram.accessKey(keys.accessKeyId)?.userName).toBe('approver');
  const names = ['dms-handshake-approver', 'dms-handshake-operator'];
  const attached = owner.ram.findUser('approver')?.attachments.map(({ policyName }) => policyName);
  expect(attached?.toSorted()).toEqual(names);
  const wanted = peopleRights(at, OWNER).filter(({ name }) => names.includes(name));
  expect(wanted).toHaveLength(2);
  for (const { name, permission } of wanted)
    expect(owner.ram.policies.get(name)?.versions.map(({ parsed }) => parsed)).toEqual([permission]);
});

it('an operation of RAM that is not there cannot be called by hand', async () => {
  const { world, owner } = twoAccounts(new TestClock());
  await expect(ramByHand(world, owner, 'MakeCoffee', {})).rejects.toThrow(
    new Error('the local cloud has no RAM operation MakeCoffee'),
  );
});

it('all is closed, also after what fails, and the first failure is told', async () => {
  const closers = new Closers();
  const closed: number[] = [];
  for (const n of [1, 2, 3, 4])
    closers.add(async () => {
      closed.push(n);
      if (n % 2 === 0) throw new Error(`no ${n}`);
    });
  await expect(closers.closeAll()).rejects.toThrow(new Error('no 2'));
  expect(closed).toEqual([1, 2, 3, 4]);
  await closers.closeAll();
  expect(closed).toEqual([1, 2, 3, 4]);
});

it('a temporary folder goes with what is in it, and at the exit of the process at the latest', () => {
  const listening = process.listenerCount('exit');
  const [one, other] = [makeTempFolder('parts'), makeTempFolder('parts')];
  expect(process.listenerCount('exit')).toBeLessThanOrEqual(listening + 1);
  expect(dirname(one)).toBe(tmpdir());
  expect(basename(one)).toMatch(/^dms-handshake-parts-\w{6}$/);
  for (const folder of [one, other]) writeFileSync(join(folder, 'file'), '');
  removeTempFolder(one);
  removeTempFolder(one);
  expect([existsSync(one), readdirSync(other)]).toEqual([false, ['file']]);
  const [removeAll] = process.listeners('exit').filter((listener) => listener.name === 'removeAll');
  removeAll?.(0);
  expect(existsSync(other)).toBe(false);
});
