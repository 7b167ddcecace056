import { describe, expect, it } from 'vitest';
import type { Reply } from '../../../events/reply.ts';
import type { Upkeep } from '../../../events/upkeep.ts';
import type { ListedRole, RamLister } from '../../../shared/ports.ts';
import { millis } from '../../../shared/runtime/millis.ts';
import { DriftReport } from '../../../shared/sweep/drift-report.ts';
import { listRoles, type OurRole } from '../../../shared/sweep/list-roles.ts';
import { verdictOf } from '../../../shared/verification/verdict.ts';
import { inspect } from '../../../shared/verification/verify-role.ts';
import { REQUESTER } from '../../kit/accounts.ts';
import { type Direct, direct } from '../../kit/direct.ts';
import { ROLE } from '../../kit/roles.ts';
import { SENDER, sweeper } from '../../kit/sweeper.ts';
import { DAY, HOUR, MINUTE } from '../../kit/time.ts';

const OURS = new Map([['managed-by', 'dms-handshake']]);

function outboxes() {
  const replies: Reply[] = [];
  const asked: Upkeep[] = [];
  const news = new DriftReport(
    SENDER,
    { publish: async (reply) => void replies.push(reply) },
    { ask: async (upkeep) => void asked.push(upkeep) },
  );
  return { news, replies, asked };
}

const listed = (at: Direct, name: string, tags: ReadonlyMap<string, string> = OURS): ListedRole => ({
  name,
  arn: `acs:ram::1:role/${name}`,
  createdAt: at.clock.now(),
  tags,
});

const listing = (roles: readonly ListedRole[]): RamLister => ({
  roles: () => each([]),
  allRoles: () => each(roles),
  policies: () => each([]),
});

async function* each<T>(items: readonly T[]): AsyncGenerator<T> {
  yield* items;
}

/** What is found of a role that was listed and is not there any more. */
async function gone(at: Direct, requesterUid = REQUESTER) {
  const id = { access: 'register', requesterUid } as const;
  const role: OurRole = { ...listed(at, `dms-cross-account-${requesterUid}`), id };
  const proof = await inspect(id, role.tags, at.clock.now(), at.settings, at.verifyPorts());
  return { role, proof };
}

describe('the news of a sweep', () => {
  it('about a role that is gone since it was listed name it, and nothing that it grants', async () => {
    const at = await direct();
    const { role, proof } = await gone(at);
    const { news, replies } = outboxes();
    await news.report(role, proof, null, at.clock.now());
    expect(replies.map(({ data }) => data)).toMatchObject([
      { status: 'changed', roleArn: role.arn, engines: [], problem: { code: 'verification-failed' } },
    ]);
  });

  it('have roles of one verdict remembered fifty at a time, and the rest at the end', async () => {
    const at = await direct();
    const { role, proof } = await gone(at);
    const { news, asked } = outboxes();
    const names = Array.from({ length: 51 }, (_, n) => `role-${n}`);
    for (const name of names) await news.report({ ...role, name }, proof, null, at.clock.now());
    await news.flush();
    await news.flush();
    const roles = asked.map((upkeep) => ('remember' in upkeep ? upkeep.remember.roles : []));
    expect(roles).toEqual([names.slice(0, 50), names.slice(50)]);
  });

  it.each([
    ['a first verdict', null],
    ['what could not be checked of late', verdictOf([], millis(0))],
  ])('fail with the upkeep topic that does not take %s', async (_what, from) => {
    const at = await direct();
    const { role, proof } = await gone(at);
    const checks = [{ id: 'engine:redis', status: 'skip', detail: 'no answer', fix: null }] as const;
    const news = new DriftReport(
      SENDER,
      { publish: async () => undefined },
      { ask: () => Promise.reject(new Error('refused')) },
    );
    const report = () => news.report(role, { ...proof, checks }, from, at.clock.now());
    for (let n = 1; n < 50; n += 1) await report();
    await expect(report()).rejects.toThrow('refused');
  });

  it('say nothing of roles that are not ours where there is no place to remember that they were told of', async () => {
    const at = await direct();
    at.clock.advance(DAY);
    const stranger = listed(at, `dms-cross-account-${REQUESTER}`, new Map());
    at.clock.advance(DAY);
    const { unmanaged, told } = await listRoles(listing([stranger]), at.settings, at.clock.now());
    const { news, replies, asked } = outboxes();
    await news.unmanaged(unmanaged, told, at.clock.now());
    expect([unmanaged.length, told, replies, asked]).toEqual([1, null, [], []]);
  });
});

