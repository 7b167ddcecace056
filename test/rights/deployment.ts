import assert from 'node:assert/strict';
import { fcOf } from '../../cli/site.ts';
import { crc64 } from '../../local/cloud/fc/checksum.ts';
import type { FunctionSpec } from '../../local/host/function-spec.ts';
import { differences } from '../../scripts/deployment/read-back.ts';
import { deployedFunction } from '../../shared/alicloud/fc-deployed.ts';
import { madeIn, NOTHING } from '../conformance/deploy/left.ts';
import { plainApi } from '../conformance/deploy/plain.ts';
import {
  type Api,
  deployAsTheTool,
  deployTriggers,
  removeAsTheTool,
  type Wanted,
} from '../conformance/deploy/tool.ts';
import { wantedOf } from '../conformance/deploy/wanted.ts';
import type { TestCloud } from '../kit/test-cloud.ts';
import { type Errand, type Person, siteFor, step } from './errand.ts';

/** Without the keys of an administrator nothing is made, so these are all that a step can be made of. */
const apiFor = (cloud: TestCloud, person: Person): Api =>
  plainApi(cloud, { ...cloud.ready.owner, ...person });

/** The two steps of `npm run deploy`, each with its read-back, in the recorded order of the tool. */
async function deployTwice(
  cloud: TestCloud,
  person: Person,
  what: string,
  wanted: readonly Wanted[],
): Promise<void> {
  const api = apiFor(cloud, person);
  const bare = wanted.map((one) => ({ ...one, spec: { ...one.spec, triggers: [] } }));
  await step(`${what}, functions`, () => deployAsTheTool(api, bare));
  await step(`${what}, functions are read back`, () => readBack(cloud, person, wanted, false));
  await step(`${what}, triggers`, async () => {
    for (const { spec } of wanted) await deployTriggers(api, spec);
  });
  await step(`${what}, triggers are read back`, () => readBack(cloud, person, wanted, true));
}

async function readBack(
  cloud: TestCloud,
  person: Person,
  wanted: readonly Wanted[],
  triggers: boolean,
): Promise<void> {
  const at = fcOf(siteFor(cloud, person));
  for (const { spec, zip } of wanted) {
    const deployed = await deployedFunction(at, spec.functionName);
    assert.deepEqual(differences({ spec, checksum: await crc64(zip) }, deployed, { triggers }), []);
  }
}

/** The same with another variable and another hour of the timer. */
const later = (wanted: readonly Wanted[]): readonly Wanted[] =>
  wanted.map((one) => ({ ...one, spec: changed(one.spec) }));

const changed = (spec: FunctionSpec): FunctionSpec => ({
  ...spec,
  environmentVariables: { ...spec.environmentVariables, PATIENCE_SECONDS: '7' },
  triggers: spec.triggers.map((one) =>
    one.triggerType === 'timer'
      ? { ...one, triggerConfig: { ...one.triggerConfig, cronExpression: 'CRON_TZ=UTC 0 8 * * * *' } }
      : one,
  ),
});

/** A caller has to be let through by name; what runs under a role has to be passed to the function. */
const ABOUT = /^(fc:|ram:PassRole$)/;

export const DEPLOYMENT_ERRANDS: readonly Errand[] = [
  {
    person: 'dms-handshake-deployer',
    name: 'npm run deploy',
    about: ABOUT,
    empty: true,
    repeatable: false,
    async run(cloud, person) {
      // With notify, whose role has to be passed like the others.
      const wanted = wantedOf(cloud.owner.uid, {}, 's.notify.yaml');
      await deployTwice(cloud, person, 'first', wanted);
      await deployTwice(cloud, person, 'again with changes', later(wanted));
    },
  },
  {
    person: 'dms-handshake-remover',
    name: 'npm run remove',
    about: ABOUT,
    empty: true,
    repeatable: false,
    prepare: (cloud) => deployAsTheTool(plainApi(cloud), wantedOf(cloud.owner.uid)),
    async run(cloud, person) {
      const specs = wantedOf(cloud.owner.uid)
        .map(({ spec }) => spec)
        .reverse();
      const names = specs.map(({ functionName }) => functionName);
      const api = apiFor(cloud, person);
      const look = () =>
        Promise.all(names.map((name) => deployedFunction(fcOf(siteFor(cloud, person)), name)));
      await step('what is there is read', look);
      const triggers = specs.flatMap((spec) => spec.triggers.map(({ triggerName }) => triggerName));
      await step('triggers', async () => {
        await removeAsTheTool(api, names, triggers);
        assert.deepEqual(
          (await look()).flatMap((one) => one?.triggers ?? []),
          [],
        );
      });
      await step('functions', () => removeAsTheTool(api, names));
      assert.deepEqual(madeIn(cloud), NOTHING);
    },
  },
];
