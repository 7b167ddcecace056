import { describe, expect, it } from 'vitest';
import { show, sidesOf } from '../../../cli/bootstrap/bootstrap.ts';
import { applyPlan } from '../../../cli/bootstrap/carry-out.ts';
import { prove, type Written } from '../../../cli/bootstrap/prove.ts';
import type { Side, Site } from '../../../cli/site.ts';
import { terminal } from '../../../cli/ui/terminal.ts';
import { probeSchema } from '../../../events/probe.ts';
import probe from '../../../events/samples/probe.json' with { type: 'json' };
import { Credentials } from '../../../shared/alicloud/credentials.ts';
import { CloudError } from '../../../shared/alicloud/errors.ts';
import { millis } from '../../../shared/runtime/millis.ts';
import { OWNER, REQUESTER } from '../../kit/accounts.ts';
import { TestClock } from '../../kit/clock.ts';

/** How the steps of bootstrap are carried out, and how those that made a subscription are proved. */

/** As from a network: after everything that does not wait for it. */
const later = () => new Promise((resolve) => setImmediate(resolve));

const refused = (code: string, status = 409) =>
  new CloudError({ what: 'RAM CreateRole', code, status, requestId: null, retryAfterMs: null, denied: null });

/** Runs one step that fails with these errors, one a time, and then succeeds. */
async function run(operation: string, ...errors: readonly Error[]) {
  const clock = new TestClock();
  const left = [...errors];
  let runs = 0;
  const step = {
    operation,
    target: 'x',
    reason: 'a test',
    run: async () => {
      runs += 1;
      const error = left.shift();
      if (error !== undefined) throw error;
    },
  };
  const thrown = await applyPlan([step], () => undefined, clock).then(
    () => null,
    (error: unknown) => error,
  );
  return { thrown, runs, waits: clock.waits };
}

describe('a step of bootstrap', () => {
  it('that is refused its right ends at once, with the message of the refusal', async () => {
    const error = refused('NoPermission', 403);
    expect(await run('create-role', error)).toEqual({ thrown: error, runs: 1, waits: [] });
  });

  it('that fails in a way that nobody foresaw is not hidden', async () => {
    const error = new TypeError('a fault of ours');
    expect(await run('create-role', error)).toEqual({ thrown: error, runs: 1, waits: [] });
  });

  it('that comes before RAM knows what was just made is tried again', async () => {
    const early = refused('EntityNotExist.Role', 404);
    expect(await run('attach-policy', early, early)).toEqual({ thrown: null, runs: 3, waits: [500, 1_000] });
  });

  it('is tried again after the pause, and not before', async () => {
    const order: string[] = [];
    const slow = {
      now: () => millis(0),
      sleep: async (ms: number) => {
        await later();
        order.push(`waited ${ms} ms`);
      },
    };
    const run = async () => {
      order.push('tried');
      if (order.length === 1) throw refused('EntityNotExist.Role', 404);
    };
    await applyPlan([{ operation: 'attach-policy', target: 'x', reason: '', run }], () => undefined, slow);
    expect(order).toEqual(['tried', 'waited 500 ms', 'tried']);
  });

  it('that is never taken ends with its last error after 15 s', async () => {
    const early = refused('EntityNotExist.Role', 404);
    const { thrown, runs, waits } = await run('attach-policy', ...new Array(6).fill(early));
    expect([thrown, runs, waits.reduce((sum, ms) => sum + ms, 0)]).toEqual([early, 6, 15_000]);
  });

  it('whose first answer was lost finds what it did', async () => {
    for (const [operation, code] of [
      ['create-role', 'EntityAlreadyExists.Role'],
      ['delete-policy', 'EntityNotExist.Policy'],
      ['detach-policy', 'EntityNotExist.Role.Policy'],
    ] as const)
      expect(await run(operation, refused(code))).toEqual({ thrown: null, runs: 1, waits: [] });
  });

  it('of a policy that is still in use is tried again', async () => {
    const busy = refused('DeleteConflict.Policy.Role');
    expect(await run('delete-policy', busy)).toEqual({ thrown: null, runs: 2, waits: [500] });
  });

  it('that failed leaves those after it undone', async () => {
    const done: string[] = [];
    const step = (target: string, error?: Error) => ({
      operation: 'create-role',
      target,
      reason: 'a test',
      run: async () => {
        if (error !== undefined) throw error;
        done.push(target);
      },
    });
    const steps = [step('a'), step('b', refused('NoPermission', 403)), step('c')];
    await expect(applyPlan(steps, () => undefined, new TestClock())).rejects.toThrow('NoPermission');
    expect(done).toEqual(['a']);
  });
});

