import type { Access } from './access.ts';
import type { Action } from './action.ts';
import type * as z from './zod.ts';

/** The fields of a request that go with some kinds of requests only. */
interface Fields {
  readonly action: Action;
  readonly access: Access;
  readonly engines?: readonly string[] | undefined;
  readonly connections: readonly string[];
  readonly instances?: object | undefined;
  readonly readOnly?: boolean | undefined;
  readonly users?: readonly string[] | undefined;
  readonly breakGlass?: string | undefined;
  readonly expiresAt?: string | undefined;
}

/** Tells each field that is missing for what a request asks, and each that does not go with it. */
export function refuseStrayFields(request: Fields, context: z.core.$RefinementCtx<Fields>): void {
  const issue = (path: string, message: string) =>
    context.addIssue({ code: 'custom', path: [path], message });
  const registering = request.access === 'register';
  if (request.action === 'grant' && registering && (request.engines ?? []).length === 0)
    issue('engines', 'expected at least one engine to grant');
  if (request.action === 'revoke' && registering && request.engines?.length === 0)
    issue(
      'engines',
      'expected at least one engine to take away; leave "engines" out to close the whole role',
    );
  if (request.action === 'extend' && registering && request.engines?.length === 0)
    issue('engines', 'expected at least one engine; leave "engines" out to extend all that is granted');
  if (!registering && request.engines !== undefined)
    issue('engines', 'console access knows no engines; leave "engines" out');
  if (!registering && request.connections.length > 0)
    issue('connections', 'console access knows no connections; leave "connections" out');
  if (registering && request.users !== undefined)
    issue('users', '"users" goes with "access": "console" only; DMS itself assumes a register role');
  for (const field of ['instances', 'readOnly'] as const) {
    if (request[field] === undefined) continue;
    if (!registering) issue(field, `console access knows no engines; leave "${field}" out`);
    else if (request.action === 'extend')
      issue(
        field,
        `an extend keeps what is granted as it is; leave "${field}" out, or ask for it with a grant`,
      );
    else if (request.action !== 'grant')
      issue(field, `a ${request.action} is about whole engines; leave "${field}" out`);
  }
  if (request.breakGlass !== undefined && !registering)
    issue('breakGlass', 'an emergency is about engines; leave "breakGlass" out of console access');
  else if (request.breakGlass !== undefined && request.action !== 'grant')
    issue('breakGlass', 'only a grant can be an emergency; leave "breakGlass" out');
  if (request.readOnly === true && request.instances !== undefined)
    issue('instances', 'a grant that only reads modifies no instance; leave "instances" or "readOnly" out');
  if (request.expiresAt === undefined && request.action === 'extend')
    issue('expiresAt', 'expected the new end, such as "2027-01-31T00:00:00Z", or "never"');
  if (request.expiresAt !== undefined && request.action !== 'grant' && request.action !== 'extend')
    issue('expiresAt', `a ${request.action} has no expiry; leave "expiresAt" out`);
}
