import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { OUTPUT_SCHEMAS } from '../../cli/output-schemas.ts';
import { publishToTopic } from '../../local/cloud/mns/index.ts';
import { runCli, stateFile } from '../kit/cli.ts';
import { callCli } from '../kit/cli-in-process.ts';
import { type TestCloud, testCloud } from '../kit/test-cloud.ts';
import { weatherCloud } from '../kit/weather-cloud.ts';

/** `dead-letters` and `sweep`: what the owner does by hand about what went wrong, and when it does not want to wait. */

const REQUESTER = '1000000000000001';
const REQUEST = { requesterUid: REQUESTER, engines: ['redis'], requestId: 'lost-1' };

let cloud: TestCloud;
let state: Awaited<ReturnType<typeof stateFile>>;
/** What Function Compute leaves of a request to which verify could not reply. */
let lost: string;

beforeAll(async () => {
  lost = await letterOf(REQUEST);
  cloud = await testCloud({ environment: { PATIENCE_SECONDS: '0' } });
  state = await stateFile(cloud.ready);
});
afterAll(async () => {
  await cloud.close();
  await state.remove();
});

async function letterOf(request: object): Promise<string> {
  const other = await weatherCloud({}, () => ({ environment: { PATIENCE_SECONDS: '0' } }));
  const { world, owner, ready, clock } = other;
  owner.mns.topics.delete(ready.replyTopic);
  publishToTopic(world, owner, ready.requestTopic, { body: JSON.stringify(request) });
  await clock.during(other.idle());
  const [message] = owner.mns.queue('dms-handshake-dead-letters').messages;
  await other.close();
  return message?.body ?? '';
}

const dead = () => cloud.owner.mns.queue('dms-handshake-dead-letters');
const run = (line: string) =>
  callCli([...line.split(' '), '--local'], { env: { DMS_HANDSHAKE_LOCAL: state.file } });
const letters = async (line: string) => {
  const ended = await run(`dead-letters ${line} --json`.replaceAll('  ', ' '));
  const parsed = JSON.parse(ended.stdout);
  expect(OUTPUT_SCHEMAS['dead-letters']?.safeParse(parsed).success).toBe(true);
  return parsed.letters;
};
const clear = () => {
  dead().receive(16);
  for (const { handle } of [...dead().messages]) dead().delete(handle ?? '');
};

describe('dead-letters', () => {
  it('says that there are none', async () => {
    expect(await run('dead-letters')).toEqual({
      code: 0,
      stdout: 'no dead letters\n',
      stderr: '',
    });
    expect(await letters('')).toEqual([]);
  });

  it('lists what was never answered, with the request and the reason, and leaves it there', async () => {
    const { id } = dead().send({ body: lost });
    const [one, ...more] = await letters('list');
    expect(more).toEqual([]);
    expect(one).toEqual({
      id,
      at: expect.stringMatching(/^\d{4}-.*Z$/),
      requestId: 'lost-1',
      requesterUid: REQUESTER,
      reason: expect.stringContaining('TopicNotExist'),
      request: REQUEST,
    });
    expect(dead().messages).toHaveLength(1);
    expect(dead().untilVisible).toBeLessThanOrEqual(1_000);
    const shown = await letters(`show ${id}`);
    expect(shown).toEqual([one]);
    clear();
  });

  it('says how to have a letter answered, in this local cloud', async () => {
    dead().send({ body: lost });
    const { stdout } = await runCli(['dead-letters', '--local'], {
      env: { DMS_HANDSHAKE_LOCAL: state.file },
    });
    expect(stdout).toContain(
      'Put right what the reason names (npx dms-handshake doctor --local finds what is missing), then have it answered:\nnpx dms-handshake dead-letters send-again ID --local\n',
    );
    clear();
  });

  it('send-again has verify answer it, and deletes it', async () => {
    await cloud.ask({ requesterUid: REQUESTER, engines: ['redis'] });
    const { id } = dead().send({ body: lost });
    const ended = await run(`dead-letters send-again ${id}`);
    expect(ended).toMatchObject({ code: 0, stderr: '' });
    expect(ended.stdout).toBe(`answered lost-1: verified, on the reply topic\ndeleted ${id}\n`);
    expect((await cloud.replies()).map(({ data }) => data.requestId)).toEqual(['lost-1']);
    expect(dead().messages).toEqual([]);
  });

  it('send-again keeps it where verify fails once more', async () => {
    const { id } = dead().send({ body: lost });
    const topic = cloud.owner.mns.topic(cloud.ready.replyTopic);
    cloud.owner.mns.topics.delete(cloud.ready.replyTopic);
    const failed = await run(`dead-letters send-again ${id}`);
    cloud.owner.mns.topics.set(cloud.ready.replyTopic, topic);
    expect(failed).toMatchObject({ code: 1, stdout: '' });
    expect(failed.stderr).toContain(`${id} was not answered and stays`);
    expect(dead().messages).toHaveLength(1);
    expect(dead().untilVisible).toBeLessThanOrEqual(1_000);
    clear();
  });

  it('delete takes one out and leaves the others', async () => {
    const [first, second] = [dead().send({ body: lost }), dead().send({ body: lost })];
    expect(await run(`dead-letters delete ${first.id}`)).toMatchObject({
      code: 0,
      stdout: `deleted ${first.id}\n`,
    });
    expect(dead().messages.map(({ id }) => id)).toEqual([second.id]);
    clear();
  });

  it('takes no other action', async () => {
    expect(await run('dead-letters burn x')).toEqual({
      code: 2,
      stdout: '',
      stderr:
        "error: command-argument value 'burn' is invalid for argument 'action'. Allowed choices are list, show, send-again, delete.\n(add --help for the options)\n",
    });
  });
});

describe('sweep', () => {
  it('runs now, and shows the figures', async () => {
    await cloud.ask({ requesterUid: REQUESTER, engines: ['redis'] });
    const ended = await run('sweep --json');
    expect(ended).toMatchObject({ code: 0, stderr: '' });
    const swept = JSON.parse(ended.stdout);
    expect(OUTPUT_SCHEMAS['sweep']?.safeParse(swept).success).toBe(true);
    expect(swept).toMatchObject({ roles: 1, failed: 0, after: null });
    expect((await run('sweep')).stdout).toMatch(/^count +of what\n1 +roles of ours, judged\n0 +of them/);
  });

  it('ends with 1 for a role that fails, which is told of on the reply topic', async () => {
    await cloud.replies();
    await cloud.byHand('AttachPolicyToRole', {
      PolicyName: 'AdministratorAccess',
      PolicyType: 'System',
      RoleName: `dms-cross-account-${REQUESTER}`,
    });
    const ended = await run('sweep');
    expect(ended).toMatchObject({ code: 1, stderr: '' });
    expect(ended.stdout).toContain('not repaired: HEAL is not true');
    expect((await cloud.replies()).map(({ data }) => data.status)).toContain('changed');
  });
});
