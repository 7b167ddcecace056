import { readFileSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import { compileFunction } from 'node:vm';

/** Names that a bundle sees instead of the process-wide globals, with their values. */
export type Globals = Readonly<Record<string, unknown>>;

type Wrapper = ReturnType<typeof compileFunction>;

interface Compiled {
  readonly version: number;
  readonly wrapper: Wrapper;
}

const MODULE_NAMES = ['exports', 'require', 'module', '__filename', '__dirname'];

/** Compiled wrappers, by the names they take and the file they come from. Evaluation is what makes an instance. */
const cache = new Map<string, Compiled>();

/**
 * Evaluates a CommonJS file once more, with module state of its own, and returns its exports.
 * The file becomes the body of a function that takes `globals` as parameters, so free names of the bundle (`process`,
 * `Date`) mean the instance's; what a bundle reaches through `globalThis` is still the host's.
 */
export function evaluateBundle(file: string, globals: Globals): unknown {
  const names = Object.keys(globals).sort();
  const module = { exports: {} as unknown };
  const require = requireFor(file, globals);
  compile(file, names)(
    module.exports,
    require,
    module,
    file,
    dirname(file),
    ...names.map((name) => globals[name]),
  );
  return module.exports;
}

function compile(file: string, names: readonly string[]): Wrapper {
  const key = [file, ...names].join('\0');
  const version = statSync(file).mtimeMs;
  const known = cache.get(key);
  if (known?.version === version) return known.wrapper;
  const wrapper = compileFunction(readFileSync(file, 'utf8'), [...MODULE_NAMES, ...names], {
    filename: file,
  });
  cache.set(key, { version, wrapper });
  return wrapper;
}

function requireFor(file: string, globals: Globals): (id: string) => unknown {
  const load = createRequire(file);
  return (id) => {
    // `import process from 'node:process'` must not lead around the instance's own.
    const name = id.replace(/^node:/, '');
    if ((name === 'process' || name === 'console') && name in globals) return globals[name];
    return load(id);
  };
}
