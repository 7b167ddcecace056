import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { runCli, stateFile } from '../kit/cli.ts';
import { constant } from '../kit/session.ts';
import { type TestCloud, testCloud } from '../kit/test-cloud.ts';

const FILE = `{
  "requesters": [
    { "uid": "1000000000000001", "name": "orders", "engines": "*", "access": ["register"], "topics": ["requests-orders"],
      "approval": { "unless": { "readOnly": true, "engines": ["redis"] } },
      "breakGlass": { "maxHours": 4, "engines": ["gdb", "oceanbase"] } }
  ]
}
`;

type Step = readonly [about: string, command: string, exit: number];

const STEPS: readonly Step[] = [
  [
    'What the file excepts is granted at once: Redis, for reading only.',
    'request --local --engines redis --read-only --request-id look-1',
    0,
  ],
  [
    'Anything else waits. The reply says so, and the outcome follows when the owner has answered.',
    'request --local --engines lindorm --request-id change-4711 --reference DBA-4711 --wait 4',
    3,
  ],
  ['An approver of account B sees what waits, with all of its words.', 'pending --local', 0],
  ['On a terminal `approve` shows the words and asks.', 'approve change-4711 --local', 2],
  ['', 'approve change-4711 --local --yes', 0],
  ['Account A hears the outcome.', 'reply change-4711 --local', 0],
  ['Another request is denied.', 'request --local --engines gdb --request-id change-4712 --wait 0', 0],
  ['', 'deny change-4712 --local --reason later', 0],
  ['', 'reply change-4712 --local', 1],
  ['No copy of it waits again.', 'request --local --engines gdb --request-id change-4712', 1],
  ['', 'pending --local --json', 0],
  [
    'In an emergency nobody is waited for. What is granted ends by itself, four hours later here.',
    'request --local --engines gdb --break-glass orders-are-lost --request-id pager-1',
    0,
  ],
  ['It cannot be made longer.', 'extend --local --engines gdb --expires 1d --request-id pager-2', 1],
  [
    'There is no other until the owner has confirmed it.',
    'request --local --engines oceanbase --break-glass again --request-id pager-3',
    1,
  ],
  ['The owner sees why, and confirms.', 'review --local', 0],
  ['', 'review --keep dms-cross-account-1000000000000001 --local', 0],
];

let cloud: TestCloud;
let state: Awaited<ReturnType<typeof stateFile>>;
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'dms-handshake-approval-session-'));
  const file = join(folder, 'requesters.json');
  await writeFile(file, FILE);
  cloud = await testCloud({
    environment: { PATIENCE_SECONDS: '0' },
    approver: true,
    requesters: file,
    requesterUid: '1000000000000001',
    requesterTopics: ['requests-orders'],
  });
  state = await stateFile(cloud.ready);
});
afterAll(async () => {
  await cloud.close();
  await state.remove();
  await rm(folder, { recursive: true });
});

async function play([about, command, exit]: Step): Promise<readonly string[]> {
  const { code, stdout, stderr } = await runCli(command.split(' '), {
    env: { DMS_HANDSHAKE_LOCAL: state.file, COLUMNS: '110' },
  });
  await cloud.idle();
  expect([command, code], stdout + stderr).toEqual([command, exit]);
  const status = exit === 0 ? [] : ['$ echo $?', String(exit)];
  const shown = constant(stdout + stderr).trimEnd();
  const words = ['```console', `$ dms-handshake ${command}`, shown, ...status, '```'];
  return about === '' ? ['', ...words] : ['', about, '', ...words];
}

it('goes as docs/operate/approval-session.md shows it', async () => {
  const parts = [
    '# The owner approves: a session on the local cloud',
    '',
    '<!-- Written by test/integration/approval-session.test.ts, which replays it; times are made constant. -->',
    '',
    'What approval is stands in [approval](approval.md). In one terminal:',
    '',
    '```console',
    '$ cat requesters.json',
    FILE.trimEnd(),
    '$ npx dms-handshake local --requesters requesters.json',
    '```',
    '',
    'The other commands run in another. `approve` and `deny` use the keys of a user of account B who has',
    '`dms-handshake-approver.json` and `dms-handshake-operator.json`, and nothing else.',
  ];
  for (const step of STEPS) parts.push(...(await play(step)));
  await expect(`${parts.join('\n')}\n`).toMatchFileSnapshot('../../docs/operate/approval-session.md');
});
