import type { Managed } from './managed.ts';
import type { RestStep } from './steps.ts';
import type { Conformance } from './target.ts';

const fc = (
  method: RestStep['method'],
  path: string,
  body?: object,
  query?: RestStep['query'],
): RestStep => ({
  service: 'fc',
  method,
  path: `/2023-03-30${path}`,
  ...(body === undefined ? {} : { body }),
  ...(query === undefined ? {} : { query }),
});

/** A zip with an `index.js` that returns its event. */
const CODE =
  'UEsDBBQAAAAAAAAAIQCOseL0IgAAACIAAAAIAAAAaW5kZXguanNleHBvcnRzLmhhbmRsZXIgPSBhc3luYyAoZSkgPT4gZTsKUEsBAhQDFAAAAAAAAAAhAI6x4vQiAAAAIgAAAAgAAAAAAAAAAAAAAIABAAAAAGluZGV4LmpzUEsFBgAAAAABAAEANgAAAEgAAAAAAA==';

/** A function and what belongs to it, in an order in which each finds what it needs. */
export function managedInFc(cloud: Conformance): readonly Managed[] {
  const functionName = cloud.name('tf-function');
  const at = `/functions/${functionName}`;
  const arn = `acs:fc:${cloud.region}:${cloud.uid}:functions/${functionName}`;
  const settings = {
    runtime: 'nodejs20',
    handler: 'index.handler',
    memorySize: 512,
    cpu: 0.5,
    diskSize: 512,
  };
  return [
    {
      resource: 'alicloud_fcv3_function',
      create: fc('POST', '/functions', {
        functionName,
        ...settings,
        timeout: 30,
        description: 'd',
        environmentVariables: { K: 'v' },
        code: { zipFile: CODE },
        tags: [{ key: 'k', value: 'v' }],
      }),
      read: fc('GET', at),
      at: [],
      shows: { functionName, ...settings, timeout: 30, description: 'd', environmentVariables: { K: 'v' } },
      update: fc('PUT', at, { description: 'e', timeout: 60, functionName }),
      updated: { functionName, ...settings, timeout: 60, description: 'e', environmentVariables: { K: 'v' } },
      remove: fc('DELETE', at),
      gone: 'FunctionNotFound',
    },
    {
      resource: 'tags of alicloud_fcv3_function',
      create: fc('POST', '/tags-v2', {
        ResourceId: [arn],
        ResourceType: 'function',
        Tag: [{ Key: 'l', Value: 'w' }],
      }),
      read: fc('GET', at),
      at: ['tags'],
      shows: { Key: 'l', Value: 'w' },
      remove: fc('DELETE', '/tags-v2', undefined, {
        ResourceId: JSON.stringify([arn]),
        ResourceType: 'function',
        TagKey: '["l"]',
      }),
      gone: null,
    },
    ...[
      {
        kind: 'timer',
        one: { cronExpression: '@every 60m', enable: true },
        other: { cronExpression: '@every 90m', enable: true },
      },
      {
        kind: 'http',
        one: { authType: 'anonymous', methods: ['GET'] },
        other: { authType: 'function', methods: ['GET', 'POST'] },
      },
    ].map(({ kind, one, other }): Managed => {
      const triggerConfig = JSON.stringify(one);
      const shown = { triggerName: kind, triggerType: kind, qualifier: 'LATEST', description: 'd' };
      return {
        resource: `alicloud_fcv3_trigger, ${kind}`,
        create: fc('POST', `${at}/triggers`, { ...shown, triggerConfig }),
        read: fc('GET', `${at}/triggers/${kind}`),
        at: [],
        shows: { ...shown, triggerConfig },
        update: fc('PUT', `${at}/triggers/${kind}`, { triggerConfig: JSON.stringify(other) }),
        updated: { ...shown, triggerConfig: JSON.stringify(other) },
        remove: fc('DELETE', `${at}/triggers/${kind}`),
        gone: 'TriggerNotFound',
      };
    }),
    {
      resource: 'alicloud_fcv3_async_invoke_config',
      create: fc('PUT', `${at}/async-invoke-config`, {
        functionName,
        asyncTask: false,
        maxAsyncEventAgeInSeconds: 3600,
        maxAsyncRetryAttempts: 2,
      }),
      read: fc('GET', `${at}/async-invoke-config`),
      at: [],
      shows: { functionArn: arn, maxAsyncEventAgeInSeconds: 3600, maxAsyncRetryAttempts: 2 },
      update: fc('PUT', `${at}/async-invoke-config`, { functionName, maxAsyncRetryAttempts: 1 }),
      updated: { maxAsyncRetryAttempts: 1 },
      remove: fc('DELETE', `${at}/async-invoke-config`),
      gone: 'AsyncConfigNotExists',
    },
    {
      resource: 'alicloud_fcv3_concurrency_config',
      create: fc('PUT', `${at}/concurrency`, { functionName, reservedConcurrency: 5 }),
      read: fc('GET', `${at}/concurrency`),
      at: [],
      shows: { functionArn: arn, reservedConcurrency: 5 },
      update: fc('PUT', `${at}/concurrency`, { functionName, reservedConcurrency: 6 }),
      updated: { functionArn: arn, reservedConcurrency: 6 },
      remove: fc('DELETE', `${at}/concurrency`),
      gone: 'OnDemandConfigNotFound',
    },
  ];
}
