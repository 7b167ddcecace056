import * as z from '../events/zod.ts';
import type { Reply } from './reply.ts';
import { unwrapped } from './unwrap.ts';

const text = z.catch(z.nullable(z.string()), null);
const list = <T extends z.ZodMiniType>(of: T) => z.catch(z.array(of), []);

const check = z.looseObject({
  id: z.string(),
  status: z.string(),
  detail: z.catch(z.string(), ''),
  fix: text,
});
const problem = z.looseObject({
  code: z.string(),
  title: z.catch(z.string(), ''),
  detail: z.catch(z.string(), ''),
  retryable: z.catch(z.boolean(), false),
});

/**
 * A reply as far as this version needs it to know whose it is and what it says. Account B may be upgraded before account
 * A: a word that is new is handed on, a field that is new stays, and one that is of another form is as good as left out.
 */
const replySchema = z.looseObject({
  specversion: z.string(),
  id: z.string(),
  source: z.catch(z.string(), ''),
  type: z.string().check(z.startsWith('dms-handshake.access.')),
  data: z.looseObject({
    status: z.string(),
    requestId: z.string(),
    requesterUid: z.nullable(z.string()),
    ownerUid: z.string(),
    access: z.catch(z.string(), 'register'),
    roleArn: text,
    engines: list(z.string()),
    connections: list(z.string()),
    instances: z.catch(z.optional(z.record(z.string(), z.array(z.string()))), undefined),
    readOnly: z.catch(z.optional(z.array(z.string())), undefined),
    grants: z.catch(
      z.optional(
        z.array(
          z.looseObject({
            id: z.string(),
            expiresAt: text,
            instances: z.catch(z.nullable(z.array(z.string())), null),
            readOnly: z.catch(z.boolean(), false),
          }),
        ),
      ),
      undefined,
    ),
    changes: z.catch(
      z.optional(
        z.array(
          z.looseObject({ check: z.string(), before: z.string(), after: z.string(), asked: z.boolean() }),
        ),
      ),
      undefined,
    ),
    expiresAt: text,
    reference: text,
    assurance: z.catch(z.string(), 'structural'),
    checks: list(check),
    prerequisites: list(z.string()),
    console: z.catch(
      z.nullable(z.object({ switchRoleUrl: z.string(), requesterPolicy: z.record(z.string(), z.unknown()) })),
      null,
    ),
    problem: z.catch(z.nullable(problem), null),
    breakGlass: z.catch(z.optional(z.string()), undefined),
  }),
});

/** The reply in a message; null for what is none. */
export function readReply(body: string): Reply | null {
  try {
    const parsed = replySchema.safeParse(JSON.parse(unwrapped(body)));
    return parsed.success ? parsed.data : null;
  } catch {
    return null;
  }
}
