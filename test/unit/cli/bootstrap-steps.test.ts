import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { askersOf, localAskers } from '../../../cli/bootstrap/askers.ts';
import { namesIn, ownerSide, requesterSide } from '../../../cli/bootstrap/desired.ts';
import { ownerSteps, topicsIn } from '../../../cli/bootstrap/owner-steps.ts';
import { type SetUpGround, stepsFor } from '../../../cli/bootstrap/steps.ts';
import type { FoundSubscription } from '../../../shared/alicloud/mns-open.ts';
import type { Document } from '../../../shared/catalogue/document.ts';
import { subscriptionMark } from '../../../shared/installation/reply-subscription.ts';
import type { AttachedPolicy } from '../../../shared/ports.ts';
import { millis } from '../../../shared/runtime/millis.ts';
import { OWNER, REQUESTER } from '../../kit/accounts.ts';

/** What bootstrap would write in an account that holds this much, and what it does when it runs. */

const OURS = { 'installed-by': 'dms-handshake-bootstrap' };
const allow = (Action: string, more: object = {}): Document => ({
  Statement: [{ Action, Effect: 'Allow', Resource: '*', ...more }],
  Version: '1',
});
const trusting = (...RAM: readonly string[]): Document => ({
  Statement: [{ Action: 'sts:AssumeRole', Effect: 'Allow', Principal: { RAM: [...RAM] } }],
  Version: '1',
});
const ME = 'acs:ram::2:root';
const ROLE = { name: 'r', why: 'a test', trust: trusting(ME), permission: allow('a:B') };
const WANTED = {
  endpoint: 'acs:mns:cn-hangzhou:1:/queues/q',
  contentFormat: 'SIMPLIFIED',
  strategy: 'EXPONENTIAL_DECAY_RETRY',
  roleArn: 'acs:ram::1:role/q',
  filterTag: '1',
} as const;

type Tags = Readonly<Record<string, string>>;
/** What stands there; what is left out is not there. */
interface Standing {
  readonly roles?: Readonly<
    Record<
      string,
      { readonly trust?: Document; readonly tags?: Tags; readonly attached?: readonly AttachedPolicy[] }
    >
  >;
  readonly policies?: Readonly<Record<string, { readonly text: string; readonly tags?: Tags }>>;
  readonly topics?: readonly string[];
  readonly queues?: readonly string[];
  readonly subscriptions?: Readonly<Record<string, FoundSubscription>>;
}

function groundOf(standing: Standing) {
  const { roles = {}, policies = {}, topics = [], queues = [], subscriptions = {} } = standing;
  const done: string[] = [];
  const shown = (value: unknown) =>
    value instanceof Map
      ? JSON.stringify([...value])
      : typeof value === 'string'
        ? value
        : JSON.stringify(value);
  const note =
    (what: string) =>
    async (...given: readonly unknown[]) =>
      void done.push([what, ...given.map(shown)].join(' '));
  const map = (tags: Tags = {}) => new Map(Object.entries(tags));
  const ram = {
    role: async (name: string) => {
      const trust = roles[name]?.trust;
      if (trust === undefined) return null;
      return { name, arn: '', trust: JSON.stringify(trust), createdAt: millis(0) };
    },
    roleTags: async (name: string) => map(roles[name]?.tags),
    attachedPolicies: async (name: string) => roles[name]?.attached ?? [],
    policy: async (name: string) => {
      const found = policies[name];
      return found === undefined ? null : { name, text: found.text, attachments: 1, updatedAt: millis(0) };
    },
    policyTags: async (name: string) => map(policies[name]?.tags),
    rolesNamed: async (prefix: string) =>
      Object.keys(roles).filter((name) => name.toLowerCase().startsWith(prefix)),
    createRole: note('createRole'),
    updateTrust: note('updateTrust'),
    createPolicy: note('createPolicy'),
    updatePolicy: note('updatePolicy'),
    attach: note('attach'),
    tagRole: note('tagRole'),
  };
  const mns = {
    hasTopic: async (name: string) => topics.includes(name),
    hasQueue: async (name: string) => queues.includes(name),
    createTopic: note('createTopic'),
    createQueue: note('createQueue'),
  };
  const pushing = {
    // What was made is shown from then on.
    subscription: async (_topic: string, name: string) =>
      subscriptions[name] ?? (done.some((one) => one.startsWith('subscribe')) ? found() : null),
    unsubscribe: note('unsubscribe'),
    subscribe: note('subscribe'),
  };
  const ground: SetUpGround = { ram, mns, subscriptions: pushing };
  return { done, ground };
}

