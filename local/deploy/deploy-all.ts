import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { standardNames } from '../../shared/installation/installation.ts';
import type { ClientSecrets } from '../client-secrets.ts';
import type { World } from '../cloud/world.ts';
import { hearingAll } from '../further-requesters.ts';
import { readBlueprint } from '../host/blueprint.ts';
import type { AccountAccess } from '../ready.ts';
import { deploy } from './deploy.ts';

/** What is deployed: an `s.yaml`, the secrets that it reads, and the topics of single requesters. */
export interface Deployable {
  /** Variables of the deployment beside account and region. */
  readonly variables: Readonly<Record<string, string>>;
  /** Name of the file below `root`. */
  readonly file: string;
  readonly secrets: ClientSecrets;
  readonly heard: readonly string[];
  /** Folder of `s.yaml` and `dist/`. */
  readonly root: string;
}

/** Deploys `s.yaml` into accounts, in calm weather, and as if it had been there before anybody looked at the journal. */
export async function deployAll(
  world: World,
  accounts: readonly AccountAccess[],
  { file, variables, secrets, heard, root }: Deployable,
): Promise<void> {
  const read = (name: string) => readFileSync(join(root, name), 'utf8');
  world.weather.calm();
  for (const { uid, ...keys } of accounts) {
    const at = { ...standardNames(world.region, uid), requesterTopics: heard };
    const blueprint = hearingAll(
      readBlueprint(
        read(file),
        { ...variables, OWNER_UID: uid, REGION: world.region, ...secrets.values },
        read,
      ),
      at,
    );
    await deploy(world, world.account(uid), blueprint, { root, keys });
  }
  world.weather.reset();
  world.journal.clear();
}
