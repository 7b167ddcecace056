import { describe, expect, it } from 'vitest';
import { type Ask, verifyAccounts } from '../../../cli/fleet/verify-accounts.ts';
import { page } from '../../../cli/report/page.ts';
import type { RoleReport } from '../../../events/report.ts';
import { VirtualClock } from '../../../local/testing/virtual-clock.ts';

const accountOf = (n: number) => {
  const uid = String(2_000_000_000_000_000 + n);
  return { uid, roleArn: `acs:ram::${uid}:role/fleet`, name: `shop-${n}` };
};
const roleOf = (owner: string, n: number, status: RoleReport['status'] = 'verified'): RoleReport => ({
  roleArn: `acs:ram::${owner}:role/dms-cross-account-${n}`,
  requesterUid: String(n),
  access: 'register',
  status,
  assurance: 'assumed',
  grants: [],
  lastUsedOn: null,
  checks: [{ id: 'trust-dms', status: 'pass', detail: `trusts ${n}`, fix: null }],
});

/** Two pages of a role each, each after `seconds`. */
const answering =
  (clock: VirtualClock, owner: string, seconds: number): Ask =>
  async ({ after }) => {
    await clock.sleep(seconds * 1_000);
    const roles = [roleOf(owner, after === undefined ? 1 : 2)];
    return { roles, unjudged: [], total: 2, next: after === undefined ? 'a' : null };
  };

describe('the accounts of a fleet', () => {
  it('are asked side by side: all take as long as the slowest, and are reported in the order of the file', async () => {
    const clock = new VirtualClock();
    const accounts = [5, 30, 1].map((_, n) => accountOf(n));
    const seconds = [5, 30, 1];
    const started = clock.now();
    const said: string[] = [];
    const enter = async ({ uid }: { uid: string }) =>
      answering(clock, uid, seconds[accounts.findIndex((one) => one.uid === uid)] ?? 0);
    const found = await clock.during(verifyAccounts(accounts, {}, enter, clock, (text) => said.push(text)));
    expect(clock.now() - started).toBe(60_000);
    expect([...found.roles]).toEqual(accounts.flatMap(({ uid }) => [roleOf(uid, 1), roleOf(uid, 2)]));
    // A second time, since they are kept compressed.
    expect([...found.roles]).toHaveLength(6);
    expect(found.unverified).toEqual([]);
    expect(said).toContain(
      '0 of 3 accounts, 1 roles; account 2000000000000002 (shop-2): verified 1 of 2 roles, about 1 s left',
    );
    expect(said.at(-1)).toBe('3 of 3 accounts, 6 roles');
  });

  it('have named those of their roles about which nothing is known, with a name or without', async () => {
    const clock = new VirtualClock();
    const { name: _, ...unnamed } = accountOf(1);
    const enter = async (): Promise<Ask> => async () => ({
      roles: [],
      unjudged: [{ role: 'dms-cross-account-1', reason: 'RAM is down' }],
      total: 1,
      next: null,
    });
    const said: string[] = [];
    const found = await verifyAccounts([accountOf(0), unnamed], {}, enter, clock, (text) => said.push(text));
    const reason = 'RAM is down';
    expect([...found.roles]).toEqual([]);
    expect(found.unverified).toEqual([
      { what: 'role dms-cross-account-1 of account 2000000000000000 (shop-0)', reason },
      { what: 'role dms-cross-account-1 of account 2000000000000001', reason },
    ]);
    expect(said.at(-1)).toBe('2 of 2 accounts, 0 roles');
  });

  it('that cannot be entered are told by the words of what was thrown', async () => {
    const enter = () => Promise.reject('no luck');
    const found = await verifyAccounts([accountOf(0)], {}, enter, new VirtualClock(), () => undefined);
    expect(found.unverified).toEqual([{ what: 'account 2000000000000000 (shop-0)', reason: 'no luck' }]);
  });

  it('do not wait for one that hangs until its time is up, and it is named', async () => {
    const clock = new VirtualClock();
    const accounts = [accountOf(0), accountOf(1), accountOf(2)];
    const done: string[] = [];
    const enter = async ({ uid }: { uid: string }): Promise<Ask> => {
      if (uid !== accounts[0]?.uid) return answering(clock, uid, 1);
      await clock.sleep(200_000);
      throw new Error('no answer');
    };
    const started = clock.now();
    const found = await clock.during(
      verifyAccounts(accounts, {}, enter, clock, (text) => done.push(`${clock.now() - started} ${text}`)),
    );
    expect(done).toContain('2000 2 of 3 accounts, 4 roles');
    expect([...found.roles]).toHaveLength(4);
    expect(found.unverified).toEqual([{ what: 'account 2000000000000000 (shop-0)', reason: 'no answer' }]);
  });
});

it('a page of more roles than a browser takes shows those that failed, and says how many are left out', () => {
  function* many(): Generator<RoleReport> {
    for (let n = 0; n < 20_010; n += 1) yield roleOf('2', n, n > 20_000 ? 'failed' : 'verified');
  }
  const owners = [{ uid: '2' }, { uid: '3' }];
  const html = page(many(), { owners, madeAt: '2026-11-23T10:00:00.000Z' });
  expect(html).toContain('Shown are 20,000 roles, those that failed first; 10 are left out.');
  expect(html).toContain('<dt>roles</dt><dd>20,010</dd>');
  const [, text = ''] = /<script type="application\/json" id="data">(.*?)<\/script>/s.exec(html) ?? [];
  const shown: readonly { status: string }[] = JSON.parse(text).roles;
  expect(shown).toHaveLength(20_000);
  expect(shown.filter(({ status }) => status === 'failed')).toHaveLength(9);
});
