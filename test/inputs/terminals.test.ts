import { spawn } from 'node:child_process';
import { openSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { table, wrap } from '../../cli/ui/table.ts';
import { terminal } from '../../cli/ui/terminal.ts';
import { cutTo, pieces, widthOf } from '../../cli/ui/width.ts';
import { BINARY, runProgram } from '../kit/cli.ts';

const FAMILY = '👨‍👩‍👧';

describe('columns on a terminal', () => {
  it.each([
    ['orders', 6],
    ['订单缓存', 8],
    ['ｆｕｌｌ', 8],
    ['ｶﾅ', 2],
    ['한국', 4],
    ['e\u0301te\u0301', 3],
    ['🙂', 2],
    [FAMILY, 2],
    ['🇨🇳', 2],
    ['\u001b[31mred\u001b[39m', 3],
    ['Å\u0331', 1],
    ['', 0],
  ])('%j takes %i', (text, columns) => {
    expect(widthOf(text)).toBe(columns);
  });

  it.each([
    ['订单缓存', 5, '订单'],
    ['订单缓存', 1, ''],
    [`a${FAMILY}b`, 2, 'a'],
    [`a${FAMILY}b`, 3, `a${FAMILY}`],
    ['e\u0301te\u0301', 1, 'e\u0301'],
  ])('%j cut to %i is %j, in whole characters', (text, columns, cut) => {
    expect(cutTo(text, columns)).toBe(cut);
  });

  it.each([
    ['订单缓存', 4, ['订单', '缓存']],
    ['订单缓存', 5, ['订单', '缓存']],
    [`${FAMILY}${FAMILY}`, 2, [FAMILY, FAMILY]],
    [`a${FAMILY}`, 1, ['a', FAMILY]],
    ['e\u0301e\u0301', 1, ['e\u0301', 'e\u0301']],
  ])('%j in pieces of %i is %j', (text, columns, expected) => {
    expect(pieces(text, columns)).toEqual(expected);
  });

  it('keep a table straight, whatever stands in its cells', () => {
    const rows = ['orders', '订单', '🙂', FAMILY, 'e\u0301te\u0301', '한국'].map((name) => [name, 'x']);
    const lines = table(['name', 'y'], rows, terminal({}, {})).split('\n').slice(1);
    expect(lines.map((line) => widthOf(line.slice(0, line.lastIndexOf('x'))))).toEqual(rows.map(() => 8));
  });

  it('wrap text without spaces, losing nothing', () => {
    const text = `订单缓存的${FAMILY}e\u0301角色不在那里`;
    const lines = wrap(text, 6);
    expect(lines.join('')).toBe(text);
    expect(Math.max(...lines.map(widthOf))).toBeLessThanOrEqual(6);
  });
});

const START = join(process.cwd(), 'dist', 'cli', 'demo.js');

describe('an output that ends', () => {
  it.each([
    ['policy', [BINARY, 'policy', '--engines', 'all']],
    ['--help', [BINARY, '--help']],
    ['npm start', [START, '--help']],
  ])('full, of %s: one sentence and exit status 1', async (_what, words) => {
    const full = openSync('/dev/full', 'w');
    const child = spawn(process.execPath, words, { stdio: ['ignore', full, 'pipe'] });
    let told = '';
    child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      told += text;
    });
    const code = await new Promise((resolve) => child.once('close', resolve));
    expect(told).toMatch(/^[\w -]+: the output cannot be written \(ENOSPC\)[^\n]*\n$/);
    expect(code).toBe(1);
  });

  it.each([
    ['policy', `'${BINARY}' policy --engines all`],
    ['npm start', `'${START}' --help`],
  ])('closed, of %s: not a word', async (_what, words) => {
    const ended = await runProgram('bash', ['-c', `exec '${process.execPath}' ${words} | true`]);
    expect(ended).toMatchObject({ stderr: '' });
  });
});

describe('Ctrl-C', () => {
  it.each([
    ['npm start', [START]],
    ['local', [BINARY, 'local', '--name', 'interrupted', '--json']],
  ])('ends %s with 130 and no trace', async (_what, words) => {
    const ended = await runProgram(process.execPath, words, {
      onStart: (child) => child.stdout?.once('data', () => child.kill('SIGINT')),
    });
    expect(ended.code).toBe(130);
    expect(ended.stderr).not.toMatch(/\n\s+at |Error/);
  });
});