const found = (more: object = {}): FoundSubscription => ({
  name: 's',
  endpoint: WANTED.endpoint,
  contentFormat: WANTED.contentFormat,
  strategy: WANTED.strategy,
  filterTag: WANTED.filterTag,
  createdAt: '7',
  ...more,
});

/** The steps for one role, one topic, one queue and one subscription of it, each as it is asked for. */
async function planned(standing: Standing, what: 'role' | 'rest' = 'role') {
  const { done, ground } = groundOf(standing);
  const rest = {
    topics: [{ name: 't', anchor: 'r' }],
    queues: [{ name: 'q', anchor: 'r' }],
    subscriptions: [{ name: 's', anchor: 'r', topic: 't', wanted: WANTED }],
  };
  const { steps, conflicts } = await stepsFor(
    { roles: [ROLE], ...(what === 'role' ? { topics: [], queues: [], subscriptions: [] } : rest) },
    ground,
  );
  const told = steps.map(({ operation, target, reason }) => `${operation} ${target}: ${reason}`);
  const run = async () => {
    for (const step of steps) await step.run();
    return done;
  };
  return { told, conflicts, run };
}

const right = { trust: ROLE.trust, tags: OURS, attached: [{ name: 'r', type: 'Custom' }] } as const;
const policy = { text: JSON.stringify(ROLE.permission), tags: OURS };

