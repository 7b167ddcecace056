import { EventEmitter } from 'node:events';
import type { LineWriter } from './line-writer.ts';

/** What an instance's `process.exit` throws: the instance is gone, whatever the function does with the error. */
class ProcessExit extends Error {
  constructor(code: number) {
    super(`process.exit(${code})`);
    this.name = 'ProcessExit';
  }
}

interface ProcessParts {
  readonly env: Record<string, string>;
  readonly stdout: LineWriter;
  readonly stderr: LineWriter;
  /** Path of the bundle, `process.argv[1]`. */
  readonly file: string;
  readonly onExit: (code: number) => void;
}

/**
 * The `process` of one instance: environment, output, listeners and exit of its own, everything else the host's.
 * It cannot stop, signal or configure the host process.
 */
export function processFacade(parts: ProcessParts): object {
  const events = new EventEmitter();
  const own: Record<PropertyKey, unknown> = {
    env: parts.env,
    stdout: parts.stdout,
    stderr: parts.stderr,
    argv: [process.execPath, parts.file],
    execArgv: [],
    exitCode: undefined,
    exit: (code: number = 0) => {
      parts.onExit(code);
      throw new ProcessExit(code);
    },
    abort: () => {
      parts.onExit(134);
      throw new ProcessExit(134);
    },
    kill: () => {
      throw new Error('process.kill is not available in an instance');
    },
  };
  for (const name of LISTENER_METHODS) {
    const method = events[name];
    own[name] = (...input: unknown[]) => {
      const result: unknown = Reflect.apply(method, events, input);
      return result === events ? facade : result;
    };
  }
  const facade: object = new Proxy(process, {
    get: (target, key) => (Object.hasOwn(own, key) ? own[key] : Reflect.get(target, key, target)),
    set: (_target, key, value) => {
      own[key] = value;
      return true;
    },
    deleteProperty: (_target, key) => delete own[key],
    has: (target, key) => Object.hasOwn(own, key) || Reflect.has(target, key),
    defineProperty: (_target, key, descriptor) => {
      own[key] = descriptor.value;
      return true;
    },
  });
  return facade;
}

const LISTENER_METHODS = [
  'on',
  'once',
  'off',
  'emit',
  'addListener',
  'prependListener',
  'removeListener',
  'removeAllListeners',
  'listeners',
  'listenerCount',
] as const;
