import { describe, expect, it } from 'vitest';
import type { Problem } from '../../../events/problem.ts';
import { type Request, requestSchema } from '../../../events/request.ts';
import { ALL_ENGINES } from '../../../shared/catalogue/catalogue.ts';
import type { EngineId } from '../../../shared/catalogue/engine.ts';
import { type Grants, grants } from '../../../shared/catalogue/grants.ts';
import { isGrants, resolveAsked } from '../../../shared/catalogue/resolve-engines.ts';
import { whyNotInstances, whyNotReadOnly } from '../../../shared/catalogue/scope.ts';
import { enginePolicy } from '../../../shared/reconcile/desired.ts';
import { readRecord } from '../../../shared/record/record.ts';
import { millis } from '../../../shared/runtime/millis.ts';
import { OWNER } from '../../kit/accounts.ts';
import { MODIFYING } from '../../kit/procedure.ts';

const request = (fields: object): Request =>
  requestSchema.parse({ requesterUid: '1000000000000001', ...fields });

function asked(fields: object): Grants {
  const found = resolveAsked(request(fields));
  if (!isGrants(found)) throw new Error(found.detail);
  return found;
}

function refusal(fields: object): Pick<Problem, 'code' | 'detail'> {
  const found = resolveAsked(request(fields));
  if (isGrants(found)) throw new Error('it was not refused');
  return { code: found.code, detail: found.detail };
}

const narrowed = (id: EngineId, instances: readonly string[]): Grants =>
  grants([id], [], new Map([[id, instances]]));

describe('the document of a narrowed grant', () => {
  it.each(Object.entries(MODIFYING))(
    '%s: all but the modifying right, when it only reads',
    (id, [action]) => {
      const whole = enginePolicy(asked({ engines: [id] }), OWNER);
      const reading = enginePolicy(asked({ engines: [id], readOnly: true }), OWNER);
      const actions = whole?.document.Statement.flatMap((one) => one.Action) ?? [];
      expect(actions).toContain(action);
      expect(reading?.document.Statement).toEqual([
        { Action: actions.filter((one) => one !== action), Resource: '*', Effect: 'Allow' },
      ]);
    },
  );

  it.each(Object.entries(MODIFYING).filter(([, [, arn]]) => arn !== null))(
    '%s: the modifying right for the named instances, and reading for all',
    (id, [action, arn]) => {
      const policy = enginePolicy(
        asked({ engines: [id], instances: { [id]: ['i-2', 'i-1', 'i-2'] } }),
        OWNER,
      );
      expect(policy?.document.Statement[1]).toEqual({
        Action: [action],
        Resource: [arn, arn?.replace('i-1', 'i-2')],
        Effect: 'Allow',
      });
      expect(policy?.document.Statement[0]?.Resource).toBe('*');
      expect(policy?.document.Statement[0]?.Action).not.toContain(action);
    },
  );

  it('no other engine has a right that modifies', () => {
    const rest = ALL_ENGINES.filter((id) => !(id in MODIFYING) && whyNotReadOnly(id) === null);
    expect(rest).toEqual(['gdb', 'hologres', 'oceanbase']);
    for (const id of rest) {
      const actions = enginePolicy(asked({ engines: [id] }), OWNER)?.document.Statement.flatMap(
        (one) => one.Action,
      );
      expect(actions?.filter((action) => !/:(Describe|List|Get)/.test(action))).toEqual([]);
      expect(asked({ engines: [id], readOnly: true })).toEqual(asked({ engines: [id] }));
    }
  });

  it('leaves the other engines as the vendor documents them', () => {
    const both = enginePolicy(asked({ engines: ['gdb', 'redis'], instances: { Tair: ['r-1'] } }), OWNER);
    expect(both?.document.Statement[0]).toEqual(
      enginePolicy(asked({ engines: ['gdb'] }), OWNER)?.document.Statement[0],
    );
    expect(both?.document.Statement).toHaveLength(3);
  });
});

