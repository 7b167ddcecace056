import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { answer, type Services } from '../../../../local/cloud/http/answer.ts';
import { rpcOperation } from '../../../../local/cloud/operation.ts';
import { TestClock } from '../../../kit/clock.ts';
import { addUser, everything, twoAccounts } from '../../../kit/two-accounts.ts';
import { type Draft, request, roaV1, rpcV1 } from '../signature/sign.ts';

const told = (body: string) => async () => ({ status: 200, headers: {}, body });
const all: Services = { rpc: [], mns: told('mns'), fc: told('fc'), oss: told('oss'), sls: told('sls') };
const { world, owner, clock } = twoAccounts(new TestClock());
world.signing = async () => ({ key: 'key', cert: 'the certificate' });

/** The service that answers, or the code of a refusal. */
async function whoAnswers(draft: Draft, services: Services = all): Promise<unknown> {
  const { body } = await answer(world, owner, services, request(draft));
  const text = String(body);
  return text.startsWith('{') ? JSON.parse(text).Code : (/<Code>(\w+)<.Code>/.exec(text)?.[1] ?? text);
}

const UNKNOWN = 'InvalidAction.NotFound';

describe('who answers', () => {
  it.each<[Draft, string]>([
    [{ target: '/queues' }, 'mns'],
    [{ target: '/topics/t/subscriptions/s' }, 'mns'],
    [{ target: '/x/queues/q' }, UNKNOWN],
    [{ target: '/queue' }, UNKNOWN],
    [{ target: '/?accountmeta=true' }, 'mns'],
    [{ target: '/x?accountmeta=true' }, UNKNOWN],
    [{ target: '/?accountmetas=true' }, 'MissingAction'],
    [{ target: '/2016-08-15/services' }, 'fc'],
    [{ target: '/2023-03-30/functions' }, 'fc'],
    [{ target: '/x/2023-03-30/functions' }, UNKNOWN],
    [{ target: '/queues', headers: { authorization: 'OSS k:s' } }, 'oss'],
    [{ target: '/queues', headers: { host: 'b.oss-cn-hangzhou.aliyuncs.com' } }, 'oss'],
    [{ target: '/queues', headers: { 'x-log-apiversion': '0.6.0' } }, 'sls'],
    [{ target: '/x509_public_certificate.pem' }, 'the certificate'],
    [{ target: '/x509_public_certificate.pem', method: 'PUT' }, UNKNOWN],
  ])('%o: %s', async (draft, who) => {
    expect(await whoAnswers(draft)).toBe(who);
  });

  it('where there are no logs, no uploads and no functions, their requests mean something else', async () => {
    const few: Services = { rpc: [], mns: told('mns'), fc: null };
    const log = { target: '/queues', headers: { 'x-log-apiversion': '0.6.0' } };
    expect(await whoAnswers(log, few)).toBe('mns');
    expect(await whoAnswers({ target: '/queues', headers: { authorization: 'OSS k:s' } }, few)).toBe('mns');
    expect(await whoAnswers({ target: '/2023-03-30/functions' }, few)).toBe(UNKNOWN);
  });
});

describe('a crash is told to whoever asks to be told', () => {
  it.each([
    ['an error that nobody foresaw', new TypeError('inner'), ['TypeError: inner']],
    ['what is no error', 'a text', ['a text']],
  ])('%s', async (_what, thrown, reported) => {
    const seen: string[] = [];
    const mns = async () => {
      throw thrown;
    };
    const { status, body } = await answer(
      world,
      owner,
      { ...all, mns },
      request({ target: '/queues' }),
      (error) => seen.push(String(error)),
    );
    expect([status, seen]).toEqual([500, reported]);
    expect(String(body)).toContain(
      '<Code>InternalError</Code><Message>The request processing has failed due to some unknown error.</Message>',
    );
  });

  it('a refusal is no crash', async () => {
    const seen: unknown[] = [];
    await answer(world, owner, all, request({ target: '/nothing' }), (error) => seen.push(error));
    expect(seen).toEqual([]);
  });
});

describe('the form of an answer', () => {
  const { keys } = addUser(owner, 'admin', everything);
  const own = {
    service: 'own',
    version: '2015-05-01',
    kind: 'read',
    page: 'none',
    input: z.object({}),
    permission: () => null,
    run: () => ({ List: [1, 2], Empty: '' }),
  } as const;
  const echo = rpcOperation({ ...own, name: 'GetRole' });
  const answered = async (headers: Record<string, string>, parameters: Record<string, string> = {}) => {
    const sent = rpcV1(keys, clock.now(), parameters);
    const host = { host: 'localhost' };
    const { headers: got, body } = await answer(
      world,
      owner,
      { ...all, rpc: [echo] },
      { ...sent, headers: { ...host, ...headers } },
    );
    return [got['content-type'], String(body).replace(/[0-9A-F]{8}-[0-9A-F-]{27}/, 'ID')];
  };
  const XML = 'text/xml;charset=utf-8';

  it('is XML with a root of the operation, or JSON', async () => {
    expect(await answered({}, { Format: 'xMl' })).toEqual([
      XML,
      '<?xml version="1.0" encoding="UTF-8"?><GetRoleResponse><RequestId>ID</RequestId><List>1</List><List>2</List><Empty></Empty></GetRoleResponse>',
    ]);
    expect(await answered({}, { Format: 'json' })).toEqual([
      'application/json;charset=utf-8',
      '{"RequestId":"ID","List":[1,2],"Empty":""}',
    ]);
  });

  it('is XML of a root that can be one, whatever a path is asked for besides', async () => {
    const at = rpcOperation({ ...own, name: 'At', route: { method: 'GET', path: '/at' } });
    const target = `/at?Format=xml&Action=${encodeURIComponent('a><b')}`;
    const headers = { host: 'localhost', 'x-acs-version': '2015-05-01' };
    const sent = roaV1(keys, clock.now(), { method: 'GET', target, headers });
    const { body } = await answer(world, owner, { ...all, rpc: [at] }, sent);
    expect(body).toMatch(/^<\?xml[^>]*><Response><RequestId>.*<.Response>$/);
  });

  it.each<[what: string, headers: Record<string, string>, query: string, xml: boolean]>([
    ['nothing', {}, '', false],
    ['a client of XML alone', { accept: 'text/xml' }, '', true],
    ['a client of both', { accept: 'text/xml, application/json' }, '', false],
    ['a client of everything', { accept: 'text/xml, */*' }, '', false],
    ['a client of something like XML', { accept: 'text/xmlish' }, '', false],
    ['a parameter signature', {}, '?Signature=s', true],
    ['a parameter signature beside one in the header', { authorization: 'x' }, '?Signature=s', false],
    ['Format in the form', { 'content-type': 'application/x-www-form-urlencoded' }, 'Format=XML', true],
    ['Format in a form of no type', {}, 'Format=XML', true],
    ['Format in another body', { 'content-type': 'text/plain' }, 'Format=XML', false],
    ['another Format than the client takes', { accept: 'text/xml' }, '?Format=JSON', false],
  ])('%s', async (_what, headers, sent, xml) => {
    const draft = sent.startsWith('?') ? { target: `/${sent}` } : { body: sent };
    const { headers: got } = await answer(world, owner, all, request({ ...draft, headers }));
    expect(got['content-type'] === XML).toBe(xml);
  });
});
