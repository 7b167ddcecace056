import { afterEach, describe, expect, it, vi } from 'vitest';
import { serviceAt } from '../../local/cloud/http/hosts.ts';
import { rpcOperations } from '../../local/cloud/operations.ts';
import { fcEndpoint, mnsEndpoint } from '../../shared/alicloud/account-hosts.ts';
import { variableOf } from '../../shared/alicloud/endpoint-variable.ts';
import { endpointOf } from '../../shared/alicloud/hosts.ts';
import { listedHost, PRODUCTS, type Product } from '../../shared/catalogue/endpoints.ts';
import data from './endpoints.json' with { type: 'json' };
import { hostFaults } from './judge.ts';

const LISTED: Readonly<Record<string, Readonly<Record<string, string>>>> = data.products;
const REGIONS = [...new Set(Object.values(LISTED).flatMap((hosts) => Object.keys(hosts)))].sort();

afterEach(() => vi.unstubAllEnvs());

const everyHostOfOurs = PRODUCTS.flatMap((product) =>
  REGIONS.map((region) => ({ product, region, host: listedHost(product, region) })),
);

describe('the hosts that we call', () => {
  it('are those of the vendor’s metadata, in every region of every product that it has', () => {
    expect(hostFaults(everyHostOfOurs)).toEqual([]);
    expect(everyHostOfOurs.filter(({ host }) => host !== null).length).toBeGreaterThan(300);
  });

  it('a wrong one is named, with the right one', () => {
    const seeded = everyHostOfOurs.map((one) =>
      one.product === 'R-kvstore' && one.region === 'cn-hangzhou'
        ? { ...one, host: 'r-kvstore.cn-hangzhou.aliyuncs.com' }
        : one,
    );
    expect(hostFaults(seeded)).toEqual([
      'R-kvstore in cn-hangzhou: r-kvstore.cn-hangzhou.aliyuncs.com; the vendor has r-kvstore.aliyuncs.com',
    ]);
  });

  it('gdb, which the metadata does not have, is where the vendor’s Python client looks for it', () => {
    expect(listedHost('gdb', 'cn-hangzhou')).toBe('gdb-api.aliyuncs.com');
    expect(listedHost('gdb', 'ap-southeast-1')).toBe('gdb-api.ap-southeast-1.aliyuncs.com');
  });

  it('of an account are those of its uid, region by region', () => {
    expect(mnsEndpoint('1', 'cn-hangzhou')).toBe('https://1.mns.cn-hangzhou.aliyuncs.com');
    expect(fcEndpoint('1', 'cn-hangzhou')).toBe('https://1.cn-hangzhou.fc.aliyuncs.com');
  });
});

describe('a product that is not listed in a region', () => {
  it('has a guess, which nobody vouches for', () => {
    expect(endpointOf('Hologram', 'cn-guangzhou')).toEqual({
      host: 'hologram.cn-guangzhou.aliyuncs.com',
      known: false,
    });
  });

  it('has the host that its variable says', () => {
    vi.stubEnv('ENDPOINT_HOLOGRAM', ' Hologram.example.com ');
    expect(endpointOf('Hologram', 'cn-guangzhou')).toEqual({ host: 'hologram.example.com', known: true });
    vi.stubEnv('ENDPOINT_MNS', '<uid>.mns.cn-hangzhou-internal.aliyuncs.com');
    expect(mnsEndpoint('7', 'cn-hangzhou')).toBe('https://7.mns.cn-hangzhou-internal.aliyuncs.com');
  });

  it.each(['https://x.com', 'x/y', 'a b', '-x'])('a variable that is no host, %s, is refused', (value) => {
    vi.stubEnv('ENDPOINT_R_KVSTORE', value);
    expect(() => endpointOf('R-kvstore', 'cn-hangzhou')).toThrow(
      `ENDPOINT_R_KVSTORE is "${value}": expected the name of a host`,
    );
  });

  it('every variable has a name that a shell takes', () => {
    for (const product of PRODUCTS) expect(variableOf(product)).toMatch(/^ENDPOINT_[A-Z_]+$/);
  });
});

describe('the local cloud', () => {
  const vendorHosts = Object.entries(LISTED).flatMap(([product, hosts]) =>
    Object.entries(hosts).map(([region, host]) => ({ product, region, host })),
  );

  it('knows every host of the metadata as its product’s, but those of Function Compute', () => {
    for (const { product, region, host } of vendorHosts)
      if (product !== 'fc') expect([host, serviceAt(region, host)]).toEqual([host, product]);
  });

  it('knows no host that the metadata does not have', () => {
    const fixed = new Set(vendorHosts.map(({ host, region }) => `${region} ${host}`));
    const services = [...new Set(rpcOperations.map(({ service }) => service))];
    for (const region of REGIONS)
      for (const label of services.filter((one) => one in LISTED && one !== 'sts' && one !== 'ram'))
        for (const host of [`${label}.${region}.aliyuncs.com`, `${label}.aliyuncs.com`])
          expect([region, host, serviceAt(region, host) !== null]).toEqual([
            region,
            host,
            fixed.has(`${region} ${host}`),
          ]);
  });

  it('has a service for each product that is probed', () => {
    const services = new Set(rpcOperations.map(({ service }) => service));
    const probed: readonly Product[] = [
      'R-kvstore',
      'Drds',
      'polardbx',
      'OceanBasePro',
      'hitsdb',
      'Hologram',
    ];
    for (const product of probed) expect(services).toContain(product.toLowerCase());
  });
});
