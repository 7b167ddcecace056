import { expect, it } from 'vitest';
import { OWNER } from '../../../kit/accounts.ts';
import { bareCloud, type Place } from './bare.ts';
import { type Body, saying, timer } from './setup.ts';

const ABSENT = "404 FunctionNotFound: function 'none' does not exist";
const OBJECT = '400 InvalidArgument: the body is not a JSON object';
const LIMIT = '400 InvalidArgument: limit must be a whole number from 1 to 100';
const PAGE = 'All that it has: docs/use/local-cloud.md.';
const invalid = (message: string) => `400 InvalidArgument: ${message}`;

/** A function `f` with a timer `tick`. */
async function furnished() {
  const cloud = bareCloud();
  await cloud.made();
  await cloud.ask('POST /functions/f/triggers', timer('@every 1h'));
  return cloud;
}

it.each<[place: Place, words: string, body?: Body | string, headers?: Record<string, string>]>([
  ['GET /functions/none', ABSENT],
  ['PUT /functions/none', ABSENT, {}],
  ['DELETE /functions/none', ABSENT],
  ['GET /functions/f?qualifier=7', "404 FunctionNotFound: function 'f' does not exist"],
  ['POST /functions/f/invocations?qualifier=7', "404 FunctionNotFound: function 'f' does not exist"],
  ['POST /functions', "409 FunctionAlreadyExists: function 'f' already exists", saying('')],
  ['GET /functions/none/triggers/tick', ABSENT],
  ['GET /functions/f/triggers/none', "404 TriggerNotFound: trigger 'none' does not exist"],
  ['PUT /functions/f/triggers/none', "404 TriggerNotFound: trigger 'none' does not exist", {}],
  ['DELETE /functions/f/triggers/none', "404 TriggerNotFound: trigger 'none' does not exist"],
  [
    'POST /functions/f/triggers',
    "409 TriggerAlreadyExists: trigger 'tick' already exists",
    timer('@every 1h'),
  ],
  ...['GET', 'DELETE'].flatMap((method): [Place, string][] => [
    [
      `${method} /functions/f/async-invoke-config`,
      "404 AsyncConfigNotExists: async config of function 'f' does not exist",
    ],
    [
      `${method} /functions/f/concurrency`,
      "404 OnDemandConfigNotFound: on-demand config of function 'f' does not exist",
    ],
  ]),
  ['POST /functions', OBJECT, 'x'],
  ['POST /functions', OBJECT, '[]'],
  ['POST /functions', OBJECT, 'null'],
  ['POST /functions', OBJECT, '"{}"'],
  ['PUT /functions/f', OBJECT, ''],
  ['GET /functions?limit=0', LIMIT],
  ['GET /functions?limit=101', LIMIT],
  ['GET /functions?limit=1.5', LIMIT],
  [
    'POST /functions/f/invocations',
    invalid('x-fc-invocation-type must be one of Sync, Async'),
    '',
    { 'x-fc-invocation-type': 'Later' },
  ],
  [
    'POST /functions/f/invocations',
    invalid('x-fc-log-type must be one of None, Tail'),
    '',
    { 'x-fc-log-type': 'All' },
  ],
  ...['9', 'a.', 'a'.repeat(129)].map((id): [Place, string, string, Record<string, string>] => [
    'POST /functions/f/invocations',
    invalid('x-fc-async-task-id is not well-formed'),
    '',
    { 'x-fc-invocation-type': 'Async', 'x-fc-async-task-id': id },
  ]),
  [
    'GET /functions',
    `403 AccessDenied: the endpoint belongs to account ${OWNER}`,
    '',
    { 'x-fc-account-id': '42' },
  ],
  [
    'PUT /functions/f/async-invoke-config',
    invalid("functionName is not 'f', which the path says; leave it out"),
    { functionName: 'g' },
  ],
  [
    'PUT /functions/f/async-invoke-config',
    invalid(
      'asyncInvokeConfig.maxAsyncRetryAttempts is 9: Too big: expected number to be <=8; asyncInvokeConfig.maxAsyncEventAgeInSeconds is 0: Too small: expected number to be >=1',
    ),
    { maxAsyncRetryAttempts: 9, maxAsyncEventAgeInSeconds: 0 },
  ],
  [
    'PUT /functions/f/async-invoke-config',
    invalid(
      'asyncInvokeConfig.destinationConfig.onFailure.destination is "acs:oss:::x": destination acs:oss:::x must be acs:fc:<region>:<uid>:functions/<function> or acs:mns:<region>:<uid>:/queues/<queue>/messages',
    ),
    { destinationConfig: { onFailure: { destination: 'acs:oss:::x' } } },
  ],
  [
    'PUT /functions/f/async-invoke-config',
    invalid(
      'asyncInvokeConfig.qualifiers is no key here; the nearest is "qualifier", all are asyncTask, qualifier, maxAsyncRetryAttempts, maxAsyncEventAgeInSeconds, destinationConfig',
    ),
    { qualifiers: 'LATEST' },
  ],
  [
    'PUT /functions/f/async-invoke-config',
    invalid(
      'asyncInvokeConfig.destinationConfig.onSucces is no key here; the nearest is "onSuccess", all are onSuccess, onFailure',
    ),
    { destinationConfig: { onSucces: {} } },
  ],
  [
    'PUT /functions/f/concurrency',
    invalid('concurrencyConfig.reservedConcurrency is 301: Too big: expected number to be <=300'),
    { reservedConcurrency: 301 },
  ],
  [
    'PUT /functions/f/concurrency',
    invalid(
      'concurrencyConfig.reservedConcurrency is missing: Invalid input: expected number, received undefined',
    ),
    {},
  ],
])('%s is refused: %s', async (place, words, body, headers = {}) => {
  const { said } = await furnished();
  expect(await said(place, body, { headers })).toBe(words);
});

it.each<[operation: string, place: Place, message: string]>([
  [
    'CreateAlias',
    'POST /functions/f/aliases',
    `The local cloud has no operation CreateAlias, which the vendor has in fc of version "2023-03-30" at POST "/2023-03-30/functions/f/aliases". Near it: CreateTrigger, CreateFunction. ${PAGE}`,
  ],
  [
    'Unknown',
    'PATCH /functions/f',
    `The local cloud has no operation at PATCH "/functions/f" in fc of version "2023-03-30". Near it: POST /functions, GET /functions, PUT /functions/:function. ${PAGE}`,
  ],
  [
    'Unknown',
    'GET /functions//triggers/tick',
    `The local cloud has no operation at GET "/functions//triggers/tick" in fc of version "2023-03-30". Near it: GET /functions/:function, GET /functions/:function/triggers, PUT /functions/:function. ${PAGE}`,
  ],
  [
    'Unknown',
    'DELETE /functions/f/triggers/',
    `The local cloud has no operation at DELETE "/functions/f/triggers/" in fc of version "2023-03-30". Near it: DELETE /functions/:function, GET /functions/:function/triggers, POST /functions/:function/triggers. ${PAGE}`,
  ],
])('%s at %s is not here, and says so', async (operation, place, message) => {
  const { said, world } = await furnished();
  expect(await said(place)).toBe(`400 PathNotSupported: ${message}`);
  expect(world.journal.calls.at(-1)).toMatchObject({ service: 'fc', operation, kind: 'read', status: 400 });
});
