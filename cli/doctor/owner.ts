import { explainCloud } from '../../client/explain.ts';
import type { Check } from '../../events/check.ts';
import { dms } from '../../shared/alicloud/dms.ts';
import { functionCompute, type TriggerFacts } from '../../shared/alicloud/fc.ts';
import { RAM_QUOTA, ramUsage } from '../../shared/alicloud/ram-usage.ts';
import { FUNCTION_NAMES, heardTopics } from '../../shared/installation/installation.ts';
import { roleArn } from '../../shared/runtime/arn.ts';
import { askersOf, localAskers } from '../bootstrap/askers.ts';
import { type InstalledRequester, namesIn } from '../bootstrap/desired.ts';
import { groundOf } from '../bootstrap/ground.ts';
import { ownerSteps } from '../bootstrap/owner-steps.ts';
import { REQUESTERS_FILE } from '../requesters-file.ts';
import { apiOf, fcOf, type Site } from '../site.ts';
import { examined, fail, pass, skip } from './finding.ts';
import { addressOf } from './http-address.ts';
import { installationChecks } from './installation.ts';
import { lastUseChecks } from './last-use.ts';

const DEPLOY = 'deploy the functions: npm run deploy';
/** Fewer than this many left is as good as none: a burst of requests needs more. */
const ALMOST_FULL = 10;

/** What must be right in account B. */
export function ownerChecks(site: Site, where = ''): readonly Promise<readonly Check[]>[] {
  return [
    examined('requesters', () => requestersChecks(site)),
    examined('installation', async () => {
      const askers = await askersFor(site).catch(() => []);
      const both = { listed: askers, chosen: askers };
      const found = await ownerSteps(site.region, site.ownerUid, both, groundOf(site, 60_000));
      return installationChecks(found, `npx dms-handshake bootstrap${where}`);
    }),
    ...Object.values(FUNCTION_NAMES).map((name) =>
      examined(`function:${name}`, () => functionChecks(name, site)),
    ),
    examined('quota', () => quotaChecks(site)),
    tenantChecks(site),
    examined('last-use', () => lastUseChecks(site)),
  ];
}

/** In the local cloud the one requester; elsewhere those of the file. */
export const askersFor = async (site: Site): Promise<readonly InstalledRequester[]> =>
  (await askersOf(undefined, undefined, localAskers(site))).listed;

async function requestersChecks(site: Site): Promise<readonly Check[]> {
  const file = site.local?.requestersFile;
  const askers = (await askersOf(undefined, file)).listed;
  return askers.length > 0
    ? [pass('requesters', `${file ?? REQUESTERS_FILE} lets ${askers.map(({ uid }) => uid).join(', ')} ask`)]
    : [
        fail(
          'requesters',
          `${REQUESTERS_FILE} is not in this folder, or lists nobody: every request would be refused`,
          `list who may ask in ${REQUESTERS_FILE}, then ${DEPLOY}`,
        ),
      ];
}

/** The trigger without which a function would never run. */
const TRIGGER_OF: Readonly<Record<string, string>> = {
  [FUNCTION_NAMES.intake]: 'http',
  [FUNCTION_NAMES.verify]: 'timer',
};

async function functionChecks(name: string, site: Site): Promise<readonly Check[]> {
  const functions = functionCompute(fcOf(site));
  const [found, triggers] = await Promise.all([functions.describe(name), functions.triggers(name)]);
  const id = `function:${name}`;
  if (found === null) return [fail(id, 'it is not deployed', DEPLOY)];
  const faults = [
    ...(found.role?.toLowerCase() === roleArn(site.ownerUid, name)
      ? []
      : [`runs as ${found.role || 'nobody'}`]),
    ...(found.environmentVariables?.['OWNER_UID'] === site.ownerUid ? [] : ['OWNER_UID is not this account']),
  ];
  return [
    faults.length === 0 ? pass(id, `deployed, ${found.runtime}`) : fail(id, faults.join('; '), DEPLOY),
    ...(name === FUNCTION_NAMES.provision
      ? await topicTriggers(triggers, site)
      : [triggerCheck(name, triggers)]),
  ];
}

function triggerCheck(name: string, triggers: readonly TriggerFacts[]): Check {
  const wanted = TRIGGER_OF[name] ?? '';
  const found = triggers.find(({ triggerType }) => triggerType === wanted);
  return found === undefined
    ? fail(`trigger:${name}`, `there is no ${wanted} trigger`, DEPLOY)
    : pass(`trigger:${name}`, `${wanted}${addressOf(found)}`);
}

/** Every topic that somebody may send to starts provision, or requests to it are never seen. */
async function topicTriggers(triggers: readonly TriggerFacts[], site: Site): Promise<readonly Check[]> {
  const at = namesIn(site.region, site.ownerUid, await askersFor(site).catch(() => []));
  const sources = triggers.flatMap(({ triggerType, sourceArn }) =>
    triggerType === 'mns_topic' ? [sourceArn ?? ''] : [],
  );
  const deaf = heardTopics(at).filter((topic) => !sources.some((arn) => arn.endsWith(`:/topics/${topic}`)));
  const id = `trigger:${FUNCTION_NAMES.provision}`;
  return [
    deaf.length === 0
      ? pass(id, `mns_topic, of ${sources.length === 1 ? 'one topic' : `${sources.length} topics`}`)
      : fail(id, `no mns_topic trigger of ${deaf.join(', ')}`, `add it in s.yaml, then ${DEPLOY}`),
    triggerQuota(Math.max(triggers.length, heardTopics(at).length)),
  ];
}

/** Triggers of one function. The vendor's pages name both numbers. */
const TRIGGERS = { least: 10, most: 50 } as const;

/** Whether provision can have as many triggers as it has, or as the topics need. */
function triggerQuota(count: number): Check {
  const id = 'quota:triggers';
  const detail = `${count} triggers of provision; the vendor's pages allow ${TRIGGERS.least} a function, or ${TRIGGERS.most}`;
  if (count <= TRIGGERS.least) return pass(id, detail);
  const way = 'have requesters sign and share a topic, or raise the quota: https://quotas.console.aliyun.com';
  return count > TRIGGERS.most
    ? fail(id, detail, way)
    : skip(
        id,
        `${detail}: the smaller one may hold here, which shows when the next trigger is made. Look in Quota Center; if it is ${TRIGGERS.least}, ${way}`,
      );
}

async function quotaChecks(site: Site): Promise<readonly Check[]> {
  const usage = await ramUsage(apiOf(site));
  return (['roles', 'policies'] as const).map((kind) => {
    const left = RAM_QUOTA[kind] - usage[kind];
    const detail = `${usage[kind]} of ${RAM_QUOTA[kind]}, unless the quota was raised`;
    return left > ALMOST_FULL
      ? pass(`quota:${kind}`, detail)
      : fail(`quota:${kind}`, detail, 'raise it in Quota Center: https://quotas.console.aliyun.com');
  });
}

/** Whether somebody of the account has logged in to DMS once: DMS then answers the account (belief dms-tenant). */
async function tenantChecks(site: Site): Promise<readonly Check[]> {
  try {
    await dms(apiOf(site), site.region).reach();
    return [pass('dms', 'DMS answers this account')];
  } catch (error) {
    const why = explainCloud(error) ?? String(error);
    return [skip('dms', `${why}; somebody of this account must have logged in once: https://dms.aliyun.com`)];
  }
}