describe('the roles of the account', () => {
  it('are looked at in the order of their names, whatever the order of RAM', async () => {
    const at = await direct();
    const names = ['3', '1', '4', '2'].map((uid) => `dms-cross-account-${uid}`);
    const roles = names.map((name) => listed(at, name));
    const { ours } = await listRoles(listing(roles), at.settings, at.clock.now());
    expect(ours.map(({ name }) => name)).toEqual([...names].sort());
  });
});

describe('a role that looks wrong', () => {
  /** A role with a right too many, and what happens to it as it is looked at for the second time. */
  async function seenAgain(happens: (at: Direct) => void) {
    const at = await direct();
    const sweeping = sweeper(at);
    await sweeping.request({ requesterUid: REQUESTER, engines: ['redis'] });
    await sweeping.runAndDeliver();
    at.clock.advance(MINUTE);
    await at.byHand('AttachPolicyToRole', {
      RoleName: ROLE,
      PolicyName: 'AdministratorAccess',
      PolicyType: 'System',
    });
    let looks = 0;
    const swept = await sweeping.run({
      onCall: (operation, subject) => {
        if (operation !== 'ListTagResources' || subject !== ROLE) return;
        looks += 1;
        if (looks === 1) happens(at);
      },
    });
    return { swept, sweeping, looks };
  }

  it('is told of when it looks the same again', async () => {
    const { swept, looks } = await seenAgain(() => undefined);
    expect([looks > 0, swept.failed, swept.changed]).toEqual([true, 1, 1]);
  });

  it('is left to the next sweep where it has lost our tag meanwhile', async () => {
    const { swept, sweeping } = await seenAgain((at) =>
      at.owner.ram.findRole(ROLE)?.tags.delete('managed-by'),
    );
    expect([swept.failed, swept.changed, sweeping.replies]).toEqual([0, 0, []]);
  });

  it('is judged by its listed tags where none can be read', async () => {
    const { swept, sweeping } = await seenAgain((at) => at.owner.ram.findRole(ROLE)?.tags.clear());
    expect([swept.failed, swept.changed]).toEqual([1, 1]);
    const failed = sweeping.replies[0]?.data.checks.filter(({ status }) => status === 'fail');
    expect(failed?.map(({ id }) => id)).toEqual(['policies-attached']);
  });
});

describe('a role whose tags leave no room for a verdict', () => {
  const fill = (at: Direct) =>
    at.byHand('TagResources', {
      ResourceType: 'role',
      ResourceNames: JSON.stringify([`dms-cross-account-${REQUESTER}`]),
      Tag: JSON.stringify(Array.from({ length: 18 }, (_, n) => ({ Key: `team-${n}`, Value: 'x' }))),
    });
  const attach = (at: Direct, operation: 'AttachPolicyToRole' | 'DetachPolicyFromRole') =>
    at.byHand(operation, {
      PolicyName: 'AdministratorAccess',
      PolicyType: 'System',
      RoleName: `dms-cross-account-${REQUESTER}`,
    });

  it('is told of once when it fails, and once when it is right again', async () => {
    const at = await direct(true, { heal: false });
    const sweeping = sweeper(at);
    await sweeping.request({ requesterUid: REQUESTER, engines: ['redis'] });
    await fill(at);
    await attach(at, 'AttachPolicyToRole');
    const told: string[] = [];
    for (const by of ['', '', 'DetachPolicyFromRole', ''] as const) {
      at.clock.advance(HOUR);
      if (by !== '') await attach(at, by);
      sweeping.replies.length = 0;
      await sweeping.runAndDeliver();
      told.push(sweeping.replies.map(({ data }) => data.problem?.code ?? 'right again').join());
    }
    expect(told).toEqual(['verification-failed', '', 'right again', '']);
  });
});