const PROBE = probeSchema.parse(probe);
const siteOf = (accountId: string): Site => ({
  clock: new TestClock(),
  region: 'cn-hangzhou',
  accountId,
  ownerUid: OWNER,
  credentials: new Credentials({ accessKeyId: 'id', accessKeySecret: 'x' }, millis(0)),
  endpoint: null,
  local: null,
});

/** What was written in an account, each `operation target`. */
function written(side: Side, ...steps: readonly string[]): Written {
  return {
    side,
    site: siteOf(side === 'owner' ? OWNER : REQUESTER),
    replyTopic: 'replies',
    conflicts: [],
    steps: steps.map((step) => {
      const [operation = '', target = ''] = step.split(' ');
      return { operation, target, reason: 'a test', run: async () => undefined };
    }),
  };
}

/** Proves what was written where messages arrive, or only those for some; tells what was done and said. */
async function proved(sides: readonly Written[], arrives: (queueOf: string) => boolean = () => true) {
  const done: string[] = [];
  const told: string[] = [];
  const ended = await prove(sides, (text) => told.push(text), {
    send: async (site, topic, uid) => {
      done.push(`${site.accountId} sends to ${topic} for ${uid}`);
      return { ...PROBE, id: `probe-${uid}` };
    },
    receive: async (site, queue, waitMs, id) => {
      done.push(`${site.accountId} waits ${waitMs} ms at ${queue} for ${id ?? 'any'}`);
      await later();
      return arrives(site.accountId) ? PROBE : null;
    },
  });
  return { ended, done, told };
}

describe('a subscription that bootstrap made', () => {
  const subscribed = written('owner', 'create-topic replies', `subscribe requester-${REQUESTER}`);
  const A = `npx dms-handshake doctor --prove --side requester --owner ${OWNER}`;

  it('is proved by a message from account B to account A, where both are at hand, in any order', async () => {
    const both = [subscribed, written('requester')];
    for (const sides of [both, both.toReversed()])
      expect(await proved(sides)).toEqual({
        ended: true,
        done: [
          `${OWNER} sends to replies for ${REQUESTER}`,
          `${REQUESTER} waits 30000 ms at replies for probe-${REQUESTER}`,
        ],
        told: [`replies reach account ${REQUESTER}: a message came through to its queue`],
      });
  });

  it('is not proved where the message does not come through', async () => {
    const { ended, told } = await proved([subscribed, written('requester')], () => false);
    expect([ended, told]).toEqual([
      false,
      [`replies do not reach account ${REQUESTER}: a message did not come through in 30 s`],
    ]);
  });

  it('of an account that is not at hand is proved there: it says by what', async () => {
    const three = written('owner', 'subscribe requester-3');
    for (const sides of [[three], [three, written('requester')]])
      expect(await proved(sides)).toEqual({
        ended: true,
        done: [`${OWNER} sends to replies for 3`],
        told: [`a message is on its way to the queue of account 3; to see it arrive: ${A}`],
      });
  });

  it('fails the whole where one of two is not proved, whichever comes first', async () => {
    const two = [`subscribe requester-${REQUESTER}`, 'subscribe requester-3'];
    for (const steps of [two, two.toReversed()]) {
      const { ended, told } = await proved([written('owner', ...steps), written('requester')], () => false);
      expect([ended, told.length]).toEqual([false, 2]);
    }
  });

  it('is all that is proved: neither what was left alone, nor the queue of the owner', async () => {
    const others = written('owner', 'subscribe owner', 'create-role requester-3', 'create-queue replies');
    expect(await proved([others, written('requester')])).toEqual({ ended: true, done: [], told: [] });
  });
});

