import { expect, it } from 'vitest';
import { OWNER } from '../../../kit/accounts.ts';
import { addUser } from '../../../kit/two-accounts.ts';
import { bareCloud } from './bare.ts';
import { timer, topic } from './setup.ts';

const OBJECT = '400 InvalidArgument: the body is not a JSON object';

/** A function `f` with a timer `tick`. */
async function furnished() {
  const cloud = bareCloud();
  await cloud.made();
  await cloud.ask('POST /functions/f/triggers', timer('@every 1h'));
  return cloud;
}

it('a role is given away by who may pass that one, in whatever body', async () => {
  const { said, owner } = await furnished();
  const pass = {
    Effect: 'Allow',
    Action: 'ram:PassRole',
    Resource: `acs:ram:*:${OWNER}:role/worker`,
  } as const;
  const { keys } = addUser(owner, 'one', { Effect: 'Allow', Action: 'fc:*', Resource: '*' }, pass);
  const put = (role: unknown) => said('PUT /functions/f', { role }, { keys });
  expect(await put(`acs:ram::${OWNER}:role/worker`)).toBe('200 undefined: undefined');
  expect(await put(`acs:ram::${OWNER}:role/worker2`)).toMatch(/^403 AccessDenied: /);
  expect(await put(`xacs:ram::${OWNER}:role/worker2`)).toMatch(/^400 InvalidArgument: role xacs/);
  expect(await put(7)).toMatch(/^400 InvalidArgument: function.role is 7/);
  for (const body of ['null', '7', '"role"', 'x'])
    expect(await said('PUT /functions/f', body, { keys })).toBe(OBJECT);
});

it('a refused right tells what was missing', async () => {
  const { ask, owner } = await furnished();
  const { keys } = addUser(owner, 'nobody');
  const { status, body } = await ask('GET /functions/f/triggers/tick', undefined, { keys });
  expect([status, body]).toMatchObject([
    403,
    {
      Code: 'AccessDenied',
      RequestId: expect.stringMatching(/^1-/),
      AccessDeniedDetail: { AuthAction: 'fc:GetTrigger' },
    },
  ]);
  expect((await ask('GET /functions/none')).body).not.toHaveProperty('AccessDeniedDetail');
});

it('a task id holds for one function, and is told', async () => {
  const { said, world } = await furnished();
  world.functions = {
    enqueue: async () => ({ requestId: 'R' }),
    invoke: async () => Promise.reject(new Error('none')),
    idle: async () => {},
  };
  const send = (id: string) =>
    said('POST /functions/f/invocations', '', {
      headers: { 'x-fc-invocation-type': 'Async', 'x-fc-async-task-id': id },
    });
  const id = '_'.repeat(128);
  expect([await send(id), await send(id)]).toEqual([
    '202 undefined: undefined',
    `409 StatefulAsyncInvocationAlreadyExists: the async task '${id}' already exists`,
  ]);
});

it('lists have twenty in a page, a hundred where that is asked, and end without a token', async () => {
  const { ask, owner } = await furnished();
  const [trigger] = owner.fc.function('f').triggers.values();
  if (trigger === undefined) throw new Error('no trigger');
  owner.fc.function('f').triggers.clear();
  for (let n = 101; n > 0; n -= 1)
    owner.fc.function('f').triggers.set(`t${100 + n}`, {
      ...trigger,
      trigger: { ...trigger.trigger, triggerName: `t${100 + n}` },
    });
  const list = async (query: string) => {
    const { body } = await ask(`GET /functions/f/triggers?${query}`);
    return [body.triggers.length, body.triggers[0]?.triggerName, body.nextToken];
  };
  expect(await list('')).toEqual([20, 't101', 't121']);
  expect(await list('limit=1')).toEqual([1, 't101', 't102']);
  expect(await list('limit=100')).toEqual([100, 't101', 't201']);
  expect(await list('nextToken=t201')).toEqual([1, 't201', undefined]);
  expect(await list('prefix=t20')).toEqual([2, 't200', undefined]);
  expect((await ask('POST /functions/f/triggers', topic())).status).toBe(200);
});

it('an invocation is answered by what it came to, with its log where that is asked, or as accepted', async () => {
  const { ask, world } = await furnished();
  const events: object[] = [];
  const answer = { requestId: 'R', body: Buffer.from('"done"'), errorType: null };
  const run = async (more: object, headers: Record<string, string> = {}) => {
    world.functions = {
      enqueue: async (event) => ({ requestId: `Q-${events.push(event)}` }),
      invoke: async (event) => ({ ...answer, ...more, requestId: `R-${events.push(event)}` }),
      idle: async () => {},
    };
    return ask('POST /functions/f/invocations', '{}', { headers });
  };
  const head = { 'content-type': 'application/octet-stream', 'x-fc-request-id': 'R-1' };
  expect(await run({ logTail: () => 'ü' })).toStrictEqual({ status: 200, headers: head, body: 'done' });
  const tail = { 'x-fc-log-type': 'Tail' };
  expect((await run({ logTail: () => 'ü', errorType: 'E' }, tail)).headers).toStrictEqual({
    ...head,
    'x-fc-request-id': 'R-2',
    'x-fc-error-type': 'E',
    'x-fc-log-result': Buffer.from('ü').toString('base64'),
  });
  expect((await run({}, tail)).headers).toMatchObject({ 'x-fc-log-result': '' });
  const later = { 'x-fc-invocation-type': 'Async' };
  expect((await run({}, later)).headers).toStrictEqual({ 'x-fc-request-id': 'Q-4' });
  expect(await run({}, { ...later, 'x-fc-async-task-id': 'T' })).toStrictEqual({
    status: 202,
    headers: { 'x-fc-request-id': 'Q-5', 'x-fc-async-task-id': 'T' },
    body: null,
  });
  const event = { accountId: OWNER, functionName: 'f', payload: Buffer.from('{}') };
  expect(events).toEqual([event, event, event, event, event]);
});

it('a trigger is given another role by who may pass it', async () => {
  const { said, owner } = await furnished();
  const { keys } = addUser(owner, 'one', { Effect: 'Allow', Action: 'fc:*', Resource: '*' });
  const invocationRole = `acs:ram::${OWNER}:role/worker`;
  expect(await said('PUT /functions/f/triggers/tick', { invocationRole }, { keys })).toMatch(
    /^403 AccessDenied/,
  );
  expect(await said('PUT /functions/f/triggers/tick', { description: null }, { keys })).toMatch(/^200 /);
});

it.each([
  ['GET /functions/f/vpc-bindings', { vpcIds: [] }],
  ['GET /functions/f/scaling-config', {}],
  ['GET /functions/f/provision-config', {}],
  ['GET /functions/f/aliases', { aliases: [] }],
  ['GET /functions/f/versions', { versions: [] }],
  ['GET /scaling-configs', { scalingConfigs: [] }],
] as const)('%s has nothing to show', async (place, body) => {
  expect(await (await furnished()).ask(place)).toMatchObject({ status: 200, body });
});
