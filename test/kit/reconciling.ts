import { roleName } from '../../shared/catalogue/names.ts';
import { reconcile } from '../../shared/reconcile/reconcile.ts';
import type { ProvisionPorts } from '../../shared/reconcile/reconciled.ts';
import type { Change } from '../../shared/record/change.ts';
import type { Gate } from '../../shared/requests/gate.ts';
import { millis } from '../../shared/runtime/millis.ts';
import { REQUESTER } from './accounts.ts';
import { type Direct, direct } from './direct.ts';
import { MINUTE } from './time.ts';

export const ROLE = { access: 'register', requesterUid: REQUESTER } as const;
export const NAME = roleName('register', REQUESTER);
/** A policy that nobody here attaches. */
export const ADMIN = { RoleName: NAME, PolicyType: 'System', PolicyName: 'AdministratorAccess' };

type Grant = Extract<Change, { action: 'grant' }>;
/** A grant of redis for ever, of this time. */
export const grant = (at: number, over: Partial<Grant> = {}): Grant => ({
  action: 'grant',
  ids: ['redis'],
  at: millis(at),
  until: 'never',
  ...over,
});

/** The gate before a request of this time that has to be approved. */
export const asks = (at: number): Extract<Gate, { kind: 'asks' }> => ({
  kind: 'asks',
  asked: { at: millis(at), digest: '1'.repeat(43), requestId: 'r-1', state: 'waits' },
  unless: null,
});

/** A change made on a world, by other ports than its own where some are named. */
export const make = (
  at: Direct,
  change: Change,
  over: Partial<ProvisionPorts> = {},
  gate?: Gate,
  more: object = {},
) => reconcile(ROLE, change, { ...at.settings, ...more }, { ...at.provisionPorts(), ...over }, gate);

export const attached = (at: Direct) =>
  at.owner.ram.findRole(NAME)?.attachments.map(({ policyName }) => policyName);

/** Somebody else writes a tag of the role. */
export const tag = (at: Direct, key: string, value: string) =>
  at.owner.ram.findRole(NAME)?.tags.set(key, value);

/** Redis was granted two minutes ago, and taken away again. */
export async function closed(): Promise<Direct> {
  const at = await direct();
  await make(at, grant(at.clock.now()));
  await make(at, { action: 'revoke', ids: ['redis'], at: millis(at.clock.now() + 10) });
  at.clock.advance(2 * MINUTE);
  at.writes.length = 0;
  return at;
}
