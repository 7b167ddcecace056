import { createHmac } from 'node:crypto';
import { type Channel, textOf } from './channel.ts';
import { postJson, requireZero } from './post.ts';

/** Codes that no later try changes. Every other one is tried again: 130101, too many messages, among them. */
const FINAL = {
  310000: 'refused: see the secret (SEC...), the keywords and the addresses that the robot allows',
  300001: 'the token in DINGTALK_URL is none',
  300005: 'the token in DINGTALK_URL is none',
  400013: 'the group is gone',
  400101: 'the token in DINGTALK_URL is none',
  400102: 'the robot is turned off',
};

/** What DingTalk asks for: the time and the secret, under the secret, in base64. `ms`: of now; holds for an hour. */
export const dingtalkSignature = (ms: number, secret: string): string =>
  createHmac('sha256', secret).update(`${ms}\n${secret}`).digest('base64');

/** A robot of a group. `url` has its `access_token`; `secret` begins with SEC, null where it goes by keyword or address. */
export const dingtalk = (url: URL, secret: string | null): Channel => ({
  name: 'dingtalk',
  async send(notice, now) {
    const signed = new URL(url);
    if (secret !== null) {
      signed.searchParams.set('timestamp', String(now));
      signed.searchParams.set('sign', dingtalkSignature(now, secret));
    }
    // Text has no markup there; nobody is called by an @.
    const body = { msgtype: 'text', text: { content: textOf(notice, withoutCalls) }, at: { isAtAll: false } };
    requireZero('dingtalk', await postJson('dingtalk', signed, body), 'errcode', FINAL);
  },
});

const withoutCalls = (text: string): string => text.replaceAll('@', '＠');
