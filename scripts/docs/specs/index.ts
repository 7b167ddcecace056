import { asyncapi } from './asyncapi.ts';
import { openapi, type Samples } from './openapi.ts';

/** The files that are generated out of the schemas, by their path in the repository. */
export const specs = (version: string, sample: Samples): Readonly<Record<string, object>> => ({
  'docs/openapi.json': openapi(version, sample),
  'docs/asyncapi.json': asyncapi(version, sample),
});
