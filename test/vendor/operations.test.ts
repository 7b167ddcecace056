import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import type { RpcOperation } from '../../local/cloud/operation.ts';
import { rpcOperations } from '../../local/cloud/operations.ts';
import { vendorOperations } from '../../local/cloud/vendor-operations.ts';
import { operationFaults, parametersOf } from './judge-operations.ts';
import { declaredOf } from './operations.ts';

const judged = rpcOperations.filter(({ service, version }) => declaredOf(service, version) !== null);

describe('an operation of the local cloud', () => {
  it.each(judged.map((operation) => [`${operation.service} ${operation.name}`, operation] as const))(
    '%s is as the vendor’s metadata has it',
    (_what, operation) => {
      expect(operationFaults(operation)).toEqual([]);
    },
  );

  it('is held against it but for products that the metadata does not have', () => {
    const without = rpcOperations.filter((operation) => !judged.includes(operation));
    expect([...new Set(without.map(({ service, version }) => `${service} ${version}`))].sort()).toEqual(
      expect.arrayContaining(['clickhouse 2019-11-11', 'gdb-api 2019-09-03', 'selectdb 2023-05-22']),
    );
    expect(judged.length).toBeGreaterThan(45);
    expect(judged.flatMap(({ input }) => parametersOf(input)).length).toBeGreaterThan(140);
  });
});

describe('an operation that is not as the vendor has it is named', () => {
  const find = (name: string): RpcOperation => {
    const found = judged.find((one) => one.name === name);
    if (found === undefined) throw new Error(name);
    return found;
  };
  it.each<[what: string, seeded: RpcOperation, named: string]>([
    [
      'a name',
      { ...find('DescribeVpcs'), name: 'DescribeVpc' },
      'vpc DescribeVpc: no operation of 2016-04-28',
    ],
    [
      'a parameter that there is not',
      { ...find('DescribeVpcs'), input: z.object({ RegionId: z.string(), Zone: z.string() }) },
      'vpc DescribeVpcs: no parameter Zone',
    ],
    [
      'a required parameter that is not asked for',
      { ...find('DescribeVpcs'), input: z.object({ RegionId: z.string().optional() }) },
      'vpc DescribeVpcs: RegionId is not required',
    ],
    [
      'a type',
      { ...find('DescribeVpcs'), input: z.object({ RegionId: z.string(), PageSize: z.string() }) },
      'vpc DescribeVpcs: PageSize takes what is no Integer',
    ],
    [
      'a place',
      {
        ...find('ListInstances'),
        service: 'hologram',
        version: '2022-06-01',
        route: { method: 'POST', path: '/x' },
      },
      'hologram ListInstances: at /x, the vendor has it at /api/v1/instances',
    ],
  ])('%s', (_what, seeded, named) => {
    expect(operationFaults(seeded)).toContain(named);
  });
});

it('the names that the local cloud knows of the vendor are those of the metadata', () => {
  for (const [product, version] of [
    ['ram', '2015-05-01'],
    ['sts', '2015-04-01'],
  ] as const)
    expect(vendorOperations(product, version)).toEqual(
      Object.keys(declaredOf(product, version) ?? {}).sort(),
    );
  const unknown = rpcOperations.filter(({ service, version, name }) => {
    const all = vendorOperations(service, version);
    return all !== null && !all.includes(name);
  });
  expect(unknown.map(({ service, name }) => `${service} ${name}`)).toEqual([]);
});
