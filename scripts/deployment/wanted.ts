import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Blueprint, readBlueprint } from '../../local/host/blueprint.ts';
import { type Requesters, readRequesters } from '../../shared/admission/requesters.ts';
import { packed } from './package.ts';
import type { Wanted } from './read-back.ts';
import { secretsOf } from './secrets.ts';
import { readTemplate, type Template } from './template.ts';
import { type Environment, templateOf } from './variables.ts';

/** What is to be deployed out of the folder of the project: the files after they were checked. */
export interface Project {
  readonly template: Template;
  readonly blueprint: Blueprint;
  readonly requesters: Requesters;
  readonly secrets: readonly string[];
}

/** Reads what `deploymentFaults` found nothing wrong with. */
export function readProject(environment: Environment): Project {
  const read = (name: string) => readFileSync(name, 'utf8');
  const file = templateOf(environment);
  const blueprint = readBlueprint(read(file), environment, read);
  const requesters = readRequesters(read('requesters.json'));
  return {
    template: readTemplate(file, read),
    blueprint,
    requesters,
    secrets: secretsOf(requesters, blueprint.functions, environment),
  };
}

/** Writes the zip of every function to `folder`, and answers what must be there after the deployment. */
export async function packedInto(
  folder: string,
  { blueprint }: Project,
): Promise<{ readonly wanted: readonly Wanted[]; zipOf(functionName: string): string }> {
  const zipOf = (functionName: string) => join(folder, `${functionName}.zip`);
  const wanted: Wanted[] = [];
  for (const spec of blueprint.functions) {
    const { zip, checksum } = await packed(spec.code);
    writeFileSync(zipOf(spec.functionName), zip);
    wanted.push({ spec, checksum });
  }
  return { wanted, zipOf };
}
