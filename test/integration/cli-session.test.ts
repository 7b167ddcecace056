import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type LocalCloud, startLocalCloud } from '../../local/local-cloud.ts';
import { runCli, stateFile } from '../kit/cli.ts';
import { constant } from '../kit/session.ts';

const ARN = 'acs:ram::2000000000000002:role/dms-cross-account-1000000000000001';

const ORDERS = `Host: r-bp1zxszhcgatnx.redis.rds.aliyuncs.com
Port: 6379
InstanceType: redis
InstanceAlias: orders-cache
EnvType: product
DatabaseUser: dms_reader
`;

/** What the page shows, in order, with a word about each. */
const SESSION: readonly (readonly [about: string, command: string, exit: number])[] = [
  ['Is everything there that is needed?', 'doctor --local', 0],
  [
    'The local cloud comes installed. In accounts of your own this makes the roles, topics and queues.',
    'bootstrap --local',
    0,
  ],
  [
    'What would a grant write? Nothing is changed yet.',
    'plan --local --requester 1000000000000001 --engines redis',
    0,
  ],
  ['Account A asks.', 'request --local --engines redis --reference TICKET-42', 0],
  ['Account B sees what it has granted.', 'list --local', 0],
  ['And has it tested again, whenever it likes.', 'verify --local --all', 0],
  [
    'Account A registers the instance. The password is in `DMS_DATABASE_PASSWORD`.',
    `register --local --arn ${ARN} --instance orders.yaml`,
    0,
  ],
  ['And gives everything back.', 'revoke --local', 0],
  ['The role stays, closed, until no old message can bring it back.', 'list --local', 0],
];

let cloud: LocalCloud;
let state: Awaited<ReturnType<typeof stateFile>>;
let folder: string;

beforeAll(async () => {
  cloud = await startLocalCloud({ root: process.cwd() });
  state = await stateFile(cloud.ready);
  folder = await mkdtemp(join(tmpdir(), 'dms-handshake-session-'));
  await writeFile(join(folder, 'orders.yaml'), ORDERS);
});

afterAll(async () => {
  await cloud.close();
  await state.remove();
  await rm(folder, { recursive: true });
});

it('goes as docs/use/cli-session.md shows it', async () => {
  const env = {
    DMS_HANDSHAKE_LOCAL: state.file,
    DMS_DATABASE_PASSWORD: 'a-database-password',
    COLUMNS: '110',
  };
  const parts = [
    '# A session on the local cloud',
    '',
    '<!-- Written by test/integration/cli-session.test.ts, which replays it; times and ids are made constant. -->',
    '',
    'In one terminal `npx dms-handshake local`; in another:',
  ];
  for (const [about, command, exit] of SESSION) {
    // What a command before has had noted stands there.
    await cloud.idle();
    const ended = await runCli(command.split(' '), { env, cwd: folder });
    expect(ended, command).toMatchObject({ code: exit, stderr: '' });
    if (command.startsWith('register'))
      parts.push('', about, '', '```console', '$ cat orders.yaml', `${ORDERS.trimEnd()}`);
    else parts.push('', about, '', '```console');
    parts.push(`$ dms-handshake ${command}`, constant(ended.stdout).trimEnd(), '```');
  }
  await expect(`${parts.join('\n')}\n`).toMatchFileSnapshot('../../docs/use/cli-session.md');
});
