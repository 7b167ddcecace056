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

describe('how a product says that a right is missing', () => {
  it.each(SERVICES)('%s: the same seed says the same, another may say it otherwise', (service) => {
    for (const seed of SEEDS) expect(drawn(service, seed)).toBe(drawn(service, seed));
    expect(new Set(SEEDS.map((seed) => drawn(service, seed))).size).toBeGreaterThan(1);
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
