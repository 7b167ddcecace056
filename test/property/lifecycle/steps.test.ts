import fc from 'fast-check';
import { expect, it } from 'vitest';
import { isAllowed } from '../../../local/cloud/evaluate/index.ts';
import { CATALOGUE, isPolicyEngine } from '../../../shared/catalogue/catalogue.ts';
import { POLICY_ENGINES, type PolicyEngineId } from '../../../shared/catalogue/engine.ts';
import { REQUESTER } from '../../kit/accounts.ts';
import { cases } from '../../kit/cases.ts';
import { type Direct, direct } from '../../kit/direct.ts';
import type { Hook } from '../../kit/direct-api.ts';
import { type Ask, deliver } from './model.ts';

/** Whether the role may do everything that the engine's document says. */
function works(at: Direct, engine: PolicyEngineId): boolean {
  const role = at.owner.ram.findRole(`dms-cross-account-${REQUESTER}`);
  if (role === undefined) return false;
  const principal = {
    type: 'role',
    roleName: role.name,
    roleId: role.id,
    sessionName: 'x',
    sessionPolicy: null,
  } as const;
  const caller = { accountId: at.owner.uid, accessKeyId: 'x', principal };
  return CATALOGUE[engine].actions.every(
    (action) => isAllowed(at.world, caller, { action, resource: '*' }).allowed,
  );
}

const sets = fc.subarray([...POLICY_ENGINES], { minLength: 1 });

it('while a set changes, what stays granted works after every call, and what was never asked for never', async () => {
  await fc.assert(
    fc.asyncProperty(sets, sets, fc.boolean(), async (first, second, taking) => {
      const at = await direct();
      at.clock.advance(60 * 60_000);
      const grant: Ask = { requesterUid: REQUESTER, action: 'grant', engines: first, minute: 1, until: null };
      await deliver(at, grant);
      const staying = taking ? first.filter((engine) => !second.includes(engine)) : first;
      const foreign = POLICY_ENGINES.filter(
        (engine) => !first.includes(engine) && (taking || !second.includes(engine)),
      );
      const look: Hook = async () => {
        expect(staying.filter((engine) => !works(at, engine))).toEqual([]);
        expect(foreign.filter((engine) => works(at, engine))).toEqual([]);
        return undefined;
      };
      await deliver(at, { ...grant, action: taking ? 'revoke' : 'grant', engines: second, minute: 2 }, look);
      await look({ action: 'end', kind: 'read' });
      const gone = taking ? second : [];
      expect(gone.filter(isPolicyEngine).filter((engine) => works(at, engine))).toEqual([]);
    }),
    { numRuns: cases(300, 3) },
  );
});

it.each([
  ['one after the other', false],
  ['at once', true],
])(
  '1,000 copies of a request, %s: one role, one policy, one attachment, written once',
  async (_how, together) => {
    const at = await direct();
    at.clock.advance(60 * 60_000);
    const ask: Ask = {
      requesterUid: REQUESTER,
      action: 'grant',
      engines: ['redis', 'gdb'],
      minute: 1,
      until: null,
    };
    const copies = Array.from({ length: 1_000 }, () => ask);
    const policiesBefore = at.owner.ram.policies.size;
    if (together) await Promise.all(copies.map((copy) => deliver(at, copy)));
    else for (const copy of copies) await deliver(at, copy);
    const role = at.owner.ram.findRole(`dms-cross-account-${REQUESTER}`);
    expect(role?.attachments.map(({ policyName }) => policyName)).toEqual([
      'DmsCrossAccountPolicy-gdb-redis',
    ]);
    expect(at.owner.ram.policies.size - policiesBefore).toBe(1);
    expect([...at.writes].sort()).toEqual(['AttachPolicyToRole', 'CreatePolicy', 'CreateRole']);
  },
);
