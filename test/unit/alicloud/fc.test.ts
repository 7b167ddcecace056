import { describe, expect, it, onTestFinished } from 'vitest';
import { handleFc } from '../../../local/cloud/fc/index.ts';
import { openDoor } from '../../../local/cloud/http/server.ts';
import { handleMns } from '../../../local/cloud/mns/index.ts';
import { Credentials } from '../../../shared/alicloud/credentials.ts';
import { CloudError } from '../../../shared/alicloud/errors.ts';
import { functionCompute } from '../../../shared/alicloud/fc.ts';
import { millis } from '../../../shared/runtime/clock.ts';
import { TerminalError } from '../../../shared/runtime/errors.ts';
import { OWNER } from '../../kit/accounts.ts';
import { TestClock } from '../../kit/clock.ts';
import { addUser, everything, twoAccounts } from '../../kit/two-accounts.ts';
import { REGION } from './cloud.ts';
import { failureIn, PLANTED, patienceOf, planted, thrownBy } from './setup.ts';
import { closedPort, html, json, type Say, standIn } from './stand-in.ts';

const at = (endpoint: string) =>
  functionCompute({ ...patienceOf(), accountId: OWNER, region: REGION, endpoint, credentials: planted() });

async function told(...says: [Say, ...Say[]]) {
  const { url, seen } = await standIn(...says);
  return { functions: at(url), seen };
}

const octets = (body: string, headers: Readonly<Record<string, string>> = {}): Say => ({
  status: 200,
  headers: { 'content-type': 'application/octet-stream', ...headers },
  body,
});

const refused = (status: number, Code = 'X') => json(status, { Code, Message: 'no', RequestId: '1-f' });

/** What an invocation that was answered so came to. */
async function invocationOf(say: Say) {
  const { functions, seen } = await told(say);
  return { error: await thrownBy(functions.invoke('verify', {})), seen };
}

describe('a reading', () => {
  it('is signed as the service checks it: what is not there is not there, and not refused', async () => {
    const { world, owner } = twoAccounts(new TestClock(Date.now()));
    const door = await openDoor(world, owner, { rpc: [], mns: handleMns, fc: handleFc });
    onTestFinished(() => door.close());
    const credentials = new Credentials(addUser(owner, 'reader', everything).keys, millis(0));
    const options = { ...patienceOf(world.clock), accountId: OWNER, region: REGION, endpoint: door.url };
    const functions = functionCompute({ ...options, credentials });
    expect([await functions.describe('none'), await functions.triggers('none')]).toEqual([null, []]);
    expect(world.journal.calls.map(({ operation, status }) => [operation, status])).toEqual([
      ['GetFunction', 404],
      ['ListTriggers', 404],
    ]);
  });
});

describe('an invocation', () => {
  it('hands the function its event, under the session’s own token', async () => {
    const { functions, seen } = await told(octets('{"roles":[]}'));
    expect(await functions.invoke('verify', { all: true })).toEqual({ roles: [] });
    expect(seen[0]).toMatchObject({
      method: 'POST',
      body: '{"all":true}',
      headers: { 'x-fc-invocation-type': 'Sync', 'x-acs-security-token': PLANTED.securityToken },
    });
    expect(seen[0]?.url.pathname).toBe('/2023-03-30/functions/verify/invocations');
  });

  it('carries the token of a session whose key does not say that it is one', async () => {
    const { url, seen } = await standIn(octets('{}'));
    const credentials = new Credentials({ ...PLANTED, accessKeyId: 'TMP.PlantedKeyIdMarker' }, millis(0));
    const options = { ...patienceOf(), accountId: OWNER, region: REGION, endpoint: url, credentials };
    await functionCompute(options).invoke('verify', {});
    expect(seen[0]?.headers['x-acs-security-token']).toBe(PLANTED.securityToken);
  });

  it('answers nothing where the function answered with what is no JSON', async () => {
    const { functions } = await told(octets('hello'));
    expect(await functions.invoke('verify', {})).toBeUndefined();
  });

  it('answers what came as JSON as it is', async () => {
    const { functions } = await told(json(200, { ok: true }));
    expect(await functions.invoke('verify', {})).toEqual({ ok: true });
  });

  it.each([
    ['with its code taken off', '[wrong-account] these are not the keys', 'these are not the keys'],
    ['as it is where it has none', 'Process exited', 'Process exited'],
  ])('fails with what the function threw, %s', async (_how, errorMessage, text) => {
    const { error } = await invocationOf(
      octets(JSON.stringify({ errorMessage }), { 'x-fc-error-type': 'UnhandledInvocationError' }),
    );
    expect(error).toBeInstanceOf(TerminalError);
    expect(error).toMatchObject({ message: `verify failed: ${text}` });
  });

  it.each([
    [400, 'InvalidArgument'],
    [403, 'AccessDenied'],
    [404, 'FunctionNotFound'],
    [429, 'ResourceThrottled'],
    [500, 'InternalServerError'],
  ])('that is answered with %i fails by the name %s, and is not made again', async (status, code) => {
    const { error, seen } = await invocationOf(refused(status, code));
    expect(error).toBeInstanceOf(CloudError);
    expect(failureIn(error)).toEqual({
      what: 'Function Compute InvokeFunction verify',
      code,
      status,
      requestId: '1-f',
      retryAfterMs: null,
      denied: null,
    });
    expect(seen).toHaveLength(1);
  });

  it('without a code fails by its status, and has no request id where none came', async () => {
    const { error } = await invocationOf(json(418, { Message: 'no' }));
    expect(failureIn(error)).toMatchObject({ code: 'Http418', status: 418, requestId: null });
  });

  it.each([
    ['a page of a gateway', html(502), 'UnreadableAnswer'],
    ['a closed connection', 'hang up', 'ECONNRESET'],
  ] as const)('fails at %s without a status', async (_what, say, code) => {
    const { error } = await invocationOf(say);
    expect(failureIn(error)).toMatchObject({ code, status: 0 });
  });
});

describe('what is known of a function', () => {
  const facts = { runtime: 'nodejs20', role: 'acs:ram::1:role/r', timeout: 60 };
  const trigger = { triggerName: 't', triggerType: 'timer' };

  it('is its configuration and its triggers', async () => {
    const { functions, seen } = await told(
      json(200, { ...facts, more: 1 }),
      json(200, { triggers: [trigger] }),
    );
    expect(await functions.describe('verify')).toEqual(facts);
    expect(await functions.triggers('verify')).toEqual([trigger]);
    expect(seen.map(({ url }) => url.pathname)).toEqual([
      '/2023-03-30/functions/verify',
      '/2023-03-30/functions/verify/triggers',
    ]);
  });

  it('is nothing where there is none of the name', async () => {
    const { functions } = await told(refused(404));
    expect(await functions.describe('verify')).toBeNull();
    expect(await functions.triggers('verify')).toEqual([]);
  });

  it('is not nothing where it may not be seen, or nobody answers', async () => {
    const { functions, seen } = await told(refused(403, 'AccessDenied'));
    expect(await thrownBy(functions.describe('verify'))).toMatchObject({ failure: { code: 'AccessDenied' } });
    expect(seen).toHaveLength(1);
    const error = await thrownBy(at(await closedPort()).triggers('verify'));
    expect(error).toMatchObject({ name: 'RetryableError' });
    expect(failureIn(error)).toMatchObject({ code: 'ECONNREFUSED' });
  });

  it('is asked for again after an error that passes', async () => {
    const { functions, seen } = await told(refused(503), json(200, facts));
    expect(await functions.describe('verify')).toEqual(facts);
    expect(seen).toHaveLength(2);
  });
});
