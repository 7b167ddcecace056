import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Check } from '../../events/check.ts';
import type { Reply } from '../../events/reply.ts';
import { ApiError } from '../../local/cloud/error.ts';
import { on, reset } from '../../local/testing/stub.ts';
import { POLICY_ENGINES, type PolicyEngineId } from '../../shared/catalogue/engine.ts';
import { REQUESTER } from '../kit/accounts.ts';
import { weatherCloud } from '../kit/weather-cloud.ts';

/** Service and operation of each engine's probe, as the local cloud names them. */
const PROBED: Readonly<Record<PolicyEngineId, readonly [service: string, operation: string]>> = {
  clickhouse: ['clickhouse', 'DescribeDBClusters'],
  gdb: ['gdb-api', 'DescribeDBInstances'],
  hologres: ['hologram', 'ListInstances'],
  lindorm: ['hitsdb', 'GetLindormInstanceList'],
  oceanbase: ['oceanbasepro', 'DescribeInstances'],
  polardbx1: ['drds', 'DescribeDrdsInstances'],
  polardbx2: ['polardbx', 'DescribeDBInstances'],
  redis: ['r-kvstore', 'DescribeInstances'],
  selectdb: ['selectdb', 'DescribeDBInstances'],
};

/** Ways in which a body says what went wrong. */
const SHAPES = {
  usual: undefined,
  'lower case': (code: string) => ({ code, message: 'no', success: false }),
  'Success false': (code: string) => ({ Success: false, Code: code }),
  'Success "false"': (code: string) => ({ Success: 'false', ErrorCode: code, HttpStatusCode: '403' }),
  wrapped: (code: string) => ({ Data: { Success: false, Code: code } }),
} as const;

interface Said {
  readonly code: string;
  readonly status: number;
  readonly shape: keyof typeof SHAPES;
}
const of = (
  codes: readonly string[],
  statuses: readonly number[],
  shapes: readonly Said['shape'][],
): Said[] =>
  codes.flatMap((code) => statuses.flatMap((status) => shapes.map((shape) => ({ code, status, shape }))));

const DENIALS = [
  'NoPermission',
  'Forbidden',
  'Forbidden.RAM',
  'Forbedden.NotSupportRAM',
  'Forbbiden.SubUser',
  'RamAuthError',
  'RAM.Permission.Denied',
  'ActionUnauthorized',
  'OperationDenied.NoPermission',
];
const REFUSALS = [
  ...of(DENIALS, [400, 403, 404], ['usual']),
  ...of(DENIALS, [200], ['Success false', 'wrapped']),
  ...of(DENIALS.slice(0, 4), [403], ['lower case']),
  ...of(['AnyNameWhatever', 'InvalidAction', 'ServiceNotActivated'], [403], ['usual']),
  ...of(['Unheard'], [200], ['Success "false"']),
];
const HARMLESS = [
  ...of(['InvalidRegionId.NotFound', 'ServiceNotActivated', 'MissingParameter'], [400, 404], ['usual']),
  ...of(['InvalidRegionId', 'InvalidRegion.NotSupport', 'UnsupportedRegion'], [400], ['usual']),
  ...of(['NotActivated', 'ServiceNotEnabled', 'ProductNotOpened'], [400], ['usual']),
  ...of(['MissingParameter.RegionId', 'MissingRegionId', 'RegionNotSupported'], [400], ['usual']),
  ...of(['ServiceNotOpen', 'InvalidRegionId.NotFound', 'MissingParameter'], [200], ['Success false']),
];
const UNKNOWN = [
  ...of(['Unheard', 'InvalidProduct.NotFound', 'OperationDenied.InstanceStatus'], [400, 404], ['usual']),
  ...of(['Unheard', 'UnknownError', 'InvalidParameter'], [200], ['Success false']),
];

let cloud: Awaited<ReturnType<typeof weatherCloud>>;

