import { readFileSync } from 'node:fs';
import { operationsFiles } from '../operations/index.ts';
import { beliefFiles } from './beliefs-page.ts';
import { renderCliDocs } from './cli-page.ts';
import { renderLocalCloudDoc } from './local-cloud-page.ts';
import { rightsFiles } from './security-page.ts';
import { specs } from './specs/index.ts';

const json = (path: string) => JSON.parse(readFileSync(path, 'utf8'));

/**
 * Every file that is generated as a whole, by its path in the project: a text as it is, anything else as the value of a
 * JSON file. `npm run docs` writes them, and a test fails when one says something else than the code.
 */
export function generatedFiles(): Readonly<Record<string, unknown>> {
  const { version }: { version: string } = json('package.json');
  return {
    ...specs(version, (name) => json(`events/samples/${name}.json`)),
    ...renderCliDocs(version),
    'docs/use/local-cloud.md': renderLocalCloudDoc(),
    ...beliefFiles(),
    ...rightsFiles(),
    ...operationsFiles(),
  };
}
