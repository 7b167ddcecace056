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
  if (FUNCTION.test(arn))
    return { type: 'function', arn, ...whereOf(arn, FUNCTION), functionName: arn.replace(FUNCTION, '$3') };
  if (QUEUE.test(arn))
    return { type: 'queue', arn, ...whereOf(arn, QUEUE), queueName: arn.replace(QUEUE, '$3') };
  return null;
}

const whereOf = (arn: string, form: RegExp) => ({
  region: arn.replace(form, '$1'),
  uid: arn.replace(form, '$2') || null,
});
