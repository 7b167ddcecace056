/** All tests of an area as one script, whose files are loaded as they are asked for; and which file reaches which. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { compileFunction } from 'node:vm';
import { build } from 'esbuild';

/**
 * ECMAScript modules whose default is imported, which a script cannot require; and what writes to the `process` of
 * a command line.
 */
const TAKEN_IN = /^(tinyqueue|string-width|strip-ansi|ansi-regex|get-east-asian-width|commander)$/;

/** What stands for two packages, and the place of each file, which is gone once they are one. */
const standIns = {
  name: 'stand-ins',
  setup(bundler) {
    bundler.onResolve({ filter: /^vitest$/ }, () => ({ path: 'vitest', namespace: 'stand-in' }));
    bundler.onLoad({ filter: /.*/, namespace: 'stand-in' }, () => ({
      contents: 'module.exports = globalThis.collectingTests;',
    }));
    bundler.onResolve({ filter: /^fast-check$/ }, ({ importer }) =>
      importer.endsWith('few-runs.mjs') ? { external: true } : { path: resolve('test/mutants/few-runs.mjs') },
    );
    bundler.onResolve({ filter: /\/kit\/cli\.ts$/ }, ({ importer }) =>
      importer.endsWith('cli-in-process.mjs') ? {} : { path: resolve('test/mutants/cli-in-process.mjs') },
    );
    // What one test has made would be kept for the next, without the mutant.
    bundler.onLoad({ filter: /\/events\/at-first-use\.ts$/ }, () => ({
      contents: 'export const atFirstUse = (make) => make;',
    }));
    // Required, its default would be all that it exports.
    bundler.onResolve({ filter: /^zod\/v4\/locales\/en\.js$/ }, ({ path }) => ({
      path: join(dirname(require.resolve('zod/package.json')), '..', path),
    }));
    bundler.onResolve({ filter: TAKEN_IN }, ({ path, importer }) => ({
      path: createRequire(importer).resolve(path),
    }));
    bundler.onLoad({ filter: /\/(test|shared|cli|client|local|functions)\/.*\.ts$/ }, ({ path }) => ({
      contents: declaredLater(readFileSync(path, 'utf8'))
        .replaceAll('import.meta.url', JSON.stringify(urlOf(path)))
        .replaceAll(/(?<!')__dirname/g, JSON.stringify(dirname(path))),
      loader: 'ts',
    }));
  },
};

/** A test file that waits while it is loaded, which a script cannot: what it waits for and what follows is a function. */
const declaredLater = (text) => {
  const later = text.replace(/^const \w+ = await /m, 'export const declare = async () => {\n$&');
  return later === text ? text : `${later}\n};`;
};

/** A command line looks for what stands beside it from where it is built to. */
const urlOf = (path) =>
  pathToFileURL(path.startsWith(resolve('cli/')) ? resolve('dist/cli/main.js') : path).href;

const OPTIONS = {
  bundle: true,
  platform: 'node',
  target: 'node20',
  format: 'cjs',
  packages: 'external',
  supported: { 'dynamic-import': false },
  write: false,
  metafile: true,
  plugins: [standIns],
  logLevel: 'error',
};

const require = createRequire(import.meta.url);

/**
 * Bundles `contents`; answers what evaluates it anew, with a `process` of its own if it is given one, and what
 * imports what.
 */
async function bundle(contents) {
  const { outputFiles, metafile } = await build({
    ...OPTIONS,
    stdin: { contents, resolveDir: resolve('.') },
    // Stryker's process moves into the sandbox after esbuild is loaded.
    absWorkingDir: resolve('.'),
  });
  const wrapper = compileFunction(outputFiles[0].text, ['require', 'module', 'exports', 'process']);
  const evaluate = (own = process) => {
    const module = { exports: {} };
    const load = (id) => (/^(node:)?process$/.test(id) ? own : require(id));
    wrapper(load, module, module.exports, own);
    return module.exports;
  };
  return { evaluate, inputs: metafile.inputs };
}

/** All of `files` in one. Answers how they are loaded anew, and what each of them reaches. */
export async function oneScript(files) {
  const tests = await bundle(
    `module.exports = { ${files.map((file) => `'${file}': () => require('./${file}')`).join(',\n')} };`,
  );
  if ('test/mutants/cli-in-process.mjs' in tests.inputs) {
    const cli = await bundle(`export { main } from './cli/main.ts';`);
    globalThis.collectingTests.evaluateCli = cli.evaluate;
    // A test that runs a command line reaches all of it.
    tests.inputs['test/mutants/cli-in-process.mjs'].imports.push(
      ...Object.keys(cli.inputs)
        .filter((path) => path !== '<stdin>')
        .map((path) => ({ path })),
    );
  }
  return {
    open: () => tests.evaluate(),
    reach: new Map(files.map((file) => [file, reachOf(tests.inputs, file)])),
  };
}

/** What starts processes here is not used for it. */
const isInside = (path) => !path.includes('node_modules/') && path !== 'test/kit/cli.ts';

/** Every file and package that a file imports, and what the files import, with the number of steps to it. */
function reachOf(inputs, file) {
  const reached = new Map([[file, 0]]);
  for (const [one, steps] of reached)
    if (isInside(one))
      for (const { path } of inputs[one]?.imports ?? []) if (!reached.has(path)) reached.set(path, steps + 1);
  return reached;
}
