import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { AbortedError, createRequester, RequesterError } from '../../../client/index.ts';

const servers: ReturnType<typeof createServer>[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    server.close();
  }
});

/** A cloud in which sessions are made, and messages are taken and never answered. */
async function silent() {
  const arrived = deferred();
  const server = createServer((request, response) => {
    if (request.url?.includes('/topics/') === true) return arrived.resolve();
    response.setHeader('content-type', 'application/json');
    const Credentials = {
      AccessKeyId: 'STS.x',
      AccessKeySecret: 'x',
      SecurityToken: 'x',
      Expiration: '2099-01-01T00:00:00Z',
    };
    return response.end(JSON.stringify({ RequestId: 'r', Credentials }));
  });
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const requester = createRequester({
    ownerUid: '2',
    requesterUid: '1',
    credentials: async () => ({ accessKeyId: 'x', accessKeySecret: 'x' }),
    endpoints: { owner: url, requester: url },
  });
  return { requester, arrived: arrived.promise };
}

function deferred() {
  let resolve: () => void = () => undefined;
  const promise = new Promise<void>((yes) => {
    resolve = yes;
  });
  return { promise, resolve };
}

describe('the signal', () => {
  it('ends the sending, and the error says that the request may have arrived, and under which id', async () => {
    const { requester, arrived } = await silent();
    const stop = new AbortController();
    const asked = requester
      .request({ engines: ['redis'], requestId: 'r-1' }, { signal: stop.signal })
      .catch((thrown: unknown) => thrown);
    await arrived;
    stop.abort(new Error('enough'));
    const error = await asked;
    expect(error).toBeInstanceOf(AbortedError);
    expect(error).toBeInstanceOf(RequesterError);
    expect(error).toMatchObject({
      code: 'aborted',
      requestId: 'r-1',
      sent: 'maybe',
      message: 'enough; the request r-1 may have been sent',
    });
  });

  it('before anything was sent rejects with its reason', async () => {
    const { requester } = await silent();
    const reason = new Error('no');
    await expect(
      requester.request({ engines: ['redis'] }, { signal: AbortSignal.abort(reason) }),
    ).rejects.toBe(reason);
  });
});

it('close ends what is under way', async () => {
  const { requester, arrived } = await silent();
  const asked = requester
    .send('grant', { engines: ['redis'], requestId: 'r-2' })
    .catch((thrown: unknown) => thrown);
  await arrived;
  requester.close();
  expect(await asked).toMatchObject({ requestId: 'r-2', sent: 'maybe' });
});
