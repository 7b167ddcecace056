import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { World } from '../../local/cloud/world.ts';
import { readBlueprint } from '../../local/host/blueprint.ts';
import { installRole } from '../../local/install.ts';
import { fleetRole } from '../../shared/installation/fleet.ts';
import { ownerRoles } from '../../shared/installation/function-permissions.ts';
import { type Installation, standardNames } from '../../shared/installation/installation.ts';
import { senderRole } from '../../shared/installation/requester-permissions.ts';
import { systemClock } from '../../shared/runtime/clock.ts';

type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };
interface Template {
  readonly Parameters: Readonly<Record<string, object>>;
  readonly Resources: Readonly<
    Record<
      string,
      { readonly Type: string; readonly Properties: Record<string, Json>; readonly DependsOn?: string[] }
    >
  >;
}

const template: Template = JSON.parse(readFileSync('deploy/fleet/stackset.json', 'utf8'));
const resources = Object.entries(template.Resources);
const ofType = (type: string) =>
  resources.flatMap(([, one]) => (one.Type === `ALIYUN::${type}` ? [resolved(one.Properties)] : []));

/** Another account, in another region. */
const B = '4000000000000004';
const VALUES: Readonly<Record<string, string>> = {
  'ALIYUN::TenantId': B,
  'ALIYUN::Region': 'ap-southeast-1',
  RequesterUid: '5000000000000005',
  WatcherUid: '6000000000000006',
  CodeBucket: 'bundles',
  CodePrefix: 'v1',
};
const AT: Installation = standardNames('ap-southeast-1', B);

/** What ROS makes of a value in that account. */
function resolved(value: Json): Json {
  if (Array.isArray(value)) return value.map(resolved);
  if (typeof value !== 'object' || value === null) return value;
  const map = value as { readonly [key: string]: Json };
  if (typeof map['Ref'] === 'string') return parameter(map['Ref']);
  if (typeof map['Fn::Sub'] === 'string')
    return map['Fn::Sub'].replaceAll(/\$\{([\w:]+)\}/g, (_all, name: string) => parameter(name));
  return Object.fromEntries(Object.entries(map).map(([key, one]) => [key, resolved(one)]));
}

function parameter(name: string): string {
  const value = VALUES[name];
  if (value === undefined || !(name.startsWith('ALIYUN::') || name in template.Parameters))
    throw new Error(`${name} is not declared`);
  return value;
}

it('the template makes, in another account and region, the roles that bootstrap makes there', () => {
  const wanted = [...ownerRoles(AT), senderRole(AT, '5000000000000005'), fleetRole(AT, '6000000000000006')];
  expect(ofType('RAM::Role')).toEqual(
    wanted.map(({ name, why, trust, permission }) => ({
      RoleName: name,
      Description: why,
      AssumeRolePolicyDocument: trust,
      Policies: [{ PolicyName: name, PolicyDocument: permission }],
    })),
  );
});

it('and the functions, triggers and destinations that s.yaml describes there', () => {
  const yaml = readFileSync('s.yaml', 'utf8');
  const { functions } = readBlueprint(yaml, { OWNER_UID: B, REGION: AT.region });
  expect(ofType('FC3::Function')).toMatchObject(
    functions.map((spec) => ({
      FunctionName: spec.functionName,
      Role: spec.role,
      Timeout: spec.timeout,
      EnvironmentVariables: spec.environmentVariables,
      Code: { OssBucketName: 'bundles', OssObjectName: `v1/${spec.functionName.slice(14)}.zip` },
    })),
  );
  expect(ofType('FC3::Trigger')).toMatchObject(
    functions.flatMap(({ functionName, triggers }) =>
      triggers.map(({ triggerName, triggerConfig, sourceArn, invocationRole }) => ({
        FunctionName: functionName,
        TriggerName: triggerName,
        TriggerConfig: JSON.parse(JSON.stringify(triggerConfig)),
        ...(sourceArn === undefined ? {} : { SourceArn: sourceArn, InvocationRole: invocationRole }),
      })),
    ),
  );
  const verify = `acs:fc:${AT.region}:${B}:functions/dms-handshake-verify`;
  expect(ofType('FC3::AsyncInvokeConfig')).toMatchObject([
    {
      DestinationConfig: {
        OnFailure: { Destination: `acs:mns:${AT.region}:${B}:/queues/dms-handshake-dead-letters/messages` },
      },
    },
    { DestinationConfig: { OnSuccess: { Destination: verify }, OnFailure: { Destination: verify } } },
    { MaxAsyncRetryAttempts: 0, MaxAsyncEventAgeInSeconds: 60 },
  ]);
  expect(ofType('FC3::ConcurrencyConfig')).toEqual([
    { FunctionName: 'dms-handshake-verify', ReservedConcurrency: 20 },
    { FunctionName: 'dms-handshake-provision', ReservedConcurrency: 1 },
  ]);
});

it('what a resource depends on is there, and nothing of one account is left in it', () => {
  for (const [name, { DependsOn = [] }] of resources)
    for (const other of DependsOn) expect(Object.keys(template.Resources), name).toContain(other);
  expect(JSON.stringify(template)).not.toMatch(/\d{16}|cn-hangzhou/);
});

it('a trigger waits for the limit and the destinations of its function', () => {
  const waits = Object.fromEntries(
    resources.flatMap(([name, { Type, DependsOn }]) =>
      Type === 'ALIYUN::FC3::Trigger' ? [[name, DependsOn]] : [],
    ),
  );
  expect(waits['TriggerProvisionRequests']).toEqual(
    expect.arrayContaining(['FunctionProvision', 'AsynchronousProvision', 'ConcurrencyProvision']),
  );
  for (const [name, DependsOn] of Object.entries(waits))
    expect(DependsOn, name).toContainEqual(expect.stringMatching(/^Asynchronous/));
});

it('RAM takes its roles and policies', async () => {
  const world = new World({ clock: systemClock, region: AT.region });
  const account = world.addAccount(B);
  for (const role of [...ownerRoles(AT), fleetRole(AT, '6000000000000006')])
    await installRole(world, account, role);
  expect(account.ram.roles.size).toBe(6);
});
