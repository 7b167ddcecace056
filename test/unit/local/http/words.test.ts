import { expect, it } from 'vitest';
import * as z from 'zod';
import { ApiError } from '../../../../local/cloud/error.ts';
import { answer } from '../../../../local/cloud/http/answer.ts';
import { rpcOperation } from '../../../../local/cloud/operation.ts';
import { rpcOperations } from '../../../../local/cloud/operations.ts';
import type { RestRequest } from '../../../../local/cloud/rest.ts';
import { TestClock } from '../../../kit/clock.ts';
import { addUser, everything, type Keys, twoAccounts } from '../../../kit/two-accounts.ts';
import { acs3, altered, type Draft, request, rpcV1 } from '../signature/sign.ts';
import { services } from './setup.ts';

const own = {
  service: 'own',
  version: '2000-01-01',
  kind: 'read',
  page: 'none',
  input: z.record(z.string(), z.string()),
  permission: () => null,
} as const;
const echo = rpcOperation({
  ...own,
  name: 'Echo',
  route: { method: 'POST', path: '/echo' },
  run: (input) => ({ input }),
});
const odd = rpcOperation({
  ...own,
  name: 'Odd',
  run: () => {
    throw new ApiError(418, 'Odd', 'odd', undefined, { Success: false });
  },
});

async function answered(sign: (keys: Keys, now: number) => RestRequest) {
  const { world, owner, clock } = twoAccounts(new TestClock());
  const { keys } = addUser(owner, 'admin', everything);
  const all = { ...services, rpc: [...rpcOperations, echo, odd] };
  const { status, headers, body } = await answer(world, owner, all, sign(keys, clock.now()));
  const { RequestId, ...members } = JSON.parse(String(body)) as Record<string, unknown>;
  expect(RequestId).toBe(headers['x-acs-request-id']);
  expect(RequestId).toMatch(/^[0-9A-F]{8}-[0-9A-F-]{27}$/);
  return { status, members, calls: world.journal.calls };
}

const at = (host: string, more: object = {}) => ({ headers: { host, ...more } });
const roa = (more: Draft = {}, headers: object = {}) => ({
  ...at('localhost', { 'x-acs-action': 'Echo', 'x-acs-version': '2000-01-01', ...headers }),
  method: 'POST',
  target: '/echo?a=1&b=2',
  ...more,
});
const NO_PRODUCT = '404 InvalidProduct.NotFound: Cannot find product according to your specified domain.';
const NO_BODY = '400 InvalidParameter.Body: The body must be a JSON object.';

