import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { subscribe } from '../cloud/mns/index.ts';
import type { Account, World } from '../cloud/world.ts';
import type { FunctionSpec } from './function-spec.ts';
import { moduleOf } from './handler.ts';
import type { MnsTopicTrigger } from './trigger-spec.ts';

/** A trigger of `s.yaml` that the local cloud does not fire by itself, and why. */
interface UnwiredTrigger {
  readonly functionName: string;
  readonly triggerName: string;
  readonly reason: string;
}

/** What `deploy` did. */
export interface Deployment {
  readonly functions: readonly string[];
  /** `<topic>/<subscription>` of each `mns_topic` trigger. */
  readonly subscriptions: readonly string[];
  readonly unwired: readonly UnwiredTrigger[];
}

/** Absolute folder of a function's code. Throws if the module that its handler names is not there. */
export function codeFolderOf(spec: FunctionSpec, root: string): string {
  const folder = resolve(root, spec.code);
  const file = join(folder, `${moduleOf(spec.handler)}.js`);
  if (!existsSync(file))
    throw new Error(`${spec.functionName}: ${file} does not exist; build the functions first`);
  return folder;
}

/** ARN of the role in `s.yaml`, where a bare name means a role of the same account. Throws for another account's role. */
export function roleArnOf(spec: FunctionSpec, account: Account): string | null {
  if (spec.role === undefined) return null;
  if (!spec.role.startsWith('acs:')) return `acs:ram::${account.uid}:role/${spec.role.toLowerCase()}`;
  if (spec.role.startsWith(`acs:ram::${account.uid}:role/`)) return spec.role;
  throw new Error(`${spec.functionName}: role ${spec.role} does not belong to account ${account.uid}`);
}

/** Subscribes functions to the topics of their triggers. Throws what MNS throws. */
export function wireTriggers(world: World, account: Account, functions: readonly FunctionSpec[]): Deployment {
  const subscriptions: string[] = [];
  const unwired: UnwiredTrigger[] = [];
  for (const spec of functions) {
    for (const trigger of spec.triggers) {
      if (trigger.triggerType === 'mns_topic') subscriptions.push(wireTopic(world, account, spec, trigger));
      if (trigger.triggerType === 'eventbridge') {
        const reason = 'the local cloud has no EventBridge';
        unwired.push({ functionName: spec.functionName, triggerName: trigger.triggerName, reason });
      }
    }
  }
  return { functions: functions.map((f) => f.functionName), subscriptions, unwired };
}

/** Answers `<topic>/<subscription>`. */
function wireTopic(world: World, account: Account, spec: FunctionSpec, trigger: MnsTopicTrigger): string {
  const [, , region = '', uid = '', path = ''] = trigger.sourceArn.split(':');
  if (region !== world.region || (uid !== '' && uid !== account.uid)) {
    throw new Error(
      `${spec.functionName}/${trigger.triggerName}: a topic trigger needs a topic of its own account and region`,
    );
  }
  const topic = path.replace('/topics/', '');
  const name = `${spec.functionName}-${trigger.triggerName}`.replaceAll('_', '-');
  const { filterTag, notifyStrategy, notifyContentFormat } = trigger.triggerConfig;
  subscribe(world, account, topic, name, {
    endpoint: `acs:fc:${spec.region}:${account.uid}:functions/${spec.functionName}`,
    notifyStrategy,
    notifyContentFormat,
    ...(filterTag === undefined ? {} : { filterTag }),
    ...(trigger.invocationRole === undefined ? {} : { stsRoleArn: trigger.invocationRole }),
  });
  return `${topic}/${name}`;
}
