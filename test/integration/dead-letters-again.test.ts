import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { REQUESTER } from '../kit/accounts.ts';
import { stateFile } from '../kit/cli.ts';
import { callCli } from '../kit/cli-in-process.ts';
import { sample } from '../kit/samples.ts';
import { type TestCloud, testCloud } from '../kit/test-cloud.ts';

/** `dead-letters` where a letter cannot be answered, and what it says then, word for word. */

let cloud: TestCloud;
let state: Awaited<ReturnType<typeof stateFile>>;
beforeAll(async () => {
  cloud = await testCloud({ environment: { PATIENCE_SECONDS: '0' } });
  state = await stateFile(cloud.ready);
});
afterAll(async () => {
  await cloud.close();
  await state.remove();
});

const dead = () => cloud.owner.mns.queue('dms-handshake-dead-letters');
afterEach(() => {
  dead().receive(16);
  for (const { handle } of [...dead().messages]) dead().delete(handle ?? '');
});

const run = (line: string) =>
  callCli(['dead-letters', ...line.split(' '), '--local'], { env: { DMS_HANDSHAKE_LOCAL: state.file } });

/** A letter about an event of one of the functions. */
const letterOf = (event: object, { name = 'dms-handshake-verify', timestamp = 1_795_429_433_702 } = {}) => {
  const record = sample('destination-failure');
  const functionArn = `acs:fc:cn-hangzhou:${cloud.owner.uid}:functions/${name}`;
  const requestContext = { ...Object(record['requestContext']), functionArn };
  const body = { ...record, timestamp, requestContext, requestPayload: JSON.stringify(event) };
  return dead().send({ body: JSON.stringify(body) }).id;
};

describe('send-again', () => {
  it('of a timer has nothing to reply to, and deletes it after verify has ended', async () => {
    const id = letterOf(sample('timer'));
    cloud.forget();
    expect(await run(`send-again ${id}`)).toEqual({
      code: 0,
      stdout: `verify took it; there was nothing to reply to\ndeleted ${id}\n`,
      stderr: '',
    });
    expect(dead().messages).toEqual([]);
    const calls = cloud.calls().map(({ operation }) => operation);
    expect(calls.filter((name) => /^(Receive|Change|Delete)/.test(name))).toEqual([
      'ReceiveMessage',
      'ChangeMessageVisibility',
      'DeleteMessage',
    ]);
  });

  it.each([
    [
      'holds no event',
      () => dead().send({ body: 'hello' }).id,
      'it holds no event that verify could be given; see it with "show", ask for the same again, then delete it',
    ],
    [
      'is of another function',
      () => letterOf(sample('topic'), { name: 'dms-handshake-provision' }),
      'it is of "dms-handshake-provision", and not of dms-handshake-verify',
    ],
    [
      'verify cannot read',
      () => letterOf({ nothing: true }),
      'dms-handshake-verify failed: verify takes the events of its destination, of its timer and of the command line; this is none of them',
    ],
  ])('of one that %s says so, and keeps it', async (_what, send, words) => {
    const id = send();
    expect(await run(`send-again ${id}`)).toEqual({
      code: 1,
      stdout: '',
      stderr: `dms-handshake: ${id} was not answered and stays: ${words}\n`,
    });
    expect(dead().messages.map((message) => message.id)).toEqual([id]);
    expect(dead().untilVisible).toBeLessThanOrEqual(1_000);
  });
});

describe('the letters', () => {
  it('are listed by their times, those of none first', async () => {
    const late = letterOf(sample('timer'), { timestamp: 3_000 });
    const early = letterOf(sample('timer'), { timestamp: 2_000 });
    const { id: odd } = dead().send({ body: 'hello' });
    const { stdout } = await run('list --json');
    expect(JSON.parse(stdout).letters.map(({ id, at }: { id: string; at: string }) => [id, at])).toEqual([
      [odd, null],
      [early, '1970-01-01T00:00:02.000Z'],
      [late, '1970-01-01T00:00:03.000Z'],
    ]);
  });

  it('are shown, and deleted, as the contract has them', async () => {
    const id = letterOf(sample('destination-success'));
    const letter = {
      id,
      at: '2026-11-23T10:23:53.702Z',
      requestId: '94F159424C3A50003041CFD51E861FD9',
      requesterUid: REQUESTER,
      reason: expect.stringContaining('[throttled]'),
      request: { requesterUid: REQUESTER, engines: ['redis', 'lindorm'] },
    };
    const shown = await run(`show ${id}`);
    expect(shown).toMatchObject({
      code: 0,
      stderr: '',
      stdout: expect.stringMatching(/^letter {5}\S+\nsince /),
    });
    const { stdout } = await run(`delete ${id} --json`);
    expect(JSON.parse(stdout)).toEqual({ letters: [letter] });
    expect(dead().messages).toEqual([]);
  });

  it.each([
    [
      'delete none-such',
      1,
      'dms-handshake: the queue dms-handshake-dead-letters shows no letter "none-such"; "npx dms-handshake dead-letters" lists those that are there. One that somebody else looks at is back in half a minute\n',
    ],
    ['list x', 2, 'error: list takes no id; "show x" shows that letter\n(add --help for the options)\n'],
    [
      'show',
      2,
      'error: show needs the id of a letter, as "npx dms-handshake dead-letters" lists them\n(add --help for the options)\n',
    ],
  ])('%s ends with %i, and takes none away', async (line, code, stderr) => {
    letterOf(sample('timer'));
    expect(await run(line)).toEqual({ code, stdout: '', stderr });
    expect(dead().messages).toHaveLength(1);
  });
});