describe('a role of the installation', () => {
  it('that is as it must be is left alone, whoever made it', async () => {
    expect(await planned({ roles: { r: right }, policies: { r: policy } })).toMatchObject({
      told: [],
      conflicts: [],
    });
    const theirs = { roles: { r: { ...right, tags: {} } }, policies: { r: { ...policy, tags: {} } } };
    expect(await planned(theirs)).toMatchObject({ told: [], conflicts: [] });
  });

  it('that is not there is made, with its policy, and has it attached', async () => {
    const { told, conflicts, run } = await planned({});
    expect([told, conflicts]).toEqual([
      ['create-role r: a test', 'create-policy r: of the role r', 'attach-policy r: to the role r'],
      [],
    ]);
    expect(await run()).toEqual([
      `createRole r a test ${JSON.stringify(ROLE.trust)}`,
      `createPolicy r a test ${JSON.stringify(ROLE.permission)}`,
      'attach r',
    ]);
  });

  it.each<[what: string, trust: Document, reason: string]>([
    [
      'another action',
      { ...trusting(ME), Statement: [{ ...trusting(ME).Statement[0], Action: 'sts:Other' }] } as Document,
      'the trust policy is another',
    ],
    ['nobody', trusting(), 'the trust policy is another'],
    [
      'somebody more',
      trusting(ME, 'acs:ram::3:root'),
      'the trust policy is another: it lets in acs:ram::3:root',
    ],
    ['everybody', trusting('*'), 'the trust policy is another: it lets in *'],
    [
      'a service, twice',
      trusting('1@dms.aliyuncs.com', 'fc.aliyuncs.com', 'fc.aliyuncs.com'),
      'the trust policy is another: it lets in 1@dms.aliyuncs.com, fc.aliyuncs.com',
    ],
    [
      'many',
      trusting(...[1, 3, 4, 5, 6, 7, 8].map((n) => `acs:ram::${n}:root`)),
      'the trust policy is another: it lets in acs:ram::1:root, acs:ram::3:root, acs:ram::4:root, acs:ram::5:root, acs:ram::6:root',
    ],
  ])('that trusts %s is repaired if it is ours', async (_what, trust, reason) => {
    const standing = { roles: { r: { ...right, trust } }, policies: { r: policy } };
    const { told, conflicts, run } = await planned(standing);
    expect([told, conflicts]).toEqual([[`update-trust r: ${reason}`], []]);
    expect(await run()).toEqual([`updateTrust r ${JSON.stringify(ROLE.trust)}`]);
    const theirs = {
      roles: { r: { ...right, trust, tags: { 'installed-by': 'x' } } },
      policies: { r: policy },
    };
    expect(await planned(theirs)).toMatchObject({
      told: [],
      conflicts: [
        {
          kind: 'role',
          target: 'r',
          text: 'the role r is not what it must be, and bootstrap did not make it',
          fix: 'rename or delete it, or hand it over with the tag installed-by=dms-handshake-bootstrap',
        },
      ],
    });
  });

  it('with other rights has them repaired if its policy is ours, and each is named up to five', async () => {
    const rights = (...Action: readonly string[]) =>
      JSON.stringify({ Statement: [{ Action, Effect: 'Allow', Resource: '*' }], Version: '1' });
    const others = (letters: string) => rights('a:B', ...letters.split('').map((letter) => `a:${letter}`));
    const differing = (letters: string) =>
      planned({ roles: { r: right }, policies: { r: { text: others(letters), tags: OURS } } });
    const toldOf = (letters: string, more = '') => [
      `create-policy-version r: the rights are others: ${letters
        .split('')
        .map((letter) => `Allow a:${letter} on * was not asked for`)
        .join('; ')}${more}`,
    ];
    expect((await differing('c')).told).toEqual(toldOf('c'));
    expect((await differing('cdefg')).told).toEqual(toldOf('cdefg'));
    const { told, run } = await differing('cdefgh');
    expect(told).toEqual(toldOf('cdefg', '; and 1 more'));
    expect(await run()).toEqual([`updatePolicy r ${JSON.stringify(ROLE.permission)}`]);
    const text = others('c');
    const theirs = await planned({ roles: { r: right }, policies: { r: { text } } });
    expect(theirs).toMatchObject({
      told: [],
      conflicts: [{ text: 'the policy r is not what it must be, and bootstrap did not make it' }],
    });
  });

  it.each<
    [what: string, attached: readonly AttachedPolicy[], told: readonly string[], others: string | null]
  >([
    ['nothing', [], ['attach-policy r: to the role r'], null],
    [
      'a policy of the vendor of its name',
      [{ name: 'r', type: 'System' }],
      ['attach-policy r: to the role r'],
      'r',
    ],
    [
      'another policy of the account',
      [{ name: 'x', type: 'Custom' }],
      ['attach-policy r: to the role r'],
      'x',
    ],
    [
      'others, too',
      [
        { name: 'r', type: 'Custom' },
        { name: 'x', type: 'Custom' },
        { name: 'y', type: 'System' },
      ],
      [],
      'x, y',
    ],
  ])('with %s attached', async (_what, attached, expected, others) => {
    const { told, conflicts } = await planned({
      roles: { r: { ...right, attached } },
      policies: { r: policy },
    });
    expect(told).toEqual(expected);
    expect(conflicts).toEqual(
      others === null
        ? []
        : [
            {
              kind: 'role',
              target: 'r',
              text: `the role r has policies that bootstrap did not give it: ${others}`,
              fix: 'detach them, and find out in ActionTrail who attached them',
              aside: true,
            },
          ],
    );
  });
});

