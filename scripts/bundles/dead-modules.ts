/**
 * What the vendor's SDKs load as they start and never use in a function or a command, left out of the bundles. In its place stands a
 * stub that throws as soon as anything of it is used: a module that is wrongly called dead fails loudly, and
 * test/bundles/dead-modules.test.ts runs the functions through everything that they do.
 *
 * What each has earned in verify, measured on Node.js 20 by putting it back alone, as processor time of a cold start and
 * size: medians of 25 pairs. All together: provision loads in 44 ms over a bare start instead of 102.
 */
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Plugin } from 'esbuild';

/** Module, and why nothing in a function can come to it. */
export const DEAD_MODULES: Readonly<Record<string, string>> = {
  // 7 ms, 72 KB
  '@alicloud/credentials': 'looks for keys: a function hands the core those of its invocation',
  // 3 ms, 22 KB
  '@alicloud/mns/es5': 'the client for Node.js 6',
  // These two with what they load, a client of WebSocket and three of proxies: 11 ms, 160 KB
  '@alicloud/openapi-core/websocketUtils': 'calls over WebSocket connections',
  '@darabonba/typescript/websocket': 'WebSocket connections',
  // 1 ms, 6 KB
  '@darabonba/typescript/file': 'reads and writes files',
  // 12 ms, 83 KB
  lodash: 'merges options of generated SDKs',
  // 4 ms, 70 KB
  moment: 'dates of generated SDKs',
  // 3 ms, 70 KB
  xmlbuilder: 'writes XML: the SDKs read it, and write it by hand',
};

/**
 * Not dead, and replaced all the same: what `debug` prints holds tokens (shared/alicloud/silence-debug.ts), so a function has
 * none. Spares `tty` and `util` too.
 */
const SILENT = 'debug';

/**
 * Not dead either: the client of Log Service reads a file of this package's as it loads, from beside itself, for what it
 * writes. It only reads here.
 */
const WRITES_LOGS = 'protobufjs';
const LOG_CLIENT = /[\\/]@alicloud[\\/]log[\\/]lib[\\/]client\.js$/;

/** A main file of a kind that a bundler cannot follow, and the one that it can. */
export const ALIASES = { 'jsonc-parser': 'jsonc-parser/lib/esm/main.js' };

/**
 * Read when it is first used: the core reads XML only where an API of JSON refuses a call in XML. 2 ms, and the queue's
 * client, which reads all its answers with it, is loaded later anyway.
 */
const SELDOM = {
  module: 'xml2js',
  importer: /[\\/]@darabonba[\\/]typescript[\\/]/,
  parts: ['Parser', 'Builder'],
};

/** Dead files of packages that are needed, by how the package names them. */
const OWN_FILES = [
  { path: './es5/client.js', importer: /@alicloud[\\/]mns[\\/]/, name: '@alicloud/mns/es5' },
  {
    path: './file',
    importer: /@darabonba[\\/]typescript[\\/]/,
    name: '@darabonba/typescript/file',
  },
  {
    path: './websocket',
    importer: /@darabonba[\\/]typescript[\\/]/,
    name: '@darabonba/typescript/websocket',
  },
  {
    path: './websocketUtils',
    importer: /@alicloud[\\/]openapi-core[\\/]/,
    name: '@alicloud/openapi-core/websocketUtils',
  },
] as const;

const STUB = resolve('scripts/bundles/left-out.ts');

/** For esbuild. Only what packages import is replaced: our own code may use any module that it names. */
export const withoutDeadModules: Plugin = {
  name: 'without-dead-modules',
  setup(build) {
    build.initialOptions.alias = ALIASES;
    build.onResolve({ filter: /^/ }, ({ path, importer, resolveDir }) => {
      if (!importer.includes('/node_modules/')) return undefined;
      const name = OWN_FILES.find((one) => one.path === path && one.importer.test(importer))?.name ?? path;
      if (name === SILENT) return { path: name, namespace: 'silent' };
      if (name === SELDOM.module && SELDOM.importer.test(importer))
        return { path: name, namespace: 'seldom', pluginData: resolveDir };
      if (name === WRITES_LOGS && LOG_CLIENT.test(importer)) return { path: name, namespace: 'unwritten' };
      return Object.hasOwn(DEAD_MODULES, name) ? { path: name, namespace: 'dead' } : undefined;
    });
    build.onLoad({ filter: /^/, namespace: 'dead' }, ({ path }) => ({
      contents: `module.exports = require(${JSON.stringify(STUB)}).leftOut(${JSON.stringify(path)});`,
      resolveDir: '.',
    }));
    build.onLoad({ filter: /^/, namespace: 'seldom' }, ({ path, pluginData }) => {
      const parts = SELDOM.parts.map(
        (part) => `get ${part}() { return require(${JSON.stringify(path)}).${part}; }`,
      );
      return { contents: `module.exports = { ${parts.join(', ')} };`, resolveDir: pluginData };
    });
    build.onLoad({ filter: /^/, namespace: 'unwritten' }, () => ({
      contents: 'const root = { lookup: () => null, lookupType: () => null }; exports.loadSync = () => root;',
    }));
    build.onLoad({ filter: LOG_CLIENT }, ({ path }) => ({
      contents: `const __dirname = '.';\n${readFileSync(path, 'utf8')}`,
    }));
    build.onLoad({ filter: /^/, namespace: 'silent' }, () => ({
      contents: 'module.exports = () => Object.assign(() => {}, { enabled: false });',
    }));
  },
};
