import { text } from 'node:stream/consumers';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { LineWriter } from '../../../../local/host/line-writer.ts';
import { processFacade } from '../../../../local/host/process-facade.ts';

/** A function's `process`, as its code has it. */
function facade() {
  const onExit = vi.fn();
  const [stdout, stderr] = [new LineWriter(() => undefined), new LineWriter(() => undefined)];
  const parts = { env: { COLOUR: 'red' }, stdout, stderr, file: '/code/index.js', onExit };
  const its = processFacade(parts);
  return { its, parts, onExit };
}

/** What the code of a function can call, by name. */
const call = (its: object, name: string, ...input: unknown[]) =>
  Reflect.apply(Reflect.get(its, name), its, input);

describe('what a function reads of its process', () => {
  it('is its own environment, command line and output', () => {
    const { its, parts } = facade();
    expect(its.env).toBe(parts.env);
    expect(its.stdout).toBe(parts.stdout);
    expect(its.stderr).toBe(parts.stderr);
    expect(its.argv).toEqual([process.execPath, '/code/index.js']);
    expect(its.execArgv).toEqual([]);
    expect(its.exitCode).toBeUndefined();
  });

  it('has no channel to whoever started the host, and an input that is at its end', async () => {
    const { its } = facade();
    expect([its.send, its.disconnect]).toEqual([undefined, undefined]);
    expect(await text(its.stdin)).toBe('');
  });

  it('is the host’s for everything else', () => {
    const { its } = facade();
    expect(its.version).toBe(process.version);
    expect(its.title).toBe(process.title);
    expect(its.debugPort).toBe(process.debugPort);
    expect(its.cwd()).toBe(process.cwd());
    expect(its.memoryUsage().rss).toBeGreaterThan(0);
    expect(Object.prototype.toString.call(its)).toBe('[object process]');
    expect(['version' in its, 'nothing' in its]).toEqual([true, false]);
  });
});

describe('what a function changes of its process', () => {
  const before = { title: process.title, debugPort: process.debugPort, exitCode: process.exitCode };
  afterEach(() => {
    Object.assign(process, before);
  });

  it.each<[name: string, value: unknown]>([
    ['env', {}],
    ['argv', []],
    ['exitCode', 3],
    ['title', 'a title'],
    ['debugPort', 4321],
    ['cwd', () => '/elsewhere'],
    ['emitWarning', () => undefined],
    ['noDeprecation', true],
    ['ofItsOwn', 1],
  ])('%s stays with it', (name, value) => {
    const { its } = facade();
    const hosts = Reflect.get(process, name);
    Reflect.set(its, name, value);
    expect([Reflect.get(its, name), name in its]).toEqual([value, true]);
    expect(Reflect.get(process, name)).toBe(hosts);
    expect(Reflect.get(facade().its, name)).not.toBe(value);
  });

  it('stays with it, also where it is defined', () => {
    const { its } = facade();
    Object.defineProperty(its, 'ofItsOwn', { get: () => 'here' });
    expect(Reflect.get(its, 'ofItsOwn')).toBe('here');
    expect(process).not.toHaveProperty('ofItsOwn');
  });

  it('and takes away again does not show what the host has', () => {
    const { its, parts } = facade();
    its.env = { OTHER: 'x' };
    Reflect.deleteProperty(its, 'env');
    expect(its.env).toBe(parts.env);
    Reflect.deleteProperty(its, 'version');
    expect(process.version).toMatch(/^v/);
  });
});

describe('a function cannot end its host', () => {
  it.each<[name: string, input: number[], code: number]>([
    ['exit', [], 0],
    ['exit', [3], 3],
    ['reallyExit', [4], 4],
    ['abort', [], 134],
  ])('%s of %j ends the instance', (name, input, code) => {
    const { its, onExit } = facade();
    expect(() => call(its, name, ...input)).toThrow(
      new Error(`the process of the instance has ended with code ${code}`),
    );
    expect(onExit.mock.calls).toEqual([[code]]);
  });
});

/** By Node.js's own list, so that one that a later version adds is asked for, too. */
const ACTING = Object.keys(process).filter(
  (name) =>
    /^(set|init|kill|chdir|umask|loadEnvFile)/.test(name) && typeof Reflect.get(process, name) === 'function',
);

it('Node.js has what acts on the whole process under these names', () => {
  expect(ACTING).toEqual(
    expect.arrayContaining(['kill', 'chdir', 'umask', 'setuid', 'initgroups', 'loadEnvFile']),
  );
});

it.each(ACTING)('a function cannot call %s of its host', (name) => {
  // Without what it takes, the host's own would change nothing either.
  expect(() => call(facade().its, name)).toThrow(
    new Error(`process.${name} is not available in an instance`),
  );
});

describe('the listeners of a function', () => {
  it.each(['on', 'addListener', 'prependListener', 'once', 'prependOnceListener'] as const)(
    '%s: they hear what it emits, and the host has none of them',
    (name) => {
      const { its } = facade();
      const heard = vi.fn();
      expect(call(its, name, 'beforeExit', heard)).toBe(its);
      expect([its.listenerCount('beforeExit'), its.eventNames()]).toEqual([1, ['beforeExit']]);
      expect(process.listeners('beforeExit')).not.toContain(heard);
      expect(facade().its.listenerCount('beforeExit')).toBe(0);
      expect(its.emit('beforeExit', 0)).toBe(true);
      expect(heard.mock.calls).toEqual([[0]]);
      expect(its.off('beforeExit', heard)).toBe(its);
      expect(its.listenerCount('beforeExit')).toBe(0);
    },
  );

  it('are not the host’s, which neither hears a function nor is taken away by it', () => {
    const { its } = facade();
    const heard = vi.fn();
    process.on('beforeExit', heard);
    try {
      expect(its.listeners('beforeExit')).toEqual([]);
      expect(its.emit('beforeExit', 0)).toBe(false);
      its.removeAllListeners();
      expect(process.listeners('beforeExit')).toContain(heard);
      expect(heard).not.toHaveBeenCalled();
    } finally {
      process.off('beforeExit', heard);
    }
  });
});
