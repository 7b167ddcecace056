import { createHash } from 'node:crypto';
import type { FunctionRecord, TriggerRecord } from './state.ts';
import { shownTags } from './tags.ts';

/**
 * A function as the API shows it. The settings are those that were sent, defaults filled in. What is empty is left out
 * where the tool takes it for a difference: `layers`, and hooks and tags that there are none of.
 */
export function functionAnswer(fn: FunctionRecord): object {
  const { settings, code } = fn.revision;
  const { instanceLifecycleConfig: hooks, layers: _none, ...shown } = settings;
  return {
    functionName: fn.name,
    functionArn: fn.arn,
    functionId: idOf(fn.arn, fn.createdAt),
    ...shown,
    description: settings.description ?? '',
    internetAccess: settings.internetAccess ?? true,
    ...(Object.keys(hooks).length === 0 ? {} : { instanceLifecycleConfig: hooks }),
    ...(fn.tags.size === 0 ? {} : { tags: shownTags(fn.tags) }),
    codeChecksum: code.checksum,
    codeSize: code.zip.length,
    createdTime: timeOf(fn.createdAt),
    lastModifiedTime: timeOf(fn.modifiedAt),
    state: 'Active',
    lastUpdateStatus: 'Successful',
  };
}

/** A trigger as the API shows it: its configuration is JSON text, as it was sent; what it does not have is left out. */
export function triggerAnswer({ arn }: FunctionRecord, record: TriggerRecord): object {
  const { trigger, configText, url } = record;
  return {
    triggerName: trigger.triggerName,
    // Terraform's provider waits for it.
    triggerId: idOf(`${arn}/triggers/${trigger.triggerName}`, record.createdAt),
    triggerType: trigger.triggerType,
    triggerConfig: configText,
    qualifier: trigger.qualifier,
    description: trigger.description ?? '',
    ...(trigger.invocationRole === undefined ? {} : { invocationRole: trigger.invocationRole }),
    ...(trigger.sourceArn === undefined ? {} : { sourceArn: trigger.sourceArn }),
    // Empty for other triggers: Terraform's provider plans a change while there is none.
    httpTrigger: url === null ? {} : { urlInternet: url, urlIntranet: url },
    createdTime: timeOf(record.createdAt),
    lastModifiedTime: timeOf(record.modifiedAt),
  };
}

/** Without a configuration there is nothing to show: null. */
export function asyncConfigAnswer({ arn, asyncConfig }: FunctionRecord): object | null {
  if (asyncConfig === null) return null;
  const { qualifier: _of, ...given } = asyncConfig.given;
  return {
    functionArn: arn,
    asyncTask: false,
    ...given,
    createdTime: timeOf(asyncConfig.createdAt),
    lastModifiedTime: timeOf(asyncConfig.modifiedAt),
  };
}

const timeOf = (at: number): string => new Date(at).toISOString();

/** A UUID of what was made then: it lasts as long as that, and what is made again under the name has another. */
const idOf = (arn: string, createdAt: number): string =>
  createHash('sha256')
    .update(`${arn} ${createdAt}`)
    .digest('hex')
    .replace(/^(.{8})(.{4})(.{4})(.{4})(.{12}).*$/, '$1-$2-$3-$4-$5');
