import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, dirname } from 'node:path';
import { compileFunction } from 'node:vm';

/** Names that a bundle sees instead of the process-wide globals, with their values. */
export type Globals = Readonly<Record<string, unknown>>;

/** What every instance has of its own, and gets where its bundle requires the modules of these names, too. */
export type OwnGlobals = Globals & { readonly process: object; readonly console: object };

type Wrapper = ReturnType<typeof compileFunction>;

const MODULE_NAMES = ['exports', 'require', 'module', '__filename', '__dirname'];

/**
 * Compiled wrappers, by the code and the file they come from and the names they take: clouds that are started one after
 * the other in a process compile the same code once. Evaluation is what makes an instance.
 */
const cache = new Map<string, Wrapper>();

/** How many are kept; the oldest goes first. */
const KEPT = 64;

/**
 * Evaluates a CommonJS file once more, with module state of its own, and returns its exports. `digest`: of the code that
 * the file belongs to.
 * The file becomes the body of a function that takes `globals` as parameters, so free names of the bundle (`process`,
 * `Date`) mean the instance's; what a bundle reaches through `globalThis` is still the host's.
 */
export function evaluateBundle(file: string, digest: string, globals: OwnGlobals): unknown {
  const names = Object.keys(globals);
  const module = { exports: {} as unknown };
  const require = requireFor(file, globals);
  compile(file, digest, names)(
    module.exports,
    require,
    module,
    file,
    dirname(file),
    ...names.map((name) => globals[name]),
  );
  return module.exports;
}

function compile(file: string, digest: string, names: readonly string[]): Wrapper {
  const key = JSON.stringify([digest, basename(file), names]);
  const known = cache.get(key);
  if (known !== undefined) return known;
  const parameters = [...MODULE_NAMES, ...names];
  // Node.js 20 ends the whole process for a parameter that is none.
  const none = parameters.find((name) => !/^[A-Za-z_$][\w$]*$/.test(name));
  if (none !== undefined) throw new Error(`a bundle cannot see ${JSON.stringify(none)}: it is no name`);
  const wrapper = compileFunction(readFileSync(file, 'utf8'), parameters, { filename: file });
  cache.set(key, wrapper);
  const [oldest = key] = cache.keys();
  if (cache.size > KEPT) cache.delete(oldest);
  return wrapper;
}

function requireFor(file: string, globals: OwnGlobals): (id: string) => unknown {
  const load = createRequire(file);
  return (id) => {
    // `import process from 'node:process'` must not lead around the instance's own.
    const name = id.startsWith('node:') ? id.slice('node:'.length) : id;
    return name === 'process' || name === 'console' ? globals[name] : load(id);
  };
}
