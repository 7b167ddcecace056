import type * as z from '../../events/zod.ts';
import { TerminalError } from '../runtime/errors.ts';

/**
 * Parses an answer of the cloud. An answer of another shape is a `TerminalError`, because guessing at it could grant
 * too much.
 */
export function parseAnswer<T>(what: string, schema: z.ZodMiniType<T>, answer: unknown): T {
  const parsed = schema.safeParse(answer);
  if (parsed.success) return parsed.data;
  const [place] = parsed.error.issues.map(({ path }) => path.join('.'));
  throw new TerminalError(
    'internal',
    `${what}: the answer does not have the documented shape (at "${place}")`,
  );
}
