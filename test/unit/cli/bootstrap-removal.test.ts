import { describe, expect, it } from 'vitest';
import { removalSteps } from '../../../cli/bootstrap/removal.ts';
import type { Ground } from '../../../cli/bootstrap/steps.ts';
import { standardNames } from '../../../shared/installation/installation.ts';
import type { AttachedPolicy } from '../../../shared/ports.ts';
import { millis } from '../../../shared/runtime/millis.ts';
import { OWNER, REQUESTER } from '../../kit/accounts.ts';

/** What `bootstrap --remove` would take away: only what has a name of the installation and a tag that says who made it. */

const AT = standardNames('cn-hangzhou', OWNER);
const SENDER = `dms-handshake-sender-${REQUESTER}`;
const MADE = { 'installed-by': 'dms-handshake-bootstrap' };
const made = (...what: readonly string[]) =>
  Object.fromEntries(what.map((one) => [`made-${one}`, 'bootstrap']));

/** A role as it stands in the account; left out is what is not there. */
interface Standing {
  readonly tags?: Readonly<Record<string, string>>;
  readonly attached?: readonly AttachedPolicy[];
  readonly policy?: {
    readonly tags: Readonly<Record<string, string>>;
    readonly attachments: number;
    readonly text?: string;
    /** Deleted a moment ago: its tags can still be read. */
    readonly isGone?: true;
  };
}

const own = (name: string): AttachedPolicy => ({ name, type: 'Custom' });
const whole = (name: string, tags: Readonly<Record<string, string>> = {}, text = '{}'): Standing => ({
  tags,
  attached: [own(name)],
  policy: { tags: MADE, attachments: 1, text },
});

const notHere = (): never => {
  throw new Error('nothing else may be called');
};

/** What is planned in an account with these tagged roles, and what is done when it runs. */
async function planned(roles: Readonly<Record<string, Standing>>, side: 'owner' | 'requester' = 'owner') {
  const done: string[] = [];
  const note =
    (what: string) =>
    async (...names: readonly string[]) =>
      void done.push([what, ...names].join(' '));
  const map = (tags: Readonly<Record<string, string>> = {}) => new Map(Object.entries(tags));
  const policyOf = (name: string) => roles[name]?.policy;
  const ram = {
    roles: async () => Object.keys(roles),
    roleTags: async (name: string) => map(roles[name]?.tags),
    policyTags: async (name: string) => map(policyOf(name)?.tags),
    attachedPolicies: async (name: string) => roles[name]?.attached ?? [],
    policy: async (name: string) => {
      const found = policyOf(name);
      if (found === undefined || found.isGone) return null;
      return { name, text: found.text ?? '{}', attachments: found.attachments, updatedAt: millis(0) };
    },
    detach: note('detach'),
    deletePolicy: note('delete policy'),
    deleteRole: note('delete role'),
  };
  const mns = { deleteTopic: note('delete topic'), deleteQueue: note('delete queue') };
  const subscriptions = { unsubscribe: note('unsubscribe') };
  const ground: unknown = { ram, mns, subscriptions, other: notHere };
  const { steps, conflicts } = await removalSteps(AT, side, ground as Ground);
  for (const step of steps) await step.run();
  expect(new Set(steps.map(({ reason }) => reason)).size).toBeLessThanOrEqual(1);
  return {
    done,
    shown: steps.map(({ operation, target }) => `${operation} ${target}`),
    left: conflicts.map(({ kind, target, text, fix }) => `${kind} ${target}: ${text}; ${fix}`),
  };
}

