import { afterEach, describe, expect, it, vi } from 'vitest';
import { hostChecks } from '../../../cli/doctor/hosts.ts';

afterEach(() => vi.unstubAllEnvs());

describe('doctor, about hosts', () => {
  it('lists where each product is reached from the region', () => {
    const [hosts, ...rest] = hostChecks('owner', 'cn-hangzhou');
    expect(hosts).toMatchObject({ id: 'hosts', status: 'pass' });
    expect(hosts?.detail).toContain('R-kvstore at r-kvstore.aliyuncs.com');
    expect(hosts?.detail).toContain('fc at <uid>.cn-hangzhou.fc.aliyuncs.com');
    expect(rest).toEqual([]);
  });

  it('names each product that no list has there, what is tried, and how to set its host', () => {
    const [, ...rest] = hostChecks('owner', 'cn-guangzhou');
    expect(rest.map(({ id }) => id)).toContain('host:Hologram');
    expect(rest.find(({ id }) => id === 'host:Hologram')).toMatchObject({
      status: 'skip',
      detail: expect.stringMatching(/hologram\.cn-guangzhou\.aliyuncs\.com is tried.*set ENDPOINT_HOLOGRAM/),
    });
    vi.stubEnv('ENDPOINT_HOLOGRAM', 'hologram.example.com');
    expect(hostChecks('owner', 'cn-guangzhou').map(({ id }) => id)).not.toContain('host:Hologram');
  });

  it('in account A is about DMS', () => {
    expect(hostChecks('requester', 'cn-hangzhou')[0]?.detail).toContain(
      'dms-enterprise at dms-enterprise.cn-hangzhou.aliyuncs.com',
    );
    expect(hostChecks('requester', 'cn-heyuan').map(({ id }) => id)).toContain('host:dms-enterprise');
  });
});
