import { describe, expect, it } from 'vitest';
import { permissionDocument } from '../../../shared/catalogue/permission.ts';
import { resourcesOf } from '../../../shared/catalogue/scope.ts';
import { permissionDifferences } from '../../../shared/reconcile/diff.ts';
import { type Entry, sameInstances } from '../../../shared/record/entry.ts';
import { grantedBy, readRecord } from '../../../shared/record/record.ts';
import { OWNER } from '../../kit/accounts.ts';
import { at } from '../../kit/time.ts';

describe('a narrowed engine', () => {
  it('has resources where the vendor knows some, and none elsewhere', () => {
    const resources = resourcesOf(
      new Map([
        ['redis', ['r-1']],
        ['selectdb', ['s-1']],
        ['lindorm', []],
        ['gdb', ['g-1']],
        ['rds', ['rm-1']],
      ]),
      OWNER,
    );
    expect([...resources]).toEqual([
      ['redis', [`acs:kvstore:*:${OWNER}:instance/r-1`]],
      ['selectdb', []],
      ['lindorm', []],
      ['gdb', []],
    ]);
  });

  it('is named with its resources where its right is missing', () => {
    const resources = new Map([['redis', ['acs:kvstore:*:2:instance/r-1']]] as const);
    const whole = JSON.stringify(permissionDocument(['redis']));
    expect(permissionDifferences(whole, permissionDocument(['redis'], resources))).toEqual([
      'kvstore:modifysecurityips on acs:kvstore:*:2:instance/r-1 is missing',
      'Allow kvstore:modifysecurityips on * was not asked for',
    ]);
  });

  it('is granted as its record says, and read back from its tag', () => {
    const tags = new Map([
      ['dms-engine-redis', 'granted 2026-11-23T10:00:00.000Z on r-1 r-2'],
      ['dms-engine-selectdb', 'granted 2026-11-23T10:00:00.000Z read-only'],
      ['dms-engine-gdb', 'granted 2026-11-23T10:00:00.000Z'],
    ]);
    expect(grantedBy(readRecord(tags, at(9e9)), at(1))).toEqual({
      engines: ['gdb', 'redis', 'selectdb'],
      connections: [],
      narrowed: new Map([
        ['redis', ['r-1', 'r-2']],
        ['selectdb', []],
      ]),
    });
  });

  it.each(['-r-1', `r${'x'.repeat(64)}`])('is unreadable for an instance %s', (id) => {
    const tags = new Map([['dms-engine-redis', `granted 2026-11-23T10:00:00.000Z on ${id}`]]);
    expect(readRecord(tags, at(9e9)).unreadable).toEqual(['dms-engine-redis']);
  });

  it('is for the same instances, or for others', () => {
    const entry = (...instances: string[]): Entry => ({
      state: 'granted',
      at: at(0),
      until: null,
      instances,
    });
    const all: Entry = { state: 'granted', at: at(0), until: null };
    expect(sameInstances(entry('a', 'b'), entry('a', 'b'))).toBe(true);
    for (const other of [entry('a'), entry('ab'), entry(), all])
      expect([other, sameInstances(entry('a', 'b'), other)]).toEqual([other, false]);
    expect([sameInstances(entry(), all), sameInstances(all, all)]).toEqual([false, true]);
  });
});
