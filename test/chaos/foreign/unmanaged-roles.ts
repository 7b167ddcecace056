import type { Account } from '../../../local/cloud/world.ts';
import type { DocumentId } from '../../../shared/catalogue/catalogue.ts';
import { isEngine, isPolicyEngine } from '../../../shared/catalogue/catalogue.ts';
import { policyName } from '../../../shared/catalogue/names.ts';
import { permissionDocument } from '../../../shared/catalogue/permission.ts';
import { trustDocument } from '../../../shared/catalogue/trust.ts';
import { OWNER } from '../../kit/accounts.ts';
import type { Direct } from '../../kit/direct.ts';
import type { Dice } from '../dice.ts';
import type { DrawnRequest } from '../requests.ts';

/** An object that bears our name, or our tag, and is not ours. */
export interface UnmanagedRole {
  readonly kind: 'role' | 'policy';
  readonly name: string;
  readonly tags: readonly { readonly Key: string; readonly Value: string }[];
  /** Its trust or its document: JSON text. */
  readonly document: string;
  /** Attached to the role, as `System AdministratorAccess`. */
  readonly attached: readonly string[];
  /** Made just now: its tags might only not be visible yet. Else an hour ago, or a day. */
  readonly young: boolean;
}

const OUR_TAG = { Key: 'managed-by', Value: 'dms-handshake' };
/** Whoever put them there, none of them says that we made it. */
const TAGS: readonly [UnmanagedRole['tags'], ...UnmanagedRole['tags'][]] = [
  [],
  [{ Key: 'managed-by', Value: 'terraform' }],
  [{ Key: 'managed-by', Value: 'DMS-Handshake' }],
  [{ Key: 'Managed-By', Value: 'dms-handshake' }],
  [{ Key: 'managed-by', Value: 'dms-handshake ' }],
  [{ Key: 'dms-engine-redis', Value: 'granted 2026-11-01T10:00:00.000Z' }],
  [{ Key: 'dms-closed', Value: '2026-11-01T10:00:00.000Z' }],
  [{ Key: 'dms-engine-gdb', Value: 'granted 2026-11-01T10:00:00.000Z until 2026-11-02T10:00:00.000Z' }],
];
const SOMEBODYS = JSON.stringify({
  Version: '1',
  Statement: [{ Action: 'sts:AssumeRole', Effect: 'Allow', Principal: { RAM: [`acs:ram::${OWNER}:root`] } }],
});
const SOMEBODYS_RIGHTS = JSON.stringify({
  Version: '1',
  Statement: [{ Action: 'oss:GetObject', Effect: 'Allow', Resource: '*' }],
});

/** Names that one of these requests may meet, in any letter case; now and then a name that only looks like ours. */
export function strangerOf(dice: Dice, wishes: readonly [DrawnRequest, ...DrawnRequest[]]): UnmanagedRole {
  const wish = dice.pick(wishes);
  return dice.chance(0.6) ? roleOf(dice, wish) : policyOf(dice, wish);
}

function roleOf(dice: Dice, { access, requesterUid }: DrawnRequest): UnmanagedRole {
  const prefix = access === 'register' ? 'dms-cross-account-' : 'dms-console-access-';
  // With our tag a role of our name would be ours.
  const odd = dice.chance(0.15);
  const name = odd
    ? dice.pick([`${prefix}abc`, `${prefix}0${requesterUid}`.slice(0, 64), 'our-own-role'])
    : prefix + requesterUid;
  return {
    kind: 'role',
    name: anyCase(dice, name),
    tags: odd && dice.chance(0.5) ? [OUR_TAG] : dice.pick(TAGS),
    document: dice.chance(0.3) ? SOMEBODYS : JSON.stringify(ourTrust(dice, access, requesterUid)),
    attached: dice.some([
      'System AdministratorAccess',
      'System AliyunDMSLoginConsoleAccess',
      'Custom somebodys',
    ]),
    young: dice.chance(0.4),
  };
}

/** What our own roles say. */
const ourTrust = (dice: Dice, access: DrawnRequest['access'], requesterUid: string) =>
  trustDocument({
    access,
    ownerUid: OWNER,
    requesterUid,
    verifyRoleArn: dice.chance(0.6) ? `acs:ram::${OWNER}:role/dms-handshake-verify` : null,
    trusted: dice.chance(0.3)
      ? 'nobody'
      : access === 'register'
        ? 'dms'
        : dice.chance(0.5)
          ? 'account'
          : ['alice'],
  });

function policyOf(dice: Dice, { what, connections }: DrawnRequest): UnmanagedRole {
  const ids: DocumentId[] = what.filter(isEngine).filter(isPolicyEngine);
  if (connections.length > 0 || ids.length === 0) ids.push('vpc');
  return {
    kind: 'policy',
    name: anyCase(dice, policyName(ids)),
    tags: dice.pick(TAGS),
    document: dice.chance(0.5) ? JSON.stringify(permissionDocument(ids)) : SOMEBODYS_RIGHTS,
    attached: [],
    young: dice.chance(0.4),
  };
}

const anyCase = (dice: Dice, name: string): string =>
  dice.chance(0.7) ? name : dice.chance(0.5) ? name.toUpperCase() : name.toLowerCase();

/** Puts a stranger into the world, unless something of its name is there. */
export async function place(
  at: Direct,
  { kind, name, tags, document, attached }: UnmanagedRole,
): Promise<void> {
  const Tag = JSON.stringify(tags);
  if (kind === 'policy') {
    if (at.owner.ram.findPolicy('Custom', name) !== undefined) return;
    await at.byHand('CreatePolicy', { PolicyName: name, PolicyDocument: document, Tag });
    return;
  }
  if (at.owner.ram.findRole(name) !== undefined) return;
  await at.byHand('CreateRole', { RoleName: name, AssumeRolePolicyDocument: document, Tag });
  for (const one of attached) {
    const [PolicyType = '', PolicyName = ''] = one.split(' ');
    if (PolicyType === 'Custom' && at.owner.ram.findPolicy('Custom', PolicyName) === undefined)
      await at.byHand('CreatePolicy', { PolicyName, PolicyDocument: SOMEBODYS_RIGHTS });
    await at.byHand('AttachPolicyToRole', { PolicyName, PolicyType, RoleName: name });
  }
}

/** Everything about the objects of these names, and where the policies among them are attached. */
export function stateOfAll({ ram }: Account, strangers: readonly UnmanagedRole[]): string {
  return JSON.stringify(
    strangers.map(({ kind, name }) => {
      if (kind === 'role') {
        const role = ram.findRole(name);
        return role === undefined ? null : { ...role, tags: [...role.tags] };
      }
      const policy = ram.findPolicy('Custom', name);
      if (policy === undefined) return null;
      return { ...policy, tags: [...policy.tags], at: ram.attachedTo(policy).roles.map((role) => role.name) };
    }),
  );
}

export const tellStranger = ({ kind, name, tags, document, attached, young }: UnmanagedRole): string =>
  `somebody made the ${kind} ${name} ${young ? 'just now' : 'long ago'}, tags ${JSON.stringify(tags)}, ${document}, attached ${attached.join()}`;
