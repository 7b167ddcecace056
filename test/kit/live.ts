import type { LiveOptions } from '../../cli/doctor/live/run.ts';
import { runLive, STEPS } from '../../cli/doctor/live/run.ts';
import { apiOf, type Site } from '../../cli/site.ts';
import type { Check } from '../../events/check.ts';
import { ramByHand } from '../../local/ram-by-hand.ts';
import { Credentials } from '../../shared/alicloud/credentials.ts';
import { openSession } from '../../shared/alicloud/session.ts';
import { standardNames } from '../../shared/installation/installation.ts';
import { liveOwner, liveRequester } from '../../shared/installation/live.ts';
import { roleArn } from '../../shared/runtime/arn.ts';
import { millis, systemClock } from '../../shared/runtime/clock.ts';
import { OWNER, REQUESTER } from './accounts.ts';
import type { TestCloud } from './test-cloud.ts';

/** Both accounts of a local cloud, each under a role that may do just what a live run needs there. */
export async function liveIn(cloud: TestCloud) {
  const owner = await siteUnder(cloud, 'owner');
  const requester = await siteUnder(cloud, 'requester');
  const live = (over: Partial<LiveOptions> = {}): Promise<readonly Check[]> =>
    runLive({
      owner,
      requester,
      requesterUid: REQUESTER,
      patienceMs: 0,
      signal: new AbortController().signal,
      say: () => undefined,
      log: null,
      ...over,
    });
  return {
    owner,
    requester,
    live,
    /** A step, and what it stands on. */
    only: (name: string) => {
      const before = STEPS.find((step) => step.name === name)?.after ?? [];
      return live({ steps: STEPS.filter((step) => step.name === name || before.includes(step.name)) });
    },
    /** Names of everything in both accounts. */
    everything: (): readonly string[] =>
      [cloud.owner, cloud.requester].flatMap(({ uid, ram, mns, fc }) =>
        [ram.roles, ram.policies, mns.topics, mns.queues, fc.functions].flatMap((all) =>
          [...all.keys()].map((name) => `${uid} ${name}`),
        ),
      ),
  };
}

async function siteUnder(cloud: TestCloud, side: 'owner' | 'requester'): Promise<Site> {
  const account = cloud[side];
  const names = standardNames(cloud.ready.region, OWNER);
  const { name, permission } = side === 'owner' ? liveOwner(names) : liveRequester(names, REQUESTER);
  const byHand = (operation: string, parameters: Readonly<Record<string, string>>) =>
    ramByHand(cloud.world, account, operation, parameters);
  const trust = {
    Action: 'sts:AssumeRole',
    Effect: 'Allow',
    Principal: { RAM: [`acs:ram::${account.uid}:root`] },
  };
  const AssumeRolePolicyDocument = JSON.stringify({ Version: '1', Statement: [trust] });
  await byHand('CreateRole', { RoleName: name, AssumeRolePolicyDocument });
  await byHand('CreatePolicy', { PolicyName: name, PolicyDocument: JSON.stringify(permission) });
  await byHand('AttachPolicyToRole', { PolicyName: name, PolicyType: 'Custom', RoleName: name });
  const { endpoint, accessKeyId, accessKeySecret } = cloud.ready[side];
  const site: Site = {
    clock: systemClock,
    region: cloud.ready.region,
    accountId: account.uid,
    ownerUid: OWNER,
    credentials: new Credentials({ accessKeyId, accessKeySecret }, millis(Number.MAX_SAFE_INTEGER)),
    endpoint,
    local: null,
  };
  const credentials = await openSession(apiOf(site), site.region, {
    roleArn: roleArn(account.uid, name),
    sessionName: 'live',
    externalId: null,
    sessionPolicy: null,
  });
  return { ...site, credentials };
}