it.each<[what: string, sign: (keys: Keys, now: number) => RestRequest, said: string]>([
  [
    'a host of an account that nobody has',
    () => request(at('9.fc.cn-hangzhou.aliyuncs.com')),
    '403 AccessDenied: The local cloud has no account 9.',
  ],
  ['a host that the vendor does not have', () => request(at('nothing.aliyuncs.com')), NO_PRODUCT],
  ['the same with a port', () => request(at('nothing.aliyuncs.com:443')), NO_PRODUCT],
  ['the same in capitals', () => request(at('NOTHING.ALIYUNCS.COM')), NO_PRODUCT],
  [
    'another method',
    () => request({ method: 'PUT' }),
    '405 UnsupportedHTTPMethod: An RPC request is a GET or a POST.',
  ],
  [
    'no action',
    () => request({ target: '/?Version=2015-05-01' }),
    '400 MissingAction: Action is mandatory for this request.',
  ],
  [
    'an empty action',
    () => request({ target: '/?Action=&Version=2015-05-01' }),
    '400 MissingAction: Action is mandatory for this request.',
  ],
  [
    'no version',
    () => request({ target: '/?Action=GetRole' }),
    '400 MissingVersion: Version is mandatory for this request.',
  ],
  [
    'a header that says another action',
    (keys, now) => altered(rpcV1(keys, now), { 'x-acs-action': 'DeleteRole' }),
    '400 InvalidParameter.Action: Action and the header x-acs-action differ.',
  ],
  [
    'a parameter that says another version than the header',
    (keys, now) => acs3(keys, now, { target: '/?Version=2015-04-01' }),
    '400 InvalidParameter.Version: Version and the header x-acs-version differ.',
  ],
  [
    'a header that says the same action in other letters',
    (keys, now) => altered(rpcV1(keys, now, { RoleName: 'x' }), { 'x-acs-action': 'getrole' }),
    '404 EntityNotExist.Role: The role does not exist.',
  ],
  ...['YAML', 'xjson', 'xmlx'].map((Format): [string, (keys: Keys, now: number) => RestRequest, string] => [
    `the format ${Format}`,
    (keys, now) => rpcV1(keys, now, { Format }),
    '400 InvalidParameter.Format: Format is JSON or XML.',
  ]),
  [
    'another version',
    (keys, now) => rpcV1(keys, now, { Version: '2015-05-02' }),
    '400 InvalidVersion: The local cloud has no API of version "2015-05-02".',
  ],
  [
    'an operation that is near others',
    (keys, now) => rpcV1(keys, now, { Action: 'GetRol' }),
    '404 InvalidAction.NotFound: The local cloud has no operation "GetRol" of version "2015-05-01". Near it: GetRole, GetGroup, GetPolicy. All that it has: docs/use/local-cloud.md.',
  ],
  [
    'an operation that is near nothing, of a name that is too long',
    (keys, now) => rpcV1(keys, now, { Action: `Z${'z'.repeat(200)}` }),
    `404 InvalidAction.NotFound: The local cloud has no operation "Z${'z'.repeat(99)}" of version "2015-05-01". All that it has: docs/use/local-cloud.md.`,
  ],
  [
    'another version at a path',
    (keys, now) => acs3(keys, now, roa({}, { 'x-acs-version': '2000-01-02' })),
    '400 InvalidVersion: Echo has the version 2000-01-01.',
  ],
  [
    'another operation at a path',
    (keys, now) => acs3(keys, now, roa({}, { 'x-acs-action': 'Ecco' })),
    '404 InvalidAction.NotFound: The local cloud has no operation "Ecco" at POST "/echo". Near it: Echo. All that it has: docs/use/local-cloud.md.',
  ],
  ...['[]', 'null', '5', '"x"', '{'].map(
    (body): [string, (keys: Keys, now: number) => RestRequest, string] => [
      `the body ${body}`,
      (keys, now) => acs3(keys, now, roa({ body })),
      NO_BODY,
    ],
  ),
])('%s is told', async (_what, sign, said) => {
  const { status, members } = await answered(sign);
  expect(`${status} ${members['Code']}: ${members['Message']}`).toBe(said);
  expect(Object.keys(members)).toEqual(['HostId', 'Code', 'Message', 'Recommend']);
});

it.each([
  ['of the query alone', '', { a: '1', b: '2' }],
  [
    'of the body beside those of the query',
    '{"b": "é", "c": {"d": [1]}, "e": 5, "f": null}',
    { a: '1', b: 'é', c: '{"d":[1]}', e: '5', f: 'null' },
  ],
])('a path takes the parameters %s', async (_what, body, input) => {
  const { status, members } = await answered((keys, now) => acs3(keys, now, roa({ body })));
  expect([status, members]).toEqual([200, { input }]);
});

it('a path needs no headers that name what it is', async () => {
  const { members } = await answered((keys, now) =>
    altered(acs3(keys, now, roa()), { 'x-acs-action': undefined, 'x-acs-version': undefined }),
  );
  expect(members['Code']).toBe('SignatureDoesNotMatch');
});

it('an error with a body of its own is answered with that', async () => {
  const { status, members } = await answered((keys, now) =>
    altered(rpcV1(keys, now, { Action: 'Odd', Version: '2000-01-01' }), { host: 'localhost' }),
  );
  expect([status, members]).toEqual([418, { Success: false }]);
});

it('an unsigned call that may be of two products is recorded as one of both', async () => {
  const { calls } = await answered(() =>
    request({ target: '/?Action=DescribeDBInstances&Version=2023-05-22' }),
  );
  expect(calls).toMatchObject([
    { service: expect.stringMatching(/^(selectdb\|clickhouse|clickhouse\|selectdb)$/) },
  ]);
});
