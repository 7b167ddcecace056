import { ApiError } from '../../error.ts';
import type { Delivery } from './delivery.ts';
import type { Endpoint } from './endpoint.ts';
import { checkPushRole } from './session.ts';

type FunctionEndpoint = Extract<Endpoint, { type: 'function' }>;

/** Hands the notification to Function Compute for asynchronous invocation: from there on the retries are its own. */
export async function pushToFunction(
  delivery: Delivery,
  to: FunctionEndpoint,
  content: string,
): Promise<void> {
  const { world, account, subscription } = delivery;
  const { stsRoleArn } = subscription.attributes;
  if (stsRoleArn !== null) {
    checkPushRole(world, {
      topicOwner: account.uid,
      roleArn: stsRoleArn,
      action: 'fc:InvokeFunction',
      resource: `acs:fc:${world.region}:${to.uid}:functions/${to.functionName}`,
      resourceOwner: to.uid,
    });
  }
  if (world.functions === null) {
    throw new ApiError(
      404,
      'FunctionNotFound',
      `function ${to.functionName} does not exist: no host runs functions.`,
    );
  }
  await world.functions.enqueue({
    accountId: to.uid,
    functionName: to.functionName,
    payload: Buffer.from(content),
  });
}
