import { writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Readable } from 'node:stream';
import { stripVTControlCharacters } from 'node:util';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createQueue, createTopic, subscribe } from '../../local/cloud/mns/index.ts';
import type { Account } from '../../local/cloud/world.ts';
import { ramByHand } from '../../local/ram-by-hand.ts';
import { millis } from '../../shared/runtime/clock.ts';
import { REQUESTER } from '../kit/accounts.ts';
import { stateFile } from '../kit/cli.ts';
import { callCli } from '../kit/cli-in-process.ts';
import { type TestCloud, testCloud } from '../kit/test-cloud.ts';

const REPLIES = 'dms-handshake-replies';
const DEAD_LETTERS = 'dms-handshake-dead-letters';
const OWNER_REPLIES = 'dms-handshake-owner-replies';
/** Topics that triggers of the deployed functions listen at. */
const HEARD = ['dms-handshake-requests', 'dms-handshake-upkeep', 'dms-handshake-owner'];

let cloud: TestCloud;
let state: Awaited<ReturnType<typeof stateFile>>;

beforeEach(async () => {
  cloud = await testCloud({ environment: { PATIENCE_SECONDS: '0' } });
  state = await stateFile(cloud.ready);
});

afterEach(async () => {
  await cloud.close();
  await state.remove();
});

const bootstrap = (...args: readonly string[]) =>
  callCli(['bootstrap', '--local', ...args], {
    env: { DMS_HANDSHAKE_LOCAL: state.file },
    cwd: dirname(state.file),
  });

async function changes(...args: readonly string[]): Promise<readonly string[]> {
  const ended = await bootstrap('--json', ...args);
  expect(ended.code, ended.stderr).toBe(0);
  const report: { changes: { operation: string; target: string }[] } = JSON.parse(ended.stdout);
  return report.changes.map(({ operation, target }) => `${operation} ${target}`);
}

/** Takes away what the local cloud came with, but for the topics that the deployed triggers listen at. */
async function strip(): Promise<void> {
  for (const account of [cloud.owner, cloud.requester])
    for (const { name } of [...account.ram.roles.values()])
      if (name.startsWith('dms-handshake-')) await dropRole(account, name);
  cloud.owner.mns.topics.delete(REPLIES);
  for (const queue of [DEAD_LETTERS, OWNER_REPLIES]) cloud.owner.mns.removeQueue(queue);
  cloud.requester.mns.removeQueue(REPLIES);
}

async function dropRole(account: Account, name: string): Promise<void> {
  const byHand = (operation: string, parameters: Readonly<Record<string, string>>) =>
    ramByHand(cloud.world, account, operation, parameters);
  await byHand('DetachPolicyFromRole', { RoleName: name, PolicyName: name, PolicyType: 'Custom' });
  await byHand('DeletePolicy', { PolicyName: name });
  await byHand('DeleteRole', { RoleName: name });
}

const subscription = () => {
  const found = cloud.owner.mns.topic(REPLIES).subscriptions.get(`requester-${REQUESTER}`);
  if (found === undefined) throw new Error('there is no subscription');
  return found;
};

const ask = (engine: string, seconds: string) =>
  callCli(['request', '--local', '--engines', engine, '--wait', seconds, '--json'], {
    env: { DMS_HANDSHAKE_LOCAL: state.file },
  });

/** With a terminal to draw on, and somebody who types this. */
async function onTerminal<T>(typed: string, run: () => Promise<T>): Promise<T> {
  const isTTY = Object.getOwnPropertyDescriptor(process.stderr, 'isTTY');
  const stdin: unknown = Object.assign(Readable.from([typed]), { isTTY: true });
  const typing = vi.spyOn(process, 'stdin', 'get').mockReturnValue(stdin as typeof process.stdin);
  Object.defineProperty(process.stderr, 'isTTY', { value: true, configurable: true });
  try {
    return await run();
  } finally {
    typing.mockRestore();
    if (isTTY === undefined) Reflect.deleteProperty(process.stderr, 'isTTY');
    else Object.defineProperty(process.stderr, 'isTTY', isTTY);
  }
}

