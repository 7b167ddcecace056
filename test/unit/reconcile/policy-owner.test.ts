import { describe, expect, it } from 'vitest';
import type { Operation } from '../../../shared/ports.ts';
import { type DesiredPolicy, desiredRole } from '../../../shared/reconcile/desired.ts';
import type { Known } from '../../../shared/reconcile/observe.ts';
import { policyOwner } from '../../../shared/reconcile/policy-owner.ts';
import { EMPTY_RECORD } from '../../../shared/record/record.ts';
import { REQUESTER } from '../../kit/accounts.ts';
import { type Direct, direct } from '../../kit/direct.ts';

/** Whose a policy is, is looked at before every use of it, and asked of RAM only then. */

const NAME = 'DmsCrossAccountPolicy-redis';
const THEIRS = JSON.stringify({
  Version: '1',
  Statement: [{ Effect: 'Allow', Action: 'ecs:*', Resource: '*' }],
});
const document = { Statement: [], Version: '1' } as const;
const ours: DesiredPolicy = { kind: 'ours', name: NAME, ids: ['redis'], document };
const said = { target: NAME, reason: 'a test' };
const attach: Operation = { ...said, operation: 'attach-policy', policy: { name: NAME, type: 'Custom' } };
const system: Operation = { ...said, operation: 'attach-policy', policy: { name: NAME, type: 'System' } };
const version: Operation = { ...said, operation: 'create-policy-version', document };
const create: Operation = { ...said, operation: 'create-policy', document };
const detach: Operation = { ...said, operation: 'detach-policy', policy: { name: NAME, type: 'Custom' } };

async function ownerOf(
  operations: readonly Operation[],
  { policy = ours, known = {} }: { readonly policy?: DesiredPolicy | null; readonly known?: Known } = {},
) {
  const at: Direct = await direct();
  await at.byHand('CreatePolicy', { PolicyName: NAME, PolicyDocument: THEIRS });
  at.clock.advance(10 * 60_000);
  const asked: string[] = [];
  const ports = at.provisionPorts(async ({ action }) => {
    asked.push(action);
    return undefined;
  });
  const terms = { ...at.settings, access: 'register', requesterUid: REQUESTER } as const;
  const desired = { ...desiredRole(EMPTY_RECORD, at.clock.now(), terms), policy };
  const owner = await policyOwner(operations, desired, known, at.settings, ports);
  return [owner, asked.length > 0];
}

describe('a policy of our name that is not ours', () => {
  it.each([
    ['attached', [attach]],
    ['given another version', [version]],
    ['attached after it was made by somebody in between', [create, attach]],
  ])('is found to be so before it is %s', async (_what, operations) => {
    expect(await ownerOf(operations)).toEqual(['somebody', true]);
  });

  it.each([
    ['made', [create]],
    ['taken off', [detach]],
    ['the namesake of a policy of the vendor', [system]],
    ['not written', []],
  ])('is not asked for where it is %s', async (_what, operations) => {
    expect(await ownerOf(operations)).toEqual(['us', false]);
  });

  it('is not asked for where this run made it itself, and nothing else is known of it', async () => {
    expect(await ownerOf([attach], { known: { policy: { name: NAME, text: '{}' } } })).toEqual(['us', false]);
    expect(await ownerOf([attach], { known: { policy: { name: 'other', text: '{}' } } })).toEqual([
      'somebody',
      true,
    ]);
  });

  it.each([
    ['the vendor’s', { kind: 'system', name: NAME } as const],
    ['none', null],
  ])('is not asked for where the wanted one is %s', async (_what, policy) => {
    expect(await ownerOf([attach], { policy })).toEqual(['us', false]);
  });
});
