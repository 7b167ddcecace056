import { describe, expect, it } from 'vitest';
import { asyncInvokeConfig } from '../../local/cloud/fc/async-config.ts';
import { settingsSchema } from '../../local/cloud/fc/function-input.ts';
import { fcOperations } from '../../local/cloud/fc/index.ts';
import { triggerSchema } from '../../local/cloud/fc/trigger.ts';
import { slsOperations } from '../../local/cloud/sls/operations/index.ts';
import { type Body, emptyCloud, http, saying } from '../unit/local/fc/setup.ts';
import { parametersOf } from './judge-operations.ts';
import { type RestOperation, restFaults } from './judge-rest.ts';
import { declaredOf } from './operations.ts';

const FC = { product: 'fc', version: '2023-03-30' };
const ours: readonly RestOperation[] = [
  // What the tool asks of API 2016-08-15 has no metadata.
  ...fcOperations
    .filter(({ version }) => version === undefined)
    .map(({ name, method, path }) => ({ ...FC, name, method, path: `/2023-03-30${path}` })),
  ...slsOperations.map((operation) => ({ ...operation, product: 'sls', version: '2020-12-30' })),
];

const fieldsOf = (operation: string) => declaredOf('fc', '2023-03-30')?.[operation]?.fields ?? {};
const required = (operation: string): readonly string[] =>
  Object.entries(fieldsOf(operation)).flatMap(([name, [, need]]) => (need === 'required' ? [name] : []));

describe('an operation of the local cloud', () => {
  it.each(ours.map((operation) => [`${operation.product} ${operation.name}`, operation] as const))(
    '%s is as the vendor’s metadata has it',
    (_what, operation) => {
      expect(restFaults(operation)).toEqual([]);
    },
  );

  it('takes no field in a body that the vendor’s client does not have', () => {
    const known = (operation: string, names: readonly string[]) =>
      names.filter((name) => fieldsOf(operation)[name] === undefined);
    expect(known('CreateFunction', parametersOf(settingsSchema))).toEqual([]);
    for (const kind of triggerSchema.options) expect(known('CreateTrigger', parametersOf(kind))).toEqual([]);
    // The version stands in the query.
    expect(known('PutAsyncInvokeConfig', parametersOf(asyncInvokeConfig))).toEqual(['qualifier']);
  });

  it.each<[operation: string, body: Body]>([
    ['CreateFunction', saying('')],
    ['CreateTrigger', http()],
    ['PutConcurrencyConfig', { reservedConcurrency: 1 }],
  ])('%s refuses a body without any field that the vendor’s client requires', async (operation, body) => {
    expect(required(operation)).not.toEqual([]);
    for (const name of required(operation)) {
      const { call } = emptyCloud();
      if (operation !== 'CreateFunction') await call('CreateFunction', [], saying(''));
      const { [name]: _left, ...rest } = body;
      await expect(call(operation, ['f'], rest)).rejects.toMatchObject({
        status: 400,
        code: 'InvalidArgument',
        message: expect.stringContaining(name),
      });
      await call(operation, ['f'], body);
    }
  });

  it('PutAsyncInvokeConfig takes no version in its body', async () => {
    const { call } = emptyCloud();
    await call('CreateFunction', [], saying(''));
    await expect(call('PutAsyncInvokeConfig', ['f'], { qualifier: 'LATEST' })).rejects.toThrow(/qualifier/);
  });
});

describe('an operation that is not as the vendor has it is named', () => {
  const found: RestOperation = {
    ...FC,
    name: 'GetFunction',
    method: 'GET',
    path: '/2023-03-30/functions/:f',
  };
  it.each<[what: string, seeded: Partial<RestOperation>, named: string]>([
    ['a name', { name: 'ReadFunction' }, 'fc ReadFunction: no operation of 2023-03-30'],
    ['a method', { method: 'POST' }, 'fc GetFunction: by POST, not GET'],
    [
      'a path',
      { path: '/functions/:f' },
      'fc GetFunction: at /functions/:f, the vendor has it at /2023-03-30/functions/[functionName]',
    ],
  ])('%s', (_what, seeded, named) => {
    expect(restFaults({ ...found, ...seeded })).toEqual([named]);
  });
});