describe('topics, queues and subscriptions of the installation', () => {
  const mark = { [`made-subscription-s`]: subscriptionMark(WANTED, '7') };
  const all = { topics: ['t'], queues: ['q'], subscriptions: { s: found() } };
  const withRole = (tags: Tags, more: Standing): Standing => ({
    roles: { r: { ...right, tags } },
    policies: { r: policy },
    ...more,
  });

  it('that are there, and remembered as made with their role, are left alone', async () => {
    expect(await planned(withRole({ ...OURS, ...mark }, all), 'rest')).toMatchObject({
      told: [],
      conflicts: [],
    });
  });

  it('that are not there are made, and remembered after that on a role of ours', async () => {
    const { told, run } = await planned(withRole(OURS, {}), 'rest');
    expect(told).toEqual([
      'create-topic t: it does not exist',
      'create-queue q: it does not exist',
      `subscribe s: delivers replies to ${WANTED.endpoint}`,
    ]);
    expect(await run()).toEqual([
      'createTopic t',
      'tagRole r [["made-topic-t","bootstrap"]]',
      'createQueue q',
      'tagRole r [["made-queue-q","bootstrap"]]',
      'unsubscribe t s',
      `subscribe t s ${JSON.stringify(WANTED)}`,
      `tagRole r [["made-subscription-s","${subscriptionMark(WANTED, '7')}"]]`,
    ]);
  });

  it('that are made are remembered on a role that is made with them, and not on somebody else’s', async () => {
    const fresh = await planned({}, 'rest');
    expect((await fresh.run()).filter((one) => one.startsWith('tagRole'))).toHaveLength(3);
    const theirs = await planned(withRole({}, {}), 'rest');
    expect((await theirs.run()).filter((one) => one.startsWith('tagRole'))).toEqual([]);
  });

  it('a subscription that was made and is not shown yet is remembered, and made anew by the next run', async () => {
    const { done, ground } = groundOf(withRole(OURS, {}));
    const unseen = { ...ground, subscriptions: { ...ground.subscriptions, subscription: async () => null } };
    const { steps } = await stepsFor(
      {
        roles: [ROLE],
        topics: [],
        queues: [],
        subscriptions: [{ name: 's', anchor: 'r', topic: 't', wanted: WANTED }],
      },
      unseen,
    );
    for (const step of steps) await step.run();
    expect(done.at(-1)).toBe('tagRole r [["made-subscription-s","bootstrap"]]');
    const tags = { ...OURS, 'made-subscription-s': 'bootstrap' };
    const { told } = await planned(withRole(tags, { ...all, subscriptions: { s: found() } }), 'rest');
    expect(told).toEqual(['subscribe s: whether it has its role cannot be read, so it is made anew']);
  });

  it.each<[what: string, shown: FoundSubscription, tags: Tags, reason: string]>([
    [
      'looks right and is not remembered',
      found(),
      {},
      'whether it has its role cannot be read, so it is made anew',
    ],
    [
      'was made anew by somebody',
      found({ createdAt: '8' }),
      mark,
      'whether it has its role cannot be read, so it is made anew',
    ],
    ['has another format', found({ contentFormat: 'XML' }), mark, 'it delivers in another way'],
    ['is tried otherwise', found({ strategy: 'BACKOFF_RETRY' }), mark, 'it delivers in another way'],
    ['has another filter', found({ filterTag: null }), mark, 'it delivers in another way'],
    [
      'has the older form of its queue',
      found({ endpoint: 'acs:mns:cn-hangzhou:1:queues/q' }),
      {},
      'it delivers in another way',
    ],
    ['delivers elsewhere and is ours', found({ endpoint: 'acs:mns:x' }), mark, 'it delivers elsewhere'],
  ])('a subscription that %s is made anew', async (_what, shown, tags, reason) => {
    const standing = withRole({ ...OURS, ...tags }, { ...all, subscriptions: { s: shown } });
    const { told, conflicts } = await planned(standing, 'rest');
    expect([told, conflicts]).toEqual([[`subscribe s: ${reason}`], []]);
  });

  it('a subscription that delivers elsewhere, and that nobody remembers, is named and left', async () => {
    const elsewhere = { s: found({ endpoint: 'acs:mns:x' }) };
    const { told, conflicts } = await planned(withRole(OURS, { ...all, subscriptions: elsewhere }), 'rest');
    expect([told, conflicts]).toEqual([
      [],
      [
        {
          kind: 'subscription',
          target: 's',
          text: 'the subscription s of t delivers elsewhere, and bootstrap did not make it',
          fix: 'delete it, then run bootstrap again',
        },
      ],
    ]);
  });
});

