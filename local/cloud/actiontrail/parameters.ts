import * as z from 'zod';

/** One condition of a search. */
const attribute = z.object({
  Key: z.enum([
    'ServiceName',
    'EventName',
    'User',
    'EventId',
    'ResourceType',
    'ResourceName',
    'EventRW',
    'EventAccessKeyId',
  ]),
  Value: z.string().min(1),
});

export type LookupAttribute = z.output<typeof attribute>;

const time = z
  .string()
  .regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z$/, 'YYYY-MM-DDThh:mm:ssZ is expected.')
  .transform((text) => Date.parse(text));

/**
 * The parameters of LookupEvents. That two conditions are the most, and that the first of a day of more than 90 days ago
 * is refused, is inferred: the model of the vendor's Python SDK speaks of one condition, other pages of two.
 */
export const lookupParameters = z.preprocess(
  gathered,
  z.object({
    StartTime: time.optional(),
    EndTime: time.optional(),
    Direction: z.enum(['FORWARD', 'BACKWARD']).default('BACKWARD'),
    MaxResults: z
      .string()
      .regex(/^\d{1,2}$/, 'A whole number is expected.')
      .transform(Number)
      .pipe(z.number().min(0).max(50))
      .default(20),
    NextToken: z.string().default(''),
    LookupAttribute: z.array(attribute).max(2).default([]),
  }),
);

/** `LookupAttribute.1.Key` and `LookupAttribute.1.Value` as a list. */
function gathered(input: unknown): unknown {
  const list = new Map<string, Record<string, unknown>>();
  for (const [name, value] of Object.entries<unknown>(Object(input))) {
    if (!CONDITION.test(name)) continue;
    const index = name.replace(CONDITION, '$1');
    list.set(index, { ...list.get(index), [name.replace(CONDITION, '$2')]: value });
  }
  return list.size === 0 ? input : { ...Object(input), LookupAttribute: [...list.values()] };
}

const CONDITION = /^LookupAttribute\.(\d{1,2})\.(Key|Value)$/;
