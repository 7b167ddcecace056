import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { runCli, stateFile } from '../kit/cli.ts';
import { constant } from '../kit/session.ts';
import { type TestCloud, testCloud } from '../kit/test-cloud.ts';

const ORDERS = '1000000000000001';
const ANALYTICS = '1000000000000003';
const listed = (uid: string, name: string) =>
  `    { "uid": "${uid}", "name": "${name}", "engines": "*", "access": ["register", "console"], "topics": ["requests-${name}"] }`;
const fileOf = (...lines: readonly string[]) => `{\n  "requesters": [\n${lines.join(',\n')}\n  ]\n}\n`;
const BOTH = fileOf(listed(ORDERS, 'orders'), listed(ANALYTICS, 'analytics'));

type Step = readonly [about: string, command: string, exit: number];

const ASKED: readonly Step[] = [
  ['Two accounts ask, each over the topic that proves it.', 'request --local --engines redis', 0],
  ['', `request --local --requester ${ANALYTICS} --engines gdb`, 0],
  [
    'The first tries to speak as the second, as the sweep, and as the owner. Its sender role lets it publish to its own topic only.',
    'request --local --engines redis --topic requests-analytics',
    1,
  ],
  ['', 'request --local --engines redis --topic dms-handshake-upkeep', 1],
  ['', 'request --local --engines redis --topic dms-handshake-owner', 1],
  [
    "An approver of account B takes the access of the first away. No key of account A is needed, and nobody's hand in RAM.",
    `revoke --local --as-owner --requester ${ORDERS}`,
    0,
  ],
  ['The second keeps what it has.', 'list --local', 0],
  ['As the command said, the first may ask again, and is granted it.', 'request --local --engines redis', 0],
];

const UNLISTED: readonly Step[] = [
  [
    'Now its topic proves nobody, so that nobody is answered but the owner, and nothing is granted.',
    'request --local --engines lindorm --wait 1',
    3,
  ],
  [
    'What it was granted before is still there. The sweep of the next hour tells of it: an event `changed` with the problem `requester-not-allowed`.',
    'list --local',
    0,
  ],
  [
    'The owner closes that role, although nobody is listed for it.',
    `revoke --local --as-owner --requester ${ORDERS}`,
    0,
  ],
];

const ALL: readonly Step[] = [
  [
    'Everything can be closed at once. On a terminal the command shows the roles and asks.',
    'revoke --local --as-owner --all',
    2,
  ],
  ['', 'revoke --local --as-owner --all --yes --json', 0],
];

const SWEPT: readonly Step[] = [['After the next sweep nothing is left to tell of.', 'list --local', 0]];

let cloud: TestCloud;
let state: Awaited<ReturnType<typeof stateFile>>;
let folder: string;
let file: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'dms-handshake-owner-session-'));
  file = join(folder, 'requesters.json');
  await writeFile(file, BOTH);
  cloud = await testCloud({
    environment: { PATIENCE_SECONDS: '0' },
    approver: true,
    requesters: file,
    requesterUid: ORDERS,
    requesterTopics: ['requests-orders'],
    furtherRequesters: [{ uid: ANALYTICS, topics: ['requests-analytics'] }],
  });
  state = await stateFile(cloud.ready);
});
afterAll(async () => {
  await cloud.close();
  await state.remove();
  await rm(folder, { recursive: true });
});

async function play(steps: readonly Step[]): Promise<readonly string[]> {
  const parts: string[] = [];
  for (const [about, command, exit] of steps) {
    // What a command before has had noted stands there.
    await cloud.idle();
    const { code, stdout, stderr } = await runCli(command.split(' '), {
      env: { DMS_HANDSHAKE_LOCAL: state.file, COLUMNS: '110' },
    });
    expect([command, code], stderr).toEqual([command, exit]);
    const status = exit === 0 ? [] : ['$ echo $?', String(exit)];
    const shown = constant(stdout + stderr).trimEnd();
    if (about !== '') parts.push('', about);
    parts.push('', '```console', `$ dms-handshake ${command}`, shown, ...status, '```');
  }
  return parts;
}

it('goes as docs/operate/owner-session.md shows it', async () => {
  const parts = [
    '# The owner is in charge: a session on the local cloud',
    '',
    '<!-- Written by test/integration/owner-session.test.ts, which replays it; times and ids are made constant. -->',
    '',
    'Account B lists two accounts A, each bound to a topic of its own. In one terminal:',
    '',
    '```console',
    '$ cat requesters.json',
    BOTH.trimEnd(),
    '$ npx dms-handshake local --requesters requesters.json',
    '```',
    '',
    'The other commands run in another. With `--as-owner` they use the keys of a user of account B who has',
    '`dms-handshake-approver.json` and `dms-handshake-operator.json`, and nothing else.',
    ...(await play(ASKED)),
  ];
  await writeFile(file, fileOf(listed(ANALYTICS, 'analytics')));
  parts.push(
    '',
    'So account B takes it out of `requesters.json`, and deploys again; the local cloud reads the file at every use.',
    ...(await play(UNLISTED.slice(0, 1))),
  );
  cloud.forget();
  const before = await cloud.replies();
  await cloud.host.fireTimer('dms-handshake-verify', 'sweep');
  const told = await cloud.replies();
  expect(before.map(({ data }) => data.problem?.code)).toContain('requester-not-allowed');
  expect(told.map(({ data }) => [data.status, data.requesterUid, data.problem?.code])).toEqual([
    ['changed', ORDERS, 'requester-not-allowed'],
  ]);
  await cloud.host.fireTimer('dms-handshake-verify', 'sweep');
  expect(await cloud.replies()).toEqual([]);
  parts.push(...(await play(UNLISTED.slice(1))), ...(await play(ALL)));
  await cloud.host.fireTimer('dms-handshake-verify', 'sweep');
  await cloud.idle();
  parts.push(...(await play(SWEPT)));
  expect(
    [...cloud.owner.ram.roles.values()].filter(({ trust }) => trust.includes('dms.aliyuncs.com')),
  ).toEqual([]);
  await expect(`${parts.join('\n')}\n`).toMatchFileSnapshot('../../docs/operate/owner-session.md');
});
