import fc from 'fast-check';
import { beforeAll, expect, it } from 'vitest';
import { provision } from '../../../functions/provision/provision.ts';
import { ALL_ENGINES, CATALOGUE } from '../../../shared/catalogue/catalogue.ts';
import { REQUESTER } from '../../kit/accounts.ts';
import { type Direct, direct } from '../../kit/direct.ts';
import { CONSOLE_ROLE, ROLE, roleOf } from '../../kit/roles.ts';
import { NOW } from '../../kit/signing-keys.ts';
import * as ways from './ways.ts';

const RUNS = 30;
const MARK = '\ufeff';

/** Engines by id and by the vendor's name; few, so that what is granted before is met. */
const NAMES = [...ALL_ENGINES, ...Object.values(CATALOGUE).flatMap(({ names }) => names.slice(0, 1))];
const engines = fc.uniqueArray(fc.oneof(fc.constantFrom('redis', 'gdb'), fc.constantFrom(...NAMES)), {
  minLength: 1,
  maxLength: 4,
});
const expiresAt = fc.constantFrom(
  ...['2027-01-31T00:00Z', '2027-01-31T09:00+09:00', '20270131T000000.5+0000', 'never'],
);
const optional = {
  requestId: fc.stringMatching(/^[A-Za-z0-9._:-]{1,40}$/),
  reference: fc.string({ unit: 'grapheme', maxLength: 40 }),
  traceparent: fc.constant('00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01'),
};
const registering = fc.record(
  {
    engines,
    access: fc.constant('register'),
    connections: fc.subarray(['vpc', 'dedicated-line'], { minLength: 1 }),
    ...optional,
  },
  { requiredKeys: ['engines'] },
);
const console = fc.record(
  {
    access: fc.constant('console'),
    users: fc.uniqueArray(fc.constantFrom('alice', 'bob', 'c.d'), { minLength: 1 }),
    ...optional,
  },
  { requiredKeys: ['access'] },
);
const action = (name: string) => fc.constant({ action: name });
const merged = (...parts: readonly fc.Arbitrary<object>[]): fc.Arbitrary<object> =>
  fc.tuple(...parts).map((all) => Object.assign({}, ...all));
const ends = fc.record({ expiresAt });
const narrow = fc.oneof(
  fc.constant({}),
  fc.constant({ readOnly: true }),
  fc.constant({ engines: ['redis'], instances: { redis: ['r-1', 'r-2'] } }),
);
const uid = fc.constantFrom(REQUESTER, Number(REQUESTER)).map((requesterUid) => ({ requesterUid }));
/**
 * Every request that the schema takes, and some that the catalogue refuses: `readOnly` of an engine that cannot be
 * narrowed.
 */
const bodies = merged(
  uid,
  fc.oneof(
    merged(registering, fc.option(ends, { nil: {} }), narrow),
    merged(action('grant'), console, fc.option(ends, { nil: {} })),
    merged(action('extend'), fc.oneof(registering, console), ends),
    merged(fc.constantFrom({ action: 'revoke' }, { action: 'verify' }), fc.oneof(registering, console)),
    merged(action('revoke'), fc.record(optional, { requiredKeys: [] })),
  ),
) as fc.Arbitrary<ways.Body>;

const FIELDS = ['engines', 'access', 'connections', 'users', 'expiresAt', 'instances', 'readOnly'];
/** With `null` for each field that was left out. */
const withNulls = (body: ways.Body): ways.Body => ({
  ...Object.fromEntries([...FIELDS, 'reference', 'requestId', 'traceparent'].map((field) => [field, null])),
  ...body,
});

let before: Direct;
beforeAll(async () => {
  before = await direct(false, { requesters: ways.PLAIN });
  before.clock.advance(NOW - 60_000 - before.clock.now());
  for (const wanted of [{ engines: ['redis', 'gdb'] }, { access: 'console' }]) {
    const body = JSON.stringify({ requesterUid: REQUESTER, requestId: 'before', ...wanted });
    const delivery = { ...ways.deliveryOf(ways.topicEvent(body)), publishedAt: before.clock.now() };
    expect((await provision(delivery, before.settings, before.provisionPorts())).result).toBe('applied');
  }
});

/**
 * The outcome and what RAM holds then; or only that the request was refused. An id that was not `named` is made on
 * the way.
 */
async function comesOf(arrived: ways.Arrived, signed: boolean, named: boolean): Promise<unknown> {
  if ('refused' in arrived) return 'refused';
  const at = await before.fork();
  at.clock.advance(NOW + 60_000 - at.clock.now());
  const settings = { ...at.settings, requesters: signed ? ways.SIGNING : ways.PLAIN };
  const outcome = await provision(ways.deliveryOf(arrived.event), settings, at.provisionPorts());
  if (outcome.problem?.code === 'invalid-request' || outcome.problem?.code === 'unknown-engine')
    return 'refused';
  // Of the words that were sent, not of what they mean: `ClickHouse` and `clickhouse` have two.
  const { fingerprint: _, requestId, ...rest } = outcome;
  const roles = [ROLE, CONSOLE_ROLE].map((name) => {
    const role = roleOf(at, name);
    return (
      role && {
        trust: role.trust,
        tags: [...role.tags].sort(),
        attached: role.attachments.map((a) => a.policyName),
      }
    );
  });
  return { outcome: rest, requestId: named ? requestId : 'made', roles, writes: at.writes };
}

/** Every way in which one text can arrive. */
const arrivals = async (
  body: ways.Body,
  mark: string,
): Promise<readonly (readonly [string, ways.Arrived, boolean])[]> => {
  const text = mark + JSON.stringify(body);
  return [
    ['topic', { event: ways.topicEvent(text) }, false],
    ['topic in base64', { event: ways.topicEvent(ways.base64(text)) }, false],
    ['HTTP', await ways.overHttp(text), false],
    ['HTTP, signed', await ways.overHttp(text, true), true],
    ['envelope', { event: ways.topicEvent(mark + ways.envelope(text)) }, true],
    ['envelope in base64', { event: ways.topicEvent(ways.base64(mark + ways.envelope(text))) }, true],
    ['queue', { event: ways.queueEvent(text) }, false],
    ['queue, as an object', { event: ways.queueEvent(body) }, false],
  ];
};

it('one request has one outcome, whichever way it comes and however its sender writes JSON', async () => {
  const seen = new Set<string>();
  await fc.assert(
    fc.asyncProperty(bodies, fc.constantFrom('', MARK), fc.boolean(), async (body, mark, nulls) => {
      const named = body['requestId'] !== undefined;
      const expected = await comesOf({ event: ways.topicEvent(JSON.stringify(body)) }, false, named);
      for (const [way, arrived, signed] of await arrivals(nulls ? withNulls(body) : body, mark))
        expect([way, await comesOf(arrived, signed, named)]).toEqual([way, expected]);
      if (ways.hasWords(body))
        expect(['command line', await comesOf(await ways.overCommandLine(body), false, named)]).toEqual([
          'command line',
          expected,
        ]);
      seen.add(expected === 'refused' ? 'refused' : JSON.parse(JSON.stringify(expected)).outcome.result);
    }),
    { numRuns: RUNS },
  );
  expect(seen).toContain('applied');
});
