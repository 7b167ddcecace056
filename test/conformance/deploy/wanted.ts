import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { zipSync } from 'fflate';
import { readBlueprint } from '../../../local/host/blueprint.ts';
import { FUNCTION_NAMES } from '../../../shared/installation/installation.ts';
import type { Wanted } from './tool.ts';

const packed = new Map<string, Buffer>();

/** The functions of a file with their built code, each in a zip. `provision`: over the variables of that one. */
export function wantedOf(
  uid: string,
  provision: Readonly<Record<string, string>> = {},
  file = 's.yaml',
): readonly Wanted[] {
  const read = (name: string) => readFileSync(name, 'utf8');
  const { functions } = readBlueprint(read(file), { OWNER_UID: uid }, read);
  return functions.map((spec) => {
    const more = spec.functionName === FUNCTION_NAMES.provision ? provision : {};
    const environmentVariables = { ...spec.environmentVariables, ...more };
    return { uid, spec: { ...spec, environmentVariables }, zip: zipOf(spec.code) };
  });
}

function zipOf(folder: string): Buffer {
  const known = packed.get(folder);
  if (known !== undefined) return known;
  const files = readdirSync(folder).map((file) => [file, readFileSync(join(folder, file))] as const);
  const zip = Buffer.from(zipSync(Object.fromEntries(files)));
  packed.set(folder, zip);
  return zip;
}
