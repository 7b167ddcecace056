/**
 * Lays an `s.yaml` over the one that it extends, as Serverless Devs 3 does (observed with `s preview` of
 * `@serverless-devs/s` 3.1): objects are merged key by key, everything else is replaced.
 */
export function extended(base: unknown, over: unknown): unknown {
  if (!isObject(base) || !isObject(over)) return over;
  const result: Record<string, unknown> = { ...base };
  for (const [key, value] of Object.entries(over))
    result[key] = key in base ? extended(base[key], value) : value;
  return result;
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
