import { ramInstaller } from '../../../shared/alicloud/ram-installer.ts';
import { openSession } from '../../../shared/alicloud/session.ts';
import { sts } from '../../../shared/alicloud/sts.ts';
import { TRIGGER_ROLE } from '../../../shared/catalogue/names.ts';
import { trustAccount } from '../../../shared/installation/document-parts.ts';
import { ownerRoles } from '../../../shared/installation/function-permissions.ts';
import {
  FUNCTION_NAMES,
  type InstalledRole,
  standardNames,
} from '../../../shared/installation/installation.ts';
import { roleArn } from '../../../shared/runtime/arn.ts';
import { messageOf } from '../../../shared/runtime/errors.ts';
import { apiOf, type Site } from '../../site.ts';
import type { LiveGround, Step } from './step.ts';

/** Makes a role with a policy of its name, and has both taken away in the end. */
export async function makeRole(at: LiveGround, site: Site, role: InstalledRole): Promise<void> {
  const ram = ramInstaller(apiOf(site));
  const { name, why, trust, permission } = role;
  for (const kind of ['policy', 'role'] as const)
    at.removals.ram(kind, name, site.accountId, () => apiOf(site));
  await ram.createRole(name, why, trust);
  await ram.createPolicy(name, why, permission);
  await at.eventually(() => ram.attach(name));
}

/**
 * Copies of the roles of provision and verify, with their documents as they are installed: what follows runs under
 * exactly these rights. The copies trust account B itself in the place of Function Compute.
 */
export const roles: Step = {
  name: 'roles',
  what: 'copies of the roles of provision and verify, and a session of each',
  beliefs: ['create-with-tags', 'identity', 'role-chaining'],
  after: [],
  both: false,
  async run(at, say) {
    const { owner, names, sessions, eventually } = at;
    const installed = ownerRoles(standardNames(owner.region, owner.accountId));
    for (const role of installed) {
      const entered = role.name === FUNCTION_NAMES.provision || role.name === FUNCTION_NAMES.verify;
      if (!entered && role.name !== TRIGGER_ROLE) continue;
      const copy = names.role(entered ? { ...role, trust: trustAccount(owner.accountId) } : role);
      await makeRole(at, owner, copy).catch((error: unknown) => {
        if (messageOf(error).includes('TagResources')) say('create-with-tags', 'fail', messageOf(error));
        throw error;
      });
    }
    say('create-with-tags', 'pass', 'roles and policies with tags were made');
    const enter = (name: string) =>
      eventually(() =>
        openSession(apiOf(owner), owner.region, {
          roleArn: roleArn(owner.accountId, names.name(name)),
          sessionName: 'dms-handshake-live',
          externalId: null,
          sessionPolicy: null,
        }),
      );
    sessions.provision = await enter(FUNCTION_NAMES.provision);
    sessions.verify = await enter(FUNCTION_NAMES.verify);
    const account = await sts(apiOf({ ...owner, credentials: sessions.verify }), owner.region).accountId();
    say(
      'identity',
      account === owner.accountId ? 'pass' : 'fail',
      `a session without that right is told ${account}`,
    );
  },
};
