import type { Caller } from '../cloud/caller.ts';
import { authorize } from '../cloud/evaluate/index.ts';
import type { DestinationSpec } from '../cloud/fc/destination.ts';
import type { FunctionPort } from '../cloud/function-port.ts';
import { sendToQueue } from '../cloud/mns/index.ts';
import type { World } from '../cloud/world.ts';

/** Who sends a record. */
export interface RecordSource {
  readonly world: World;
  readonly functions: FunctionPort;
  readonly accountId: string;
  readonly functionName: string;
  /** The function's role; null for a function without one. */
  readonly caller: Caller | null;
}

/**
 * Sends a record to a destination with the rights of the source function's role: `fc:InvokeFunction` on the function or
 * `mns:SendMessage` on the queue. Throws what refused it, in words for the log.
 */
export async function deliver(
  sender: RecordSource,
  destination: DestinationSpec,
  body: string,
): Promise<void> {
  const { world, caller, accountId } = sender;
  const uid = destination.uid ?? accountId;
  if (uid !== accountId || destination.region !== world.region) {
    throw new Error('a destination must be in the account and the region of its function');
  }
  if (caller === null) throw new Error(`${sender.functionName} has no role to send with`);
  const scope = `${destination.region}:${uid}`;
  if (destination.type === 'function') {
    const resource = `acs:fc:${scope}:functions/${destination.functionName}`;
    authorize(world, caller, { action: 'fc:InvokeFunction', resource });
    await sender.functions.enqueue({
      accountId: uid,
      functionName: destination.functionName,
      payload: Buffer.from(body),
    });
    return;
  }
  const resource = `acs:mns:${scope}:/queues/${destination.queueName}/messages`;
  authorize(world, caller, { action: 'mns:SendMessage', resource });
  sendToQueue(world, world.account(uid), destination.queueName, body);
}
