import { describe, expect, it } from 'vitest';
import { inDialect } from '../../../../local/cloud/engines/dialects.ts';
import { engineOperations } from '../../../../local/cloud/engines/index.ts';
import { ApiError } from '../../../../local/cloud/error.ts';
import { errorResponse } from '../../../../local/cloud/http/response.ts';

const SERVICES = [...new Set(engineOperations.map(({ service }) => service))];
const SEEDS = Array.from({ length: 40 }, (_, seed) => seed);
const refusal = new ApiError(403, 'NoPermission', 'no', { AuthAction: 'x' });
const drawn = (service: string, seed: number) => {
  const { status, code } = inDialect(service, seed, refusal);
  return `${status} ${code}`;
};

/** Typed in once more from what was seen of each product: status, code, and the body where it is of another shape. */
const unsuccessful = (Code: string) => ({ Success: false, Code, Message: MESSAGE });
const MESSAGE = 'User not authorized to operate on the specified resource, or this API does not support RAM.';
const SEEN: Readonly<Record<string, readonly (readonly [status: number, code: string, body?: object])[]>> = {
  'r-kvstore': [
    [403, 'Forbidden.RAM'],
    [403, 'NoPermission'],
  ],
  drds: [
    [200, 'Forbidden.RAM', unsuccessful('Forbidden.RAM')],
    [403, 'Forbedden.NotSupportRAM'],
    [403, 'Forbidden.NotSupportRAM'],
  ],
  polardbx: [
    [400, 'RAM.Permission.Denied'],
    [403, 'Forbidden.RAM'],
  ],
  oceanbasepro: [
    [403, 'UnauthorizedOperation'],
    [404, 'NoPermission'],
  ],
  hitsdb: [
    [400, 'Forbidden'],
    [403, 'Forbbiden'],
  ],
  hologram: [
    [
      200,
      'NoPermission',
      { Success: 'false', ErrorCode: 'NoPermission', ErrorMessage: MESSAGE, HttpStatusCode: '403' },
    ],
    [403, 'NoPermission', { code: 'NoPermission', message: MESSAGE, success: false }],
  ],
  'gdb-api': [
    [403, 'Forbbiden.SubUser'],
    [404, 'Forbbiden.SubUser'],
  ],
  selectdb: [
    [200, 'Forbidden', unsuccessful('Forbidden')],
    [400, 'Forbidden'],
  ],
  clickhouse: [
    [400, 'OperationDenied.NoPermission'],
    [403, 'Forbidden.RAM'],
  ],
  vpc: [
    [403, 'Forbidden'],
    [403, 'Forbidden.RAM'],
  ],
};

describe('how a product says that a right is missing', () => {
  it.each(SERVICES)('%s says all that it was seen to say, and with the code of RAM its detail', (service) => {
    const all = SEEDS.map((seed) => inDialect(service, seed, refusal));
    expect(all.every(({ message }) => message === MESSAGE)).toBe(true);
    const said = new Map(
      all.map(({ status, code, body, detail }) => [`${status} ${code}`, { body, detail }]),
    );
    const seen = (SEEN[service] ?? []).map(([status, code, body]): [string, object] => [
      `${status} ${code}`,
      { body, detail: code === 'NoPermission' && body === undefined ? refusal.detail : undefined },
    ]);
    expect([...said].sort(([a], [b]) => (a < b ? -1 : 1))).toEqual(seen);
  });

  it.each(SERVICES)('%s: the same seed says the same, another may say it otherwise', (service) => {
    for (const seed of SEEDS) expect(drawn(service, seed)).toBe(drawn(service, seed));
    expect(new Set(SEEDS.map((seed) => drawn(service, seed))).size).toBeGreaterThan(1);
  });

  it('is drawn for each product by itself', () => {
    const both = SEEDS.map((seed) => `${drawn('r-kvstore', seed)} ${drawn('vpc', seed)}`);
    expect(new Set(both).size).toBe(4);
  });

  it('differs from product to product, in status and in code', () => {
    const all = SERVICES.flatMap((service) => SEEDS.map((seed) => drawn(service, seed)));
    expect([...new Set(all.map((one) => one.split(' ')[0]))].sort()).toEqual(['200', '400', '403', '404']);
    expect(new Set(all.map((one) => one.split(' ')[1])).size).toBeGreaterThan(8);
  });

  it('is a body with Success false where the status is 200', () => {
    const bodies = SERVICES.flatMap((service) => SEEDS.map((seed) => inDialect(service, seed, refusal)))
      .filter(({ status }) => status === 200)
      .map((error) => String(errorResponse('R', 'host', error).body));
    expect(bodies.length).toBeGreaterThan(0);
    for (const body of bodies) expect(body).toMatch(/"Success":(false|"false"),"(Error)?Code":"/);
  });

  it('is as RAM words it where nothing else is known', () => {
    expect(inDialect('dms-enterprise', 1, refusal)).toBe(refusal);
  });
});
