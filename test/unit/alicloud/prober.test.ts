import { describe, expect, it, onTestFinished, vi } from 'vitest';
import type { PolicyStatement } from '../../../local/cloud/caller.ts';
import { Api } from '../../../shared/alicloud/api.ts';
import { Credentials } from '../../../shared/alicloud/credentials.ts';
import { prober } from '../../../shared/alicloud/prober.ts';
import { CATALOGUE, type DocumentId } from '../../../shared/catalogue/catalogue.ts';
import { millis } from '../../../shared/runtime/clock.ts';
import { TestClock } from '../../kit/clock.ts';
import { addUser } from '../../kit/two-accounts.ts';
import { cloudWith, REGION } from './cloud.ts';
import { patienceOf, planted, thrownBy } from './setup.ts';
import { closedPort, html, json, type Say, standIn } from './stand-in.ts';

const IDS = Object.keys(CATALOGUE) as DocumentId[];

const probesOf = (endpoint: string, region = REGION, patience = patienceOf()) =>
  prober((credentials) => new Api({ ...patience, endpoint, credentials }), region);

async function answeredBy(say: Say, id: DocumentId = 'redis') {
  const { url, seen } = await standIn(say);
  return { answer: await probesOf(url).probe(id, planted()), seen };
}

describe('the probe of an engine', () => {
  it.each(IDS)('%s: answered with the right that the document names, denied without it', async (id) => {
    const { owner, endpoint, patience } = await cloudWith();
    const probe = (...rights: PolicyStatement[]) => {
      const { keys } = addUser(owner, `user-${rights.length}`, ...rights);
      return probesOf(endpoint, REGION, patience).probe(id, new Credentials(keys, millis(0)));
    };
    const { product, action } = CATALOGUE[id].probe;
    const right: PolicyStatement = { Effect: 'Allow', Action: [...CATALOGUE[id].actions], Resource: '*' };
    expect(await probe(right)).toEqual({ kind: 'answered', detail: `${product} ${action} was allowed` });
    const denied = await probe();
    expect(denied.kind).toBe('denied');
    expect(denied.detail).toContain(`${product} ${action}: `);
    expect((await probe(right, { ...right, Effect: 'Deny' })).kind).toBe('denied');
  });

  it('names the region where the product wants one, and only there', async () => {
    const regional = await answeredBy(json(200, {}));
    expect(regional.seen[0]?.url.searchParams.get('RegionId')).toBe(REGION);
    const not = await answeredBy(json(200, {}), 'oceanbase');
    expect(not.seen[0]?.url.search).not.toContain('RegionId');
  });
});

describe('what an answer means', () => {
  it.each([
    ['NoPermission', 403],
    ['Forbidden.RAM', 403],
    ['Forbidden', 403],
    ['UnauthorizedOperation', 403],
    ['AccessDenied', 403],
  ])('%s (HTTP %i): the right is missing', async (Code, status) => {
    const { answer } = await answeredBy(json(status, { Code, Message: 'no' }));
    expect(answer).toMatchObject({ kind: 'denied', detail: expect.stringContaining(Code) });
  });

  it.each([
    ['InvalidRegionId.NotFound', 404],
    ['UnsupportedRegion', 400],
    ['ServiceNotActivated', 400],
    ['MissingParameter', 400],
  ])('%s (HTTP %i): not about the right, so it is not missing', async (Code, status) => {
    const { answer } = await answeredBy(json(status, { Code }));
    expect(answer).toMatchObject({
      kind: 'harmless',
      detail: expect.stringContaining('which is not a refused right'),
    });
  });

  it.each([
    ['a page of a gateway', html(502)],
    ['a page that forbids', html(403)],
    ['an unavailable service', json(503, { Code: 'ServiceUnavailable' })],
    ['throttling', json(400, { Code: 'Throttling.User' })],
    ['a closed connection', 'hang up'],
  ] as const)('%s: nothing is known', async (_what, say) => {
    expect((await answeredBy(say)).answer.kind).toBe('unavailable');
  });

  it.each([
    ['InvalidSecurityToken.Expired', 403],
    ['InvalidSecurityToken.Malformed', 400],
    ['InvalidAccessKeyId.NotFound', 404],
    ['SignatureDoesNotMatch', 403],
    ['InvalidTimeStamp.Expired', 400],
    ['Unknown', 401],
  ])(
    '%s (HTTP %i): the session was not accepted, so nothing is known of its rights',
    async (Code, status) => {
      const { answer } = await answeredBy(json(status, { Code }));
      expect(answer.kind).toBe('unavailable');
    },
  );

  it('a port on which nobody listens: nothing is known', async () => {
    expect(await probesOf(await closedPort()).probe('gdb', planted())).toMatchObject({
      kind: 'unavailable',
      detail: 'gdb DescribeDBInstances: no answer (ECONNREFUSED), after 7 attempts',
    });
  });
});

describe('a region in which no list has the product', () => {
  it.each([
    ['a success', json(200, {}), 'Hologram ListInstances was allowed'],
    ['a refusal', json(403, { Code: 'NoPermission' }), 'NoPermission (HTTP 403)'],
  ])(
    '%s of the guessed host proves nothing, and the answer says how to set one',
    async (_what, say, said) => {
      const { url } = await standIn(say);
      const answer = await probesOf(url, 'cn-guangzhou').probe('hologres', planted());
      expect(answer.kind).toBe('unknown');
      expect(answer.detail).toContain('no list of the vendor has Hologram in cn-guangzhou');
      expect(answer.detail).toContain('hologram.cn-guangzhou.aliyuncs.com was tried');
      expect(answer.detail).toContain(said);
      expect(answer.detail).toContain('set ENDPOINT_HOLOGRAM to its host');
    },
  );

  it('a host that the operator set counts', async () => {
    vi.stubEnv('ENDPOINT_HOLOGRAM', 'hologram.example.com');
    onTestFinished(() => void vi.unstubAllEnvs());
    const { url } = await standIn(json(200, {}));
    const probes = probesOf(url, 'cn-guangzhou');
    expect((await probes.probe('hologres', planted())).kind).toBe('answered');
  });
});

describe('a fault of ours', () => {
  it('is no answer of the engine', async () => {
    const { url } = await standIn('hang up');
    const clock = new TestClock();
    clock.sleep = () => Promise.reject(new TypeError('the clock is broken'));
    const probing = probesOf(url, REGION, patienceOf(clock)).probe('redis', planted());
    expect(await thrownBy(probing)).toMatchObject({ name: 'TypeError', message: 'the clock is broken' });
  });
});

describe('a session of somebody else', () => {
  it('is refused before anything is called', async () => {
    const { url, seen } = await standIn(json(200, {}));
    const error = await thrownBy(probesOf(url).probe('redis', { expiresAt: millis(0) }));
    expect(error).toBeInstanceOf(TypeError);
    expect(seen).toEqual([]);
  });
});
