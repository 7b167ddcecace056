import { zipSync } from 'fflate';
import { fcEndpoint } from '../../../shared/alicloud/account-hosts.ts';
import { functionAdmin } from '../../../shared/alicloud/fc-admin.ts';
import { mnsAdmin } from '../../../shared/alicloud/mns-admin.ts';
import { allow, policy, queueArn, trustService } from '../../../shared/installation/document-parts.ts';
import { roleArn } from '../../../shared/runtime/arn.ts';
import { mnsOf, patienceOf } from '../../site.ts';
import { makeRole } from './roles.ts';
import type { LiveGround } from './step.ts';

const NAME = 'dms-handshake-probe';
const TRIGGER = 'http';

/** How often its events are tried again. The local cloud shows all in one, and is asked often. */
export const retriesAt = ({ patienceMs }: LiveGround): number => (patienceMs === 0 ? 1 : 2);

/** Answers an HTTP request with what it got of it. Any other event it fails at, and says when it had it. */
const CODE = `
const tries = [];
exports.handler = async (event) => {
  const { isBase64Encoded, headers } = JSON.parse(event.toString('utf8'));
  if (headers) return { statusCode: 200, body: JSON.stringify({ isBase64Encoded, names: Object.keys(headers) }) };
  tries.push(Date.now());
  throw new Error('live ' + tries.join(' '));
};
`;

/** Makes the function, its role and the queue that hears of what it failed at. */
export async function makeFunction(at: LiveGround) {
  const { owner, names, removals, eventually } = at;
  const { region, accountId } = owner;
  const name = names.name(NAME);
  const queue = queueArn(region, accountId, name);
  const admin = () =>
    functionAdmin({
      ...patienceOf(owner),
      accountId,
      region,
      endpoint: owner.endpoint ?? fcEndpoint(accountId, region),
      credentials: owner.credentials,
    });
  const queues = () => mnsAdmin(mnsOf(owner), patienceOf(owner));
  removals.add('queue', name, accountId, () => queues().deleteQueue(name));
  await queues().createQueue(name);
  await makeRole(at, owner, {
    name,
    why: 'the function of doctor --live',
    trust: trustService('fc.aliyuncs.com'),
    permission: policy(allow(['mns:SendMessage'], [`${queue}/messages`])),
  });
  removals.add('trigger', `${name}/${TRIGGER}`, accountId, () => admin().closeHttp(name, TRIGGER));
  removals.add('function', name, accountId, () => admin().remove(name));
  const zip = zipSync({ 'index.js': Buffer.from(CODE) });
  await eventually(() => admin().create(name, { role: roleArn(accountId, name), zip }));
  await admin().configure(name, retriesAt(at), `${queue}/messages`);
  return {
    name,
    openHttp: () => admin().openHttp(name, TRIGGER),
    invokeLater: (taskId: string) => admin().invokeLater(name, taskId),
  };
}
