import { describe, expect, it } from 'vitest';
import { parseInstance } from '../../../cli/register/instance-file.ts';
import { instanceValues } from '../../../cli/register/instance-values.ts';

const read = (text: string) => {
  const { values, places, faults } = instanceValues(text);
  return { values: { ...values }, places: Object.fromEntries(places), faults };
};
const faultsOf = (text: string) =>
  read(text).faults.map(({ place, text: why }) => [place?.line, place?.column, why]);

describe('the keys of an instance file', () => {
  it.each<[text: string, values: object]>([
    ['Host: h', { Host: 'h' }],
    ['Host: "h"', { Host: 'h' }],
    ['{"Host":"h","Port":1}', { Host: 'h', Port: '1' }],
    // The digits as they stand, where YAML would write them so, too.
    ['Alias: 20260101', { Alias: '20260101' }],
    ['Alias: 9007199254740993', { Alias: 9_007_199_254_740_992 }],
    ['Alias: 007', { Alias: 7 }],
    ['Alias: 1e3', { Alias: 1_000 }],
    ['Alias: 1.5', { Alias: 1.5 }],
    ['Alias: -5', { Alias: -5 }],
    ['Alias: 0x10', { Alias: 16 }],
    ['Alias: true', { Alias: true }],
    ['Alias: "12"', { Alias: '12' }],
    // Nothing after the colon is as good as no line.
    ['Host:\nAlias: a', { Alias: 'a' }],
    ['Host: ~', {}],
    ['Host: null', {}],
    ['{Host, Alias: a}', { Alias: 'a' }],
    ['? Host\n', {}],
    ['Host: [a]', { Host: {} }],
    ['Host: {a: b}', { Host: {} }],
    ['1: a', { 1: 'a' }],
    ['__proto__: a', { ['__proto__']: 'a' }],
  ])('of %j are %j', (text, values) => {
    const found = read(text);
    expect(Object.entries(found.values)).toEqual(Object.entries(values));
    expect(found.faults).toEqual([]);
  });

  it('have their places, also those without a value', () => {
    expect(read('# x\nHost: h\n\nPort:\n').places).toEqual({
      Host: { line: 2, column: 1 },
      Port: { line: 4, column: 1 },
    });
    expect(read('{"a": 1, "b": 2}').places).toEqual({
      a: { line: 1, column: 2 },
      b: { line: 1, column: 10 },
    });
  });
});

describe('what is wrong with an instance file as a file', () => {
  it.each<[text: string, line: number, column: number, why: string]>([
    ['', 1, 1, 'is no instance: expected keys such as Host, Port and InstanceType'],
    ['hello', 1, 1, 'is no instance: expected keys such as Host, Port and InstanceType'],
    ['- a', 1, 1, 'is no instance: expected keys such as Host, Port and InstanceType'],
    ['[? a]: b\n? [c]\n: d', 1, 1, 'a key is no text; expected the name of a parameter, such as Host'],
    ['a: 1\n[b]: 2', 2, 1, 'a key is no text; expected the name of a parameter, such as Host'],
    ['Host: a\nPort: 1\nHost: b', 3, 1, '"Host" stands there already, at line 1; keep one'],
    ['Host: a\nHost:', 2, 1, '"Host" stands there already, at line 1; keep one'],
    ['Host:\n\tx: y', 2, 1, 'a tab stands where YAML wants spaces; write spaces'],
    ['Host: a\n  Port: 1', 1, 7, 'is neither YAML nor JSON here: a value with ": " in it goes in quotes'],
    [' Host: a\nPort: 1', 2, 1, 'is neither YAML nor JSON here'],
    [
      'Host:\n  a: 1\n b: 2',
      3,
      1,
      'the line does not begin where the lines of its kind do; begin every key at the same column',
    ],
    ['{"a": "b', 1, 9, 'is neither YAML nor JSON here: a quote, a bracket or a comma is missing'],
    ['a: b: c', 1, 4, 'is neither YAML nor JSON here: a value with ": " in it goes in quotes'],
    [
      'Host: h\nPort\nAlias: a',
      2,
      1,
      'is neither YAML nor JSON here: a key stands on one line, with ":" after it',
    ],
    ['a: 1\n---\nb: 2', 2, 1, 'begins a second document; a file holds one instance'],
    ['a: *', 1, 4, 'begins with *, which YAML takes for a name; put it in quotes'],
    ['%TAG\n---\na: 1', 1, 1, 'begins with %, which YAML takes for a directive; put it in quotes'],
    ['a: @x', 1, 4, 'begins with a sign that YAML reserves; put it in quotes'],
    ['a: `x', 1, 4, 'begins with a sign that YAML reserves; put it in quotes'],
    ['a: "\\q"', 1, 5, 'has a backslash that is no escape; write it twice, or use single quotes'],
    ['a: !!', 1, 4, 'is neither YAML nor JSON here'],
  ])('of %j is told with its place', (text, line, column, why) => {
    expect(faultsOf(text)[0]).toEqual([line, column, why]);
  });

  it.each([
    ['[', 1],
    ['{a: ', 1],
    ['- ', 1],
    ['? ', 1],
    ['-\t', 1],
    ['- ? ', 2],
  ])('is refused as a whole where %j nests 200 levels deep, and no sooner', (piece, levels) => {
    const deep = [[1, 1, 'is nested too deep to be read']];
    expect(faultsOf(piece.repeat(200 / levels))).toEqual(deep);
    expect(faultsOf(`a: 1\n${piece.repeat(20_000)}`)).toEqual(deep);
    expect(faultsOf(piece.repeat(200 / levels - 1))).not.toEqual(deep);
  });

  it('is refused as a whole where it is indented too far, and no sooner', () => {
    const indented = (columns: number) => faultsOf(`a:\n${' '.repeat(columns)}b: c`);
    expect(indented(200)).toEqual([[1, 1, 'is nested too deep to be read']]);
    expect(indented(199)).toEqual([]);
  });

  it('is not nested by many brackets one after the other', () => {
    expect(faultsOf(`a: ${'[]'.repeat(300)}`)).not.toContainEqual([1, 1, 'is nested too deep to be read']);
  });

  it('is told three times at most, and then nothing is read', () => {
    const { values, places, faults } = read('a: @\nb: @\nc: @\nd: @\ne: f');
    expect(faults).toHaveLength(3);
    expect([values, places]).toEqual([{}, {}]);
  });

  it('a key that stands there twice has its first value, and the others are read', () => {
    const { values, faults } = read('Host: a\nHost: b\n[x]: y\nAlias: c');
    expect(values).toEqual({ Host: 'a', Alias: 'c' });
    expect(faults).toHaveLength(2);
  });
});

