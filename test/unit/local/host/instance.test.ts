import { describe, expect, it } from 'vitest';
import { quiet } from '../../../../local/testing/virtual-clock.ts';
import { bench } from './setup.ts';

const counter = `let count = 0; exports.handler = async () => ({ count: ++count });`;

/** Parks every invocation until the test releases it through a global. */
const parked = (name: string): string => `
  let count = 0;
  exports.handler = async (event) => {
    count += 1;
    globalThis[${JSON.stringify(name)}].running.push(event.toString());
    await new Promise((resolve) => globalThis[${JSON.stringify(name)}].release.push(resolve));
    return String(count);
  };`;

function gate(name: string): { running: string[]; release: (() => void)[] } {
  const value = { running: [], release: [] };
  Object.assign(globalThis, { [name]: value });
  return value;
}

describe('instances', () => {
  it('a free instance is used again and keeps its module state', async () => {
    const b = bench();
    await b.deploy({ f: { source: counter } });
    expect((await b.call('f')).json()).toEqual({ count: 1 });
    expect((await b.call('f')).json()).toEqual({ count: 2 });
  });

  it('an instance serves one invocation at a time: a second one gets an instance of its own', async () => {
    const g = gate('two');
    const b = bench();
    await b.deploy({ f: { source: parked('two') } });
    const calls = [b.call('f', 'a'), b.call('f', 'b')];
    await quiet();
    expect(g.running).toEqual(['a', 'b']);
    for (const release of g.release) release();
    expect((await Promise.all(calls)).map((c) => c.text)).toEqual(['1', '1']);
  });

  it('beyond reservedConcurrency a synchronous call is throttled', async () => {
    const g = gate('one');
    const b = bench();
    await b.deploy({
      f: { source: parked('one'), props: { concurrencyConfig: { reservedConcurrency: 1 } } },
    });
    const first = b.call('f', 'a');
    await quiet();
    await expect(b.call('f', 'b')).rejects.toMatchObject({ status: 429, code: 'ResourceThrottled' });
    g.release[0]?.();
    expect((await first).text).toBe('1');
    expect(g.running).toEqual(['a']);
  });

  it('asynchronous events wait for the one instance, each until its own next try', async () => {
    const g = gate('queue');
    const b = bench();
    await b.deploy({
      f: { source: parked('queue'), props: { concurrencyConfig: { reservedConcurrency: 1 } } },
    });
    for (const payload of ['a', 'b', 'c']) await b.send('f', payload);
    const seen: string[][] = [];
    for (let i = 0; i < 3; i += 1) {
      await b.clock.advance(500 * 2 ** i);
      seen.push([...g.running]);
      g.release[i]?.();
    }
    await b.host.idle();
    expect(seen).toEqual([['a'], ['a', 'b'], ['a', 'b', 'c']]);
  });

  it('the initializer runs once per instance, before the first event', async () => {
    const b = bench();
    const source = `
      const seen = [];
      exports.initialize = async (context) => { seen.push('init ' + context.function.name); };
      exports.handler = async (event) => { seen.push(event.toString()); return seen; };`;
    const props = { instanceLifecycleConfig: { initializer: { handler: 'index.initialize', timeout: 5 } } };
    await b.deploy({ f: { source, props } });
    expect((await b.call('f', 'x')).json()).toEqual(['init f', 'x']);
    expect((await b.call('f', 'y')).json()).toEqual(['init f', 'x', 'y']);
  });

  it('a failing initializer is the answer, and the next call starts cold', async () => {
    const b = bench();
    Object.assign(globalThis, { starts: 0 });
    const source = `
      globalThis.starts += 1;
      exports.initialize = async () => { throw new Error('no database'); };
      exports.handler = async () => 'never';`;
    const props = { instanceLifecycleConfig: { initializer: { handler: 'index.initialize' } } };
    await b.deploy({ f: { source, props } });
    for (let i = 0; i < 2; i += 1) {
      const { errorType, json } = await b.call('f');
      expect(errorType).toBe('UnhandledInvocationError');
      expect(json()).toMatchObject({ errorMessage: 'no database', errorType: 'Error' });
    }
    expect(Reflect.get(globalThis, 'starts')).toBe(2);
  });

  it('code that does not load answers the error, with the place in the file', async () => {
    const b = bench();
    await b.deploy({ f: { source: `\nthrow new TypeError('bad start');` } });
    const { errorType, json } = await b.call('f');
    expect(errorType).toBe('UnhandledInvocationError');
    expect(json()).toMatchObject({ errorMessage: 'bad start', errorType: 'TypeError' });
    expect(JSON.stringify(json()['stackTrace'])).toContain('index.js:2');
  });

  it('a handler that is not exported is named', async () => {
    const b = bench();
    await b.deploy({ f: { source: 'exports.other = 1;' } });
    expect((await b.call('f')).json()).toEqual({
      errorMessage: "Handler 'handler' is missing on module 'index'",
    });
  });
});

