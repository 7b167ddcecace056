import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { ApiError } from '../../local/cloud/error.ts';
import { on, reset } from '../../local/testing/stub.ts';
import { OWNER, REQUESTER } from '../kit/accounts.ts';
import { type AskingCloud, askingCloud, OTHER } from '../kit/asking-cloud.ts';

let cloud: AskingCloud;
beforeAll(async () => {
  cloud = await askingCloud();
});
afterEach(() => reset(cloud.world));
afterAll(() => cloud.close());

const request = (...words: readonly string[]) => cloud.run('request', '--local', ...words);

describe('a request', () => {
  const fetching = (id: string, where = '--local') =>
    `Fetch the reply with: npx dms-handshake reply ${id} ${where}`;

  it('that waits for the owner shows the notice, and how to fetch the reply', async () => {
    expect(await request('--engines', 'gdb', '--wait', '1', '--request-id', 'a-1')).toEqual({
      code: 3,
      stdout: [
        ...['PENDING', '', 'engines    none', 'role       none'],
        'next       the owner approves it until TIME, or not',
      ],
      stderr: `a-1 waits for the approval of account B. ${fetching('a-1')}`,
    });
  });

  it('that nobody waits for says how to fetch the reply, with the owner that was named', async () => {
    const id = ['--request-id', 'a-2'];
    expect(await request('--engines', 'redis', '--wait', '0', '--owner', OWNER, ...id)).toEqual({
      code: 0,
      stdout: ['sent as a-2', fetching('a-2', `--local --owner ${OWNER}`)],
      stderr: '',
    });
    expect((await request('--engines', 'redis', '--wait', '0', '--json', ...id)).stdout).toEqual([
      '{"requestId":"a-2","status":"sent"}',
    ]);
  });

  it('of a further account goes to the topic of that account', async () => {
    const sent = await request(
      '--requester',
      OTHER,
      '--engines',
      'redis',
      '--wait',
      '0',
      '--request-id',
      'a-3',
    );
    expect(sent.code).toBe(0);
    await cloud.idle();
    expect(cloud.owner.ram.findRole(`dms-cross-account-${OTHER}`)).not.toBeNull();
  });

  it.each([
    [
      'sending is not understood',
      'PublishMessage',
      400,
      `MNS PublishMessage to one: Nope (HTTP 400), request id ID; the request may have been sent all the same. ${fetching('a-4')}`,
    ],
    [
      'sending is denied',
      'PublishMessage',
      403,
      'MNS PublishMessage to one: Nope (HTTP 403), request id ID; the RAM user or role that runs this lacks the right',
    ],
    [
      'looking for replies is not understood before',
      'ReceiveMessage',
      400,
      'MNS ReceiveMessage from dms-handshake-replies: Nope (HTTP 400), request id ID',
    ],
    [
      'waiting is not understood',
      'ReceiveMessage',
      400,
      `MNS ReceiveMessage from dms-handshake-replies: Nope (HTTP 400), request id ID; the request is on its way all the same. ${fetching('a-4')}`,
    ],
  ])('where %s says whether it may be on its way', async (what, operation, status, words) => {
    let calls = 0;
    const match = () => ++calls > (what.startsWith('waiting') ? 1 : 0);
    on(cloud.world, 'mns', operation, match).rejects(new ApiError(status, 'Nope', 'No.'));
    expect(await request('--engines', 'redis', '--request-id', 'a-4')).toEqual({
      code: 1,
      stdout: [''],
      stderr: `dms-handshake: ${words}`,
    });
  });

  it('that cannot be is refused in the words of options', async () => {
    const none = await request('--engines', 'redis', '--users', 'alice');
    expect(none).toMatchObject({ code: 2, stdout: [''] });
  });

  it('of another end is sent by extend, and list shows the roles in the order of their ARNs', async () => {
    const extended = await cloud.run(
      'extend',
      '--local',
      '--engines',
      'redis',
      '--expires',
      '2098-01-01T00:00:00Z',
      '--json',
    );
    expect(JSON.parse(extended.stdout[0] ?? '').data).toMatchObject({
      status: 'verified',
      expiresAt: 'TIME',
    });
    const { roles } = JSON.parse((await cloud.run('list', '--local', '--json')).stdout[0] ?? '');
    const shown = roles.map((one: { roleArn: string; engines: unknown }) => [one.roleArn, one.engines]);
    expect(shown).toEqual(
      [
        [`dms-cross-account-${REQUESTER}`, ['redis']],
        [`dms-cross-account-${OTHER}`, ['redis']],
      ].map(([name, engines]) => [`acs:ram::${OWNER}:role/${name}`, engines]),
    );
  });
});