/** A role of the account that looks as if it granted what the one of the requester does, and has another name. */
async function grantLike(account: Account, RoleName: string): Promise<void> {
  const tags = cloud.owner.ram.findRole(`dms-cross-account-${REQUESTER}`)?.tags ?? new Map();
  await ramByHand(cloud.world, account, 'CreateRole', {
    RoleName,
    AssumeRolePolicyDocument: JSON.stringify({
      Statement: [{ Action: 'sts:AssumeRole', Effect: 'Allow', Principal: { RAM: ['acs:ram::3:root'] } }],
      Version: '1',
    }),
    Tag: JSON.stringify([...tags].map(([Key, Value]) => ({ Key, Value }))),
  });
}

/** Everything of the installation that exists, both accounts. */
const inventory = () =>
  [cloud.owner, cloud.requester].flatMap(({ uid, ram, mns }) =>
    Object.entries({ role: ram.roles, policy: ram.policies, topic: mns.topics, queue: mns.queues }).flatMap(
      ([kind, all]) => [...all.values()].map(({ name }) => `${uid} ${kind} ${name}`),
    ),
  );

describe('bootstrap', () => {
  it('has nothing to do where everything is as it must be', async () => {
    const before = inventory();
    expect(await bootstrap()).toEqual({
      code: 0,
      stdout: 'nothing to do: everything is as it must be\n',
      stderr: '',
    });
    expect(inventory()).toEqual(before);
  });

  it('makes everything in accounts that have nothing, so that a request is granted; then nothing more', async () => {
    const before = inventory();
    await strip();
    const planned = await changes('--dry-run');
    expect(planned).toHaveLength(7 * 3 + 6);
    expect(inventory()).toEqual(HEARD.map((name) => `2000000000000002 topic ${name}`));
    expect(await changes()).toEqual(planned);
    expect(inventory().sort()).toEqual(before.sort());
    expect(await changes()).toEqual([]);
    const asked = await callCli(['request', '--local', '--engines', 'redis', '--json'], {
      env: { DMS_HANDSHAKE_LOCAL: state.file },
    });
    expect(JSON.parse(asked.stdout).data.status).toBe('verified');
  });

  it('repairs what it made, and what the local cloud came with', async () => {
    await cloud.byHand('UpdateRole', {
      RoleName: 'dms-handshake-provision',
      NewAssumeRolePolicyDocument: JSON.stringify({
        Statement: [{ Action: 'sts:AssumeRole', Effect: 'Allow', Principal: { RAM: ['acs:ram::3:root'] } }],
        Version: '1',
      }),
    });
    await cloud.byHand('CreatePolicyVersion', {
      PolicyName: 'dms-handshake-intake',
      PolicyDocument: JSON.stringify({
        Statement: [{ Action: '*', Effect: 'Allow', Resource: '*' }],
        Version: '1',
      }),
      SetAsDefault: 'true',
    });
    await cloud.byHand('DetachPolicyFromRole', {
      RoleName: 'dms-handshake-verify',
      PolicyName: 'dms-handshake-verify',
      PolicyType: 'Custom',
    });
    const planned = await callCli(['bootstrap', '--local', '--dry-run'], {
      env: { DMS_HANDSHAKE_LOCAL: state.file },
    });
    expect(planned.stdout).toContain('the rights are others: mns:publishmessage on ');
    expect(planned.stdout).toMatch(/ is missing; Allow \* on \* was not asked for/);
    expect(await changes()).toEqual([
      'create-policy-version dms-handshake-intake',
      'update-trust dms-handshake-provision',
      'attach-policy dms-handshake-verify',
    ]);
    expect(await changes()).toEqual([]);
  });

  it('mends a subscription that an older version made through the XML API, which can say no role', async () => {
    await strip();
    await bootstrap();
    const { attributes, name } = subscription();
    cloud.owner.mns.topic(REPLIES).subscriptions.delete(name);
    subscribe(cloud.world, cloud.owner, REPLIES, name, {
      endpoint: attributes.endpoint.replace(':/', ':'),
      notifyContentFormat: 'SIMPLIFIED',
      notifyStrategy: 'EXPONENTIAL_DECAY_RETRY',
    });
    expect((await ask('redis', '1')).code).toBe(3);
    const mended = await bootstrap();
    expect(mended.stdout).toContain(`subscribe ${name}  it delivers in another way`);
    expect(mended.stderr).toBe(`replies reach account ${REQUESTER}: a message came through to its queue\n`);
    expect((await ask('lindorm', '30')).code).toBe(0);
    expect(await changes()).toEqual([]);
  });

  it('makes a subscription anew that looks right, and was not made by it: its role cannot be read', async () => {
    const { attributes, name } = subscription();
    const { subscriptions } = cloud.owner.mns.topic(REPLIES);
    const byOthers = {
      attributes: { ...attributes, stsRoleArn: null },
      name,
      createdAt: millis(0),
      modifiedAt: millis(0),
    };
    subscriptions.set(name, byOthers);
    expect(await changes()).toEqual([`subscribe ${name}`]);
    expect(subscription().attributes).toEqual(attributes);
  });

  it.each([
    ['its strategy', { notifyStrategy: 'BACKOFF_RETRY' }],
    ['its format', { notifyContentFormat: 'XML' }],
    ['its filter', { filterTag: 'other' }],
  ] as const)('makes a subscription anew when somebody has changed %s', async (_what, changed) => {
    const found = subscription();
    const before = found.attributes;
    found.attributes = { ...before, ...changed };
    expect(await changes()).toEqual([`subscribe ${found.name}`]);
    expect(subscription().attributes).toEqual(before);
  });

  it('writes nothing where somebody else has a role of that name', async () => {
    await strip();
    await cloud.byHand('CreateRole', {
      RoleName: 'dms-handshake-verify',
      AssumeRolePolicyDocument: JSON.stringify({
        Statement: [{ Action: 'sts:AssumeRole', Effect: 'Allow', Principal: { RAM: ['acs:ram::3:root'] } }],
        Version: '1',
      }),
    });
    await cloud.byHand('CreatePolicy', {
      PolicyName: 'dms-handshake-intake',
      PolicyDocument: JSON.stringify({
        Statement: [{ Action: '*', Effect: 'Allow', Resource: '*' }],
        Version: '1',
      }),
    });
    const before = inventory();
    const fix =
      'is not what it must be, and bootstrap did not make it; rename or delete it, or hand it over with the tag installed-by=dms-handshake-bootstrap';
    expect(await bootstrap()).toEqual({
      code: 1,
      stdout: '',
      stderr: `dms-handshake: nothing was written: the policy dms-handshake-intake ${fix}; the role dms-handshake-verify ${fix}\n`,
    });
    expect(inventory()).toEqual(before);
  });

  it('says on a terminal which change it is at, and takes the line away', async () => {
    for (const name of ['dms-handshake-verify', 'dms-handshake-intake'])
      await cloud.byHand('DetachPolicyFromRole', {
        RoleName: name,
        PolicyName: name,
        PolicyType: 'Custom',
      });
    const { stderr } = await onTerminal('', () => bootstrap());
    const drawn = stripVTControlCharacters(stderr.replaceAll('\r\u001b[2K', '\n'))
      .split('\n')
      .map((line) => line.replace(/^[⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏] /, ''));
    expect(drawn.filter((line, index) => index === 0 || line !== drawn[index - 1])).toEqual([
      '',
      '1 of 2: attach-policy dms-handshake-intake',
      '2 of 2: attach-policy dms-handshake-verify',
      '',
    ]);
  });

  it('works in the account that --side names, and in no other', async () => {
    await strip();
    expect(await changes('--side', 'requester', '--dry-run')).toEqual([
      `create-role ${REPLIES}`,
      `create-policy ${REPLIES}`,
      `attach-policy ${REPLIES}`,
      `create-queue ${REPLIES}`,
    ]);
    const made = await changes('--side', 'owner');
    expect(made).toHaveLength(6 * 3 + 5);
    expect(inventory().filter((one) => one.startsWith(REQUESTER))).toEqual([]);
  });

  it('the help says what it does', async () => {
    expect((await callCli(['bootstrap', '--help'])).stdout).toBe(HELP);
  });

  it('makes a sender role for every requester of requesters.json, for its topics alone', async () => {
    await strip();
    const file = join(dirname(state.file), 'requesters.json');
    const requesters = ['5', '6'].map((uid) => ({
      uid,
      name: `r${uid}`,
      engines: '*',
      access: ['register'],
      topics: [`requests-${uid}`],
    }));
    await writeFile(file, JSON.stringify({ requesters }));
    const made = await changes(
      '--side',
      'owner',
      '--requesters',
      file,
      '--requester',
      '5',
      '--requester',
      '6',
    );
    expect(made).toEqual(
      expect.arrayContaining([
        'create-role dms-handshake-sender-5',
        'create-topic requests-6',
        'subscribe requester-6',
      ]),
    );
    const policy = cloud.owner.ram.findPolicy('Custom', 'dms-handshake-sender-5');
    expect(JSON.stringify(policy)).toContain('topics/requests-5/messages');
    expect(JSON.stringify(policy)).not.toContain('requests-6');
    // What the intake may do is about all of the file, whoever is named.
    expect(await changes('--side', 'owner', '--requesters', file, '--requester', '5')).toEqual([]);
  });

  it('refuses an account that the file does not list: it could publish where others ask', async () => {
    await strip();
    const before = inventory();
    const ended = await bootstrap('--side', 'owner', '--requester', '5');
    expect(ended).toMatchObject({ code: 2, stderr: expect.stringContaining('account 5 is not listed') });
    expect(inventory()).toEqual(before);
  });

  it('sets up 25 requesters with a topic each, and takes all of it away', async () => {
    await strip();
    const before = inventory();
    const file = join(dirname(state.file), 'requesters.json');
    const uids = Array.from({ length: 25 }, (_, index) => `10000000000001${String(index).padStart(2, '0')}`);
    const requesters = uids.map((uid) => ({
      uid,
      name: uid,
      engines: '*',
      access: ['register'],
      topics: [`dms-handshake-requests-${uid}`],
    }));
    await writeFile(file, JSON.stringify({ requesters }));
    const owner = ['--side', 'owner', '--requesters', file];
    const made = await changes(...owner);
    expect(made.filter((one) => one.startsWith('create-topic dms-handshake-requests-'))).toHaveLength(25);
    expect(await changes(...owner)).toEqual([]);
    for (const { name, tags } of cloud.owner.ram.roles.values()) expect(tags.size, name).toBeLessThan(20);
    await changes('--side', 'owner', '--remove', '--yes');
    expect(inventory().sort()).toEqual(before.sort());
  });

  it.each([
    [
      'AdministratorAccess on a function',
      'dms-handshake-intake',
      'the role dms-handshake-intake has policies that bootstrap did not give it: AdministratorAccess; detach them, and find out in ActionTrail who attached them',
    ],
    [
      'a sender role of nobody listed',
      'dms-handshake-sender-9',
      'the role dms-handshake-sender-9 is one too many: no account of that UID is listed, and it may publish to AdministratorAccess; list the account in requesters.json, or delete the role and its policy',
    ],
  ])('names %s, and so does doctor', async (_what, RoleName, words) => {
    await strip();
    await bootstrap();
    if (cloud.owner.ram.findRole(RoleName) === undefined)
      await cloud.byHand('CreateRole', {
        RoleName,
        AssumeRolePolicyDocument: JSON.stringify({
          Statement: [{ Action: 'sts:AssumeRole', Effect: 'Allow', Principal: { RAM: ['acs:ram::9:root'] } }],
          Version: '1',
        }),
      });
    await cloud.byHand('AttachPolicyToRole', {
      RoleName,
      PolicyName: 'AdministratorAccess',
      PolicyType: 'System',
    });
    const ended = { code: 1, stderr: `${words}\n` };
    const stdout = 'nothing to do: everything is as it must be\n';
    expect(await bootstrap()).toEqual({ ...ended, stdout });
    expect(await bootstrap('--dry-run')).toEqual({ ...ended, stdout });
    // It is named, and nothing else waits for it.
    await cloud.byHand('DetachPolicyFromRole', {
      RoleName: 'dms-handshake-verify',
      PolicyName: 'dms-handshake-verify',
      PolicyType: 'Custom',
    });
    expect(await bootstrap()).toEqual({
      ...ended,
      stdout: `account ${cloud.owner.uid}\n  + attach-policy dms-handshake-verify  to the role dms-handshake-verify\n1 change made\n`,
    });
    const seen = await callCli(['doctor', '--local', '--json'], {
      env: { DMS_HANDSHAKE_LOCAL: state.file },
      cwd: dirname(state.file),
    });
    const checks: { id: string; status: string }[] = JSON.parse(seen.stdout).checks;
    expect(checks.filter(({ status }) => status === 'fail').map(({ id }) => id)).toEqual([
      `owner:role:${RoleName}`,
    ]);
  });

  it.each([
    ['is not there', null, /cannot be read \(ENOENT\)/],
    ['is refused', '{"requesters":[{"uid":5}]}', /requesters\.json is refused/],
  ])('says so when the file %s', async (_what, text, message) => {
    const file = join(dirname(state.file), 'who.json');
    if (text !== null) await writeFile(file, text);
    const ended = await bootstrap('--requesters', file);
    expect(ended).toMatchObject({ code: 2, stderr: expect.stringMatching(message) });
  });
});

