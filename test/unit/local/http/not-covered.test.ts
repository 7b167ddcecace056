import { expect, it } from 'vitest';
import { handleFc } from '../../../../local/cloud/fc/index.ts';
import { answer } from '../../../../local/cloud/http/answer.ts';
import { handleMns } from '../../../../local/cloud/mns/index.ts';
import { rpcOperations } from '../../../../local/cloud/operations.ts';
import type { RestRequest } from '../../../../local/cloud/rest.ts';
import { TestClock } from '../../../kit/clock.ts';
import { addUser, everything, twoAccounts } from '../../../kit/two-accounts.ts';
import { acs3, fc, gmt, mns, roaV1 } from '../signature/sign.ts';

const services = { rpc: rpcOperations, mns: handleMns, fc: handleFc };

type Sign = (keys: Parameters<typeof fc>[0], now: number) => RestRequest;

const PAGE = 'All that it has: docs/use/local-cloud.md.';
const at = (method: string, target: string) => ({ method, target });

it.each<[what: string, sign: Sign, said: string, recorded: string]>([
  [
    'Function Compute',
    (keys, now) => fc(keys, gmt(now), at('GET', '/2023-03-30/functions/f/code')),
    `no operation GetFunctionCode, which the vendor has in fc of version "2023-03-30" at GET "/2023-03-30/functions/f/code". Near it: GetFunction, `,
    'GetFunctionCode',
  ],
  [
    'Function Compute, by the gateway’s signature',
    (keys, now) => roaV1(keys, now, at('POST', '/2023-03-30/functions/f/versions')),
    'no operation PublishFunctionVersion, which the vendor has in fc',
    'PublishFunctionVersion',
  ],
  [
    'Function Compute, at a path that nobody has',
    (keys, now) => fc(keys, gmt(now), at('GET', '/2023-03-30/function')),
    'no operation at GET "/function" in fc of version "2023-03-30". Near it: GET /functions, ',
    'Unknown',
  ],
  [
    'Hologres',
    (keys, now) =>
      acs3(keys, now, { ...at('POST', '/api/v1/instances/create'), headers: { host: 'localhost' } }),
    'no operation CreateInstance, which the vendor has in hologram of version "2022-06-01" at POST "/api/v1/instances/create". Near it: ListInstances.',
    'POST /api/v1/instances/create',
  ],
  [
    'a path of no product',
    (keys, now) => acs3(keys, now, { ...at('POST', '/api/v1/instance'), headers: { host: 'localhost' } }),
    'no operation at POST "/api/v1/instance" in any product. Near it: POST /api/v1/instances.',
    'POST /api/v1/instance',
  ],
  [
    'an engine',
    (keys, now) =>
      acs3(keys, now, {
        headers: {
          host: 'localhost',
          'x-acs-action': 'DescribeInstanceAttribute',
          'x-acs-version': '2015-01-01',
        },
      }),
    'no operation "DescribeInstanceAttribute" of version "2015-01-01", which the vendor has in r-kvstore. Near it: DescribeInstances.',
    'DescribeInstanceAttribute',
  ],
  [
    'Message Service',
    (keys, now) => mns(keys, gmt(now), at('GET', '/queues/q/message')),
    'no operation at GET "/queues/q/message" in mns of version "2015-06-06". Near it: GET /queues/:queue',
    'Unknown',
  ],
])('%s says what was asked for, what is near, and the page', async (_what, sign, said, recorded) => {
  const { world, owner, clock } = twoAccounts(new TestClock());
  const { keys } = addUser(owner, 'admin', everything);
  const request = sign(keys, clock.now());
  const { status, body } = await answer(world, owner, services, request);
  expect(status).toBeGreaterThanOrEqual(400);
  const text = body.toString().replaceAll('&quot;', '"').replaceAll('\\"', '"');
  expect(text).toContain(said);
  expect(text).toContain(PAGE);
  expect(world.journal.calls.at(-1)?.operation).toBe(recorded);
});
