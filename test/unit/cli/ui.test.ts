import { stripVTControlCharacters } from 'node:util';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkTable } from '../../../cli/show-reply.ts';
import { diff } from '../../../cli/ui/diff.ts';
import { table, wrap } from '../../../cli/ui/table.ts';
import { type Terminal, terminal } from '../../../cli/ui/terminal.ts';
import { visible } from '../../../events/visible.ts';

const PIPE = terminal({}, {});
const wide = (width: number): Terminal => ({ ...PIPE, width });

describe('what a stream can show', () => {
  const tty = { isTTY: true, columns: 100 };
  it.each([
    ['a terminal', tty, {}, { live: true, width: 100, coloured: true }],
    ['a terminal under NO_COLOR', tty, { NO_COLOR: '1' }, { live: true, width: 100, coloured: false }],
    ['a terminal under an empty NO_COLOR', tty, { NO_COLOR: '' }, { live: true, width: 100, coloured: true }],
    ['a dumb terminal', tty, { TERM: 'dumb' }, { live: false, width: 100, coloured: false }],
    ['a terminal that tells no width', { isTTY: true }, {}, { live: true, width: 80, coloured: true }],
    ['a terminal of no size', { isTTY: true, columns: 0 }, {}, { live: true, width: 80, coloured: true }],
    ['a pipe', {}, { CI: 'true' }, { live: false, width: null, coloured: false }],
    ['a pipe with COLUMNS', {}, { COLUMNS: '60' }, { live: false, width: 60, coloured: false }],
  ])('%s', (_what, stream, environment, expected) => {
    const { colors, live, width } = terminal(stream, environment);
    expect({ live, width, coloured: colors.red('x') !== 'x' }).toEqual(expected);
  });

  it.each(['wide', '0', '-60', '60.5'])('a pipe with COLUMNS %s has no width', (COLUMNS) => {
    expect(terminal({}, { COLUMNS }).width).toBeNull();
  });
});

describe('a table', () => {
  const rows = [
    ['a', 'pass', 'short'],
    ['bcd', 'FAIL', 'acs:ram::2000000000000002:role/dms-cross-account-1000000000000001 is not there'],
  ];

  it('has one line per row where there is room', () => {
    expect(table(['id', 'verdict', 'evidence'], rows, PIPE).split('\n')).toEqual([
      'id   verdict  evidence',
      'a    pass     short',
      'bcd  FAIL     acs:ram::2000000000000002:role/dms-cross-account-1000000000000001 is not there',
    ]);
  });

  it('wraps the last column', () => {
    expect(table(['id', 'verdict', 'evidence'], rows, wide(60)).split('\n')).toEqual([
      'id   verdict  evidence',
      'a    pass     short',
      'bcd  FAIL     acs:ram::2000000000000002:role/dms-cross-accou',
      '              nt-1000000000000001 is not there',
    ]);
  });

  it('becomes blocks where columns cannot be read', () => {
    expect(table(['id', 'verdict', 'evidence'], rows, wide(30)).split('\n')).toEqual([
      'id: a',
      'verdict: pass',
      'evidence: short',
      '',
      'id: bcd',
      'verdict: FAIL',
      'evidence:',
      'acs:ram::2000000000000002:role',
      '/dms-cross-account-10000000000',
      '00001 is not there',
    ]);
  });

  it('never is wider than the terminal, and never loses a character', () => {
    const cell = fc.stringMatching(/^[a-z0-9:/-]{1,60}( [a-z0-9:/-]{1,20}){0,8}$/);
    const name = fc.stringMatching(/^[a-z0-9-]{1,12}$/);
    fc.assert(
      fc.property(
        fc.array(fc.tuple(name, cell), { minLength: 1, maxLength: 6 }),
        fc.integer({ min: 20, max: 200 }),
        (pairs, width) => {
          const text = table(['n', 'c'], pairs, wide(width));
          expect(Math.max(...text.split('\n').map((line) => line.length))).toBeLessThanOrEqual(width);
          const solid = (words: string) => words.replaceAll(/\s/g, '');
          for (const [, words] of pairs) expect(solid(text)).toContain(solid(words));
        },
      ),
      { numRuns: 500 },
    );
  });

  it('aligns what is coloured as what is not', () => {
    const { colors } = terminal({ isTTY: true }, {});
    const plain = table(['a', 'b'], [['x', 'y']], PIPE);
    const coloured = table(['a', 'b'], [[colors.red('x'), 'y']], { ...PIPE, colors });
    expect(stripVTControlCharacters(coloured)).toBe(plain);
  });
});

