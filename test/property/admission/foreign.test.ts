import fc from 'fast-check';
import { expect, it } from 'vitest';
import { outcomeSchema } from '../../../events/outcome.ts';
import { provision } from '../../../functions/provision/provision.ts';
import { readRequesters } from '../../../shared/admission/requesters.ts';
import { ALL_ENGINES } from '../../../shared/catalogue/catalogue.ts';
import { OWNER, REQUESTER } from '../../kit/accounts.ts';
import { cases } from '../../kit/cases.ts';
import { type Direct, direct } from '../../kit/direct.ts';

const requesters = readRequesters(
  JSON.stringify({
    requesters: [
      { uid: REQUESTER, name: 'a', engines: ['redis', 'rds'], access: ['register'], topics: ['topic-a'] },
      {
        uid: '1000000000000011',
        name: 'b',
        engines: '*',
        access: ['register', 'console'],
        topics: ['topic-b'],
      },
    ],
  }),
);

const foreignEngines = ALL_ENGINES.filter((engine) => engine !== 'redis' && engine !== 'rds');

/** A request that is refused for exactly one reason, with the code of the reason. */
const foreign = fc.oneof(
  fc.record({
    body: fc.record({
      requesterUid: fc.bigInt({ min: 3n, max: 9n * 10n ** 15n }).map(String),
      engines: fc.constant(['redis']),
    }),
    topic: fc.constantFrom('topic-a', 'topic-b'),
    code: fc.constant('requester-not-allowed'),
  }),
  fc.record({
    body: fc.record({
      requesterUid: fc.constant(REQUESTER),
      engines: fc
        .tuple(fc.constantFrom(...foreignEngines), fc.subarray(['redis', 'rds']))
        .map(([bad, good]) => [...good, bad]),
    }),
    topic: fc.constant('topic-a'),
    code: fc.constant('engine-not-allowed'),
  }),
  fc.record({
    body: fc.record({ requesterUid: fc.constant(REQUESTER), access: fc.constant('console') }),
    topic: fc.constant('topic-a'),
    code: fc.constant('access-not-allowed'),
  }),
  fc.record({
    body: fc.record({
      requesterUid: fc.constant(REQUESTER),
      engines: fc.constant(['redis']),
      action: fc.constantFrom('grant', 'revoke', 'verify'),
    }),
    topic: fc
      .oneof(fc.constant('topic-b'), fc.constant(null), fc.string())
      .filter((topic) => topic !== 'topic-a'),
    code: fc.constant('sender-mismatch'),
  }),
  fc.record({
    body: fc.record({ requesterUid: fc.constant(OWNER), engines: fc.constant(['redis']) }),
    topic: fc.constant('topic-a'),
    code: fc.constant('own-account'),
  }),
);

const send = (at: Direct, body: string, topic: string | null, onCall: () => void) =>
  provision(
    { body, messageId: 'm-1', publishedAt: at.clock.now(), topic },
    { ...at.settings, requesters },
    at.provisionPorts(async () => {
      onCall();
      return undefined;
    }),
  );

it('requests with a foreign account, engine, access or topic: 0 calls of RAM, the right code', async () => {
  const at = await direct();
  let calls = 0;
  await fc.assert(
    fc.asyncProperty(foreign, async ({ body, topic, code }) => {
      const outcome = await send(at, JSON.stringify(body), topic, () => {
        calls += 1;
      });
      expect(outcome).toMatchObject({ result: 'rejected', writes: 0, problem: { code } });
    }),
    { numRuns: cases(10_000, 10) },
  );
  expect([calls, at.writes]).toEqual([0, []]);
});

/** Bytes, JSON, and requests with one thing changed. */
const junk = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 200 }),
  fc.json({ maxDepth: 4 }),
  fc
    .tuple(
      fc.constantFrom('requesterUid', 'engines', 'action', 'expiresAt', 'upkeep', '__proto__', 'payload'),
      fc.jsonValue(),
    )
    .map(
      ([key, value]) =>
        `{"requesterUid":"${REQUESTER}","engines":["redis"],${JSON.stringify(key)}:${JSON.stringify(value)}}`,
    ),
  fc.nat(60).map((cut) => JSON.stringify({ requesterUid: REQUESTER, engines: ['redis'] }).slice(cut)),
);

it('messages of anything: never a crash, always an outcome, never a write that was not asked for', async () => {
  const at = await direct();
  await fc.assert(
    fc.asyncProperty(junk, async (body) => {
      const outcome = await send(at, body, 'topic-x', () => undefined);
      expect(outcomeSchema.safeParse(outcome).success).toBe(true);
      expect(['rejected', 'report']).toContain(outcome.result);
    }),
    { numRuns: cases(50_000, 10) },
  );
  expect(at.writes).toEqual([]);
});
