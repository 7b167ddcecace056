import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ApiError } from '../../local/cloud/error.ts';
import type { FaultKind } from '../../local/cloud/weather.ts';
import { type LocalCloud, startLocalCloud } from '../../local/local-cloud.ts';
import { madeIn, NOTHING } from './deploy/left.ts';
import { plainApi } from './deploy/plain.ts';
import { type Api, deployAsTheTool, removeAsTheTool } from './deploy/tool.ts';
import { wantedOf } from './deploy/wanted.ts';

let cloud: LocalCloud;
let api: Api;
/** What every deployment has to come to, and the steps of the first. */
let whole: object;
let steps: readonly string[];

beforeAll(async () => {
  cloud = await startLocalCloud({ root: process.cwd(), empty: true, timers: 'scheduled' });
  api = plainApi(cloud);
  await deploy();
  whole = madeIn(cloud);
  steps = cloud.world.journal.calls.map(({ operation }) => operation);
  await remove();
});
afterAll(() => cloud.close());

const deploy = () => deployAsTheTool(api, wantedOf(cloud.owner.uid));

const remove = () =>
  removeAsTheTool(
    api,
    wantedOf(cloud.owner.uid).map(({ spec }) => spec.functionName),
  );

/** Has the n-th call of a client end otherwise, once. Answers whether there has been one. */
function strike(n: number, at: FaultKind): () => boolean {
  let left = n;
  const matches = (): boolean => {
    left -= 1;
    return left === 0;
  };
  const error = new ApiError(403, 'AccessDenied', 'the deployer may not do this');
  cloud.world.weather.faults.push({ matches, at, ...(at === 'before' ? { error } : {}) });
  return () => left <= 0;
}

it('the steps are those that were recorded of the tool', () => {
  const recorded = wantedOf(cloud.owner.uid).flatMap(({ spec }) => [
    ...['GetFunction', 'GetTempBucketToken', 'PutObject', 'CreateFunction'],
    ...spec.triggers.flatMap(() => ['GetTrigger', 'CreateTrigger']),
    ...['GetAsyncInvokeConfig', 'PutAsyncInvokeConfig', 'GetConcurrencyConfig'],
    ...(spec.concurrencyConfig === undefined ? [] : ['PutConcurrencyConfig']),
  ]);
  expect(steps).toEqual(recorded);
});

describe.each([
  ['refused', 'before'],
  ['not made, because its client was killed', 'dropped'],
  ['made, and its client killed before it heard', 'lost'],
] as const)('each step once %s', (_how, at) => {
  it('deployed again, the whole is there', async () => {
    for (const [index, step] of steps.entries()) {
      const what = `step ${index + 1}, ${step}`;
      strike(index + 1, at);
      await expect(deploy(), what).rejects.toThrow();
      await deploy();
      expect(madeIn(cloud), what).toEqual(whole);
      await remove();
    }
  });

  it('removed again, nothing is left', async () => {
    for (let n = 1, isStruck = true; isStruck; n += 1) {
      await deploy();
      const struck = strike(n, at);
      await remove().catch(() => undefined);
      isStruck = struck();
      cloud.world.weather.reset();
      await remove();
      expect(madeIn(cloud), `step ${n}`).toEqual(NOTHING);
    }
  });
});
