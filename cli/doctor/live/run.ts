import { randomBytes } from 'node:crypto';
import { explainCloud } from '../../../client/explain.ts';
import type { Check } from '../../../events/check.ts';
import { LIVE_PREFIX } from '../../../shared/installation/live.ts';
import { messageOf } from '../../../shared/runtime/errors.ts';
import type { Site } from '../../site.ts';
import { fail, pass, skip } from '../finding.ts';
import BELIEFS from './beliefs.json' with { type: 'json' };
import { burst } from './burst.ts';
import { dmsReads } from './dms.ts';
import { eventuallyFor } from './eventually.ts';
import { functions } from './functions.ts';
import { grant, takeAway } from './grant.ts';
import { narrowed } from './lindorm.ts';
import { logs } from './logs.ts';
import { replies, requests } from './messages.ts';
import { Prefixed } from './prefixed.ts';
import { registration } from './registration.ts';
import { Removals } from './removals.ts';
import { roles } from './roles.ts';
import type { LiveGround, LiveLog, Step } from './step.ts';
import { oddities, structural } from './trusts.ts';

export const STEPS: readonly Step[] = [
  roles,
  grant,
  takeAway,
  structural,
  oddities,
  requests,
  replies,
  functions,
  narrowed,
  burst,
  logs,
  dmsReads,
  registration,
];

export interface LiveOptions {
  readonly owner: Site;
  readonly requester: Site | null;
  readonly requesterUid: string;
  /** How long the cloud may take to show what was written, in ms. */
  readonly patienceMs: number;
  readonly signal: AbortSignal;
  readonly say: (what: string) => void;
  readonly log: LiveLog | null;
  /** Default all. */
  readonly steps?: readonly Step[];
}

/**
 * Makes a grant under names of its own, proves it, takes it back, and looks at every belief on the way. All that it made
 * is taken away, also after a failure or an abort. Answers a check per step, one for the cleaning up, and one per belief.
 */
export async function runLive(options: LiveOptions): Promise<readonly Check[]> {
  const { owner, requester, requesterUid, patienceMs, signal, say, steps: wanted = STEPS } = options;
  const prefix = `${LIVE_PREFIX}${randomBytes(3).toString('hex')}-`;
  const removals = new Removals();
  const at: LiveGround = {
    owner,
    requester,
    requesterUid,
    names: new Prefixed(prefix),
    removals,
    eventually: eventuallyFor(patienceMs, owner.clock, signal),
    waitSeconds: patienceMs > 0 ? 10 : 1,
    patienceMs,
    sessions: { provision: null, verify: null },
    log: options.log,
  };
  const found = new Map<string, Check>();
  const steps: Check[] = [];
  try {
    for (const step of wanted) {
      say(step.what);
      const check = await take(step, at, found, steps, signal);
      steps.push(check);
    }
  } finally {
    say('cleaning up');
    const left = await removals.run(eventuallyFor(Math.max(patienceMs, 1), owner.clock));
    steps.push(
      left.length === 0
        ? pass('live:clean-up', `nothing is left of ${prefix}`)
        : fail('live:clean-up', `left behind: ${left.join('; ')}`, `delete what is called ${prefix}...`),
    );
  }
  return [...steps, ...BELIEFS.map((belief) => verdict(belief, found))];
}

async function take(
  step: Step,
  at: LiveGround,
  found: Map<string, Check>,
  before: readonly Check[],
  signal: AbortSignal,
): Promise<Check> {
  const id = `live:${step.name}`;
  if (signal.aborted) return skip(id, 'interrupted');
  if (step.both && at.requester === null) return skip(id, 'needs keys of account A');
  const missing = step.after.find((name) =>
    before.some((one) => one.id === `live:${name}` && one.status !== 'pass'),
  );
  if (missing !== undefined) return skip(id, `needs what "${missing}" was to make`);
  try {
    await step.run(at, (belief, status, detail) => {
      const fix = status === 'fail' ? 'docs/explain/beliefs.md says which code rests on it' : null;
      found.set(belief, { id: `belief:${belief}`, status, detail, fix });
    });
    return pass(id, step.what);
  } catch (error) {
    const text = explainCloud(error) ?? messageOf(error);
    return fail(id, text, 'put this right, then run doctor --live again');
  }
}

/** What was found of a belief, or who could find it. */
function verdict(
  { id, says, elsewhere }: (typeof BELIEFS)[number],
  found: ReadonlyMap<string, Check>,
): Check {
  const known = found.get(id);
  if (known !== undefined) return { ...known, detail: `${says} ${known.detail}` };
  return skip(`belief:${id}`, `${says} Not looked at${elsewhere === null ? '' : `; ${elsewhere}`}.`);
}
