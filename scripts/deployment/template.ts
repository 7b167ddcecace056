import { parse, stringify } from 'yaml';
import * as z from 'zod';
import { extended } from '../../local/host/extension.ts';

/** An `s.yaml` as it stands, laid over the one that it extends: variables are still `${...}`, so it holds no secret. */
const templateSchema = z.looseObject({
  access: z.string().optional(),
  resources: z.record(
    z.string(),
    z.looseObject({ component: z.string(), props: z.looseObject({ functionName: z.unknown() }) }),
  ),
});
export type Template = z.output<typeof templateSchema>;

/** Reads it by the name of the file; `read` answers the text of a file beside it. Throws for what is no template. */
export function readTemplate(file: string, read: (name: string) => string): Template {
  return templateSchema.parse(whole(file, read));
}

function whole(file: string, read: (name: string) => string): unknown {
  const { extend, ...own } = z
    .looseObject({ extend: z.string().optional() })
    .parse(parse(read(file), { merge: true }));
  return extend === undefined ? own : extended(whole(extend, read), own);
}

/**
 * The file of the first of two deployments: these functions without triggers, with their code from other places.
 * `codeOf`: a function's zip, by the name that `functionName` has in the file.
 */
export function withoutTriggers(
  template: Template,
  names: readonly string[],
  codeOf: (functionName: string) => string,
): string {
  const resources = Object.entries(template.resources).filter(([, { props }]) =>
    names.includes(String(props.functionName)),
  );
  return stringify({
    ...template,
    resources: mapped({ resources: Object.fromEntries(resources) }, ({ triggers: _, ...props }) => ({
      ...props,
      code: codeOf(String(props.functionName)),
    })),
  });
}

/**
 * The file of a removal: in the other order, so that nothing is taken away while something still needs it, and without
 * variables, which may not be set any more.
 */
export function backwards(template: Template): string {
  const resources = mapped(template, ({ environmentVariables: _, ...props }) => props);
  return stringify({ ...template, resources: Object.fromEntries(Object.entries(resources).reverse()) });
}

type Props = Template['resources'][string]['props'];

const mapped = ({ resources }: Pick<Template, 'resources'>, change: (props: Props) => object): object =>
  Object.fromEntries(
    Object.entries(resources).map(([key, one]) => [key, { ...one, props: change(one.props) }]),
  );

/**
 * Commands of Serverless Devs 3.1 (`s --help`) and of the fc3 component (its folder `commands-help`). A resource of such
 * a name cannot be named to the tool: `s verify deploy` is its own `verify`.
 */
const COMMANDS = [
  ...'config env set clean init registry preview component verify secret help'.split(' '),
  ...'alias build concurrency deploy info instance invoke layer list local logs'.split(' '),
  ...'model plan provision remove s2tos3 scaling session sync version'.split(' '),
];

/** Names of resources that are commands, one sentence each. */
export const keyFaults = ({ resources }: Template): readonly string[] =>
  Object.keys(resources)
    .filter((key) => COMMANDS.includes(key))
    .map((key) => `resources.${key}: ${key} is a command of the tool; name the resource as the function`);
