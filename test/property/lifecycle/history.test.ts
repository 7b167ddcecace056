import fc from 'fast-check';
import { expect, it } from 'vitest';
import { grantedAt, spansOf } from '../../../cli/history/timeline.ts';
import type { HistoryLine } from '../../../events/history.ts';
import type { Outcome } from '../../../events/outcome.ts';
import { provision } from '../../../functions/provision/provision.ts';
import { grantTexts } from '../../../shared/record/grant-texts.ts';
import { type AccessRecord, liveIds, readRecord } from '../../../shared/record/record.ts';
import { seenLine, writeLine } from '../../../shared/requests/history-line.ts';
import { millis } from '../../../shared/runtime/millis.ts';
import { REQUESTER } from '../../kit/accounts.ts';
import { cases } from '../../kit/cases.ts';
import { type Direct, direct, topicOf } from '../../kit/direct.ts';
import type { Hook } from '../../kit/direct-api.ts';
import { MINUTE } from '../../kit/time.ts';
import { ENGINES } from './model.ts';

/** One attempt to deliver a request: at which write provision dies, before or after its effect; or its answer is lost. */
const death = fc.option(fc.record({ write: fc.integer({ min: 1, max: 4 }), effect: fc.boolean() }), {
  freq: 2,
});
const step = fc.record({
  action: fc.constantFrom('grant' as const, 'grant' as const, 'revoke' as const),
  engines: fc.subarray([...ENGINES]),
  /** Minutes after the request at which the grant ends. */
  ends: fc.option(fc.integer({ min: 1, max: 40 }), { freq: 3 }),
  death,
  lost: fc.boolean(),
  /** How many steps later it is delivered once more; 0: never. */
  again: fc.integer({ min: 0, max: 3 }),
});

const RUNS = cases(500);

class Died extends Error {}

/** Ends the invocation at a write. Every call takes a millisecond. */
const dying =
  (at: Direct, when: { write: number; effect: boolean } | null): Hook =>
  async ({ kind }) => {
    at.clock.advance(1);
    if (kind === 'read' || when === null) return undefined;
    when.write -= 1;
    if (when.write !== 0) return undefined;
    if (!when.effect) throw new Died();
    return () => {
      throw new Died();
    };
  };

/** The record as RAM holds it at this moment. */
function recordNow(at: Direct): AccessRecord {
  const role = at.owner.ram.findRole(`dms-cross-account-${REQUESTER}`);
  return readRecord(role?.tags ?? new Map(), at.clock.now());
}

it('from its lines alone a history says who had what at any moment, whoever died at whichever write', async () => {
  let deaths = 0;
  let moments = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 2, maxLength: 5 }), async (steps) => {
      const at = await direct();
      const lines: HistoryLine[] = [];
      /** The model: what RAM held, and from when on. */
      const truth: { from: number; record: AccessRecord }[] = [];
      const queue = steps.map((one) => ({ ...one, body: '', at: 0, tries: 0 }));
      for (let index = 0; index < queue.length; index += 1) {
        const one = queue[index];
        if (one === undefined) break;
        at.clock.advance(MINUTE);
        if (one.tries === 0) {
          one.at = at.clock.now();
          one.body = JSON.stringify({
            requesterUid: REQUESTER,
            action: one.action,
            ...(one.engines.length > 0
              ? { engines: one.engines }
              : one.action === 'grant'
                ? { engines: ['redis'] }
                : {}),
            ...(one.ends === null || one.action === 'revoke'
              ? {}
              : { expiresAt: new Date(one.at + one.ends * MINUTE).toISOString() }),
          });
        }
        const { body } = one;
        const delivery = {
          body,
          messageId: `m-${one.at}`,
          publishedAt: millis(one.at),
          topic: topicOf(REQUESTER),
        };
        const ports = {
          ...at.provisionPorts(dying(at, one.tries === 0 && one.death !== null ? { ...one.death } : null)),
          note: (write: Parameters<typeof writeLine>[0]) =>
            void lines.push(writeLine(write, delivery.messageId, at.clock.now())),
        };
        let outcome: Outcome | null = null;
        try {
          outcome = await provision(delivery, at.settings, ports);
        } catch (error) {
          if (!(error instanceof Died)) throw error;
          deaths += 1;
        }
        const after = one.lost ? null : (outcome?.after ?? null);
        if (outcome !== null && after !== null) {
          lines.push(seenLine({ ...outcome, requesterUid: REQUESTER }, after, at.clock.now()));
          // Where the role cannot be asked, what provision saw when it had nothing left to write says as much.
          expect(spansOf(lines, null).at(-1)?.grants).toEqual(grantTexts(recordNow(at)));
        }
        truth.push({ from: at.clock.now(), record: recordNow(at) });
        if (one.again > 0 && one.tries === 0)
          queue.splice(index + one.again, 0, { ...one, tries: 1, lost: false });
      }
      const text = JSON.parse(JSON.stringify(lines)) as HistoryLine[];
      const spans = spansOf(text, grantTexts(recordNow(at)));
      for (const [index, { from, record }] of truth.entries()) {
        const until = (truth[index + 1]?.from ?? from + 60 * MINUTE) - MINUTE / 2;
        for (let moment = from; moment < until; moment += MINUTE / 4) {
          moments += 1;
          const wanted = liveIds(record, millis(moment));
          expect(grantedAt(spans, moment)).toEqual(wanted);
        }
      }
    }),
    { numRuns: RUNS },
  );
  expect(deaths).toBeGreaterThan(RUNS / 3);
  expect(moments).toBeGreaterThan(RUNS * 8);
});