describe('a role that bootstrap made', () => {
  it('goes with its policy: detached first, itself last', async () => {
    const { done, shown, left } = await planned({ 'dms-handshake-verify': whole('dms-handshake-verify') });
    expect(done).toEqual([
      'detach dms-handshake-verify',
      'delete policy dms-handshake-verify',
      'delete role dms-handshake-verify',
    ]);
    expect(shown).toEqual([
      'detach-policy dms-handshake-verify',
      'delete-policy dms-handshake-verify',
      'delete-role dms-handshake-verify',
    ]);
    expect(left).toEqual([]);
  });

  it.each(['dms-handshake-intake', 'dms-handshake-provision', 'dms-handshake-trigger', SENDER])(
    'is known by the name %s, in any case',
    async (name) => {
      for (const one of [name, name.toUpperCase()])
        expect((await planned({ [one]: {} })).done).toEqual([`delete role ${one}`]);
    },
  );

  it.each([
    'payroll',
    'dms-handshake-verify-2',
    'my-dms-handshake-verify',
    `${SENDER}0`.padEnd(60, '0'),
    `x${SENDER}`,
    `${SENDER}x`,
    'dms-handshake-sender-0',
    'dms-handshake-replies',
  ])('is none of another name, whatever its tags say: %s', async (name) => {
    const { done, left } = await planned({ [name]: whole(name, made(`topic-${AT.requestTopic}`)) });
    expect(done).toEqual([]);
    expect(left).toEqual([
      `role ${name}: the role ${name} has the tag of bootstrap and a name that bootstrap does not give here, and was left; take the tag off, and find out in ActionTrail who put it there`,
    ]);
  });

  it('stays with policies of others attached, which are named', async () => {
    const name = 'dms-handshake-verify';
    const others: readonly AttachedPolicy[] = [
      { name: 'AdministratorAccess', type: 'System' },
      { name: 'payroll', type: 'Custom' },
      { name, type: 'System' },
    ];
    const { done, left } = await planned({ [name]: { ...whole(name), attached: [own(name), ...others] } });
    expect(done).toEqual([`detach ${name}`, `delete policy ${name}`]);
    expect(left).toEqual([
      `role ${name}: the role ${name} has policies of others (AdministratorAccess, payroll, ${name}), and was left; detach what is not ours, then run bootstrap --remove again`,
    ]);
  });
});

describe('its policy', () => {
  const name = 'dms-handshake-verify';
  const one = (policy: Standing['policy'], attached = [own(name)]) =>
    planned({ [name]: { attached, ...(policy === undefined ? {} : { policy }) } });

  it('stays where it lacks the tag of bootstrap', async () => {
    for (const tags of [{}, { 'installed-by': 'somebody' }, { 'managed-by': 'dms-handshake' }])
      expect((await one({ tags, attachments: 1 })).done).toEqual([`detach ${name}`, `delete role ${name}`]);
  });

  it('stays where it is attached elsewhere, which is named', async () => {
    const { done, left } = await one({ tags: MADE, attachments: 2 });
    expect(done).toEqual([`detach ${name}`, `delete role ${name}`]);
    expect(left).toEqual([
      `role ${name}: the policy ${name} is attached elsewhere too, and was left; detach what is not ours, then run bootstrap --remove again`,
    ]);
    expect((await one({ tags: MADE, attachments: 1 }, [])).done).toEqual([`delete role ${name}`]);
  });

  it('goes where nothing has it attached any more', async () => {
    expect((await one({ tags: MADE, attachments: 0 }, [])).done).toEqual([
      `delete policy ${name}`,
      `delete role ${name}`,
    ]);
  });

  it('need not be there', async () => {
    expect((await one(undefined, [])).done).toEqual([`delete role ${name}`]);
    const gone = { tags: MADE, attachments: 0, isGone: true } as const;
    expect((await one(gone, [])).done).toEqual([`delete role ${name}`]);
  });

  it('is not taken off where only a namesake of the vendor is attached, or a policy of somebody else', async () => {
    for (const other of [{ name, type: 'System' } as const, own('payroll')])
      expect((await one({ tags: MADE, attachments: 0 }, [other])).done).toEqual([`delete policy ${name}`]);
  });
});

describe('topics, queues and subscriptions of account B', () => {
  const trigger = 'dms-handshake-trigger';
  const everything = [
    'subscription-owner',
    ...[AT.requestTopic, AT.upkeepTopic, AT.ownerTopic, AT.replyTopic].map((name) => `topic-${name}`),
    ...[AT.deadLetters, AT.ownerReplies].map((name) => `queue-${name}`),
  ];

  it('go where the role that starts provision remembers them: subscriptions, topics, queues', async () => {
    const { done, shown } = await planned({ [trigger]: { tags: made(...everything) } });
    expect(done).toEqual([
      `unsubscribe ${AT.replyTopic} owner`,
      `delete topic ${AT.requestTopic}`,
      `delete topic ${AT.upkeepTopic}`,
      `delete topic ${AT.ownerTopic}`,
      `delete topic ${AT.replyTopic}`,
      `delete queue ${AT.deadLetters}`,
      `delete queue ${AT.ownerReplies}`,
      `delete role ${trigger}`,
    ]);
    expect(shown.map((one) => one.split(' ')[0])).toEqual([
      'unsubscribe',
      ...Array.from({ length: 4 }, () => 'delete-topic'),
      'delete-queue',
      'delete-queue',
      'delete-role',
    ]);
  });

  it('stay where no tag of it remembers them, or that of another role does', async () => {
    const { done } = await planned({ [trigger]: {}, 'dms-handshake-verify': { tags: made(...everything) } });
    expect(done).toEqual([`delete role ${trigger}`, 'delete role dms-handshake-verify']);
  });

  it('stay where the tag names something that is none of ours', async () => {
    const { done } = await planned({ [trigger]: { tags: made('topic-payroll', 'queue-payroll') } });
    expect(done).toEqual([`delete role ${trigger}`]);
  });
});