describe('the name of its policy', () => {
  const name = (set: Grants, owner = OWNER) => enginePolicy(set, owner)?.name;

  it('ends in a digest of what it is narrowed to, and is the plain one otherwise', () => {
    expect(name(narrowed('redis', []))).toMatch(/^DmsCrossAccountPolicy-redis-[0-9a-f]{20}$/);
    expect(name(grants(['redis'], []))).toBe('DmsCrossAccountPolicy-redis');
  });

  it('differs wherever the document differs', () => {
    const names = [
      name(grants(['redis'], [])),
      name(narrowed('redis', [])),
      name(narrowed('redis', ['r-1'])),
      name(narrowed('redis', ['r-1', 'r-2'])),
      name(narrowed('redis', ['r-1-r-2'])),
      name(narrowed('redis', ['r-1']), '2000000000000003'),
      name(grants(['lindorm', 'redis'], [], new Map([['lindorm', ['r-1']]]))),
      name(grants(['lindorm', 'redis'], [], new Map([['redis', ['r-1']]]))),
    ];
    expect(new Set(names).size).toBe(names.length);
  });

  it('is within what RAM takes for all engines at once', () => {
    const engines = ALL_ENGINES.filter((id) => whyNotReadOnly(id) === null);
    const all = name(grants(engines, ['vpc'], new Map(engines.map((id) => [id, []]))));
    expect(all).toHaveLength(123);
    expect(all).toMatch(/^[A-Za-z0-9-]{1,128}$/);
  });
});

describe('a request that cannot be narrowed as it asks', () => {
  it.each<[string, object, string, readonly string[]]>([
    [
      'an engine that is authorised for all instances only',
      { engines: ['selectdb'], instances: { selectdb: ['s-1'] } },
      'invalid-request',
      ['instances.selectdb', 'selectdb:ModifySecurityIPList', '"readOnly": true'],
    ],
    [
      'an engine that only reads',
      { engines: ['gdb'], instances: { gdb: ['g-1'] } },
      'invalid-request',
      ['instances.gdb', 'only read', 'leave it out'],
    ],
    [
      'an engine that the trust alone serves, for instances',
      { engines: ['rds'], instances: { rds: ['rm-1'] } },
      'invalid-request',
      ['instances.rds', 'trust alone', 'a request of its own'],
    ],
    [
      'an engine that the trust alone serves, for reading',
      { engines: ['redis', 'rds'], readOnly: true },
      'invalid-request',
      ['readOnly', 'rds', 'a request of its own'],
    ],
    [
      'an engine that was not asked for',
      { engines: ['redis'], instances: { lindorm: ['ld-1'] } },
      'invalid-request',
      ['instances.lindorm', '"engines"', 'add it there'],
    ],
    [
      'an engine under two names',
      { engines: ['redis'], instances: { redis: ['r-1'], Tair: ['r-2'] } },
      'invalid-request',
      ['instances.Tair', 'second list for redis', 'make it one'],
    ],
    [
      'a word that is no engine',
      { engines: ['redis'], instances: { redsi: ['r-1'] } },
      'unknown-engine',
      ['instances.redsi', 'nearest is "redis"'],
    ],
  ])('%s', (_what, fields, code, words) => {
    const found = refusal(fields);
    expect(found.code).toBe(code);
    for (const word of words) expect(found.detail).toContain(word);
  });

  it('every engine but those whose modifying right the vendor scopes, for instances', () => {
    const scoped = Object.entries(MODIFYING).flatMap(([id, [, arn]]) => (arn === null ? [] : [id]));
    const refused = ALL_ENGINES.filter((id) => !scoped.includes(id));
    expect(refused).toHaveLength(ALL_ENGINES.length - 4);
    for (const id of refused) {
      const { code, detail } = refusal({ engines: [id], instances: { [id]: ['i-1'] } });
      expect([code, detail]).toEqual(['invalid-request', expect.stringContaining(`instances.${id}: `)]);
    }
  });

  it('more ids than a tag holds', () => {
    const ids = Array.from({ length: 10 }, (_, n) => `r-bp1zxszhcgatnx${n}0`);
    const nine = asked({ engines: ['redis'], instances: { redis: ids.slice(1) } });
    expect(nine.narrowed.get('redis')).toHaveLength(9);
    expect(refusal({ engines: ['redis'], instances: { redis: ids } }).detail).toBe(
      "instances.redis has 10 ids of 189 characters together, and a role's tag holds 180; name fewer.",
    );
  });

  it.each<[string, object, string]>([
    [
      'for instances and for reading',
      { engines: ['redis'], readOnly: true, instances: { redis: ['r-1'] } },
      'instances',
    ],
    ['of a console role', { access: 'console', readOnly: true }, 'readOnly'],
    ['of a console role', { access: 'console', instances: { redis: ['r-1'] } }, 'instances'],
    ['in a verify', { action: 'verify', instances: { redis: ['r-1'] } }, 'instances'],
    ['in a revoke, for reading', { action: 'revoke', readOnly: true }, 'readOnly'],
    ['in a revoke', { action: 'revoke', engines: ['redis'], instances: { redis: ['r-1'] } }, 'instances'],
    ['of no instance', { engines: ['redis'], instances: { redis: [] } }, 'instances.redis'],
    ['of all instances', { engines: ['redis'], instances: { redis: ['*'] } }, 'instances.redis.0'],
    ['of an id in upper case', { engines: ['redis'], instances: { redis: ['R-1'] } }, 'instances.redis.0'],
    [
      'of an ARN',
      { engines: ['redis'], instances: { redis: ['acs:kvstore:*:*:instance/r-1'] } },
      'instances.redis.0',
    ],
    ['by a word', { engines: ['redis'], readOnly: 'yes' }, 'readOnly'],
  ])('%s is refused by its form', (_what, fields, path) => {
    const parsed = requestSchema.safeParse({ requesterUid: '1000000000000001', ...fields });
    expect(parsed.error?.issues.map((issue) => issue.path.join('.'))).toEqual([path]);
  });
});