describe('account A by itself', () => {
  it('waits for what account B sent, where something was written', async () => {
    const made = [written('requester', 'create-queue replies')];
    expect(await proved(made)).toEqual({
      ended: true,
      done: [`${REQUESTER} waits 20000 ms at replies for any`],
      told: [`replies reach this account: a message of ${PROBE.time} came through to its queue`],
    });
    // Account B may not have been set up yet: nothing is wrong.
    const { ended, told } = await proved(made, () => false);
    expect([ended, told]).toEqual([
      true,
      [
        `no message of account ${OWNER} has come through yet; once it is set up: npx dms-handshake doctor --prove --side requester --owner ${OWNER}`,
      ],
    ]);
  });

  it('waits for nothing where nothing was written', async () => {
    for (const sides of [[written('requester')], []])
      expect(await proved(sides)).toEqual({ ended: true, done: [], told: [] });
  });
});

describe('what bootstrap tells', () => {
  const PLAIN = terminal({}, {});
  const nothing = written('owner');
  const one = written('owner', 'create-role r');
  const two = written('requester', 'create-queue replies', 'attach-policy r');

  it.each([
    [[nothing], {}, 'nothing to do: everything is as it must be'],
    [[nothing, written('requester')], { dryRun: true }, 'nothing to do: everything is as it must be'],
    [[nothing], { remove: true }, 'nothing to remove: there is nothing that bootstrap made'],
    [[one], {}, `account ${OWNER}\n  + create-role r  a test\n1 change made`],
    [
      [one],
      { dryRun: true },
      `account ${OWNER}\n  + create-role r  a test\n1 change to make; nothing was written`,
    ],
    [
      [one, two],
      {},
      `account ${OWNER}\n  + create-role r  a test\naccount ${REQUESTER}\n  + create-queue replies  a test\n  + attach-policy r  a test\n3 changes made`,
    ],
    [
      [nothing, two],
      { dryRun: true },
      `account ${REQUESTER}\n  + create-queue replies  a test\n  + attach-policy r  a test\n2 changes to make; nothing was written`,
    ],
    [[one], { remove: true }, `account ${OWNER}\n  - create-role r  a test\n1 change made`],
    [
      [two],
      { remove: true, dryRun: true },
      `account ${REQUESTER}\n  - create-queue replies  a test\n  - attach-policy r  a test\n2 changes to make; nothing was written`,
    ],
  ] as const)('of %j with %j is %j', (found, options, text) => {
    expect(show(found, options, PLAIN)).toBe(text);
  });

  it('is in colours on a terminal: what is added green, what goes red', () => {
    const COLOURS = terminal({ isTTY: true }, {});
    const { green, red, dim } = COLOURS.colors;
    expect(show([one], {}, COLOURS)).toContain(`  ${green('+')} create-role r  ${dim('a test')}\n`);
    expect(show([one], { remove: true }, COLOURS)).toContain(`  ${red('-')} create-role r  `);
    expect(green('+')).not.toBe('+');
  });
});

describe('the accounts that bootstrap works in', () => {
  it.each([
    [{}, ['owner']],
    [{ local: true }, ['owner', 'requester']],
    [{ side: 'owner' }, ['owner']],
    [{ side: 'requester' }, ['requester']],
    [{ side: 'owner', local: true }, ['owner']],
    [{ side: 'requester', local: true }, ['requester']],
  ] as const)('with %j are %j', (options, sides) => {
    expect(sidesOf(options)).toEqual(sides);
  });
});
