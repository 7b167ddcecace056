import * as z from 'zod';
import { ApiError } from '../error.ts';
import { checked } from './operation.ts';
import { searchOf } from './search.ts';
import type { StoredLine } from './state.ts';

const whole = z.coerce.number().int().min(0);

/** The parameters of GetLogs and GetLogsV2, as far as they are known here. Seconds since the epoch. */
const wantedSchema = z.object({
  from: whole,
  to: whole,
  query: z.string().default(''),
  line: whole.max(100).default(100),
  offset: whole.default(0),
  reverse: z.union([z.boolean(), z.stringbool()]).default(false),
  topic: z.string().default(''),
});

/** Lines of `from` (with it) to `to` (without it), oldest first or with `reverse` newest first. Throws `ApiError` 400. */
export function readLogs(
  lines: readonly StoredLine[],
  parameters: unknown,
): readonly Readonly<Record<string, string>>[] {
  const { from, to, query, line, offset, reverse, topic } = checked(wantedSchema, parameters);
  if (from >= to) throw new ApiError(400, 'InvalidTimeRange', 'request time range is invalid');
  const holds = searchOf(query);
  const found = lines.filter((one) => {
    const second = Math.floor(one.time / 1000);
    return second >= from && second < to && (topic === '' || one.topic === topic) && holds(one);
  });
  const sorted = [...found].sort((a, b) => a.time - b.time);
  return (reverse ? sorted.reverse() : sorted).slice(offset, offset + line).map(shown);
}

const shown = ({ time, topic, fields }: StoredLine): Readonly<Record<string, string>> => ({
  ...fields,
  __topic__: topic,
  __source__: '',
  __time__: String(Math.floor(time / 1000)),
});