describe('what an account must hold', () => {
  const at = namesIn('cn-hangzhou', OWNER, [
    { uid: REQUESTER, topics: ['asks', 'dms-handshake-requests', 'asks'] },
    { uid: '3', topics: [] },
  ]);
  const askers = [
    { uid: REQUESTER, topics: ['asks', 'dms-handshake-requests'] },
    { uid: '3', topics: [] },
  ];

  it('of topics of requesters, those besides the common one, each once', () => {
    expect(at.requesterTopics).toEqual(['asks']);
  });

  it('account B: its topics and those of requesters, queues and subscriptions, each with its anchor', () => {
    const { topics, queues, subscriptions, roles } = ownerSide(at, askers);
    const trigger = 'dms-handshake-trigger';
    const sender = (uid: string) => `dms-handshake-sender-${uid}`;
    expect(topics).toEqual([
      { name: 'dms-handshake-requests', anchor: trigger },
      { name: 'dms-handshake-upkeep', anchor: trigger },
      { name: 'dms-handshake-owner', anchor: trigger },
      { name: 'dms-handshake-replies', anchor: trigger },
      { name: 'asks', anchor: sender(REQUESTER) },
    ]);
    expect(queues).toEqual([
      { name: 'dms-handshake-dead-letters', anchor: trigger },
      { name: 'dms-handshake-owner-replies', anchor: trigger },
    ]);
    expect(
      subscriptions.map(({ name, anchor, topic, wanted }) => [name, anchor, topic, wanted.filterTag]),
    ).toEqual([
      ['owner', trigger, 'dms-handshake-replies', null],
      [`requester-${REQUESTER}`, sender(REQUESTER), 'dms-handshake-replies', REQUESTER],
      ['requester-3', sender('3'), 'dms-handshake-replies', '3'],
    ]);
    expect(roles.map(({ name }) => name).slice(-2)).toEqual([sender(REQUESTER), sender('3')]);
    const [bound, common] = roles.slice(-2).map(({ permission }) => JSON.stringify(permission));
    expect(bound).toContain('/topics/asks/messages');
    expect(common).toContain('/topics/dms-handshake-requests/messages');
    expect(common).not.toContain('asks');
  });

  it('account A: the queue of its replies, and the role that lets them in', () => {
    const { roles, topics, queues, subscriptions } = requesterSide(at, REQUESTER);
    expect([topics, subscriptions]).toEqual([[], []]);
    expect(queues).toEqual([{ name: 'dms-handshake-replies', anchor: roles[0]?.name }]);
    expect(roles).toHaveLength(1);
  });
});

describe('sender roles of account B', () => {
  const sender = (uid: string) => `dms-handshake-sender-${uid}`;
  const listed = [
    { uid: REQUESTER, topics: [] },
    { uid: '3', topics: [] },
    { uid: '4', topics: [] },
  ];
  const stepsWith = (roles: NonNullable<Standing['roles']>, policies: Standing['policies'] = {}) =>
    ownerSteps(
      'cn-hangzhou',
      OWNER,
      { listed, chosen: listed.slice(0, 1) },
      groundOf({ roles, policies }).ground,
    );

  it('are for those who are chosen, and for those listed who have one, in whatever letters', async () => {
    const { desired } = await stepsWith({ [sender('3').toUpperCase()]: {}, [sender('9')]: {} });
    const names = desired.roles.map(({ name }) => name).filter((name) => name.includes('-sender-'));
    expect(names).toEqual([sender(REQUESTER), sender('3')]);
  });

  const publishing = (...topics: readonly string[]) =>
    JSON.stringify({
      Statement: topics.map((topic) => ({
        Action: 'mns:PublishMessage',
        Effect: 'Allow',
        Resource: `acs:mns:r:2:/topics/${topic}/messages`,
      })),
      Version: '1',
    });
  it.each([
    ['the topics of its policy', { [sender('9')]: { text: publishing('a', 'b', 'a') } }, [], 'a, b'],
    [
      'its policies where none names a topic',
      {},
      [
        { name: 'x', type: 'Custom' },
        { name: 'y', type: 'System' },
      ] as const,
      'x, y',
    ],
    ['nothing', {}, [], 'nothing'],
  ])('of nobody listed are named with %s', async (_what, policies, attached, may) => {
    const { conflicts } = await stepsWith({ [sender('9')]: { attached } }, policies);
    expect(conflicts).toEqual([
      {
        kind: 'role',
        target: sender('9'),
        text: `the role ${sender('9')} is one too many: no account of that UID is listed, and it may publish to ${may}`,
        fix: 'list the account in requesters.json, or delete the role and its policy',
        aside: true,
      },
    ]);
  });

  it('a policy that is not there lets nobody publish', () => {
    expect(topicsIn(null)).toEqual([]);
    expect(topicsIn({ text: publishing('a-1') })).toEqual(['a-1']);
  });
});

