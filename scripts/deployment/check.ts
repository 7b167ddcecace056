import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { namesIn } from '../../cli/bootstrap/desired.ts';
import { type Blueprint, readBlueprint } from '../../local/host/blueprint.ts';
import type { FunctionSpec } from '../../local/host/function-spec.ts';
import { type Requesters, readRequesters } from '../../shared/admission/requesters.ts';
import { ownerRoles } from '../../shared/installation/function-permissions.ts';
import {
  FUNCTION_NAMES,
  heardTopics,
  type Installation,
  NOTIFY_NAME,
} from '../../shared/installation/installation.ts';
import { messageOf } from '../../shared/runtime/errors.ts';
import { bundleFaults } from './bundle.ts';
import { hostFaults } from './hosts.ts';
import { notifyFaults } from './notify.ts';
import { keyFaults, readTemplate } from './template.ts';
import { type Environment, templateOf, variableFaults, variableNotes } from './variables.ts';
import { wiringFaults } from './wiring.ts';

/**
 * What is wrong with a deployment, one sentence each: its variables, `s.yaml` down to the last key, and whether all that
 * it names is there. Without a network. `root`: the folder of `s.yaml`, `requesters.json` and `dist/`.
 */
export const deploymentFaults = (root: string, environment: Environment): readonly string[] =>
  faultsOf(root, environment, ({ functions }) =>
    functions.flatMap((spec) => bundleFaults(spec, root).map((fault) => `${spec.functionName}: ${fault}`)),
  );

/** The same but for the bundles: what can be known before they are built. */
export const plannedFaults = (root: string, environment: Environment): readonly string[] =>
  faultsOf(root, environment, () => []);

function faultsOf(
  root: string,
  environment: Environment,
  more: (blueprint: Blueprint) => readonly string[],
): readonly string[] {
  const variables = variableFaults(environment);
  if (variables.length > 0) return variables;
  const read = (name: string): string => readFile(root, name);
  try {
    const requesters = readRequesters(read(REQUESTERS));
    const blueprint = readBlueprint(read(templateOf(environment)), environment, read);
    const template = readTemplate(templateOf(environment), read);
    return [
      ...keyFaults(template),
      ...blueprintFaults(blueprint, requesters, environment),
      ...more(blueprint),
    ];
  } catch (error) {
    return messageOf(error).split('\n');
  }
}

/** What may be meant so and is worth a second look, where there are no faults. */
export function deploymentNotes(root: string, environment: Environment): readonly string[] {
  const { requesters } = readRequesters(readFile(root, REQUESTERS));
  const nobody = `${REQUESTERS} lists nobody, so nobody may ask (docs/operate/requesters.md)`;
  return [...variableNotes(environment), ...(requesters.length === 0 ? [nobody] : [])];
}

const REQUESTERS = 'requesters.json';

function readFile(root: string, name: string): string {
  try {
    return readFileSync(join(root, name), 'utf8');
  } catch (cause) {
    const code: unknown = Reflect.get(Object(cause), 'code');
    const way = name === REQUESTERS ? ': write who may ask, see docs/operate/requesters.md' : '';
    throw new Error(`${name} cannot be read (${String(code)})${way}`, { cause });
  }
}

function blueprintFaults(
  { functions }: Blueprint,
  requesters: Requesters,
  environment: Environment,
): readonly string[] {
  const askers = requesters.requesters.map(({ uid, topics }) => ({ uid, topics }));
  const at = namesIn(environment['REGION'] || 'cn-hangzhou', environment['OWNER_UID'] ?? '', askers);
  return [
    ...Object.values(FUNCTION_NAMES)
      .filter((name) => !functions.some(({ functionName }) => functionName === name))
      .map((name) => `the function ${name} is missing`),
    ...functions.flatMap((spec) => functionFaults(spec, functions, at)),
    ...topicFaults(functions, at),
    ...secretFaults(functions, requesters),
    ...functions.flatMap(hostFaults),
    ...wiringFaults(functions),
    ...notifyFaults(functions),
  ];
}

function functionFaults(
  spec: FunctionSpec,
  functions: readonly FunctionSpec[],
  at: Installation,
): readonly string[] {
  const { functionName, role, triggers, asyncInvokeConfig } = spec;
  const roles = ownerRoles(at).map(({ name }) => `acs:ram::${at.ownerUid}:role/${name}`);
  const named = [role ?? '', ...triggers.flatMap(({ invocationRole = [] }) => invocationRole)];
  const { onSuccess, onFailure } = asyncInvokeConfig.destinationConfig;
  const destinations = [onSuccess, onFailure].flatMap((one) => one?.destination ?? []);
  const known = (one: (typeof destinations)[number]): boolean =>
    one.type === 'queue'
      ? one.queueName === at.deadLetters
      : functions.some((other) => other.functionName === one.functionName);
  return [
    ...named
      .filter((arn) => !roles.includes(arn))
      .map((arn) => `role ${arn || '(none)'} is none of bootstrap's`),
    ...destinations
      .filter((one) => !known(one) || one.region !== at.region || one.uid !== at.ownerUid)
      .map(({ arn }) => `destination ${arn} is not part of this installation`),
    ...(spec.region === at.region ? [] : [`region ${spec.region} is not ${at.region}`]),
  ].map((fault) => `${functionName}: ${fault}`);
}

/** Every topic that somebody may send to starts provision; no trigger listens at another. */
function topicFaults(functions: readonly FunctionSpec[], at: Installation): readonly string[] {
  const wanted = heardTopics(at);
  const heard = functions.flatMap(({ functionName, triggers }) =>
    triggers.flatMap((one) =>
      one.triggerType === 'mns_topic'
        ? [{ functionName, trigger: one.triggerName, arn: one.sourceArn, role: one.invocationRole }]
        : [],
    ),
  );
  const arnOf = (topic: string) => `acs:mns:${at.region}:${at.ownerUid}:/topics/${topic}`;
  const missing = wanted.filter(
    (topic) =>
      !heard.some(
        ({ arn, functionName }) => arn === arnOf(topic) && functionName === FUNCTION_NAMES.provision,
      ),
  );
  return [
    ...missing.map(
      (topic) => `no mns_topic trigger of ${FUNCTION_NAMES.provision} listens at ${topic}: add one`,
    ),
    ...heard
      .filter(
        ({ arn, functionName }) =>
          !(functionName === NOTIFY_NAME ? [at.replyTopic] : wanted).map(arnOf).includes(arn),
      )
      .map(({ functionName, arn }) => `${functionName}: ${arn} is no topic of this installation`),
    ...heard
      .filter(({ role }) => role === undefined)
      .map(
        ({ functionName, trigger }) =>
          `${functionName}: the trigger ${trigger} has no invocationRole, so the tool would invent one: name dms-handshake-trigger`,
      ),
  ];
}

/** A client whose secret does not reach the intake would be refused for ever. */
function secretFaults(functions: readonly FunctionSpec[], { clients }: Requesters): readonly string[] {
  const intake = functions.find(({ functionName }) => functionName === FUNCTION_NAMES.intake);
  return clients.flatMap(({ name, auth }) =>
    auth.secretEnv
      .filter((variable) => (intake?.environmentVariables[variable] ?? '') === '')
      .map(
        (variable) =>
          `client ${name}: ${variable} is not among the environment variables of intake, or empty: add \`${variable}: \${env('${variable}')}\` to them in s.yaml and set it`,
      ),
  );
}
