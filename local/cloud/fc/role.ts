import type { Permission } from '../operation.ts';
import { invalidArgument } from './errors.ts';
import { objectIn } from './json.ts';
import type { FcCall } from './operation.ts';

/**
 * Whoever has a service act under a role needs `ram:PassRole` on it (page "RAM authorization"). `field`: where the body
 * names the role. A body that cannot be read names none; it is refused when it is read.
 */
export function passRole({ request, account }: FcCall, field: string): readonly Permission[] {
  const role = /^acs:ram::\d+:(role\/.+)$/.exec(textIn(request.body, field))?.[1];
  return role === undefined ? [] : [{ action: 'ram:PassRole', resource: `acs:ram:*:${account.uid}:${role}` }];
}

/** Throws `ApiError` 400 `InvalidArgument` unless it is the ARN of a role of the account. */
export function requireOwnRole({ account }: FcCall, arn: string | undefined): void {
  if (arn === undefined || arn === '' || arn.startsWith(`acs:ram::${account.uid}:role/`)) return;
  throw invalidArgument(`role ${arn} does not belong to account ${account.uid}`);
}

/** A member of a JSON body, for what has to be known before the body is judged; empty where it is no text. */
export function textIn(body: Buffer, field: string): string {
  const text = objectIn(body.toString('utf8'))?.[field];
  return typeof text === 'string' ? text : '';
}
