import { answerReportSchema, pendingReportSchema } from '../events/approval-report.ts';
import { replySchema } from '../events/reply.ts';
import {
  closeReportSchema,
  doctorReportSchema,
  historyReportSchema,
  lettersReportSchema,
  listReportSchema,
  planReportSchema,
  registerReportSchema,
  sentReportSchema,
  verifyReportSchema,
} from '../events/report.ts';
import { keptReportSchema, reviewReportSchema } from '../events/review-report.ts';
import { sweepReportSchema } from '../events/sweep-report.ts';
import * as z from '../events/zod.ts';

const documentSchema = z.record(z.string(), z.unknown());

/** What each command prints with `--json`, by the command's name. The command line never reads them: tests and docs do. */
export const OUTPUT_SCHEMAS: Readonly<Record<string, z.ZodMiniType>> = {
  request: z.union([replySchema, sentReportSchema]),
  extend: z.union([replySchema, sentReportSchema]),
  revoke: z.union([replySchema, sentReportSchema, closeReportSchema]),
  reply: replySchema,
  register: registerReportSchema,
  verify: verifyReportSchema,
  list: listReportSchema,
  pending: pendingReportSchema,
  approve: answerReportSchema,
  deny: answerReportSchema,
  review: z.union([reviewReportSchema, keptReportSchema]),
  plan: planReportSchema,
  bootstrap: planReportSchema,
  doctor: doctorReportSchema,
  sweep: sweepReportSchema,
  history: historyReportSchema,
  'dead-letters': lettersReportSchema,
  policy: z.object({ trust: documentSchema, permission: z.nullable(documentSchema) }),
};

/** As one JSON Schema document, a definition per command. */
export const outputJsonSchema = (): object => ({
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  title: 'What dms-handshake prints with --json',
  $defs: Object.fromEntries(
    Object.entries(OUTPUT_SCHEMAS).map(([name, schema]) => {
      const { $schema: _, ...definition } = z.toJSONSchema(schema);
      return [name, definition];
    }),
  ),
});
