import { describe, expect, it } from 'vitest';
import { dingtalkSignature } from '../../../functions/notify/dingtalk.ts';
import { feishuSignature } from '../../../functions/notify/feishu.ts';
import { dingtalkService, feishuService, receiver } from './receivers.ts';
import { failureOf, NOTICE, NOW, send } from './sending.ts';

const SECRET = 'orbit-test-secret';

describe('the signatures', () => {
  it('are those of the services', () => {
    expect(dingtalkSignature(1_700_000_000_000, 'SECtest')).toBe(
      'aZLLrriXgn05YbwaGR7knYsLeJADjr9NwLaNNKpxh4g=',
    );
    expect(feishuSignature(1_756_800_000, SECRET)).toBe('sN+9ZKa5w6BQmKyxCaxNA1DWEgtEnZaOcfEOCqZ26fg=');
  });
});

describe('DingTalk', () => {
  it('gets a signed text that calls nobody', async () => {
    const { url, received } = await dingtalkService(SECRET, NOW);
    await send({ DINGTALK_URL: `${url}robot/send?access_token=t`, DINGTALK_SECRET: SECRET });
    expect(received[0]?.contentType).toBe('application/json; charset=utf-8');
    expect(received[0]?.query.get('access_token')).toBe('t');
    expect(received[0]?.body).toEqual({
      msgtype: 'text',
      at: { isAtAll: false },
      text: {
        content:
          '[dms-handshake] Access is granted and proved (account 1)\nReference: <!channel> <at user_id="all">x</at> ＠all & *b*',
      },
    });
  });

  it('without the right secret refuses for good, and says what to look at, not the secret', async () => {
    const { url } = await dingtalkService(SECRET, NOW);
    for (const DINGTALK_SECRET of ['wrong-secret', 'off']) {
      const failure = await failureOf({ DINGTALK_URL: url, DINGTALK_SECRET });
      expect(failure).toMatchObject({
        again: false,
        message:
          'dingtalk: errcode 310000: refused: see the secret (SEC...), the keywords and the addresses that the robot allows',
      });
    }
  });
});

describe('Feishu', () => {
  it('gets a signed text without tags', async () => {
    const { url, received } = await feishuService(SECRET, NOW);
    await send({ FEISHU_URL: `${url}hook/x`, FEISHU_SECRET: SECRET });
    expect(received[0]?.body).toMatchObject({
      timestamp: '1756800000',
      msg_type: 'text',
      content: { text: expect.stringContaining('＜at user_id="all"＞x＜/at＞ @all') },
    });
  });

  it('gets no signature where it goes without', async () => {
    const { url, received } = await receiver(() => ({ text: '{"code":0}' }));
    await send({ FEISHU_URL: url });
    expect(Object.keys(received[0]?.body ?? {})).toEqual(['msg_type', 'content']);
  });

  it('without the right secret refuses for good', async () => {
    const { url } = await feishuService(SECRET, NOW);
    const failure = await failureOf({ FEISHU_URL: url, FEISHU_SECRET: 'x' });
    expect(failure).toEqual({
      again: false,
      code: 'internal',
      message: 'feishu: code 19021: refused the signature: see FEISHU_SECRET',
    });
  });
});

describe('Slack', () => {
  it('is asked for no links that are shown in full, and for no pictures in the place of signs', async () => {
    const { url, received } = await receiver(() => ({ text: 'ok' }));
    await send({ SLACK_URL: url });
    expect(received[0]?.body).toMatchObject({ unfurl_links: false, unfurl_media: false });
    expect(received[0]?.body['blocks']).toMatchObject([{ text: { emoji: false } }]);
  });

  it('gets plain text, and a title without markup', async () => {
    const { url, received } = await receiver(() => ({ text: 'ok' }));
    await send({ SLACK_URL: `${url}services/T/B/x` });
    expect(received[0]?.body).toMatchObject({
      text: NOTICE.title,
      mrkdwn: false,
      blocks: [
        { type: 'section', text: { type: 'plain_text', text: expect.stringContaining('<!channel>') } },
      ],
    });
  });
});
