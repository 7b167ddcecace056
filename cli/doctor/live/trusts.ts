import { ramReader } from '../../../shared/alicloud/ram-reader.ts';
import { sts } from '../../../shared/alicloud/sts.ts';
import { MANAGED_BY } from '../../../shared/catalogue/names.ts';
import { permissionDocument } from '../../../shared/catalogue/permission.ts';
import { dmsPrincipal } from '../../../shared/catalogue/trust.ts';
import { trustService } from '../../../shared/installation/document-parts.ts';
import { userId } from '../../../shared/record/record.ts';
import { MAX_TAGS } from '../../../shared/record/tag-budget.ts';
import { roleArn } from '../../../shared/runtime/arn.ts';
import { HandshakeError, TerminalError } from '../../../shared/runtime/errors.ts';
import { apiAs, change, prove, writerOf } from './as-functions.ts';
import type { LiveGround, Say, Step } from './step.ts';

/** A RAM user that account A does not have. */
const NOBODY = 'dmshs-live-nobody';

/** A console role without a verify role: first for a user that does not exist, then for nobody. */
export const structural: Step = {
  name: 'structural',
  what: 'a console role that no verify role tests, for an unknown user, then closed',
  beliefs: ['unknown-user', 'closed-trust'],
  after: ['roles'],
  both: false,
  async run(at, say) {
    const now = () => at.owner.clock.now();
    const open = (ids: readonly ['account'] | readonly [`user:${string}`]) =>
      change(at, 'console', { action: 'grant', ids, at: now(), until: null }, true);
    try {
      await open([userId(NOBODY)]);
      say('unknown-user', 'pass', `RAM took the user ${NOBODY} of account ${at.requesterUid}`);
    } catch (error) {
      if (!(error instanceof HandshakeError)) throw error;
      say('unknown-user', 'fail', error.message);
      await open(['account']);
    }
    try {
      const done = await change(at, 'console', { action: 'revoke', ids: 'all', at: now() }, true);
      const { checks } = await prove(at, 'console', done, [], true);
      const wrong = checks.find(({ status }) => status === 'fail');
      say('closed-trust', wrong?.status ?? 'pass', wrong?.detail ?? 'the closed role is what it should be');
    } catch (error) {
      if (!(error instanceof TerminalError)) throw error;
      say('closed-trust', 'fail', error.message);
    }
  },
};

/** With capitals, to see what RAM makes of them. */
const OWN = 'dms-cross-account-Own-Uid';

/** A role for DMS of account B itself, with as many tags as RAM keeps. */
export const oddities: Step = {
  name: 'oddities',
  what: 'a role with capitals, for DMS of the own account, full of tags',
  beliefs: ['own-uid-rewritten', 'arn-case', 'tags-per-role', 'only-service-assumes'],
  after: ['roles'],
  both: false,
  async run(at, say) {
    const { owner, names, eventually } = at;
    const writer = writerOf(at);
    const tag = (index: number): [string, string] => [`tag-${index}`, 'live'];
    const tags = new Map([
      [MANAGED_BY.key, MANAGED_BY.value],
      ...Array.from({ length: MAX_TAGS - 1 }, (_, n) => tag(n)),
    ]);
    const trust = trustService(dmsPrincipal(owner.accountId));
    await writer.apply(OWN, { operation: 'create-role', target: OWN, reason: 'live', trust, tags });
    // Unprefixed and without the capitals folded, as RAM shows it.
    const role = await eventually(async () => {
      const found = await ramReader(apiAs(at, 'verify')).role(names.name(OWN));
      if (found === null) throw new Error('RAM does not show the role yet');
      return found;
    });
    const isPlain = role.trust.includes('"dms.aliyuncs.com"');
    say('own-uid-rewritten', isPlain ? 'pass' : 'fail', `RAM shows ${role.trust}`);
    const lower = roleArn(owner.accountId, names.name(OWN));
    say('arn-case', role.arn === lower ? 'pass' : 'fail', `RAM shows ${role.arn}`);
    await oneTagMore(at, say);
    const { assume } = names.assumer(sts(apiAs(at, 'verify'), owner.region));
    const wanted = { roleArn: roleArn(owner.accountId, OWN), sessionName: 'live', externalId: null };
    const answer = await eventually(async () => {
      const found = await assume({ ...wanted, sessionPolicy: permissionDocument(['redis']) ?? trust });
      if (found.kind === 'no-role') throw new Error('STS does not know the role yet');
      return found;
    });
    const shut = answer.kind === 'denied' || answer.kind === 'refused';
    say(
      'only-service-assumes',
      shut ? 'pass' : answer.kind === 'session' ? 'fail' : 'skip',
      'detail' in answer ? answer.detail : 'AssumeRole gave a session',
    );
  },
};

async function oneTagMore(at: LiveGround, say: Say): Promise<void> {
  try {
    await writerOf(at).apply(OWN, {
      operation: 'tag-role',
      target: OWN,
      reason: 'live',
      tags: new Map([['one-more', 'live']]),
    });
    say('tags-per-role', 'fail', `RAM took a tag beyond ${MAX_TAGS}`);
  } catch (error) {
    if (!(error instanceof TerminalError)) throw error;
    say('tags-per-role', 'pass', `RAM took ${MAX_TAGS}, and of one more it said: ${error.message}`);
  }
}
