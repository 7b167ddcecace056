import { describe, expect, it } from 'vitest';
import { readChannels } from '../../../functions/notify/channels.ts';
import { dingtalkSignature } from '../../../functions/notify/dingtalk.ts';
import { feishuSignature } from '../../../functions/notify/feishu.ts';
import type { Notice } from '../../../functions/notify/notice.ts';
import { HandshakeError } from '../../../shared/runtime/errors.ts';
import { millis } from '../../../shared/runtime/millis.ts';
import { dingtalkService, feishuService, mailServer, receiver } from './receivers.ts';

const NOW = millis(1_756_800_000_000);
const SECRET = 'orbit-test-secret';
const NOTICE: Notice = {
  id: 'r-1',
  kind: 'verified',
  account: '1000000000000001',
  title: 'Access is granted and proved (account 1)',
  lines: [{ label: 'Reference', text: '<!channel> <at user_id="all">x</at> @all & *b*' }],
};

const send = async (environment: Readonly<Record<string, string>>) => {
  for (const channel of readChannels(environment).channels) await channel.send(NOTICE, NOW);
};
/** Whether a later try may do better, and what is said of the failure. */
const failureOf = async (environment: Readonly<Record<string, string>>) => {
  try {
    await send(environment);
  } catch (error) {
    if (error instanceof HandshakeError) return { again: error.retryable, message: error.message };
    throw error;
  }
  return null;
};

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
        message: expect.stringMatching(/^dingtalk: errcode 310000/),
      });
      expect(failure?.message).not.toContain('wrong-secret');
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

  it('without the right secret refuses for good', async () => {
    const { url } = await feishuService(SECRET, NOW);
    const failure = await failureOf({ FEISHU_URL: url, FEISHU_SECRET: 'x' });
    expect(failure).toEqual({
      again: false,
      message: 'feishu: code 19021: refused the signature: see FEISHU_SECRET',
    });
  });
});

describe('Slack', () => {
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

describe('a failure of a service', () => {
  it.each([
    ['DINGTALK_URL', 200, '{"errcode":130101,"errmsg":"send too fast"}', true],
    ['DINGTALK_URL', 200, '{"errcode":300001}', false],
    ['DINGTALK_URL', 200, '{"errcode":42}', true],
    ['DINGTALK_URL', 200, '{}', true],
    ['FEISHU_URL', 200, '{"code":11232,"msg":"frequency limited"}', true],
    ['FEISHU_URL', 200, '{"code":9499}', false],
    ['FEISHU_URL', 200, '<html>', true],
    ['SLACK_URL', 200, 'not ok', true],
    ['SLACK_URL', 404, 'no_service', false],
    ['SLACK_URL', 302, '', false],
    ['SLACK_URL', 429, 'rate_limited', true],
    ['SLACK_URL', 503, '', true],
  ])('%s: HTTP %i with %s is tried again: %s', async (variable, status, text, again) => {
    const { url } = await receiver(() => ({ status, text }));
    const failure = await failureOf({ [variable]: `${url}SECRET-PATH` });
    expect(failure?.again).toBe(again);
    expect(failure?.message).not.toContain('SECRET-PATH');
  });

  it('that is not there is tried again', async () => {
    const failure = await failureOf({ SLACK_URL: 'http://127.0.0.1:1/SECRET-PATH' });
    expect(failure).toEqual({ again: true, message: 'slack: cannot be reached' });
  });
});

describe('mail', () => {
  const from = { MAIL_FROM: 'dms@example.com', MAIL_TO: 'a@example.com, b@example.com' };

  it('goes to everybody, as text, with a subject that no requester writes', async () => {
    const { url, mails } = await mailServer();
    await send({ MAIL_URL: url, ...from });
    expect(mails).toHaveLength(1);
    expect(mails[0]?.to).toEqual(['a@example.com', 'b@example.com']);
    expect(mails[0]?.text).toMatch(
      /^Subject: \[dms-handshake\] Access is granted and proved \(account 1\)$/m,
    );
    expect(mails[0]?.text).toMatch(/^Content-Type: text\/plain/m);
    expect(mails[0]?.text).toMatch(/^Reference: <!channel>/m);
  });

  it.each([
    ['AUTH', '535 wrong', false],
    ['MAIL', '451 later', true],
    ['MAIL', '550 no', false],
    ['RCPT TO:<b@example.com>', '550 nobody', false],
    ['DATA', '421 busy', true],
  ])('to a server that answers %s with "%s" is tried again: %s', async (command, answer, again) => {
    const { url } = await mailServer({ [command]: answer });
    const failure = await failureOf({ MAIL_URL: url, ...from });
    expect(failure?.again).toBe(again);
    expect(failure?.message).not.toMatch(/pass|word|wrong/);
  });

  it('to a server that is not there is tried again', async () => {
    expect((await failureOf({ MAIL_URL: 'smtp://127.0.0.1:1', ...from }))?.again).toBe(true);
  });
});