describe('what is of one requester', () => {
  const trigger = 'dms-handshake-trigger';
  const text = `{"Resource":["acs:mns:cn-hangzhou:${OWNER}:/topics/theirs/messages"]}`;
  const things = ['topic-theirs', `subscription-requester-${REQUESTER}`];

  it('goes where its sender role remembers it, its topics those that the role may publish to', async () => {
    const { done } = await planned({ [SENDER]: whole(SENDER, made(...things), text) });
    expect(done.slice(0, 2)).toEqual([
      `unsubscribe ${AT.replyTopic} requester-${REQUESTER}`,
      'delete topic theirs',
    ]);
  });

  it('goes where an older version remembered the topic on the role that starts provision', async () => {
    const roles = { [SENDER]: whole(SENDER, {}, text), [trigger]: { tags: made(...things) } };
    const { done } = await planned(roles);
    expect(done.filter((one) => /topic|unsubscribe/.test(one))).toEqual(['delete topic theirs']);
  });

  it('goes one time, though two remember it', async () => {
    const roles = { [SENDER]: whole(SENDER, made(...things), text), [trigger]: { tags: made(...things) } };
    expect((await planned(roles)).done.filter((one) => one === 'delete topic theirs')).toHaveLength(1);
  });

  it('stays where nothing remembers it, and where the role may not publish to it', async () => {
    expect((await planned({ [SENDER]: whole(SENDER, {}, text) })).done).not.toContain('delete topic theirs');
    expect((await planned({ [SENDER]: whole(SENDER, made(...things)) })).done).not.toContain(
      'delete topic theirs',
    );
  });

  it('goes with what is of the owner in one order: subscriptions, topics, queues', async () => {
    const roles = {
      [SENDER]: whole(SENDER, made(...things), text),
      [trigger]: { tags: made('subscription-owner', `topic-${AT.replyTopic}`, `queue-${AT.deadLetters}`) },
    };
    expect((await planned(roles)).done.slice(0, 5)).toEqual([
      `unsubscribe ${AT.replyTopic} owner`,
      `unsubscribe ${AT.replyTopic} requester-${REQUESTER}`,
      `delete topic ${AT.replyTopic}`,
      'delete topic theirs',
      `delete queue ${AT.deadLetters}`,
    ]);
  });

  it('stays where another role than a sender role remembers it', async () => {
    const name = 'dms-handshake-verify';
    const { done } = await planned({ [name]: whole(name, made(...things), text) });
    expect(done).toEqual([`detach ${name}`, `delete policy ${name}`, `delete role ${name}`]);
  });

  it('need not have a policy', async () => {
    expect((await planned({ [SENDER]: { tags: made('topic-theirs') } })).done).toEqual([
      `delete role ${SENDER}`,
    ]);
  });
});

describe('account A', () => {
  const name = 'dms-handshake-replies';

  it('loses its queue of replies and the role that delivers into it', async () => {
    const tags = made(`queue-${AT.replyTopic}`);
    expect((await planned({ [name]: { tags } }, 'requester')).done).toEqual([
      `delete queue ${AT.replyTopic}`,
      `delete role ${name}`,
    ]);
  });

  it('keeps a queue that nothing remembers, and roles of account B', async () => {
    const { done, left } = await planned(
      { [name]: {}, 'dms-handshake-verify': {}, [SENDER]: {} },
      'requester',
    );
    expect([done, left.length]).toEqual([[`delete role ${name}`], 2]);
  });
});
