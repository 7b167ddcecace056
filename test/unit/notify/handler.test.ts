import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { handler } from '../../../functions/notify/index.ts';
import { contextOf } from '../../kit/invocation.ts';
import { sample } from '../../kit/samples.ts';
import { standIn } from '../alicloud/stand-in.ts';

const context = contextOf('notify', 60);
let logged: unknown[];
beforeEach(() => {
  logged = [];
  vi.spyOn(process.stdout, 'write').mockImplementation((line) => logged.push(JSON.parse(String(line))) > 0);
});
afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
});

const eventOf = (Message: string) => Buffer.from(JSON.stringify({ ...sample('topic'), Message }));
const replyOf = (id: string) => eventOf(JSON.stringify({ ...sample('reply-changed'), id }));
const answerOf = async (event: Buffer) => JSON.parse(String(await handler(event, context)));

describe('the function that tells people', () => {
  it('answers whom it told, and logs it, when all have heard', async () => {
    const { url, seen } = await standIn({ status: 200, body: 'ok' });
    vi.stubEnv('SLACK_URL', url);
    expect(await answerOf(replyOf('r-told'))).toEqual({ told: ['slack'] });
    expect(seen).toHaveLength(1);
    expect(logged).toEqual([{ event: 'told', status: 'changed', detail: 'slack' }]);
  });

  it('names all whom it told', async () => {
    const { url } = await standIn({ status: 200, body: 'ok' });
    const { url: robot } = await standIn({ status: 200, body: '{"code":0}' });
    vi.stubEnv('SLACK_URL', url);
    vi.stubEnv('FEISHU_URL', robot);
    expect(await answerOf(replyOf('r-both'))).toEqual({ told: ['feishu', 'slack'] });
    expect(logged).toEqual([{ event: 'told', status: 'changed', detail: 'feishu, slack' }]);
  });

  it('fails where nobody could be told, so that the platform has it again', async () => {
    const { url } = await standIn({ status: 503 }, { status: 200, body: 'ok' });
    vi.stubEnv('SLACK_URL', url);
    await expect(answerOf(replyOf('r-again'))).rejects.toThrow('slack: answered HTTP 503');
    expect(await answerOf(replyOf('r-again'))).toEqual({ told: ['slack'] });
  });

  it('has nothing to tell of what is no reply, and takes no other event', async () => {
    const { url, seen } = await standIn({ status: 200, body: 'ok' });
    vi.stubEnv('SLACK_URL', url);
    for (const text of ['hello', '{}', JSON.stringify(sample('probe'))])
      expect(await answerOf(eventOf(text))).toEqual({ told: [] });
    await expect(answerOf(Buffer.from('{}'))).rejects.toThrow(
      /^\[internal\] notify takes the events of the reply topic; this is none of them$/,
    );
    expect(seen).toEqual([]);
  });
});