describe('bootstrap --remove', () => {
  it('takes away all that the local cloud comes with, so that a rehearsal ends as the real thing does', async () => {
    expect(await bootstrap('--remove', '--yes')).toMatchObject({ code: 0, stderr: '' });
    expect(inventory()).toEqual([]);
  });

  it('leaves alone what it did not make', async () => {
    await strip();
    const before = inventory();
    expect(await bootstrap('--remove', '--yes')).toMatchObject({
      code: 0,
      stdout: expect.stringContaining('nothing to remove'),
    });
    expect(inventory()).toEqual(before);
  });

  it('takes away what it made, and nothing else', async () => {
    await strip();
    const before = inventory();
    await bootstrap();
    await cloud.byHand('CreateRole', {
      RoleName: 'dms-handshake-mine',
      AssumeRolePolicyDocument: JSON.stringify({
        Statement: [{ Action: 'sts:AssumeRole', Effect: 'Allow', Principal: { RAM: ['acs:ram::3:root'] } }],
        Version: '1',
      }),
    });
    const planned = await changes('--remove', '--dry-run');
    expect(await changes('--remove', '--yes')).toEqual(planned);
    expect(inventory().sort()).toEqual([...before, '2000000000000002 role dms-handshake-mine'].sort());
    expect(await changes('--remove', '--yes')).toEqual([]);
  });

  it('asks first: without a terminal and without --yes nothing goes', async () => {
    await strip();
    await bootstrap();
    const before = inventory();
    expect(await bootstrap('--remove')).toEqual({
      code: 2,
      stdout: '',
      stderr:
        'dms-handshake: nothing was removed: there is no terminal to ask on; see with --dry-run what would go, then say --yes\n',
    });
    expect(inventory()).toEqual(before);
  });

  it.each(['no', ''])(
    'shows on a terminal what would go, and leaves it unless the answer is yes: %j',
    async (typed) => {
      const before = inventory();
      const planned = await bootstrap('--remove', '--dry-run');
      expect(planned.stdout).toMatch(/^ {2}- delete-role dms-handshake-verify {2}bootstrap made it$/m);
      const ended = await onTerminal(`${typed}\n`, () => bootstrap('--remove'));
      expect(ended).toMatchObject({ code: 1, stdout: '' });
      const shown = stripVTControlCharacters(ended.stderr);
      expect(shown.startsWith(`${planned.stdout}Remove all of this? Type yes: `)).toBe(true);
      expect(shown.endsWith('dms-handshake: nothing was removed\n')).toBe(true);
      expect(inventory()).toEqual(before);
    },
  );

  it('removes what it has shown where the answer is yes', async () => {
    const ended = await onTerminal('yes\n', () => bootstrap('--remove'));
    expect(ended).toMatchObject({ code: 0, stdout: expect.stringMatching(/ changes made\n$/) });
    expect(inventory()).toEqual([]);
  });

  it('asks nothing where there is nothing to remove', async () => {
    await strip();
    expect(await bootstrap('--remove')).toEqual({
      code: 0,
      stdout: 'nothing to remove: there is nothing that bootstrap made\n',
      stderr: '',
    });
  });

  it('deletes nothing for a tag alone: what has another name is left, and named', async () => {
    const tag = (key: string) => ({ Key: key, Value: 'dms-handshake-bootstrap' });
    const AssumeRolePolicyDocument = JSON.stringify({
      Statement: [{ Action: 'sts:AssumeRole', Effect: 'Allow', Principal: { RAM: ['acs:ram::3:root'] } }],
      Version: '1',
    });
    createTopic(cloud.world, cloud.owner, 'payroll');
    createQueue(cloud.world, cloud.owner, 'payroll');
    for (const RoleName of ['payroll', 'dms-handshake-sender-9'])
      await cloud.byHand('CreateRole', {
        RoleName,
        AssumeRolePolicyDocument,
        Tag: JSON.stringify(['installed-by', 'made-topic-payroll', 'made-queue-payroll'].map(tag)),
      });
    const ended = await bootstrap('--remove', '--yes');
    expect(ended.stderr).toContain('the role payroll has the tag of bootstrap');
    expect(cloud.owner.ram.findRole('payroll')).toBeDefined();
    expect([cloud.owner.mns.topics.has('payroll'), cloud.owner.mns.queues.has('payroll')]).toEqual([
      true,
      true,
    ]);
  });

  it('leaves a policy of its name without its tag, and one that is attached elsewhere', async () => {
    await strip();
    await bootstrap();
    await cloud.byHand('UntagResources', {
      ResourceType: 'policy',
      ResourceNames: '["dms-handshake-intake"]',
      TagKeys: '["installed-by"]',
    });
    await cloud.byHand('CreateUser', { UserName: 'alice' });
    await cloud.byHand('AttachPolicyToUser', {
      PolicyName: 'dms-handshake-verify',
      PolicyType: 'Custom',
      UserName: 'alice',
    });
    await bootstrap('--remove', '--yes');
    expect([...cloud.owner.ram.policies.values()].map(({ name }) => name).sort()).toEqual([
      'dms-handshake-intake',
      'dms-handshake-verify',
    ]);
  });

  it('leaves a role to which somebody attached a policy, and says so', async () => {
    await strip();
    await bootstrap();
    await cloud.byHand('AttachPolicyToRole', {
      RoleName: 'dms-handshake-verify',
      PolicyName: 'AliyunDMSLoginConsoleAccess',
      PolicyType: 'System',
    });
    const ended = await bootstrap('--remove', '--yes');
    expect(ended).toMatchObject({
      code: 0,
      stderr: expect.stringContaining('the role dms-handshake-verify has policies of others'),
    });
    expect([...cloud.owner.ram.roles.values()].map(({ name }) => name)).toEqual(['dms-handshake-verify']);
  });

  it('is refused while access is granted, since nobody could take it back', async () => {
    await cloud.ask({ requesterUid: REQUESTER, engines: ['redis'] });
    const before = inventory();
    const refusal = (roles: string) => ({
      code: 1,
      stdout: '',
      stderr: `dms-handshake: nothing was removed: access is still granted by ${roles}; revoke it first, since nobody could afterwards\n`,
    });
    const role = `dms-cross-account-${REQUESTER}`;
    expect(await bootstrap('--remove', '--yes')).toEqual(refusal(role));
    expect(inventory()).toEqual(before);
    const others = ['3', '4', '5', '6'].map((uid) => `dms-cross-account-${uid}`);
    for (const other of others) await grantLike(cloud.owner, other);
    expect(await bootstrap('--remove', '--yes')).toEqual(refusal([role, ...others].join(', ')));
    await grantLike(cloud.owner, 'dms-cross-account-7');
    expect(await bootstrap('--remove', '--yes')).toEqual(
      refusal(`${[role, ...others].join(', ')} and 1 more`),
    );
  });

  it('is not kept back by what was granted and given back, nor by a role of another name', async () => {
    await cloud.ask({ requesterUid: REQUESTER, engines: ['redis'] });
    await grantLike(cloud.owner, 'payroll');
    await cloud.ask({ requesterUid: REQUESTER, action: 'revoke' });
    expect(cloud.owner.ram.findRole(`dms-cross-account-${REQUESTER}`)).toBeDefined();
    expect(await bootstrap('--remove', '--yes')).toMatchObject({ code: 0, stderr: '' });
    expect([...cloud.owner.ram.roles.values()].map(({ name }) => name)).toEqual([
      `dms-cross-account-${REQUESTER}`,
      'payroll',
    ]);
  });

  it('in account A is not kept back by what account A grants to others', async () => {
    await cloud.ask({ requesterUid: REQUESTER, engines: ['redis'] });
    await grantLike(cloud.requester, 'dms-cross-account-3');
    expect(await changes('--side', 'requester', '--remove', '--yes')).toEqual([
      `delete-queue ${REPLIES}`,
      `detach-policy ${REPLIES}`,
      `delete-policy ${REPLIES}`,
      `delete-role ${REPLIES}`,
    ]);
  });
});