describe('answers', () => {
  const answers: [string, string, string][] = [
    ['a Buffer as it is', `Buffer.from([104, 105])`, 'hi'],
    ['a string as it is', `'plain'`, 'plain'],
    ['an object as JSON', `({ a: 1 })`, '{"a":1}'],
    ['null as JSON', 'null', 'null'],
    ['nothing as nothing', 'undefined', ''],
  ];
  it.each(answers)('%s', async (_name, expression, text) => {
    const b = bench();
    await b.deploy({ f: { source: `exports.handler = async () => ${expression};` } });
    expect(await b.call('f')).toMatchObject({ text, errorType: null });
  });

  it('a throw becomes errorMessage, errorType and stackTrace', async () => {
    const b = bench();
    await b.deploy({ f: { source: `exports.handler = async () => { throw new RangeError('too far'); };` } });
    const { errorType, json } = await b.call('f');
    expect(errorType).toBe('UnhandledInvocationError');
    const body = json();
    expect(body).toMatchObject({ errorMessage: 'too far', errorType: 'RangeError' });
    expect(body['stackTrace']).toEqual(expect.arrayContaining(['RangeError: too far']));
  });

  it('a thrown value that is no Error becomes a message only', async () => {
    const b = bench();
    await b.deploy({ f: { source: `exports.handler = async () => { throw 'words'; };` } });
    expect((await b.call('f')).json()).toEqual({ errorMessage: 'words' });
  });

  it('an invocation over its timeout ends, and its instance is thrown away', async () => {
    const b = bench();
    const source = `
      let count = 0;
      exports.handler = async (event) => { count += 1; if (event.length > 0) await new Promise(() => {}); return String(count); };`;
    await b.deploy({ f: { source, props: { timeout: 7 } } });
    expect((await b.call('f')).text).toBe('1');
    const late = b.call('f', 'hang');
    await b.clock.advance(7000);
    expect(await late).toMatchObject({ errorType: 'UnhandledInvocationError' });
    expect((await late).json()).toEqual({ errorMessage: 'Function timed out after 7 seconds' });
    expect((await b.call('f')).text).toBe('1');
    expect(b.clock.sleeping).toBe(0);
  });

  it('process.exit ends the invocation and the instance, not the host', async () => {
    const b = bench();
    const source = `
      let count = 0;
      exports.handler = async (event) => { count += 1; if (event.length > 0) { try { process.exit(3); } catch {} } return String(count); };`;
    await b.deploy({ f: { source } });
    const { errorType, json } = await b.call('f', 'exit');
    expect(errorType).toBe('UnhandledInvocationError');
    expect(json()).toEqual({ errorMessage: 'Process exited unexpectedly before completing request' });
    expect((await b.call('f')).text).toBe('1');
  });
});

describe('the end of an instance', () => {
  it('by its own exit ends what it runs at once, whatever that still waits for', async () => {
    const b = bench();
    const source = `
      exports.handler = async () => {
        try { process.exit(3); } catch {}
        await new Promise(() => {});
      };`;
    await b.deploy({ f: { source } });
    let answer: unknown = 'none';
    const call = b.call('f').then((called) => {
      answer = called.json();
    });
    await quiet();
    expect(answer).toEqual({ errorMessage: 'Process exited unexpectedly before completing request' });
    await call;
    expect(b.clock.sleeping).toBe(0);
  });

  /** Answers as its error how often it was tried with this environment. */
  const counting = `
    process.env.TRIES = (process.env.TRIES ?? '') + 'x';
    const fail = () => { throw new Error(process.env.TRIES); };`;
  it.each([
    ['whose code does not load', `${counting} fail();`, {}],
    [
      'whose initializer fails',
      `${counting} exports.initialize = async () => fail();`,
      { instanceLifecycleConfig: { initializer: { handler: 'index.initialize' } } },
    ],
  ])('%s: the next call has a process of its own', async (_what, source, props) => {
    const b = bench();
    await b.deploy({ f: { source, props } });
    const said = [await b.call('f'), await b.call('f')].map(({ json }) => json()['errorMessage']);
    expect(said).toEqual(['x', 'x']);
  });

  it('whose initializer takes too long says so', async () => {
    const b = bench();
    const source = `
      exports.initialize = () => new Promise(() => {});
      exports.handler = async () => 'never';`;
    const props = { instanceLifecycleConfig: { initializer: { handler: 'index.initialize', timeout: 5 } } };
    await b.deploy({ f: { source, props } });
    const call = b.call('f');
    await b.clock.advance(5_000);
    expect((await call).json()).toEqual({ errorMessage: 'Initializer timed out after 5 seconds' });
  });
});

it('the command line of an instance is its bundle', async () => {
  const b = bench();
  const source = `exports.handler = async () => ({ argv: process.argv, file: __filename, code: process.env.FC_FUNC_CODE_PATH });`;
  await b.deploy({ f: { source } });
  const { argv, file, code } = (await b.call('f')).json();
  expect(argv).toEqual([process.execPath, file]);
  expect(file).toBe(`${code}/index.js`);
});
