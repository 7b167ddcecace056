import type { Managed } from './managed.ts';
import type { RestStep } from './steps.ts';
import type { Conformance } from './target.ts';

/** A project with its tags and its policy, a logstore, and its index. */
export function managedInSls(cloud: Conformance): readonly Managed[] {
  const project = cloud.name('tf-project');
  const sls = (method: RestStep['method'], path: string, more: Partial<RestStep> = {}): RestStep => ({
    service: 'sls',
    method,
    path,
    ...more,
  });
  const within = (method: RestStep['method'], path: string, body?: object): RestStep =>
    sls(method, path, body === undefined ? { project } : { project, body });
  const store = '/logstores/tf-store';
  const resource = { resourceType: 'PROJECT', resourceId: [project] };
  const tags = sls('GET', '/tags', {
    query: { resourceType: 'PROJECT', resourceId: JSON.stringify([project]) },
  });
  const settings = { autoSplit: true, appendMeta: true, maxSplitShard: 6, enable_tracking: false };
  const policy = { Version: '1', Statement: [{ Effect: 'Deny', Action: ['log:Delete*'], Resource: '*' }] };
  return [
    {
      resource: 'alicloud_log_project',
      create: sls('POST', '/', { body: { projectName: project, description: 'd' } }),
      read: within('GET', '/'),
      at: [],
      shows: { projectName: project, description: 'd', status: 'Normal' },
      alsoReads: [tags, within('GET', '/policy')],
      update: within('PUT', '/', { description: 'e' }),
      updated: { projectName: project, description: 'e' },
      remove: within('DELETE', '/'),
      gone: 'ProjectNotExist',
    },
    {
      resource: 'tags of alicloud_log_project',
      create: sls('POST', '/tag', { body: { ...resource, tags: [{ key: 'k', value: 'v' }] } }),
      read: tags,
      at: ['tagResources'],
      shows: { tagKey: 'k', tagValue: 'v' },
      remove: sls('POST', '/untag', { body: { ...resource, tags: ['k'] } }),
      gone: null,
    },
    {
      resource: 'the policy of alicloud_log_project',
      create: within('POST', '/policy', policy),
      read: within('GET', '/policy'),
      at: [],
      shows: policy,
      remove: within('DELETE', '/policy'),
      gone: null,
    },
    {
      resource: 'alicloud_log_store',
      create: within('POST', '/logstores', { logstoreName: 'tf-store', shardCount: 2, ttl: 30, ...settings }),
      read: within('GET', store),
      at: [],
      shows: { logstoreName: 'tf-store', shardCount: 2, ttl: 30, mode: 'standard', ...settings },
      alsoReads: [within('GET', `${store}/meteringmode`), within('GET', `${store}/shards`)],
      update: within('PUT', store, { ...settings, ttl: 7, appendMeta: false }),
      updated: { logstoreName: 'tf-store', shardCount: 2, ttl: 7, ...settings, appendMeta: false },
      remove: within('DELETE', store),
      gone: 'LogStoreNotExist',
    },
    {
      resource: 'alicloud_log_store_index',
      create: within('POST', `${store}/index`, { line: { token: [' '], caseSensitive: true } }),
      read: within('GET', `${store}/index`),
      at: ['line'],
      shows: { token: [' '], caseSensitive: true },
      update: within('PUT', `${store}/index`, { line: { token: [','], caseSensitive: false } }),
      updated: { token: [','], caseSensitive: false },
      remove: within('DELETE', `${store}/index`),
      gone: 'IndexConfigNotExist',
    },
  ];
}