describe('doctor', () => {
  const doctor = async () => {
    const ended = await callCli(['doctor', '--local', '--json'], {
      env: { DMS_HANDSHAKE_LOCAL: state.file },
      cwd: dirname(state.file),
    });
    const checks: { id: string; status: string; detail: string; fix: string | null }[] = JSON.parse(
      ended.stdout,
    ).checks;
    return { code: ended.code, failed: checks.filter(({ status }) => status === 'fail'), checks };
  };

  it('finds nothing where everything is right', async () => {
    expect(await doctor()).toMatchObject({ code: 0, failed: [] });
  });

  it('finds a fault of the file that the local cloud goes by, which keeps everybody from asking', async () => {
    await writeFile(cloud.ready.requestersFile, '{"requesters":[{"uid":"5","engines":["rediss"]}]}');
    const { code, failed } = await doctor();
    expect(code).toBe(1);
    expect(failed).toMatchObject([
      { id: 'owner:requesters', detail: expect.stringContaining('requesters.json is refused') },
    ]);
  });

  it('names what is missing, and what mends it', async () => {
    await strip();
    const { code, failed } = await doctor();
    expect(code).toBe(1);
    expect(failed.map(({ id }) => id)).toEqual([
      'owner:role:dms-handshake-intake',
      'owner:role:dms-handshake-provision',
      'owner:role:dms-handshake-verify',
      'owner:role:dms-handshake-trigger',
      'owner:role:dms-handshake-notify',
      `owner:role:dms-handshake-sender-${REQUESTER}`,
      `owner:topic:${REPLIES}`,
      `owner:queue:${DEAD_LETTERS}`,
      `owner:queue:${OWNER_REPLIES}`,
      'owner:subscription:owner',
      `owner:subscription:requester-${REQUESTER}`,
      'requester:sender-role',
      `requester:role:${REPLIES}`,
      `requester:queue:${REPLIES}`,
    ]);
    for (const { fix } of failed) expect(fix).toMatch(/dms-handshake bootstrap/);
    expect(failed[0]?.fix).toBe('npx dms-handshake bootstrap --local');
  });

  it('sees functions that are not there, or run as somebody else', async () => {
    const { functions } = cloud.owner.fc;
    const verify = cloud.owner.fc.function('dms-handshake-verify');
    functions.delete('dms-handshake-provision');
    const { revision } = verify;
    const settings = { ...revision.settings, role: 'acs:ram::2000000000000002:role/admin' };
    verify.revision = { ...revision, settings };
    verify.triggers.clear();
    const { failed } = await doctor();
    expect(failed).toMatchObject([
      {
        id: 'owner:function:dms-handshake-provision',
        detail: 'it is not deployed',
        fix: 'deploy the functions: npm run deploy',
      },
      { id: 'owner:function:dms-handshake-verify', detail: 'runs as acs:ram::2000000000000002:role/admin' },
      { id: 'owner:trigger:dms-handshake-verify', detail: 'there is no timer trigger' },
    ]);
  });

  it('has one finding when the credentials are not accepted', async () => {
    const broken = await stateFile({
      ...cloud.ready,
      owner: { ...cloud.ready.owner, accessKeySecret: 'wrong' },
    });
    const ended = await callCli(['doctor', '--local', '--side', 'owner', '--json'], {
      env: { DMS_HANDSHAKE_LOCAL: broken.file },
    });
    expect(ended.code).toBe(1);
    expect(JSON.parse(ended.stdout).checks).toMatchObject([
      { id: 'credentials', status: 'fail', fix: expect.stringContaining('check the access key') },
      { id: 'everything-else', status: 'skip' },
    ]);
    await broken.remove();
  });
});

