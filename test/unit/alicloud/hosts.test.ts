import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { fcEndpoint, mnsEndpoint } from '../../../shared/alicloud/account-hosts.ts';
import { hostFault, hostInEnvironment, variableOf } from '../../../shared/alicloud/endpoint-variable.ts';
import { endpointOf, hostOf, ramHost } from '../../../shared/alicloud/hosts.ts';

beforeEach(() => {
  for (const name of Object.keys(process.env).filter((one) => one.startsWith('ENDPOINT_')))
    vi.stubEnv(name, undefined);
});
afterEach(() => {
  vi.unstubAllEnvs();
});

const faulty = (name: string, shown: string) =>
  `${name} is ${shown}: expected the name of a host, such as "r-kvstore.aliyuncs.com", without https:// and without a path`;

describe('the variable of a product', () => {
  it.each([
    ['R-kvstore', 'ENDPOINT_R_KVSTORE'],
    ['dms-enterprise', 'ENDPOINT_DMS_ENTERPRISE'],
    ['mns', 'ENDPOINT_MNS'],
    ['mns-open', 'ENDPOINT_MNS_OPEN'],
  ] as const)('of %s is %s', (product, variable) => {
    expect(variableOf(product)).toBe(variable);
  });

  it.each([
    ['', null],
    ['  ', null],
    [' Sts.Example.com ', 'sts.example.com'],
    ['127.0.0.1:9', '127.0.0.1:9'],
    ['x', 'x'],
    ['a-b.c-d:65535', 'a-b.c-d:65535'],
    ['<uid>.x', '7.x'],
  ])('%j sets the host %j', (value, host) => {
    vi.stubEnv('ENDPOINT_STS', value);
    expect(hostInEnvironment('sts', '7')).toBe(host);
  });

  it('that is not set sets none', () => {
    expect(hostInEnvironment('sts')).toBeNull();
  });

  it.each(['https://x.com', 'x/y', 'a b', '-x', 'x-', 'x:', 'x:123456', 'x:a', '.x', 'x y:1', 'x\n'])(
    '%j is no host, and refused',
    (value) => {
      expect(hostFault('ENDPOINT_STS', value)).toBe(faulty('ENDPOINT_STS', JSON.stringify(value)));
      vi.stubEnv('ENDPOINT_STS', `${value}!`);
      expect(() => hostInEnvironment('sts')).toThrow(
        expect.objectContaining({
          name: 'TerminalError',
          code: 'internal',
          message: faulty('ENDPOINT_STS', JSON.stringify(`${value}!`)),
        }),
      );
    },
  );

  it('of which too much is wrong is quoted in part', () => {
    expect(hostFault('V', `/${'x'.repeat(200)}`)).toBe(faulty('V', `"/${'x'.repeat(99)}"`));
    expect(hostFault('V', '<uid>.example.com')).toBeNull();
  });

  it('without an account has nothing in its place', () => {
    vi.stubEnv('ENDPOINT_STS', 'a<uid>b');
    expect(hostInEnvironment('sts')).toBe('ab');
  });
});

describe('where a product is reached', () => {
  it('is what its variable says, what the vendor lists, or a guess', () => {
    expect(endpointOf('Hologram', 'cn-guangzhou')).toEqual({
      host: 'hologram.cn-guangzhou.aliyuncs.com',
      known: false,
    });
    expect(endpointOf('sts', 'cn-hangzhou')).toEqual({ host: 'sts.cn-hangzhou.aliyuncs.com', known: true });
    vi.stubEnv('ENDPOINT_HOLOGRAM', 'h.example');
    expect(endpointOf('Hologram', 'cn-guangzhou')).toEqual({ host: 'h.example', known: true });
    expect(hostOf('Hologram', 'cn-guangzhou')).toBe('h.example');
    expect(ramHost()).toBe('ram.aliyuncs.com');
  });

  it('is of the account for the queue service and Function Compute', () => {
    expect([mnsEndpoint('7', 'cn-hangzhou'), fcEndpoint('7', 'cn-hangzhou')]).toEqual([
      'https://7.mns.cn-hangzhou.aliyuncs.com',
      'https://7.cn-hangzhou.fc.aliyuncs.com',
    ]);
    vi.stubEnv('ENDPOINT_MNS', '<uid>.mns.example');
    vi.stubEnv('ENDPOINT_FC', '<uid>.fc.example');
    expect([mnsEndpoint('7', 'cn-hangzhou'), fcEndpoint('7', 'cn-hangzhou')]).toEqual([
      'https://7.mns.example',
      'https://7.fc.example',
    ]);
  });
});
