import { invalidArgument } from '../mns/fields.ts';

/** The queue that a `DlqPolicy` names; null where it is not enabled. Throws `InvalidArgument` 400 where it names none. */
export function deadLetterTarget(policy: {
  readonly Enabled: boolean;
  readonly DeadLetterTargetQueue?: string | undefined;
}): string | null {
  if (!policy.Enabled) return null;
  if (policy.DeadLetterTargetQueue === undefined)
    throw invalidArgument('DlqPolicy needs a DeadLetterTargetQueue.');
  return policy.DeadLetterTargetQueue;
}
