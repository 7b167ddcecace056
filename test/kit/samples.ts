import { readFileSync } from 'node:fs';

/** A sample event, as the runtime hands it over. */
export const sample = (name: string): Record<string, unknown> =>
  JSON.parse(readFileSync(new URL(`../../events/samples/${name}.json`, import.meta.url), 'utf8'));