beforeAll(async () => {
  cloud = await weatherCloud({});
  const reply = await cloud.ask({ requesterUid: REQUESTER, engines: POLICY_ENGINES });
  expect(reply.data.status).toBe('verified');
});
afterAll(() => cloud.close());
afterEach(() => reset(cloud.world));

/** Has each engine answer one of them, as many at a time as there are engines, and gives what the check of it said. */
async function verifiedOver(
  all: readonly Said[],
): Promise<readonly (Said & { reply: Reply; check: Check })[]> {
  const found: (Said & { reply: Reply; check: Check })[] = [];
  for (let from = 0; from < all.length; from += POLICY_ENGINES.length) {
    const batch = all.slice(from, from + POLICY_ENGINES.length);
    batch.forEach((said, index) => void answering(POLICY_ENGINES[index] ?? 'redis', said));
    const reply = await cloud.ask({ requesterUid: REQUESTER, action: 'verify' });
    batch.forEach((said, index) => {
      const check = reply.data.checks.find(({ id }) => id === `engine:${POLICY_ENGINES[index]}`);
      if (check === undefined) throw new Error(`no check of ${POLICY_ENGINES[index]}`);
      found.push({ ...said, reply, check });
    });
    reset(cloud.world);
  }
  return found;
}

function answering(engine: PolicyEngineId, { code, status, shape }: Said): void {
  const [service, operation] = PROBED[engine];
  const error = new ApiError(status, code, 'no', undefined, SHAPES[shape]?.(code));
  on(cloud.world, service, operation).rejects(error);
}

const told = ({ code, status, shape, check }: Said & { check: Check }) =>
  `${status} ${code}, ${shape}: ${check.status}`;

describe('the built verify, whatever an engine answers', () => {
  it(`takes none of ${REFUSALS.length} refusals for a pass, and all of them for a fail`, async () => {
    expect(REFUSALS.length).toBeGreaterThanOrEqual(40);
    const found = await verifiedOver(REFUSALS);
    expect(found.filter(({ check }) => check.status !== 'fail').map(told)).toEqual([]);
    expect(found.every(({ reply }) => reply.data.status === 'failed')).toBe(true);
  });

  it(`takes none of ${HARMLESS.length} harmless errors for a fail, and says why they pass`, async () => {
    expect(HARMLESS.length).toBeGreaterThanOrEqual(15);
    const found = await verifiedOver(HARMLESS);
    expect(found.filter(({ check }) => check.status !== 'pass').map(told)).toEqual([]);
    for (const { check } of found) expect(check.detail).toContain('which is not a refused right');
  });

  it('takes what nobody knows for neither, and says first what could not be checked and why', async () => {
    const found = await verifiedOver(UNKNOWN);
    expect(found.filter(({ check }) => check.status !== 'skip').map(told)).toEqual([]);
    for (const { reply, check, code } of found) {
      expect(reply.data.status).toBe('verified');
      expect(reply.data.prerequisites[0]).toMatch(/^could not be checked: /);
      expect(reply.data.prerequisites[0]).toContain(check.id.replace('engine:', ''));
      expect(reply.data.prerequisites[0]).toContain(code);
    }
  });

  it.each([
    ['denied', 403, 'NoPermission', 'pass'],
    ['a 403 that does not say why', 403, 'Unheard', 'skip'],
    ['an answer that nobody knows', 400, 'Unheard', 'skip'],
  ])(
    'takes AssumeRole without the external id, %s, for a proof or none',
    async (_what, status, code, want) => {
      on(cloud.world, 'sts', 'AssumeRole', ({ input }) => input['ExternalId'] === undefined).rejects(
        new ApiError(status, code, 'no'),
      );
      const reply = await cloud.ask({ requesterUid: REQUESTER, action: 'verify' });
      expect(reply.data.status).toBe('verified');
      expect(reply.data.checks.find(({ id }) => id === 'assume-role-denied')?.status).toBe(want);
      const first = String(reply.data.prerequisites[0]);
      expect(first.startsWith('could not be checked: assume-role-denied')).toBe(want === 'skip');
    },
  );
});
