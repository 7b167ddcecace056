import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { buildProgram } from '../../../cli/commands.ts';
import { runningLocalCloud } from '../../../client/local-cloud.ts';
import { OWNER, REQUESTER } from '../../kit/accounts.ts';

let folder: string;
let stop: ((signal: NodeJS.Signals) => void) | undefined;
let printed: Record<'stdout' | 'stderr', string>;
let ended: () => void;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'dms-handshake-local-'));
  vi.stubEnv('DMS_HANDSHAKE_LOCAL', join(folder, 'local.json'));
  stop = undefined;
  printed = { stdout: '', stderr: '' };
  const on = process.on.bind(process);
  vi.spyOn(process, 'on').mockImplementation((event, listener: (value: NodeJS.Signals) => void) => {
    if (event === 'SIGTERM') stop = listener;
    return event === 'SIGTERM' || event === 'SIGINT' ? process : on(event, listener);
  });
  for (const name of ['stdout', 'stderr'] as const)
    vi.spyOn(process[name], 'write').mockImplementation((text) => {
      printed[name] += String(text);
      return true;
    });
});
afterEach(async () => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
  process.exitCode = undefined;
  await rm(folder, { recursive: true });
});

/** Runs `local` until it has said what `while` looks at, and stops it. What it printed, the addresses made alike. */
async function run(line: string, name: string | undefined, look = async () => {}) {
  const exit = new Promise<void>((resolve) => {
    ended = resolve;
  });
  let ends = 0;
  vi.spyOn(process, 'exit').mockImplementation(() => {
    // Its own end, and what sees to it that it ends.
    ends += 1;
    if (ends === 2) ended();
    return undefined as never;
  });
  const words = ['node', 'dms-handshake', 'local', ...line.split(' ').filter(Boolean)];
  const running = buildProgram('0.0.0').parseAsync(words);
  await vi.waitFor(() => expect(printed.stdout).not.toBe(''), 30_000);
  const { owner } = await runningLocalCloud(process.env, name);
  await look();
  stop?.('SIGTERM');
  await Promise.all([running, exit]);
  const constant = (text: string) =>
    text.replaceAll(/(https?):\/\/(127\.0\.0\.1|localhost):\d+/g, '$1://HOST').replaceAll(folder, 'FOLDER');
  return { uid: owner.uid, stdout: constant(printed.stdout).split('\n'), stderr: constant(printed.stderr) };
}

it('local says where each account is, and how a request is sent; it is found until it is stopped', async () => {
  const listed = (uid: string, topic: string) => ({
    uid,
    name: `of-${topic}`,
    engines: '*',
    access: ['register'],
    topics: [topic],
  });
  const file = join(folder, 'who.json');
  await writeFile(file, JSON.stringify({ requesters: [listed(REQUESTER, 'one'), listed('3', 'two')] }));
  const topics: unknown[] = [];
  const told = await run(`--requesters ${file} --name ci`, 'ci', async () => {
    const { requestTopic, requesters } = await runningLocalCloud(process.env, 'ci');
    topics.push(
      requestTopic,
      requesters?.map((one) => [one.uid, one.requestTopic]),
    );
  });
  expect(told.stdout).toEqual([
    'local cloud ready in cn-hangzhou',
    `  owner ${OWNER}      http://HOST`,
    `  requester ${REQUESTER}  http://HOST`,
    '  requester 3  http://HOST',
    '  ticket systems              http://HOST/requests',
    '',
    'In another terminal: npx dms-handshake request --local=ci --engines redis',
    '',
  ]);
  expect(topics).toEqual(['one', [['3', 'two']]]);
  await expect(runningLocalCloud(process.env, 'ci')).rejects.toThrow('no local cloud');
});

it('local --empty --tls says how Serverless Devs deploys, and which certificate to trust', async () => {
  const { stdout, stderr, uid } = await run('--empty --tls', undefined);
  expect(stdout).toEqual([
    'local cloud ready in cn-hangzhou',
    `  owner ${OWNER}      http://HOST  https://HOST`,
    `  requester ${REQUESTER}  http://HOST  https://HOST`,
    '  ticket systems              http://HOST/requests',
    expect.stringMatching(/^ {2}https: NODE_EXTRA_CA_CERTS=FOLDER\/.*\.pem$/),
    '',
    'Nothing is deployed. For Serverless Devs: FC_CLIENT_CUSTOM_ENDPOINT=http://HOST FC_CODE_TEMP_OSS_ENDPOINT=http://HOST',
    '',
  ]);
  expect([uid, stderr]).toEqual([OWNER, '']);
});

it('local refuses a file that lists nobody, before it starts anything', async () => {
  const file = join(folder, 'nobody.json');
  await writeFile(file, '{"requesters":[]}');
  const words = ['node', 'dms-handshake', 'local', '--requesters', file];
  await expect(buildProgram('0.0.0').parseAsync(words)).rejects.toMatchObject({
    message: `${file} lists no requester; list those that the local cloud is to have`,
    exitCode: 2,
  });
});
