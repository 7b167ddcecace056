import { createHmac } from 'node:crypto';
import { type Channel, textOf } from './channel.ts';
import { postJson, requireZero } from './post.ts';

/** Codes that no later try changes. Every other one is tried again: 11232, too many messages, among them. */
const FINAL = {
  9499: 'refused the message as malformed',
  19001: 'the address in FEISHU_URL is none',
  19021: 'refused the signature: see FEISHU_SECRET',
  19022: 'the robot allows other addresses only',
  19024: 'the robot wants a keyword: let it go by signature',
};

/** What Feishu asks for: nothing, under the time and the secret as the key, in base64. `s`: of now; holds for an hour. */
export const feishuSignature = (s: number, secret: string): string =>
  createHmac('sha256', `${s}\n${secret}`).digest('base64');

/** A robot of a group. `url` ends with its id; `secret` null where it goes without. */
export const feishu = (url: URL, secret: string | null): Channel => ({
  name: 'feishu',
  async send(notice, now) {
    const seconds = Math.floor(now / 1000);
    const signed =
      secret === null ? {} : { timestamp: String(seconds), sign: feishuSignature(seconds, secret) };
    const body = { ...signed, msg_type: 'text', content: { text: textOf(notice, withoutTags) } };
    requireZero('feishu', await postJson('feishu', url, body), 'code', FINAL);
  },
});

/** Its text calls people by tags: `<at user_id="all">`. Entities are not read back, so the signs are replaced. */
const withoutTags = (text: string): string => text.replaceAll('<', '＜').replaceAll('>', '＞');
