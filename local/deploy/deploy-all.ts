import { standardNames } from '../../shared/installation/installation.ts';
import type { ClientSecrets } from '../client-secrets.ts';
import type { World } from '../cloud/world.ts';
import { hearingAll } from '../further-requesters.ts';
import { readBlueprint } from '../host/blueprint.ts';
import type { AccountAccess } from '../ready.ts';
import { deploy } from './deploy.ts';

/** What is deployed: an `s.yaml`, the secrets that it reads, and the topics of single requesters. */
export interface Deployable {
  readonly yaml: string;
  readonly secrets: ClientSecrets;
  readonly heard: readonly string[];
  /** Folder of `s.yaml` and `dist/`. */
  readonly root: string;
}

/** Deploys `s.yaml` into accounts, in calm weather, and as if it had been there before anybody looked at the journal. */
export async function deployAll(
  world: World,
  accounts: readonly AccountAccess[],
  { yaml, secrets, heard, root }: Deployable,
): Promise<void> {
  world.weather.calm();
  for (const { uid, ...keys } of accounts) {
    const at = { ...standardNames(world.region, uid), requesterTopics: heard };
    const blueprint = hearingAll(
      readBlueprint(yaml, { OWNER_UID: uid, REGION: world.region, ...secrets.values }),
      at,
    );
    await deploy(world, world.account(uid), blueprint, { root, keys });
  }
  world.weather.reset();
  world.journal.clear();
}
