import { describe, expect, it } from 'vitest';
import { parseInstance } from '../../../cli/register/instance-file.ts';

const parsed = (text: string) => parseInstance(Buffer.from(text), 'orders.yaml');

const GOOD = `Host: r-bp1.redis.rds.aliyuncs.com
Port: 6379
InstanceType: redis
InstanceAlias: orders
EnvType: product
DatabaseUser: reader
`;

describe('an instance file', () => {
  it('gets what nearly every instance has', () => {
    expect(parsed(GOOD)).toMatchObject({
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
      parsed(
        '{"Host":"h","Port":1,"InstanceType":"gdb","InstanceAlias":"g","EnvType":"dev","DatabaseUser":"u"}',
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
    ['two faults', 'Port: 1\n', /Host: .*; line 1, column 1: InstanceType: /],
    ['a flag that YAML takes for a boolean', `${GOOD}EnableSellTrust: yes please\n`, /"Y" or "N"/],
    ['a password', `${GOOD}DatabasePassword: hunter2\n`, /never in a file; set DMS_DATABASE_PASSWORD/],
    ['a role', `${GOOD}RoleArn: acs:ram::1:role/x\n`, /leave it out and give --arn/],
  ])('is refused with the place and the way out: %s', (_what, text, message) => {
    expect(() => parsed(text)).toThrow(message);
  });

  it.each([
    ['DbaId', '270001', '270001'],
    ['DbaId', '"270001"', '270001'],
    ['Port', '"6380"', 6380],
    ['UseSsl', '1', 1],
    ['UseSsl', 'true', 1],
    ['UseSsl', 'false', 0],
    ['UseSsl', '"-1"', -1],
    ['UseDsql', 'true', 1],
    ['SkipTest', 'true', true],
    ['SkipTest', '"false"', false],
    ['Sid', '12', '12'],
    ['Sid', '', undefined],
    ['Sid', '~', undefined],
    ['InstanceAlias', '20260101', '20260101'],
    ['DatabaseUser', '10001', '10001'],
    ['TemplateId', '17', '17'],
    ['Tid', '3001', '3001'],
    ['QueryTimeout', '"90"', 90],
  ])('takes %s: %s for what its type at the vendor is', (key, yaml, value) => {
    const text = `${GOOD.replace(new RegExp(`^${key}:.*\n`, 'm'), '')}${key}: ${yaml}\n`;
    const taken = new Map(Object.entries(parsed(text)));
    expect(taken.get(key)).toBe(value);
  });

  it.each([
    ['a number that YAML writes otherwise', 'InstanceAlias: 007', /InstanceAlias: .*put it in quotes/],
    ['an exponent', 'DatabaseUser: 1e3', /DatabaseUser: .*put it in quotes/],
    ['a number longer than exact ones are', 'DbaId: 9007199254740993', /DbaId: .*put it in quotes/],
    ['a boolean for a text', 'Sid: true', /Sid: expected a text: put it in quotes/],
    ['an id that is none', 'DbaId: nobody', /DbaId: expected an id in digits/],
    ['a boolean for a port', 'Port: true', /Port: expected a port, 1 to 65535/],
    [
      'a key for the second time',
      'Host: other',
      /line 7, column 1: "Host" stands there already, at line 1; keep one/,
    ],
  ])('is refused with the way out: %s', (_what, line, message) => {
    const key = String(line.split(':')[0]);
    const base = key === 'Host' ? GOOD : GOOD.replace(new RegExp(`^${key}:.*\n`, 'm'), '');
    expect(() => parsed(`${base}${line}\n`)).toThrow(message);
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
        parsed(text);
        expect.unreachable();
      } catch (error) {
        expect(String(error)).not.toContain('hunter2');
      }
    }
  });
});
