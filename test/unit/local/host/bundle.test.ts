import fs, { rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { evaluateBundle } from '../../../../local/host/bundle.ts';
import { makeTempFolder, removeTempFolder } from '../../../../local/temp-folders.ts';

const own = { process: { own: 'process' }, console: { own: 'console' } };

/** A folder with an `index.js`, and a digest that no other has. */
function bundle(source: string) {
  const folder = makeTempFolder('bundle');
  onTestFinished(() => removeTempFolder(folder));
  const file = join(folder, 'index.js');
  const write = (text: string, name = 'index.js') => writeFileSync(join(folder, name), text);
  write(source);
  const digest = basename(folder);
  const evaluated = (globals: object = {}, as = digest, name = 'index.js') =>
    evaluateBundle(join(folder, name), as, { ...own, ...globals });
  return { file, digest, write, evaluated, take: () => rmSync(file) };
}

describe('a bundle', () => {
  it('is a module of its own each time that it is evaluated', () => {
    const { evaluated } = bundle('exports.list = []; exports.list.push(exports.list.length);');
    const [first, second] = [evaluated(), evaluated()];
    expect([first, second]).toEqual([{ list: [0] }, { list: [0] }]);
    expect(first).not.toBe(second);
  });

  it('may export something else than an object, and knows its place', () => {
    const names = ['__filename', '__dirname', 'require("./index.js")'];
    const { evaluated, file } = bundle(`module.exports = [${names}];`);
    expect(evaluated()).toEqual([file, dirname(file), expect.any(Array)]);
  });

  it('sees what it is given in the place of the host’s', () => {
    const { evaluated } = bundle('module.exports = [process, console, Date, typeof setTimeout];');
    expect(evaluated({ Date: 'a date' })).toEqual([own.process, own.console, 'a date', 'function']);
    expect(evaluated({ setTimeout: 1, Date: 2 })).toEqual([own.process, own.console, 2, 'number']);
  });

  it.each(['', '1st', 'a-b', 'a b', 'a.b', ' a'])('cannot be given %j, which is no name', (name) => {
    const { evaluated } = bundle('');
    expect(() => evaluated({ [name]: 1 })).toThrow(
      new Error(`a bundle cannot see ${JSON.stringify(name)}: it is no name`),
    );
  });

  it.each(['a', '_', '$', 'Z9', '_$0'])('can be given %s', (name) => {
    expect(bundle(`module.exports = ${name};`).evaluated({ [name]: 7 })).toBe(7);
  });

  it.each([
    ['process', own.process],
    ['node:process', own.process],
    ['console', own.console],
    ['node:console', own.console],
    ['fs', fs],
    ['node:fs', fs],
  ])('that requires %s gets its own of process and console, and the host’s of others', (id, module) => {
    const { evaluated } = bundle(`module.exports = require(${JSON.stringify(id)});`);
    expect(evaluated({ fs: 'no module' })).toBe(module);
  });

  it.each(['nothing', 'node:nothing', './node:process'])(
    'that requires %s is told that there is none',
    (id) => {
      const { evaluated } = bundle(`module.exports = require(${JSON.stringify(id)});`);
      expect(() => evaluated()).toThrow(expect.objectContaining({ message: expect.stringContaining(id) }));
    },
  );
});

describe('the text of a bundle', () => {
  it('is compiled a single time for the code that it belongs to', () => {
    const { evaluated, take } = bundle('module.exports = "first";');
    expect(evaluated()).toBe('first');
    take();
    expect(evaluated()).toBe('first');
    expect(() => evaluated({}, 'of another code')).toThrow(/^ENOENT/);
  });

  it('is another one in another file, and where it sees other names', () => {
    const { evaluated, write } = bundle('module.exports = typeof further;');
    write('module.exports = "other";', 'other.js');
    expect([evaluated(), evaluated({ further: 1 })]).toEqual(['undefined', 'number']);
    expect(evaluated({}, undefined, 'other.js')).toBe('other');
  });

  it('is forgotten after 64 others', () => {
    const { evaluated, digest, write } = bundle('module.exports = "old";');
    const others = (from: number, to: number) => {
      for (let n = from; n < to; n += 1) evaluated({}, `${digest}-${n}`);
    };
    expect(evaluated()).toBe('old');
    write('module.exports = "new";');
    others(0, 63);
    expect(evaluated()).toBe('old');
    others(63, 64);
    expect(evaluated()).toBe('new');
  });
});
