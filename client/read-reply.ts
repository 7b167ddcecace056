import * as z from 'zod';
import type { Reply } from './reply.ts';
import { unwrapped } from './unwrap.ts';

const text = z.string().nullable().catch(null);
const list = <T extends z.ZodType>(of: T) => z.array(of).catch([]);

const check = z.looseObject({ id: z.string(), status: z.string(), detail: z.string().catch(''), fix: text });
const problem = z.looseObject({
  code: z.string(),
  title: z.string().catch(''),
  detail: z.string().catch(''),
  retryable: z.boolean().catch(false),
});

/**
 * A reply as far as this version needs it to know whose it is and what it says. Account B may be upgraded before account
 * A: a word that is new is handed on, a field that is new stays, and one that is of another form is as good as left out.
 */
const replySchema = z.looseObject({
  specversion: z.string(),
  id: z.string(),
  source: z.string().catch(''),
  type: z.string().startsWith('dms-handshake.access.'),
  data: z.looseObject({
    status: z.string(),
    requestId: z.string(),
    requesterUid: z.string().nullable(),
    ownerUid: z.string(),
    access: z.string().catch('register'),
    roleArn: text,
    engines: list(z.string()),
    connections: list(z.string()),
    instances: z.record(z.string(), z.array(z.string())).optional().catch(undefined),
    readOnly: z.array(z.string()).optional().catch(undefined),
    grants: z
      .array(
        z.looseObject({
          id: z.string(),
          expiresAt: text,
          instances: z.array(z.string()).nullable().catch(null),
          readOnly: z.boolean().catch(false),
        }),
      )
      .optional()
      .catch(undefined),
    changes: z
      .array(z.looseObject({ check: z.string(), before: z.string(), after: z.string(), asked: z.boolean() }))
      .optional()
      .catch(undefined),
    expiresAt: text,
    reference: text,
    assurance: z.string().catch('structural'),
    checks: list(check),
    prerequisites: list(z.string()),
    console: z
      .object({ switchRoleUrl: z.string(), requesterPolicy: z.record(z.string(), z.unknown()) })
      .nullable()
      .catch(null),
    problem: problem.nullable().catch(null),
    breakGlass: z.string().optional().catch(undefined),
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
