import { EventEmitter } from 'node:events';
import { Readable } from 'node:stream';
import type { LineWriter } from './line-writer.ts';

interface ProcessParts {
  readonly env: Record<string, string>;
  readonly stdout: LineWriter;
  readonly stderr: LineWriter;
  /** Path of the bundle, `process.argv[1]`. */
  readonly file: string;
  readonly onExit: (code: number) => void;
}

/** They act on the whole process, which all instances and the local cloud share. */
const OF_THE_HOST = [
  'kill',
  'chdir',
  'umask',
  'setuid',
  'seteuid',
  'setgid',
  'setegid',
  'setgroups',
  'initgroups',
  'loadEnvFile',
  'setSourceMapsEnabled',
  'setUncaughtExceptionCaptureCallback',
] as const;

/**
 * The `process` of one instance: environment, streams, listeners and exit of its own, everything else the host's.
 * It cannot stop, signal or configure the host process: it inherits from it, so what is set, defined or deleted is its own.
 * `exit` throws: the instance is gone, whatever the function does with the error.
 */
export function processFacade({ env, stdout, stderr, file, onExit }: ProcessParts): NodeJS.Process {
  const exit = (code = 0): never => {
    onExit(code);
    throw new Error(`the process of the instance has ended with code ${code}`);
  };
  const own: object = {
    env,
    stdout,
    stderr,
    stdin: Readable.from([]),
    argv: [process.execPath, file],
    execArgv: [],
    exit,
    reallyExit: exit,
    abort: () => exit(134),
    ...Object.fromEntries(OF_THE_HOST.map((name) => [name, () => refuse(name)])),
    // The host's may have a channel to whoever started it.
    send: undefined,
    disconnect: undefined,
    // The host's would be set through setters, which are inherited.
    exitCode: undefined,
    title: process.title,
    debugPort: process.debugPort,
  };
  // Two layers: what is deleted on the upper one shows the instance's own again, and not the host's.
  const facade: NodeJS.Process = Object.create(Object.setPrototypeOf(own, process));
  EventEmitter.call(facade);
  return facade;
}

function refuse(name: string): never {
  throw new Error(`process.${name} is not available in an instance`);
}
