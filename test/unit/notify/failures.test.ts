import { describe, expect, it, vi } from 'vitest';
import { closedPort, standIn } from '../alicloud/stand-in.ts';
import { brokenOff, receiver } from './receivers.ts';
import { failureOf } from './sending.ts';

/** What is told of a service that fails, and whether the platform is asked for the notice again. */
const ROWS: [variable: string, status: number, answer: string, again: boolean, message: string][] = [
  ['DINGTALK_URL', 200, '{"errcode":130101,"errmsg":"send too fast"}', true, 'dingtalk: errcode 130101'],
  [
    'DINGTALK_URL',
    200,
    '{"errcode":300001}',
    false,
    'dingtalk: errcode 300001: the token in DINGTALK_URL is none',
  ],
  [
    'DINGTALK_URL',
    200,
    '{"errcode":300005}',
    false,
    'dingtalk: errcode 300005: the token in DINGTALK_URL is none',
  ],
  ['DINGTALK_URL', 200, '{"errcode":400013}', false, 'dingtalk: errcode 400013: the group is gone'],
  [
    'DINGTALK_URL',
    200,
    '{"errcode":400101}',
    false,
    'dingtalk: errcode 400101: the token in DINGTALK_URL is none',
  ],
  ['DINGTALK_URL', 200, '{"errcode":400102}', false, 'dingtalk: errcode 400102: the robot is turned off'],
  ['DINGTALK_URL', 200, '{"errcode":42}', true, 'dingtalk: errcode 42'],
  ['DINGTALK_URL', 200, '{"errcode":"310000"}', true, 'dingtalk: answered without errcode'],
  ['DINGTALK_URL', 200, '{}', true, 'dingtalk: answered without errcode'],
  ['DINGTALK_URL', 200, 'null', true, 'dingtalk: answered without errcode'],
  [
    'DINGTALK_URL',
    403,
    'SECRET-ECHO',
    false,
    'dingtalk: answered HTTP 403: see whether its address is still right',
  ],
  ['FEISHU_URL', 200, '{"code":11232,"msg":"frequency limited"}', true, 'feishu: code 11232'],
  ['FEISHU_URL', 200, '{"code":9499}', false, 'feishu: code 9499: refused the message as malformed'],
  ['FEISHU_URL', 200, '{"code":19001}', false, 'feishu: code 19001: the address in FEISHU_URL is none'],
  ['FEISHU_URL', 200, '{"code":19022}', false, 'feishu: code 19022: the robot allows other addresses only'],
  [
    'FEISHU_URL',
    200,
    '{"code":19024}',
    false,
    'feishu: code 19024: the robot wants a keyword: let it go by signature',
  ],
  ['FEISHU_URL', 200, '<html>', true, 'feishu: answered without code'],
  ['FEISHU_URL', 500, '', true, 'feishu: answered HTTP 500'],
  ['SLACK_URL', 200, 'not ok', true, 'slack: answered with something else than ok'],
  ['SLACK_URL', 404, 'no_service', false, 'slack: answered HTTP 404: see whether its address is still right'],
  ['SLACK_URL', 302, '', false, 'slack: answered HTTP 302: see whether its address is still right'],
  ['SLACK_URL', 408, '', true, 'slack: answered HTTP 408'],
  ['SLACK_URL', 429, 'rate_limited', true, 'slack: answered HTTP 429'],
  ['SLACK_URL', 503, '', true, 'slack: answered HTTP 503'],
];

describe('a failure of a service', () => {
  it.each(ROWS)('%s: HTTP %i with %s is tried again: %s', async (variable, status, text, again, message) => {
    const { url } = await receiver(() => ({ status, text }));
    const failure = await failureOf({ [variable]: `${url}SECRET-PATH` });
    expect(failure).toEqual({ again, code: 'internal', message });
  });

  it('that is not there is tried again', async () => {
    const failure = await failureOf({ SLACK_URL: `${await closedPort()}/SECRET-PATH` });
    expect(failure).toEqual({ again: true, code: 'internal', message: 'slack: cannot be reached' });
  });

  it('that breaks off in the middle of its answer is tried again', async () => {
    expect(await failureOf({ SLACK_URL: await brokenOff('ok') })).toEqual({
      again: true,
      code: 'internal',
      message: 'slack: cannot be reached',
    });
  });

  it('that does not answer within 8 s is tried again', async () => {
    const { url } = await standIn('silence');
    const patience = vi.spyOn(AbortSignal, 'timeout').mockImplementation(() => {
      const aborted = new AbortController();
      aborted.abort(new DOMException('over', 'TimeoutError'));
      return aborted.signal;
    });
    const failure = await failureOf({ FEISHU_URL: url });
    expect(patience.mock.calls).toEqual([[8_000]]);
    vi.restoreAllMocks();
    expect(failure).toEqual({ again: true, code: 'internal', message: 'feishu: did not answer in time' });
  });
});
