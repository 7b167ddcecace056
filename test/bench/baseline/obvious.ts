import mns from '@alicloud/mns';
import core from '@alicloud/openapi-core';
import ram from '@alicloud/ram20150501';
import sts from '@alicloud/sts20150401';
import dara from '@darabonba/typescript';
import type { Keys } from '../../../shared/alicloud/credentials.ts';
import { CATALOGUE, type DocumentId } from '../../../shared/catalogue/catalogue.ts';

interface Tag {
  readonly key: string;
  readonly value: string;
}

/** What it is told: whose keys, where the cloud is, and the documents to write. */
export interface Task {
  /** Both in one process, or each in one of its own, as provision and verify are: who writes does not prove. */
  readonly parts: readonly ('write' | 'prove')[];
  readonly endpoint: string;
  readonly ownerUid: string;
  readonly region: string;
  readonly writer: Keys;
  readonly prover: Keys;
  readonly role: { readonly name: string; readonly trust: string; readonly tags: readonly Tag[] };
  readonly policy: { readonly name: string; readonly document: string };
  readonly externalId: string;
  /** The reply's tag: its queue takes no other. */
  readonly requesterUid: string;
  readonly engines: readonly DocumentId[];
  readonly replyTopic: string;
}

/**
 * The obvious implementation of the same job, to compare with: the vendor's product SDKs, one call after the other. It
 * looks, writes, looks at what it has written, assumes the role, sees that it is shut without the external id, makes a
 * read for each engine, and publishes. It knows neither repeats nor changes nor concurrent requests.
 */
export async function handler(task: Task): Promise<void> {
  if (task.parts.includes('write')) await write(task);
  if (task.parts.includes('prove')) await prove(task);
}

const policyOf = ({ policy }: Task) => ({ policyName: policy.name, policyType: 'Custom' });

async function write(task: Task): Promise<void> {
  const { role, policy } = task;
  const client = new ram.default(configOf(task, task.writer));
  await new sts.default(configOf(task, task.writer)).getCallerIdentity();
  if (await works(client.getRole(new ram.GetRoleRequest({ roleName: role.name }))))
    throw new Error('the role is there already');
  await client.createRole(
    new ram.CreateRoleRequest({
      roleName: role.name,
      assumeRolePolicyDocument: role.trust,
      tag: [...role.tags],
    }),
  );
  if (!(await works(client.getPolicy(new ram.GetPolicyRequest(policyOf(task))))))
    await client.createPolicy(
      new ram.CreatePolicyRequest({
        policyName: policy.name,
        policyDocument: policy.document,
        tag: [{ key: 'managed-by', value: 'dms-handshake' }],
      }),
    );
  await client.attachPolicyToRole(
    new ram.AttachPolicyToRoleRequest({ ...policyOf(task), roleName: role.name }),
  );
}

async function prove(task: Task): Promise<void> {
  const { role, region } = task;
  const roleArn = `acs:ram::${task.ownerUid}:role/${role.name}`;
  const client = new ram.default(configOf(task, task.prover));
  const tokens = new sts.default(configOf(task, task.prover));
  await client.getRole(new ram.GetRoleRequest({ roleName: role.name }));
  await client.listPoliciesForRole(new ram.ListPoliciesForRoleRequest({ roleName: role.name }));
  await client.getPolicy(new ram.GetPolicyRequest(policyOf(task)));
  const wish = { roleArn, roleSessionName: 'obvious', durationSeconds: 900 };
  const opened = await tokens.assumeRole(new sts.AssumeRoleRequest({ ...wish, externalId: task.externalId }));
  if (await works(tokens.assumeRole(new sts.AssumeRoleRequest(wish)))) throw new Error('the role is open');
  const { accessKeyId = '', accessKeySecret = '', securityToken = '' } = opened.body?.credentials ?? {};
  for (const id of task.engines) await probe(task, id, { accessKeyId, accessKeySecret, securityToken });
  const queue = new mns(task.ownerUid, { ...task.prover, endpoint: task.endpoint });
  const body = JSON.stringify({ status: 'verified', roleArn, region, engines: task.engines });
  await queue.publishMessage(task.replyTopic, { MessageBody: body, MessageTag: task.requesterUid });
}

function configOf({ endpoint }: Task, keys: Keys) {
  const { host, protocol } = new URL(endpoint);
  return new core.$OpenApiUtil.Config({ ...keys, endpoint: host, protocol: protocol.slice(0, -1) });
}

/** False for what the service does not know or does not allow. */
async function works(call: Promise<unknown>): Promise<boolean> {
  try {
    await call;
    return true;
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    if (/^(EntityNotExist|NoPermission)/.test(code)) return false;
    throw error;
  }
}

async function probe(task: Task, id: DocumentId, keys: Keys): Promise<void> {
  const { action, version, pathname, body, regional } = CATALOGUE[id].probe;
  const parameters = regional ? { RegionId: task.region } : {};
  await new core.default(configOf(task, keys)).callApi(
    new core.$OpenApiUtil.Params({
      action,
      version,
      protocol: 'HTTPS',
      pathname,
      method: 'POST',
      authType: 'AK',
      style: pathname === '/' ? 'RPC' : 'ROA',
      reqBodyType: body === 'json' ? 'json' : 'formData',
      bodyType: 'json',
    }),
    new core.$OpenApiUtil.OpenApiRequest(body === 'none' ? { query: parameters } : { body: parameters }),
    new dara.RuntimeOptions({}),
  );
}