describe('an instance file that is refused', () => {
  const parsed = (text: string) => parseInstance(Buffer.from(text), 'FILE');
  const GOOD: Readonly<Record<string, unknown>> = {
    Host: 'h',
    Port: 1,
    InstanceType: 'redis',
    InstanceAlias: 'a',
    EnvType: 'dev',
    DatabaseUser: 'u',
  };
  const refusalOf = (text: string): string => {
    try {
      parsed(text);
      return 'it was taken';
    } catch (error) {
      return String(error instanceof Error ? error.message : error);
    }
  };
  const refusal = (more: Readonly<Record<string, unknown>>): string =>
    refusalOf(JSON.stringify({ ...GOOD, ...more })).replace(/line 1, column \d+: /, '');
  const told = (text: string) => `FILE is refused: ${text}`;
  const QUOTED = 'expected a text: put it in quotes';
  const unseen = (what: string) => `it holds ${what}, which cannot be seen; type it anew`;

  it.each<[field: string, value: unknown, why: string]>([
    ['Host', 1.5, QUOTED],
    ['Host', [], 'expected the host name of the instance'],
    ['Host', '', 'expected the host name of the instance'],
    ['Host', 'a b', 'expected the host name of the instance, without a space'],
    ['Host', 'a\u3000b', 'expected the host name of the instance, without a space'],
    ['Host', 'a\u200bb', unseen('\\u200b')],
    ['Port', 0, 'expected a port, 1 to 65535'],
    ['Port', 65_536, 'expected a port, 1 to 65535'],
    ['Port', 1.5, 'expected a port, 1 to 65535'],
    ['Port', '1x', 'expected a port, 1 to 65535'],
    ['Port', 'x1', 'expected a port, 1 to 65535'],
    ['Port', '1e3', 'expected a port, 1 to 65535'],
    ['Port', '', 'expected a port, 1 to 65535'],
    ['Port', true, 'expected a port, 1 to 65535'],
    ['Sid', true, QUOTED],
    ['Sid', {}, 'expected a text'],
    ['Sid', 'a\nb', unseen('\\n')],
    ['Sid', 'a\u00a0b', unseen('\\u00a0')],
    ['InstanceType', '', 'expected the type of the database, such as "redis", "mysql" or "lindorm_cql"'],
    ['InstanceType', 'a\tb', unseen('\\u0009')],
    ['InstanceAlias', '', 'expected a name for people to find the instance by'],
    ['InstanceAlias', 'a\u202eb', unseen('\\u202e')],
    ['InstanceSource', 'rds', 'expected RDS (any managed instance), VPC_IDC, ECS_OWN, PUBLIC_OWN or GATEWAY'],
    ['NetworkType', 'vpc', 'expected VPC or CLASSIC'],
    ['EnvType', 'prod', 'expected product, dev, pre, test, sit, uat, pet or stag'],
    ['EcsRegion', 7.5, QUOTED],
    ['DatabaseUser', '', 'expected the database account that DMS signs in with'],
    ['DatabaseUser', 'a b', 'expected the database account that DMS signs in with, without a space'],
    ['QueryTimeout', 0, 'expected whole seconds, at least 1'],
    ['QueryTimeout', 2_147_483_648, 'expected whole seconds, at least 1'],
    ['ExportTimeout', '', 'expected whole seconds, at least 1'],
    ['EnableSellTrust', 'y', 'expected "Y" or "N", in quotes'],
    ['EnableSellCommon', true, 'expected "Y" or "N", in quotes'],
    ['DbaId', '1x', 'expected an id in digits'],
    ['DbaId', 'x1', 'expected an id in digits'],
    ['DbaId', '1'.repeat(20), 'expected an id in digits'],
    ['DbaId', '', 'expected an id in digits'],
    ['DbaId', [], 'expected an id in digits'],
    ['DdlOnline', 3, 'expected 0, 1 or 2'],
    ['DdlOnline', true, 'expected 0, 1 or 2'],
    ['UseDsql', -1, 'expected 0 or 1'],
    ['UseDsql', 2, 'expected 0 or 1'],
    ['UseDsql', '1.0', 'expected 0 or 1'],
    ['UseSsl', -2, 'expected -1, 0 or 1'],
    ['UseSsl', '', 'expected -1, 0 or 1'],
    ['UseSsl', '1'.repeat(16), 'expected -1, 0 or 1'],
    ['SkipTest', 'yes', 'expected true or false'],
    ['SkipTest', 1, 'expected true or false'],
  ])('for its %s %j', (field, value, why) => {
    expect(refusal({ [field]: value })).toBe(told(`${field}: ${why}`));
  });

  it.each<[field: string, value: unknown]>([
    ['Port', 65_535],
    ['Port', '65535'],
    ['InstanceAlias', 'a b 数据库'],
    ['InstanceAlias', 'a\u3000b'],
    ['InstanceType', 'a b'],
    ['InstanceSource', 'RDS'],
    ['InstanceSource', 'GATEWAY'],
    ['InstanceSource', 'ECS_OWN'],
    ['InstanceSource', 'PUBLIC_OWN'],
    ['InstanceSource', 'VPC_IDC'],
    ['NetworkType', 'VPC'],
    ['NetworkType', 'CLASSIC'],
    ...['product', 'pre', 'test', 'sit', 'uat', 'pet', 'stag'].map(
      (one) => ['EnvType', one] as [string, string],
    ),
    ['QueryTimeout', 2_147_483_647],
    ['EnableSellTrust', 'N'],
    ['EnableSellSitd', 'Y'],
    ['EnableSellStable', 'N'],
    ['DbaId', '1'.repeat(19)],
    ['DdlOnline', 2],
    ['UseSsl', -1],
    ['UseSsl', 1],
    ['SkipTest', false],
    ['SkipTest', 'true'],
  ])('not for its %s %j', (field, value) => {
    const taken = parsed(JSON.stringify({ ...GOOD, [field]: value }));
    expect(String(Reflect.get(taken, field))).toBe(String(value));
  });

  it.each([
    ['RoleArn', 'RoleArn: leave it out and give --arn'],
    [
      'DatabasePassword',
      'DatabasePassword: never in a file; set DMS_DATABASE_PASSWORD, or give --password-fd, or type it when asked',
    ],
    [
      'Password',
      'Password: never in a file; set DMS_DATABASE_PASSWORD, or give --password-fd, or type it when asked',
    ],
    ['Hots', '"Hots" is no parameter of AddInstance; the nearest is "Host"'],
    ['Xylophone', '"Xylophone" is no parameter of AddInstance'],
  ])('for its key %s', (key, why) => {
    expect(refusal({ [key]: 'hunter2' })).toBe(told(why));
  });

  it('for everything at once, with each place', () => {
    expect(refusalOf('Port: 0\nX: 1\nPort: 2\nEnvType: dev\nInstanceAlias: a\nInstanceType: b\n')).toBe(
      told(
        'line 3, column 1: "Port" stands there already, at line 1; keep one; line 2, column 1: "X" is no parameter of AddInstance; line 1, column 1: Host: expected the host name of the instance; line 1, column 1: Port: expected a port, 1 to 65535; line 1, column 1: DatabaseUser: expected the database account that DMS signs in with',
      ),
    );
  });

  it('that cannot be read for that alone', () => {
    expect(refusalOf('- a')).toBe(
      told('line 1, column 1: is no instance: expected keys such as Host, Port and InstanceType'),
    );
    expect(() => parseInstance(Buffer.from('\ufeff{}', 'utf16le'), 'FILE')).toThrow(
      /^FILE is UTF-16 \(little-endian\) from its first byte on; save or send it as UTF-8$/,
    );
  });
});
