import { afterEach, describe, expect, it, vi } from 'vitest';
import { hostChecks } from '../../../cli/doctor/hosts.ts';

afterEach(() => vi.unstubAllEnvs());

describe('doctor, about hosts', () => {
  it('is content where every product has one', () => {
    expect(hostChecks('owner', 'cn-hangzhou')).toEqual([
      {
        id: 'hosts',
        status: 'pass',
        detail: 'every product that is called has a known host in cn-hangzhou',
        fix: null,
      },
    ]);
  });

  it('names each product that no list has there, what is tried, and how to set its host', () => {
    const [hosts, ...rest] = hostChecks('owner', 'cn-guangzhou');
    expect(hosts?.detail).toMatch(/^\d+ of 15 products that are called have a known host in cn-guangzhou$/);
    expect(rest.map(({ id }) => id)).toContain('host:Hologram');
    expect(rest.find(({ id }) => id === 'host:Hologram')).toMatchObject({
      status: 'skip',
      detail: expect.stringMatching(/hologram\.cn-guangzhou\.aliyuncs\.com is tried.*set ENDPOINT_HOLOGRAM/),
    });
    vi.stubEnv('ENDPOINT_HOLOGRAM', 'hologram.example.com');
    expect(hostChecks('owner', 'cn-guangzhou').map(({ id }) => id)).not.toContain('host:Hologram');
  });

  it('in account A is about DMS', () => {
    expect(hostChecks('requester', 'cn-hangzhou')).toHaveLength(1);
    expect(hostChecks('requester', 'cn-heyuan').map(({ id }) => id)).toContain('host:dms-enterprise');
  });
});
