import { Console } from 'node:console';
import { format } from 'node:util';
import type { LineWriter } from './line-writer.ts';

/** Stamp of a `console` line: now, and the request that the instance is working on. */
interface LineStamp {
  now(): number;
  requestId(): string;
}

const LEVELS = { log: 'verbose', debug: 'debug', info: 'info', warn: 'warn', error: 'error' } as const;

/**
 * `console` of an instance, and `context.logger`: lines carry time, request id and level
 * (`2026-11-23 10:00:00 <requestId> [info] text`); raw lines go through `process.stdout`.
 */
export function runtimeConsole(stdout: LineWriter, stderr: LineWriter, stamp: LineStamp): Console {
  const instance = new Console({ stdout, stderr });
  for (const [name, level] of Object.entries(LEVELS)) {
    const out = level === 'error' || level === 'warn' ? stderr : stdout;
    const write = (...values: unknown[]): void => {
      const time = new Date(stamp.now()).toISOString().slice(0, 19).replace('T', ' ');
      out.write(`${time} ${stamp.requestId()} [${level}] ${format(...values)}\n`);
    };
    Object.assign(instance, { [name]: write });
  }
  return Object.assign(instance, { setLogLevel: () => {} });
}
