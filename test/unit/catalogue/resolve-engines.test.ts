import { describe, expect, it } from 'vitest';
import { isGrants, narrowedParts, resolveAsked } from '../../../shared/catalogue/resolve-engines.ts';

const said = (request: Parameters<typeof resolveAsked>[0]): string => {
  const found = resolveAsked(request);
  return isGrants(found) ? 'granted' : found.detail;
};

describe('a request', () => {
  it('that names what nobody knows is told each place, five at most, and what there is', () => {
    expect(said({ engines: ['redis', 'redsi', 'gbd'], connections: [] })).toBe(
      'engines[1] is "redsi", which is no engine; the nearest is "redis"; engines[2] is "gbd", which is no engine; the nearest is "gdb". Known: clickhouse, gdb, hologres, lindorm, oceanbase, polardb-mysql, polardb-oracle, polardb-postgresql, polardbx1, polardbx2, rds, redis, selectdb.',
    );
    const many = said({ engines: Array.from({ length: 7 }, () => 'x'), connections: [] });
    expect(many.match(/engines\[\d\] is/g)).toHaveLength(5);
  });

  it('is told no more than 80 characters of a word', () => {
    const word = `${'x'.repeat(80)}y`;
    expect(said({ engines: [word], connections: [] })).toContain(`engines[0] is "${'x'.repeat(80)}…",`);
    expect(said({ engines: [], connections: [], instances: { [word]: ['r-1'] } })).toContain(
      `instances.${'x'.repeat(80)} is "${'x'.repeat(80)}…",`,
    );
  });

  it('is told at most five times that something cannot be narrowed', () => {
    const engines = ['rds', 'polardb-mysql', 'polardb-oracle', 'polardb-postgresql', 'RDS', 'rds'];
    const detail = said({ engines, connections: [], readOnly: true });
    expect(detail.match(/; readOnly is true: /g)).toHaveLength(4);
    expect(detail).toMatch(/of its own\.$/);
  });

  it('may name as many instances as its tag holds, to the character', () => {
    const ask = (last: number) => ({
      engines: ['redis'],
      connections: [],
      instances: { redis: ['a'.repeat(60), 'b'.repeat(60), 'c'.repeat(last)] },
    });
    expect(said(ask(58))).toBe('granted');
    expect(said(ask(59))).toContain('of 181 characters together');
  });

  it('that was narrowed is told apart: what only reads, and what is for some instances', () => {
    expect(narrowedParts(new Map())).toEqual({});
    expect(narrowedParts(new Map([['redis', ['r-1', 'r-2']]]))).toEqual({
      instances: { redis: ['r-1', 'r-2'] },
    });
    expect(
      narrowedParts(
        new Map([
          ['gdb', []],
          ['redis', ['r-1']],
          ['lindorm', []],
        ]),
      ),
    ).toEqual({ instances: { redis: ['r-1'] }, readOnly: ['gdb', 'lindorm'] });
    expect(narrowedParts(new Map([['gdb', []]]))).toEqual({ readOnly: ['gdb'] });
  });
});
