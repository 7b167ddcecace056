import { Api } from '../../../shared/alicloud/api.ts';
import { CloudError } from '../../../shared/alicloud/errors.ts';
import type { Failure } from '../../../shared/alicloud/failure.ts';
import { ramReader } from '../../../shared/alicloud/ram-reader.ts';
import { meaningOf } from '../../../shared/alicloud/recognise.ts';
import { roleName } from '../../../shared/catalogue/names.ts';
import { millis } from '../../../shared/runtime/clock.ts';
import { CliError } from '../../failure.ts';
import type { LiveGround, Say, Step } from './step.ts';

/** Reads a second that RAM is believed to take, and how many are sent at once to see it. */
const RATE = 100;
const READS = 150;
const LONGEST_MS = 30_000;

/** Many reads of RAM at once, none of them repeated. For a second RAM may throttle others in the account, too. */
export const burst: Step = {
  name: 'burst',
  what: `${READS} reads of RAM at once`,
  beliefs: ['ram-rates', 'throttle-status'],
  after: ['roles'],
  both: false,
  async run(at, say) {
    const reader = ramReader(unrepeated(at));
    // Verify may read roles of this name, and whether there is one does not matter.
    const role = at.names.name(roleName('register', at.requesterUid));
    const started = at.owner.clock.now();
    const answers = await Promise.all(
      Array.from({ length: READS }, () => reader.role(role).then(() => null, throttledOf)),
    );
    const seconds = Math.max(0.001, (at.owner.clock.now() - started) / 1_000);
    judge(
      answers.filter((one) => one !== null),
      seconds,
      say,
    );
  },
};

/** Calls of which each is made once: a wait without end is later than any deadline. */
function unrepeated({ owner, sessions }: LiveGround): Api {
  const { verify } = sessions;
  if (verify === null) throw new CliError('there is no session of verify');
  const { clock, endpoint } = owner;
  const deadline = millis(clock.now() + LONGEST_MS);
  return new Api({ clock, endpoint, deadline, credentials: verify, random: () => Number.POSITIVE_INFINITY });
}

/** The refusal of a call that was one too many. Throws any other error. */
function throttledOf(error: unknown): Failure {
  const cause = error instanceof Error && error.cause instanceof CloudError ? error.cause : error;
  if (cause instanceof CloudError && meaningOf(cause.failure) === 'throttled') return cause.failure;
  throw error;
}

function judge(throttled: readonly Failure[], seconds: number, say: Say): void {
  const taken = READS - throttled.length;
  const said = `RAM took ${taken} of ${READS} reads in ${seconds.toFixed(1)} s`;
  const [first] = throttled;
  if (first === undefined) {
    const isFast = READS / seconds >= RATE;
    say('ram-rates', isFast ? 'pass' : 'skip', isFast ? said : `${said}, which is no more than it allows`);
    say('throttle-status', 'skip', 'RAM throttled nothing');
    return;
  }
  // What was taken in the first second, and what was allowed again after it.
  const most = RATE * (1 + seconds);
  say('ram-rates', taken >= RATE * 0.9 && taken <= most * 1.1 ? 'pass' : 'fail', said);
  say('throttle-status', first.status === 400 ? 'pass' : 'fail', `HTTP ${first.status} ${first.code}`);
}
