import type { Check } from '../../../events/check.ts';
import { POLICY_ENGINES } from '../../../shared/catalogue/engine.ts';
import { grants } from '../../../shared/catalogue/grants.ts';
import { isOurs } from '../../../shared/catalogue/names.ts';
import { atMost } from '../../../shared/reconcile/at-most.ts';
import { change, prove } from './as-functions.ts';
import type { LiveGround, Say, Step } from './step.ts';

const WHOLE = grants(POLICY_ENGINES, ['vpc']);
const IDS = [...WHOLE.engines, ...WHOLE.connections];

/** What a belief is by the checks that stand or fall with it: failed by one, held by all, else not told. */
function judge(say: Say, belief: string, checks: readonly Check[], ids: readonly string[]): void {
  const about = checks.filter(({ id }) => ids.includes(id));
  const worst =
    about.find(({ status }) => status === 'fail') ??
    about.find(({ status }) => status === 'skip') ??
    about[0];
  if (worst !== undefined) say(belief, worst.status, `${worst.id}: ${worst.detail}`);
}

/** All engines and the connection at once, proved as verify proves them. */
export const grant: Step = {
  name: 'grant',
  what: 'a grant of every engine, proved',
  beliefs: [
    'trust-dms',
    'trust-two-kinds',
    'external-id',
    'documents-kept',
    'tags-as-json',
    'tag-values',
    'visible-in-a-minute',
    'hosts',
    'harmless-codes',
    'gdb-prefix',
  ],
  after: ['roles'],
  both: false,
  async run(at, say) {
    const { clock } = at.owner;
    const started = clock.now();
    const made = await change(at, 'register', { action: 'grant', ids: IDS, at: started, until: null });
    const { checks, tags, record } = await prove(at, 'register', made);
    judge(say, 'trust-dms', checks, ['trust-dms']);
    judge(say, 'trust-two-kinds', checks, ['trust-dms', 'trust-closed']);
    judge(say, 'external-id', checks, ['assume-role', 'assume-role-denied']);
    judge(say, 'role-chaining', checks, ['assume-role']);
    judge(say, 'documents-kept', checks, ['policy-content']);
    say('tags-as-json', isOurs(tags) ? 'pass' : 'fail', `the role has ${tags.size} tags`);
    const lost = [...made.record.entries].filter(
      ([id, entry]) => JSON.stringify(record.entries.get(id)) !== JSON.stringify(entry),
    );
    say(
      'tag-values',
      lost.length === 0 ? 'pass' : 'fail',
      lost.length === 0
        ? 'all were read as they were written'
        : `changed: ${lost.map(([id]) => id).join(', ')}`,
    );
    const seconds = Math.ceil((clock.now() - (made.lastWriteAt ?? started)) / 1_000);
    const soon = checks.every(({ status }) => status !== 'fail');
    say(
      'visible-in-a-minute',
      soon && seconds <= 60 ? 'pass' : 'fail',
      `${soon ? 'all' : 'not all'} was shown after ${seconds} s`,
    );
    engines(checks, say);
  },
};

function engines(checks: readonly Check[], say: Say): void {
  const about = checks.filter(({ id }) => id.startsWith('engine:') || id === 'connection:vpc');
  const strange = about.filter(({ status }) => status === 'skip').map(({ id, detail }) => `${id}: ${detail}`);
  const unheard = strange.filter((text) => /no answer|no list of the vendor/.test(text));
  const rest = strange.filter((text) => !unheard.includes(text));
  say(
    'hosts',
    unheard.length === 0 ? 'pass' : 'fail',
    unheard.length === 0 ? 'every host answered' : atMost(unheard),
  );
  say(
    'harmless-codes',
    rest.length === 0 ? 'pass' : 'fail',
    rest.length === 0 ? 'no engine gave an unknown answer' : atMost(rest),
  );
  const gdb = about.find(({ id }) => id === 'engine:gdb');
  if (gdb === undefined) return;
  // An error about something else than rights says nothing of the prefix.
  const told = gdb.status === 'pass' && !/allowed$/.test(gdb.detail) ? 'skip' : gdb.status;
  say('gdb-prefix', told, gdb.detail);
}

/**
 * All engines are taken away: each must now say that the right is missing, in words that are understood. The connection
 * stays granted, so that there is a session to try them with.
 */
export const takeAway: Step = {
  name: 'revoke',
  what: 'engines taken away, and refused',
  beliefs: ['refusals-recognised'],
  after: ['grant'],
  both: false,
  async run(at, say) {
    const done = await change(at, 'register', {
      action: 'revoke',
      ids: [...WHOLE.engines],
      at: at.owner.clock.now(),
    });
    const { checks } = await prove(at, 'register', done, WHOLE.engines);
    judge(
      say,
      'refusals-recognised',
      checks,
      WHOLE.engines.map((id) => `engine:${id}`),
    );
    await close(at);
  },
};

async function close(at: LiveGround): Promise<void> {
  const done = await change(at, 'register', { action: 'revoke', ids: 'all', at: at.owner.clock.now() });
  const { checks } = await prove(at, 'register', done);
  const failed = checks.filter(({ status }) => status === 'fail').map(({ id, detail }) => `${id}: ${detail}`);
  if (failed.length > 0) throw new Error(`the closed role is not what it should be: ${atMost(failed)}`);
}