const HELP = `Usage: dms-handshake bootstrap [options]

create or repair roles, topics and queues in account B, and the reply queue in
account A

Options:
  --requester <uid>    make a sender role for this account A; may be repeated
                       (default: those of --requesters)
  --requesters <file>  who may ask (default: requesters.json, where there is
                       one)
  --side <account>     which account the credentials belong to (default: owner;
                       with --local both) (choices: "owner", "requester")
  --dry-run            print what would be written; write nothing
  --remove             take away what bootstrap made, and nothing else; shows it
                       and asks first
  --yes                with --remove: do not ask
  --local              use the local cloud that runs on this machine;
                       --local=NAME says which
  --region <id>        region of the installation (default: REGION, or
                       cn-hangzhou)
  --owner <uid>        UID of account B, the owner (default: OWNER_UID)
  --profile <name>     profile of the vendor's command line (~/.aliyun) whose
                       keys are used, and no others (default:
                       ALIBABA_CLOUD_PROFILE)
  --json               the changes as JSON
  --debug              stack traces with errors
  -h, --help           display help for command

Run it in account B before the functions are deployed, where requesters.json is, and once in account A:
  $ OWNER_UID=2000000000000002 npx dms-handshake bootstrap
  $ npx dms-handshake bootstrap --side requester --owner 2000000000000002

What exists and is as it must be is left alone; so running it again changes nothing. What exists and is otherwise is
repaired if bootstrap made it (tag installed-by=dms-handshake-bootstrap), and else named: then nothing is written. What
somebody added (a policy on a function's role, a sender role of nobody listed) is named and left: exit status 1.

A subscription into a queue of account A needs a role that no API shows. One that is not remembered as made with it is
made anew, and proved by a message; with the keys of one account only, the message is seen in the other (doctor --prove).

Examples:
  $ npx dms-handshake bootstrap --dry-run
  $ npx dms-handshake bootstrap --remove --dry-run
`;