describe('who gets a sender role', () => {
  const before = process.cwd();
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'dms-handshake-askers-'));
    process.chdir(folder);
  });
  afterEach(() => {
    process.chdir(before);
    rmSync(folder, { recursive: true });
  });

  const listing = (file: string) =>
    writeFileSync(
      join(folder, file),
      JSON.stringify({
        requesters: [
          { uid: '5', name: 'five', engines: '*', access: ['register'], topics: ['requests-5'] },
          { uid: '6', name: 'six', engines: '*', access: ['register'], topics: ['requests-6'] },
        ],
      }),
    );
  const five = { uid: '5', topics: ['requests-5'] };
  const six = { uid: '6', topics: ['requests-6'] };

  it('are all of requesters.json, each with its topics', async () => {
    listing('requesters.json');
    expect(await askersOf(undefined, undefined)).toEqual({ listed: [five, six], chosen: [five, six] });
  });

  it('are those who are named, each one time, of the file that is named', async () => {
    listing('who.json');
    expect(await askersOf(['6', '6'], 'who.json')).toEqual({ listed: [five, six], chosen: [six] });
  });

  it('is nobody where there is no file and none is named', async () => {
    expect(await askersOf(undefined, undefined)).toEqual({ listed: [], chosen: [] });
    await expect(askersOf(['5'], undefined)).rejects.toThrow(
      /^account 5 is not listed in requesters\.json: /,
    );
  });

  it('are the requesters of the local cloud, unless a file is named', async () => {
    listing('requesters.json');
    listing('who.json');
    const local = [{ uid: '7', topics: ['t'] }];
    expect(await askersOf(undefined, undefined, local)).toEqual({ listed: local, chosen: local });
    expect((await askersOf(undefined, 'who.json', local)).listed).toEqual([five, six]);
  });

  it.each([
    ['requesters.json', undefined],
    ['who.json', 'who.json'],
  ])('is nobody whom the file does not list: %s', async (name, file) => {
    listing(name);
    await expect(askersOf(['5', '8'], file)).rejects.toMatchObject({
      message: `account 8 is not listed in ${name}: it would get the right to publish where others ask; list it there first`,
      exitCode: 2,
    });
  });
});

describe('the requesters of the local cloud', () => {
  const keys = { endpoint: '', accessKeyId: '', accessKeySecret: '' };
  const local = {
    region: 'cn-hangzhou',
    owner: { ...keys, uid: OWNER },
    requester: { ...keys, uid: REQUESTER },
    requestTopic: 'requests',
    replyTopic: 'replies',
    replyQueue: { name: 'replies' },
  };

  it('are the first and those beside it, each with the topic that it asks at', () => {
    const more = [{ ...keys, uid: '3', requestTopic: 'requests-3' }];
    expect(localAskers({ local })).toEqual([{ uid: REQUESTER, topics: ['requests'] }]);
    expect(localAskers({ local: { ...local, requesters: more } })).toEqual([
      { uid: REQUESTER, topics: ['requests'] },
      { uid: '3', topics: ['requests-3'] },
    ]);
  });

  it('are no matter of the real cloud', () => {
    expect(localAskers({ local: null })).toBeNull();
  });
});
