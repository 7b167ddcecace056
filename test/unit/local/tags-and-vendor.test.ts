import { describe, expect, it } from 'vitest';
import type * as z from 'zod';
import { notCoveredAt } from '../../../local/cloud/not-covered.ts';
import { fitsTags, tagFilter, tagKeys, tags } from '../../../local/cloud/tag-rules.ts';
import { productOf, vendorNamesAt, vendorOperations } from '../../../local/cloud/vendor-operations.ts';

describe('tags', () => {
  const told = (schema: z.ZodType, value: unknown) => {
    const { success, data, error } = schema.safeParse(value);
    return success ? data : error?.issues.map(({ path, message }) => `${path.join('.')}: ${message}`);
  };
  const RESERVED = ['0.Key: The tag key is reserved.'];
  it.each<[value: unknown, told: unknown]>([
    [[{ Key: 'k' }], [{ Key: 'k', Value: '' }]],
    [[{ Key: 'my-aliyun', Value: 'v' }], [{ Key: 'my-aliyun', Value: 'v' }]],
    [[{ Key: 'Aliyun-x' }], RESERVED],
    [[{ Key: 'ACS:x' }], RESERVED],
    [[{ Key: 'see http://x' }], RESERVED],
    [[{ Key: 'see HTTPS://x' }], RESERVED],
    [[{ Key: 'k' }, { Key: 'l' }, { Key: 'k', Value: 'v' }], [': A tag key is given twice.']],
    [[{ Key: '' }], ['0.Key: Too small: expected string to have >=1 characters']],
    [[{ Key: 'k'.repeat(129) }], ['0.Key: Too big: expected string to have <=128 characters']],
    [[{ Key: 'k', Value: 'v'.repeat(257) }], ['0.Value: Too big: expected string to have <=256 characters']],
    [
      Array.from({ length: 21 }, (_, n) => ({ Key: `k${n}` })),
      [': Too big: expected array to have <=20 items'],
    ],
  ])('%#: %j', (value, expected) => {
    expect(told(tags, value)).toEqual(expected);
  });

  it('that are asked for, or taken off, have keys of 1 to 128 characters', () => {
    expect(told(tagFilter, undefined)).toEqual([]);
    expect(told(tagFilter, [{ Key: 'key' }])).toEqual([{ Key: 'key' }]);
    expect(told(tagFilter, [{ Key: '' }])).toEqual([
      '0.Key: Too small: expected string to have >=1 characters',
    ]);
    expect(told(tagKeys, ['key'])).toEqual(['key']);
    expect(told(tagKeys, [''])).toEqual(['0: Too small: expected string to have >=1 characters']);
    expect(told(tagKeys, [])).toEqual([': Too small: expected array to have >=1 items']);
  });

  it('fit a filter that they have all of', () => {
    const has = new Map([
      ['k', 'v'],
      ['l', ''],
    ]);
    const fits = (...filter: { Key: string; Value?: string }[]) => fitsTags(has, filter);
    expect([fits(), fits({ Key: 'k' }), fits({ Key: 'k', Value: 'v' }, { Key: 'l', Value: '' })]).toEqual([
      true,
      true,
      true,
    ]);
    expect([fits({ Key: 'x' }), fits({ Key: 'k', Value: 'w' }), fits({ Key: 'k' }, { Key: 'x' })]).toEqual([
      false,
      false,
      false,
    ]);
  });
});

describe('what the vendor has', () => {
  it('by product and version', () => {
    expect(vendorOperations('sts', '2015-04-01')).toContain('AssumeRole');
    expect([vendorOperations('sts', '2015-04-02'), productOf('AssumeRole', '2015-05-01')]).toEqual([
      null,
      null,
    ]);
    expect(productOf('AssumeRole', '2015-04-01')).toBe('sts');
  });

  it.each([
    ['POST', '/logstores/l/consumergroups/g', ['ConsumerGroupHeartBeat', 'ConsumerGroupUpdateCheckPoint']],
    ['POST', '/logstores//consumergroups/g', []],
    ['POST', '/logstores/l/consumergroups/g/more', []],
    ['HEAD', '/logstores/l/consumergroups/g', []],
  ])('at %s %s', (method, path, names) => {
    expect(vendorNamesAt('sls', '2020-12-30', method, path)).toEqual(names);
    expect(vendorNamesAt('sls', '2020-12-31', method, path)).toEqual([]);
  });

  it('and is not here is told with what is near', () => {
    const asked = { method: 'PUT', path: '/alerts/a', product: 'sls' };
    const known = [{ name: 'EnableAlerts', method: 'PUT', path: '/alerts' }];
    const PAGE = 'All that it has: docs/use/local-cloud.md.';
    expect(notCoveredAt({ ...asked, names: ['DisableAlert', 'EnableAlert'] }, known)).toBe(
      `The local cloud has no operation DisableAlert or EnableAlert, which the vendor has in sls at PUT "/alerts/a". Near it: EnableAlerts. ${PAGE}`,
    );
    expect(notCoveredAt({ ...asked, names: [] }, [...known, ...known])).toBe(
      `The local cloud has no operation at PUT "/alerts/a" in sls. Near it: PUT /alerts. ${PAGE}`,
    );
    const half = [{ name: 'ab', method: 'X', path: '/' }];
    expect(notCoveredAt({ ...asked, names: ['axyb'] }, half)).toContain('Near it: ab.');
  });
});
