import { page } from '../../../cli/report/page.ts';
import { invocationAnswerSchema } from '../../../events/invocation-answer.ts';
import { ApiError } from '../../../local/cloud/error.ts';
import { clientFaults } from '../../../shared/admission/authenticate/clients.ts';
import { readRequesters } from '../../../shared/admission/requesters.ts';
import { readConfig } from '../../../shared/runtime/config.ts';
import { messageOf } from '../../../shared/runtime/errors.ts';
import { REQUESTER } from '../../kit/accounts.ts';
import { type Built, openBuilt } from '../built.ts';
import { Dice } from '../dice.ts';
import { without } from '../requests.ts';
import { scenario } from '../scenario.ts';
import { fileWith, httpWith, PLANTED, planted, requestWith } from '../secrets/planted.ts';

interface Case {
  readonly seed: number;
  readonly runs: readonly number[];
}

/** Runs of one world, whose secrets are its own. */
const RUNS = 200;
const FAULTS = [
  'NoPermission',
  'SignatureDoesNotMatch',
  'InvalidSecurityToken.Expired',
  'InvalidAccessKeyId.NotFound',
  'ServiceUnavailable',
] as const;

export const secrets = scenario<Case>({
  id: 'secrets',
  promise:
    'any runs with planted keys, tokens and passwords, DEBUG on: 0 sightings in logs, replies, errors and reports',
  where: 'built functions',
  unit: 'runs',
  full: 10_000,
  short: 20,
  seconds: 80,
  *cases(seed, runs) {
    for (let from = 0; from < runs; from += RUNS)
      yield {
        seed: seed * 100_003 + from,
        runs: Array.from({ length: Math.min(RUNS, runs - from) }, (_, at) => at),
      };
  },
  async attempt({ seed, runs }) {
    const environment = { ...planted(new Dice(seed, 'environment')), DEBUG: '*', PATIENCE_SECONDS: '0' };
    const built = await openBuilt({ environment, requesters: PLANTED, weather: { seed } });
    const watched = watch(
      built,
      Object.values(environment).filter((value) => value.length > 3),
    );
    try {
      const wrong: string[] = [];
      let most = 0;
      for (const run of runs) {
        const dice = new Dice(seed, `run ${run}`);
        const output = await outputOf(built, dice, environment, watched);
        const held = [...watched];
        most = Math.max(most, held.length);
        for (const secret of held)
          if (
            [secret, Buffer.from(secret).toString('base64'), encodeURIComponent(secret)].some((one) =>
              output.includes(one),
            )
          )
            wrong.push(`run ${run} shows ${secret.slice(0, 8)}...: ${around(output, secret)}`);
        if (wrong.length > 0) break;
      }
      return { runs: runs.length, wrong, figure: most };
    } finally {
      await built.close();
    }
  },
  tell: ({ seed, runs }) => [`world ${seed}, runs ${runs.slice(-10).join(', ')}`],
  *smaller(one) {
    yield { ...one, runs: one.runs.slice(-1) };
    for (const runs of without(one.runs)) yield { ...one, runs };
  },
  worst: (figure) => `${figure} secrets looked for at once`,
});

/** Everything secret that there is: what was planted, the keys of both accounts, and those of each session as it is made. */
function watch({ ready, world, httpToken }: Built, own: readonly string[]): Set<string> {
  const held = new Set([ready.owner.accessKeySecret, ready.requester.accessKeySecret, httpToken, ...own]);
  const add = world.sts.add.bind(world.sts);
  world.sts.add = (session) => {
    for (const one of [session.accessKeyId, session.accessKeySecret, session.securityToken]) held.add(one);
    add(session);
  };
  return held;
}

/** One run, and all that came out of it. */
async function outputOf(
  built: Built,
  dice: Dice,
  environment: Record<string, string>,
  held: Set<string>,
): Promise<string> {
  const kind = dice.int(0, 19);
  if (kind < 3) return message(built, dice, held);
  if (kind < 5) return report(built);
  if (kind < 9) return settings(dice, environment, held);
  const event = httpWith(dice, environment, (secret) => held.add(secret));
  return invoke(built, 'intake', event);
}

/** A request whose calls fail, with errors that repeat what was sent, as the vendor's do. */
async function message(built: Built, dice: Dice, held: Set<string>): Promise<string> {
  const code = dice.pick(FAULTS);
  const at = dice.int(1, 20);
  let calls = 0;
  built.world.weather.faults.push({
    at: 'before',
    times: dice.pick([1, 3, Number.POSITIVE_INFINITY]),
    error: new ApiError(
      code === 'ServiceUnavailable' ? 503 : 403,
      code,
      `server string to sign is: ${[...held].join('&')}`,
    ),
    matches: ({ service, operation }) => {
      calls += 1;
      // The platform's own record to a destination is signed by nobody, so nothing can be repeated of it.
      return calls >= at && service !== 'mns' && operation !== 'Destination';
    },
  });
  built.publish(requestWith(dice, (secret) => held.add(secret)));
  await built.settle();
  return said(built);
}

/** The evidence as the command line gets it, and the page that it makes of it. */
async function report(built: Built): Promise<string> {
  const text = await invoke(built, 'verify', { verify: { requesterUid: REQUESTER } });
  const { roles } = invocationAnswerSchema.parse(JSON.parse(text.split('\n')[0] ?? ''));
  return text + page(roles, { owners: [{ uid: built.owner.uid }], madeAt: '2026-11-23T10:00:00.000Z' });
}

/** Settings with a secret where none belongs. */
function settings(dice: Dice, environment: Record<string, string>, held: Set<string>): string {
  const text = fileWith(dice, (secret) => held.add(secret));
  const tries = [() => readRequesters(text), () => readConfig({ ...environment, OWNER_UID: '' }, 'cn-x')];
  const errors = tries.map((one) => {
    try {
      return JSON.stringify(one());
    } catch (error) {
      return messageOf(error);
    }
  });
  const { clients } = readRequesters(JSON.stringify(PLANTED));
  return [errors[0]?.startsWith('{') ? '' : errors[0], errors[1], ...clientFaults(clients, environment)].join(
    '\n',
  );
}

/** Hands an event to a function; its answer is the first line. */
async function invoke(built: Built, name: string, event: object): Promise<string> {
  const fn = built.host.find(built.owner.uid, `dms-handshake-${name}`);
  const { body } = await built.clock.during(
    fn.run(built.host.nextRequestId(), Buffer.from(JSON.stringify(event))),
  );
  await built.settle();
  return `${body.toString()}\n${said(built)}`;
}

/** What functions said since the last time: logs, replies, dead letters, what reached no destination. */
function said(built: Built): string {
  const all = [built.logs(), built.everyReply(), built.deadLetters(), built.host.undelivered].map((one) =>
    JSON.stringify(one),
  );
  built.world.weather.reset();
  built.forgetSoFar();
  return all.join('\n');
}

const around = (text: string, secret: string): string => {
  const at = Math.max(0, text.indexOf(secret));
  return `${text.slice(Math.max(0, at - 120), at)}[here]`;
};
