import { describe, expect, it } from 'vitest';
import { readChannels } from '../../../functions/notify/channels.ts';
import { TerminalError } from '../../../shared/runtime/errors.ts';

const NOBODY = 'nobody would be told: set DINGTALK_URL, FEISHU_URL, SLACK_URL or MAIL_URL';
const ADDRESSES =
  'MAIL_URL is set, so MAIL_FROM must be an address and MAIL_TO one or more, with commas between';
const CODES = 'the user or the password in MAIL_URL holds a % that begins no code: write % itself as %25';
const MAIL = { MAIL_URL: 'smtps://e.com', MAIL_FROM: 'a@b.c', MAIL_TO: 'x@y.z' };
const https = (name: string) => `${name} is no address that begins with https://`;
const SMTP = 'MAIL_URL is no address that begins with smtps: or smtp://';

describe('the environment', () => {
  const rows: [Readonly<Record<string, string>>, string][] = [
    [{}, NOBODY],
    [{ SLACK_URL: 'off', MAIL_URL: '' }, NOBODY],
    [{ SLACK_URL: 'hooks.slack.com/SECRET' }, https('SLACK_URL')],
    [{ DINGTALK_URL: 'http://example.com/SECRET' }, https('DINGTALK_URL')],
    [{ FEISHU_URL: 'ftp://127.0.0.1/SECRET' }, https('FEISHU_URL')],
    [{ MAIL_URL: 'https://SECRET@example.com' }, SMTP],
    [{ SLACK_URL: 'SECRET', FEISHU_URL: 'SECRET' }, `${https('FEISHU_URL')}; ${https('SLACK_URL')}`],
    [{ MAIL_URL: 'smtps://SECRET@example.com' }, ADDRESSES],
    [{ ...MAIL, MAIL_FROM: 'off' }, ADDRESSES],
    [{ ...MAIL, MAIL_TO: 'off' }, ADDRESSES],
    [{ ...MAIL, MAIL_TO: ' , ' }, ADDRESSES],
    [{ ...MAIL, MAIL_TO: 'x y@y.z' }, ADDRESSES],
    [{ ...MAIL, MAIL_TO: 'x@y.z z' }, ADDRESSES],
    [{ ...MAIL, MAIL_TO: 'x@y.z\r\nBcc: SECRET' }, ADDRESSES],
    [{ ...MAIL, MAIL_URL: 'smtps://user:SECRET%@e.com' }, CODES],
    [{ ...MAIL, MAIL_URL: 'smtps://SECRET%zz:pass@e.com' }, CODES],
    [{ ...MAIL, MAIL_URL: 'smtps://SECRET%4:1SECRET@e.com' }, CODES],
  ];
  it.each(rows)('%j is refused without quoting it', (environment, message) => {
    const error = new TerminalError('internal', `the environment of notify is wrong: ${message}`);
    expect(() => readChannels(environment)).toThrow(error);
    expect(message).not.toMatch(/SECRET/);
  });

  it('turns on what has an address, in this order', () => {
    const all = { SLACK_URL: 'https://s/', FEISHU_URL: 'https://f/', DINGTALK_URL: 'https://d/', ...MAIL };
    expect(readChannels(all).channels.map(({ name }) => name)).toEqual([
      'dingtalk',
      'feishu',
      'slack',
      'mail',
    ]);
    expect(readChannels(MAIL).channels.map(({ name }) => name)).toEqual(['mail']);
  });

  it('names the kinds that are told; off is everything', () => {
    const SLACK_URL = 'https://hooks.slack.com/x';
    expect(readChannels({ SLACK_URL, NOTIFY_KINDS: 'off' }).kinds).toBeNull();
    expect(readChannels({ SLACK_URL, NOTIFY_KINDS: 'failed, pending' }).kinds).toEqual(['failed', 'pending']);
  });
});