describe('wrapping', () => {
  it('parts between words, and in a word that is too long', () => {
    expect(wrap('one two three', 7)).toEqual(['one two', 'three']);
    expect(wrap('abcdefghij', 4)).toEqual(['abcd', 'efgh', 'ij']);
    expect(wrap('a\nb', 10)).toEqual(['a', 'b']);
  });
});

describe('a difference', () => {
  it('marks what goes and what comes', () => {
    expect(diff('a\nb\nc', 'a\nx\nc\nd', PIPE.colors)).toBe('  a\n- b\n+ x\n  c\n+ d');
  });

  it('keeps as many lines as can stay, the first of them too', () => {
    expect(diff('a\nb\nc', 'b\nc\na', PIPE.colors)).toBe('- a\n  b\n  c\n+ a');
    expect(diff('b\nc\na', 'a\nb\nc', PIPE.colors)).toBe('+ a\n  b\n  c\n- a');
    expect(diff('a\nb', 'a\nc', PIPE.colors)).toBe('  a\n- b\n+ c');
    expect(diff('a', 'a\na', PIPE.colors)).toBe('  a\n+ a');
  });

  it('of nothing to something is all new', () => {
    expect(diff('', 'a', PIPE.colors)).toBe('+ a');
    expect(diff('a', '', PIPE.colors)).toBe('- a');
    expect(diff('', '', PIPE.colors)).toBe('');
  });

  it('holds both texts, and as much of both as can stay', () => {
    const most = (a: readonly string[], b: readonly string[]): number => {
      const [[first, ...rest], [other, ...others]] = [a, b];
      if (first === undefined || other === undefined) return 0;
      return first === other ? 1 + most(rest, others) : Math.max(most(a, others), most(rest, b));
    };
    const text = fc.array(fc.constantFrom('a', 'b', 'c', 'd'), { minLength: 1, maxLength: 6 });
    fc.assert(
      fc.property(text, text, (before, after) => {
        const lines = diff(before.join('\n'), after.join('\n'), PIPE.colors).split('\n');
        const side = (mark: string) =>
          lines.filter((line) => line.startsWith(mark) || line.startsWith(' ')).map((line) => line.slice(2));
        expect(side('-')).toEqual(before);
        expect(side('+')).toEqual(after);
        expect(lines.filter((line) => line.startsWith(' '))).toHaveLength(most(before, after));
      }),
    );
  });
});

describe('text of others', () => {
  it('shows what a terminal would obey, what turns the direction of text, and what nobody can see', () => {
    expect(visible('\u001b[2Ja\rb\tc\u202eGNP.exe\u2066\u2028\u200b\u009b1m\u{e0041}')).toBe(
      '\\u001b[2Ja\\u000db\\u0009c\\u202eGNP.exe\\u2066\\u2028\\u200b\\u009b1m\\u{e0041}',
    );
  });

  it('is left as it is where it has none of these', () => {
    const plain = 'role/naïve 角色 😀\nfix: <b>&"\\';
    expect(visible(plain)).toBe(plain);
  });

  it('comes through a table of checks and a refusal in that form', () => {
    const detail = 'trusts \u001b]0;owned\u0007';
    expect(checkTable([{ id: 'trust-closed', status: 'fail', detail, fix: detail }], PIPE)).toBe(
      'check         verdict  evidence\ntrust-closed  FAIL     trusts \\u001b]0;owned\\u0007\n                       fix: trusts \\u001b]0;owned\\u0007',
    );
  });
});
