import fc from 'fast-check';
import { expect, it } from 'vitest';
import { cases } from '../../kit/cases.ts';
import type { Direct } from '../../kit/direct.ts';
import { anyEdit } from './edits.ts';
import { rewrite } from './rewrite.ts';
import { failedChecks, KINDS, type Kind, ROLES, rightWorld, snapshot } from './roles.ts';

const RUNS = cases(10_000, 10);

it('every edit behind our back is found by the check that names it', async () => {
  const at = await rightWorld();
  const restore = snapshot(at);
  const found = new Map<string, number>();
  const whats = new Set<string>();
  await fc.assert(
    fc
      .asyncProperty(anyEdit(KINDS), async ({ kind, what, names, make }) => {
        await make(at);
        const failed = await failedChecks(at, kind);
        expect([kind, what, failed]).toEqual([kind, what, expect.arrayContaining([names])]);
        found.set(names, (found.get(names) ?? 0) + 1);
        whats.add(`${kind}: ${what}`);
      })
      .afterEach(restore),
    { numRuns: RUNS },
  );
  process.stdout.write(
    `edits found: ${JSON.stringify(Object.fromEntries([...found].sort()))}, ${whats.size} different\n`,
  );
  expect([...found.values()].reduce((a, b) => a + b)).toBe(RUNS);
  expect(whats.size).toBeGreaterThan(RUNS / 5);
});

/** Writes the documents of a role another way, by RAM's own operations. */
async function rewriteRole(at: Direct, kind: Kind, seed: number): Promise<void> {
  const role = at.owner.ram.findRole(ROLES[kind]);
  if (role === undefined) return;
  await at.byHand('UpdateRole', {
    RoleName: role.name,
    NewAssumeRolePolicyDocument: rewrite(role.trust, seed),
  });
  for (const { policyName, policyType } of role.attachments) {
    if (policyType === 'System') continue;
    const version = at.owner.ram
      .findPolicy('Custom', policyName)
      ?.versions.find(({ isDefault }) => isDefault);
    await at.byHand('CreatePolicyVersion', {
      PolicyName: policyName,
      PolicyDocument: rewrite(version?.document ?? '', seed + 1),
      SetAsDefault: 'true',
      RotateStrategy: 'DeleteOldestNonDefaultVersionWhenLimitExceeded',
    });
  }
}

it('nothing is found wrong with documents that say the same in other words', async () => {
  const at = await rightWorld();
  const restore = snapshot(at);
  const texts = new Set<string>();
  await fc.assert(
    fc
      .asyncProperty(fc.constantFrom(...KINDS), fc.nat(), fc.boolean(), async (kind, seed, full) => {
        await rewriteRole(at, kind, seed);
        texts.add(at.owner.ram.findRole(ROLES[kind])?.trust ?? '');
        expect(await failedChecks(at, kind, full)).toEqual([]);
      })
      .afterEach(restore),
    { numRuns: RUNS },
  );
  process.stdout.write(`rewritings: ${RUNS}, of trust policies ${texts.size} different\n`);
  expect(texts.size).toBeGreaterThan(RUNS / 5);
});
