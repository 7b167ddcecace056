import { readFileSync } from 'node:fs';

/** A sample event, as the runtime hands it over. Read from the folder of the project: scripts are bundled elsewhere. */
export const sample = (name: string): Record<string, unknown> =>
  JSON.parse(readFileSync(`events/samples/${name}.json`, 'utf8'));
