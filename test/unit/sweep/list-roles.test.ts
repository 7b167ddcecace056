import { describe, expect, it } from 'vitest';
import type { ListedRole, RamLister } from '../../../shared/ports.ts';
import { formatInventory, inventoryOf } from '../../../shared/sweep/inventory-table.ts';
import { remembered } from '../../../shared/sweep/last-verdict.ts';
import { listRoles } from '../../../shared/sweep/list-roles.ts';
import { askForNextPage, atLeastOnce, rolesAfter } from '../../../shared/sweep/paging.ts';
import { OWNER, REQUESTER } from '../../kit/accounts.ts';
import { listedRole, sending } from '../../kit/sweep-parts.ts';
import { at, MINUTE, START } from '../../kit/time.ts';

/** What the sweep makes of the roles of the account. */
const SETTINGS = {
  region: 'cn-hangzhou',
  ownerUid: OWNER,
  verifyRoleArn: null,
  patienceMs: MINUTE,
  verifyRole: 'dms-handshake-verify',
  heal: false,
};
const REDIS = 'granted 2026-11-23T10:00:00.000Z';
const plain = (name: string, tags: Readonly<Record<string, string>> = {}): ListedRole => ({
  name,
  arn: `acs:ram::${OWNER}:role/${name}`,
  createdAt: START,
  tags: new Map(Object.entries(tags)),
});
const NAME = `dms-cross-account-${REQUESTER}`;
const register = { access: 'register', requesterUid: REQUESTER } as const;

const list = (roles: readonly ListedRole[], seconds = 60) => {
  async function* each() {
    yield* roles;
  }
  const lister: RamLister = { roles: each, allRoles: each, policies: async function* () {} };
  return listRoles(lister, SETTINGS, at(seconds));
};

describe('a role', () => {
  it('of our name and our tag is ours, by its lower case in order', async () => {
    const roles = ['3', '1', '2'].map((uid) => listedRole({}, 'register', uid));
    const upper = { ...listedRole({}, 'register', '15'), name: 'DMS-Cross-Account-15' };
    const { ours, unmanaged, names } = await list([...roles, upper]);
    expect(ours.map(({ id }) => id.requesterUid)).toEqual(['1', '15', '2', '3']);
    expect(unmanaged).toEqual([]);
    expect([...names].sort()).toEqual(['1', '15', '2', '3'].map((uid) => `dms-cross-account-${uid}`));
  });

  it('of another name and without our tag is nobody’s business', async () => {
    const { ours, unmanaged, names, members } = await list([plain('admin')]);
    expect([ours, unmanaged, names.size, members]).toEqual([[], [], 0, []]);
  });

  const rows: readonly [string, ListedRole, object, string, string][] = [
    [
      'of our name without our tag',
      plain(NAME),
      register,
      'the role lacks the tag managed-by=dms-handshake',
      'tag it if it is ours; if it is not, it will not be touched',
    ],
    [
      'of our name that has lost our tag',
      plain(NAME, { 'dms-engine-redis': REDIS }),
      register,
      'the role holds a record of ours and has lost the tag managed-by=dms-handshake',
      'put the tag back, and find out in ActionTrail who took it off; until then nothing here touches the role',
    ],
  ];
  it.each(rows)('%s is told of, with what to do', async (_what, role, id, detail, fix) => {
    const { ours, unmanaged } = await list([role]);
    expect(ours).toEqual([]);
    expect(unmanaged).toEqual([{ role, id, check: { id: 'ownership', status: 'fail', detail, fix } }]);
  });

  it('of another name with our tag is told of', async () => {
    const role = plain('somebody', { 'managed-by': 'dms-handshake' });
    const { unmanaged, names } = await list([role]);
    expect(names.size).toBe(0);
    expect(unmanaged).toEqual([
      {
        role,
        id: null,
        check: {
          id: 'ownership',
          status: 'fail',
          detail: 'the role has the tag managed-by=dms-handshake and a name that is never made here',
          fix: 'take the tag off, and find out in ActionTrail who put it there',
        },
      },
    ]);
  });

  it.each([
    [59.999, 0],
    [60, 1],
  ])('that is %s seconds old may have tags that are not listed yet', async (seconds, told) => {
    expect((await list([plain(NAME)], seconds)).unmanaged).toHaveLength(told);
  });
});

