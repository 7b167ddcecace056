import { parseDocument } from 'yaml';
import * as z from 'zod';
import { faultsOf, strict } from '../cloud/fc/strict.ts';
import { extended } from './extension.ts';
import { type FunctionSpec, propsSchema } from './function-spec.ts';
import { resolveVariables } from './variables.ts';

/** The functions that an `s.yaml` describes. */
export interface Blueprint {
  readonly name: string;
  readonly functions: readonly FunctionSpec[];
}

// Without `actions` and `flow`: they are commands that the tool would run, and an order that nothing here follows.
const fileSchema = strict({
  edition: z.literal('3.0.0'),
  name: z.string(),
  access: z.string().optional(),
  vars: z.record(z.string(), z.unknown()).default({}),
  resources: z.record(
    z.string(),
    strict({
      // The version may be pinned: `fc3@0.1.2`.
      component: z.string().regex(/^fc3(@.+)?$/, { error: 'only resources of component fc3 can run here' }),
      access: z.string().optional(),
      props: z.record(z.string(), z.unknown()),
    }),
  ),
});

const extendingSchema = z.looseObject({ extend: z.string().optional() });

/**
 * Reads an `s.yaml` (Serverless Devs edition 3.0.0, component fc3) with its variables resolved from `env`. `readFile`
 * reads the file that it extends, by the path as it stands there.
 * Throws an `Error` that lists every mistake with its place; a variable that is missing is named.
 */
export function readBlueprint(
  yamlText: string,
  env: Record<string, string | undefined>,
  readFile?: (path: string) => string,
): Blueprint {
  const file = parse(fileSchema, readYaml(yamlText, readFile), 's.yaml');
  const raw = { env, vars: file.vars, resources: file.resources };
  const vars = resolveVariables(file.vars, { ...raw, resource: null }, 'vars');
  // A resource sees the ones before it with their variables resolved.
  const resources: Record<string, unknown> = { ...file.resources };
  const functions = Object.entries(file.resources).map(([resource, { props }]) => {
    const place = `resources.${resource}.props`;
    const resolved = resolveVariables(props, { env, vars, resources, resource }, place);
    resources[resource] = { props: resolved };
    return parse(propsSchema, resolved, place);
  });
  refuseTwins(functions.map((f) => `functionName ${f.functionName}`));
  for (const { functionName, triggers } of functions) {
    refuseTwins(triggers.map((t) => `trigger ${t.triggerName} of ${functionName}`));
  }
  return { name: file.name, functions };
}

function readYaml(
  text: string,
  readFile: ((path: string) => string) | undefined,
  above: readonly string[] = [],
): unknown {
  const document = parseDocument(text);
  if (document.errors.length > 0)
    throw new Error(`s.yaml: ${document.errors.map((e) => e.message).join('; ')}`);
  const { extend, ...own } = parse(extendingSchema, document.toJS(), 's.yaml');
  if (extend === undefined) return own;
  if (readFile === undefined) throw new Error(`s.yaml: it extends ${extend}, which cannot be read from here`);
  if (above.includes(extend))
    throw new Error(`s.yaml: ${[...above, extend].join(' extends ')}, without an end`);
  return extended(readYaml(readFile(extend), readFile, [...above, extend]), own);
}

function parse<T>(schema: z.ZodType<T>, value: unknown, place: string): T {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  throw new Error(result.error.issues.flatMap((issue) => faultsOf(issue, place, value)).join('\n'));
}

function refuseTwins(names: readonly string[]): void {
  const twin = names.find((name, i) => names.indexOf(name) !== i);
  if (twin !== undefined) throw new Error(`s.yaml: ${twin} stands there twice`);
}