describe('a record tag that says how far a grant goes', () => {
  const read = (key: string, value: string) => readRecord(new Map([[key, value]]), millis(8e15));
  const AT = 'granted 2026-11-23T10:00:00.000Z';

  it('is read', () => {
    const { entries, unreadable } = read('dms-engine-redis', `${AT} on r-1 r-2`);
    expect([entries.get('redis')?.instances, unreadable]).toEqual([['r-1', 'r-2'], []]);
    expect(read('dms-engine-redis', `${AT} read-only`).entries.get('redis')?.instances).toEqual([]);
  });

  it.each([
    ['dms-engine-redis', `${AT} on r-2 r-1`],
    ['dms-engine-redis', `${AT} on r-1 r-1`],
    ['dms-engine-redis', `${AT} on r-1  r-2`],
    ['dms-engine-redis', `${AT} on`],
    ['dms-engine-redis', `${AT} on *`],
    ['dms-engine-redis', `${AT} on R-1`],
    ['dms-engine-redis', `${AT} on r-1 until 2026-12-01T00:00:00.000Z`],
    ['dms-engine-selectdb', `${AT} on s-1`],
    ['dms-engine-gdb', `${AT} read-only`],
    ['dms-engine-rds', `${AT} read-only`],
    ['dms-connection-vpc', `${AT} read-only`],
    ['dms-console-account', `${AT} read-only`],
  ])('grants nothing where nobody here wrote it: %s = %s', (key, value) => {
    const { entries, unreadable } = read(key, value);
    expect([entries.size, unreadable]).toEqual([0, [key]]);
  });

  it('says of no engine that it can be for instances and cannot be for reading', () => {
    for (const id of ALL_ENGINES) if (whyNotInstances(id) === null) expect(whyNotReadOnly(id)).toBeNull();
  });
});
