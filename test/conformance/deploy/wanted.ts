import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { zipSync } from 'fflate';
import { readBlueprint } from '../../../local/host/blueprint.ts';
import { FUNCTION_NAMES } from '../../../shared/installation/installation.ts';
import type { Wanted } from './tool.ts';

const packed = new Map<string, Buffer>();

/** The three functions of `s.yaml` with their built code, each in a zip. `provision`: over the variables of that one. */
export function wantedOf(uid: string, provision: Readonly<Record<string, string>> = {}): readonly Wanted[] {
  const { functions } = readBlueprint(readFileSync('s.yaml', 'utf8'), { OWNER_UID: uid });
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
