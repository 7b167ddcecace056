import { describe, expect, it } from 'vitest';
import { parseInstance } from '../../../cli/register/instance-file.ts';

const GOOD = `Host: r-bp1.redis.rds.aliyuncs.com
Port: 6379
InstanceType: redis
InstanceAlias: orders
EnvType: product
DatabaseUser: reader
`;

describe('an instance file', () => {
  it('gets what nearly every instance has', () => {
    expect(parseInstance(GOOD, 'orders.yaml')).toMatchObject({
      Host: 'r-bp1.redis.rds.aliyuncs.com',
      Port: 6379,
      InstanceSource: 'RDS',
      NetworkType: 'VPC',
      QueryTimeout: 60,
      ExportTimeout: 600,
      EnableSellTrust: 'Y',
    });
  });

  it('may be JSON', () => {
    expect(
      parseInstance(
        '{"Host":"h","Port":1,"InstanceType":"gdb","InstanceAlias":"g","EnvType":"dev","DatabaseUser":"u"}',
        'f',
      ).Port,
    ).toBe(1);
  });

  it.each([
    ['nothing', '', /is no instance/],
    ['a list', '- a', /is no instance/],
    ['what is neither', '{"a": [', /neither YAML nor JSON/],
    [
      'a key that is nearly right',
      `${GOOD}Prot: 1\n`,
      /"Prot" is no parameter of AddInstance; the nearest is "Port"/,
    ],
    ['a port that is none', GOOD.replace('6379', '70000'), /Port: expected a port, 1 to 65535/],
    ['an environment that is none', GOOD.replace('product', 'prod'), /EnvType: expected product, dev/],
    ['two faults', 'Port: 1\n', /Host: .*; InstanceType: /],
    ['a flag that YAML takes for a boolean', `${GOOD}EnableSellTrust: yes please\n`, /"Y" or "N"/],
    ['a password', `${GOOD}DatabasePassword: hunter2\n`, /never in a file; set DMS_DATABASE_PASSWORD/],
    ['a role', `${GOOD}RoleArn: acs:ram::1:role/x\n`, /leave it out and give --arn/],
  ])('is refused with the place and the way out: %s', (_what, text, message) => {
    expect(() => parseInstance(text, 'orders.yaml')).toThrow(message);
  });

  it('never has its values quoted: one may be a password in the wrong place', () => {
    const texts = [
      `${GOOD}DatabasePassword: hunter2\n`,
      GOOD.replace('product', 'hunter2'),
      'hunter2: [',
      'hunter2',
    ];
    for (const text of texts) {
      try {
        parseInstance(text, 'orders.yaml');
        expect.unreachable();
      } catch (error) {
        expect(String(error)).not.toContain('hunter2');
      }
    }
  });
});