describe('a role that nobody may delete', () => {
  it.each([
    ['with our tag and a grant', listedRole({ 'dms-engine-redis': REDIS }), true],
    ['with a grant that has lost our tag', plain(NAME, { 'dms-engine-redis': REDIS }), true],
    ['with our tag, whose record cannot be read', listedRole({ 'dms-engine-redis': 'x' }), true],
    ['that its record has closed', listedRole({ 'dms-closed': '2026-11-23T10:00:00.000Z' }), false],
    ['that holds nothing of ours', plain(NAME), false],
  ])('is one %s: %s', async (_what, role, isMember) => {
    expect((await list([role])).members).toEqual(isMember ? [register] : []);
  });
});

describe('the role of the verify function', () => {
  const now = at(60);
  const table = formatInventory(inventoryOf([register], START));
  const tags = Object.fromEntries(table.map((value, n) => [`dms-roll-${n}`, value]));
  const verify = plain('DMS-handshake-Verify', {
    'managed-by': 'dms-handshake',
    'dms-strangers': 'a b +1',
    'dms-last-use': `from:${START.toString(36)} until:${now.toString(36)} fault:denied`,
    ...tags,
  });

  it('remembers what was told, which roles there were, and how far was read', async () => {
    const { told, inventory, useMark, unmanaged, ours } = await list([verify]);
    expect(told).toEqual(['a', 'b']);
    expect(inventory).toEqual(inventoryOf([register], START));
    expect(useMark).toEqual({ from: START, until: now, fault: 'denied' });
    expect([unmanaged, ours]).toEqual([[], []]);
  });

  it('remembers nothing at first, and there is no place for it without that role', async () => {
    const first = await list([plain('dms-handshake-verify')]);
    expect([first.told, first.inventory, first.useMark]).toEqual([[], null, null]);
    const none = await list([]);
    expect([none.told, none.inventory, none.useMark]).toEqual([null, null, null]);
  });
});

describe('what a role is remembered to have been', () => {
  const role = listedRole({ 'dms-verdict': 'verified 2026-11-23T10:00:05.000Z' });
  const verdict = { status: 'verified', at: at(5), checks: [] };

  it.each([
    ['its verdict, where nobody can be told', null, verdict],
    ['its verdict, where others were told of', ['other'], verdict],
    ['failed, where it was told of', [role.name], { status: 'failed', at: START, checks: ['ownership'] }],
  ])('is %s', (_what, told, was) => {
    expect(remembered(told)(role)).toEqual(was);
  });
});

describe('a page of roles', () => {
  const roles = ['1', '2', '3'].map((uid) => listedRole({}, 'register', uid));

  it('begins after the last one of the page before, whatever its letter case', () => {
    expect(rolesAfter(roles, null)).toBe(roles);
    expect(rolesAfter(roles, 'DMS-cross-account-1')).toEqual(roles.slice(1));
    expect(rolesAfter(roles, 'dms-cross-account-3')).toEqual([]);
  });

  it('takes one at least', () => {
    const may = atLeastOnce(() => false);
    expect([may(), may()]).toEqual([true, false]);
    const always = atLeastOnce(() => true);
    expect([always(), always()]).toEqual([true, true]);
  });

  it.each([
    [0, null],
    [2, 'dms-cross-account-2'],
    [3, null],
  ])('that took %i of three goes on after %s', async (taken, name) => {
    const to = sending();
    expect(await askForNextPage(roles, taken, to.upkeep)).toBe(name);
    expect(to.asked).toEqual(name === null ? [] : [{ sweep: { after: name } }]);
  });
});
