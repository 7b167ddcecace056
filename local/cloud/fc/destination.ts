/** Where Function Compute sends the record of an asynchronous invocation. `uid` null: the function's own account. */
export type DestinationSpec =
  | {
      readonly type: 'function';
      readonly arn: string;
      readonly region: string;
      readonly uid: string | null;
      readonly functionName: string;
    }
  | {
      readonly type: 'queue';
      readonly arn: string;
      readonly region: string;
      readonly uid: string | null;
      readonly queueName: string;
    };

const FUNCTION = /^acs:fc:([a-z0-9-]+):(\d*):functions\/([A-Za-z_][A-Za-z0-9_-]{0,63})$/;
const QUEUE = /^acs:mns:([a-z0-9-]+):(\d*):\/queues\/([A-Za-z0-9][A-Za-z0-9-]{0,119})\/messages$/;

/** Parses `acs:fc:<region>:<uid>:functions/<fn>` and `acs:mns:<region>:<uid>:/queues/<q>/messages`; null for others. */
export function parseDestination(arn: string): DestinationSpec | null {
  const fn = FUNCTION.exec(arn);
  if (fn !== null) {
    const [, region = '', uid = '', functionName = ''] = fn;
    return { type: 'function', arn, region, uid: uid === '' ? null : uid, functionName };
  }
  const queue = QUEUE.exec(arn);
  if (queue === null) return null;
  const [, region = '', uid = '', queueName = ''] = queue;
  return { type: 'queue', arn, region, uid: uid === '' ? null : uid, queueName };
}
