/** What `${...}` in `s.yaml` may refer to. */
interface VariableScope {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** The top level `vars`: resolved, or as written while they are being resolved themselves. */
  readonly vars: unknown;
  /** The top level `resources`, as written. */
  readonly resources: unknown;
  /** Name of the resource that the text stands in, for `${this...}`; null in `vars`. */
  readonly resource: string | null;
}

const EXPRESSION = /\$\{([\s\S]*?)\}/g;
const WHOLE = /^\$\{([\s\S]*?)\}$/;
const ENV = /^env\(\s*(['"])([^'"]+)\1\s*(?:,\s*([\s\S]+?)\s*)?\)$/;
const PATH = /^(?:vars|resources|this)(?:\.[A-Za-z0-9_-]+)+$/;

/**
 * Replaces the expressions in every string below `value` as Serverless Devs 3 does (observed with `s preview` of
 * `@serverless-devs/s` 3.1): a value that is one expression keeps the type of what it stands for, an empty
 * environment variable counts as missing, and what an expression yields is resolved once more, but no deeper.
 * Supported: `env('NAME')`, `env('NAME', default)`, `vars.x`, `resources.r.props.y`, `this.props.y`, `this.name`.
 * Throws an `Error` that names the place and the missing variable.
 */
export function resolveVariables(value: unknown, scope: VariableScope, place: string): unknown {
  if (typeof value === 'string') return resolveText(value, scope, place);
  if (Array.isArray(value)) return value.map((item, i) => resolveVariables(item, scope, `${place}[${i}]`));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [key, resolveVariables(item, scope, `${place}.${key}`)]),
  );
}

function resolveText(text: string, scope: VariableScope, place: string): unknown {
  const once = replace(text, scope, place);
  const twice = typeof once === 'string' ? replace(once, scope, place) : once;
  // In `vars` the rest may still be resolved where it is used.
  if (scope.resource !== null && typeof twice === 'string' && twice.includes('${')) {
    throw new Error(`${place}: "${text}" refers through more variables than Serverless Devs follows`);
  }
  return twice;
}

function replace(text: string, scope: VariableScope, place: string): unknown {
  const whole = WHOLE.exec(text)?.[1];
  if (whole !== undefined && !whole.includes('${')) return evaluate(whole.trim(), scope, place);
  return text.replace(EXPRESSION, (_match, expression: string) =>
    String(evaluate(expression.trim(), scope, place)),
  );
}

function evaluate(expression: string, scope: VariableScope, place: string): unknown {
  const env = ENV.exec(expression);
  if (env !== null) return environment(env[2] ?? '', env[3], scope, place);
  if (!PATH.test(expression)) {
    throw new Error(
      `${place}: cannot resolve \${${expression}}; known are env('NAME'), vars, resources, this`,
    );
  }
  const [root, ...keys] = expression.split('.');
  const found = keys.reduce<unknown>(child, rootOf(root, scope));
  if (found === undefined || found === null) throw new Error(`${place}: \${${expression}} not found`);
  return found;
}

function environment(
  name: string,
  fallback: string | undefined,
  scope: VariableScope,
  place: string,
): unknown {
  const value = scope.env[name];
  if (value !== undefined && value !== '') return value;
  if (fallback !== undefined) return literal(fallback, place);
  throw new Error(`${place}: environment variable ${name} is not set (\${env('${name}')} has no default)`);
}

function literal(source: string, place: string): unknown {
  const quoted = /^(['"])([\s\S]*)\1$/.exec(source);
  if (quoted !== null) return quoted[2];
  try {
    return JSON.parse(source);
  } catch {
    throw new Error(`${place}: the default ${source} of env() is neither a quoted string nor a literal`);
  }
}

function rootOf(root: string | undefined, scope: VariableScope): unknown {
  if (root === 'vars') return scope.vars;
  if (root === 'resources') return scope.resources;
  if (scope.resource === null) return undefined;
  return { ...asRecord(child(scope.resources, scope.resource)), name: scope.resource };
}

function child(value: unknown, key: string): unknown {
  const record = asRecord(value);
  return Object.hasOwn(record, key) ? record[key] : undefined;
}

function asRecord(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}
