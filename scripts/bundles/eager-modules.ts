import { type ArrowFunctionExpression, type Node, type Program, parse } from 'acorn';

/**
 * A bundle whose modules V8 compiles as it first reads them. It reads a function that is called later twice: once to find
 * its end and its mistakes, and again to compile it when it is called. A function in parentheses, `(function () {})`, it
 * compiles at once. esbuild wraps each module in an arrow function, of which V8 knows no such sign; nearly all of them are
 * called while a function of ours loads. That spares a seventh of the processor time of a load.
 *
 * What the code does stays the same: an arrow function that uses the `this` or the `arguments` around it is left as it is.
 */
export function withEagerModules(code: string): string {
  const program = parse(code, { ecmaVersion: 'latest' });
  const helpers = helpersOf(program, code);
  return wrappersOf(program, helpers)
    .filter(({ body }) => !usesAround(body))
    .toReversed()
    .reduce((text, { start, end, params, body }) => {
      const names = params.map((one) => code.slice(one.start, one.end)).join(',');
      return `${text.slice(0, start)}(function(${names})${text.slice(body.start, end)})${text.slice(end)}`;
    }, code);
}

/** Variables of the file itself, with what they begin as. */
const variablesOf = ({ body }: Program) =>
  body.flatMap((one) => (one.type === 'VariableDeclaration' ? one.declarations : []));

/** esbuild's two functions that make a module run when it is first asked for, of CommonJS and of ES. */
const HELPER = /=\{exports:\{\}\}\)|=\w+\(\w+=0\)/;

const helpersOf = (program: Program, code: string): ReadonlySet<string> =>
  new Set(
    variablesOf(program).flatMap(({ id, init }) =>
      id.type === 'Identifier' &&
      init?.type === 'ArrowFunctionExpression' &&
      HELPER.test(code.slice(init.start, init.end))
        ? id.name
        : [],
    ),
  );

/** What the helpers are given, in the order of the file. */
const wrappersOf = (program: Program, helpers: ReadonlySet<string>): readonly ArrowFunctionExpression[] =>
  variablesOf(program).flatMap(({ init }) => {
    if (init?.type !== 'CallExpression' || init.callee.type !== 'Identifier') return [];
    const [wrapper] = init.arguments;
    return helpers.has(init.callee.name) && wrapper?.type === 'ArrowFunctionExpression' ? wrapper : [];
  });

/** Whether a part of an arrow function means something by `this` or `arguments` that another function would not. */
function usesAround(node: Node): boolean {
  if (node.type === 'ThisExpression') return true;
  if (node.type === 'Identifier' && 'name' in node && node.name === 'arguments') return true;
  if (node.type === 'FunctionExpression' || node.type === 'FunctionDeclaration') return false;
  return Object.values(node).flat().filter(isNode).some(usesAround);
}

const isNode = (value: unknown): value is Node =>
  typeof value === 'object' && value !== null && 'type' in value && 'start' in value;
