import { mkdtemp, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build, type Plugin } from 'esbuild';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ApiError } from '../../local/cloud/error.ts';
import type { Fault } from '../../local/cloud/weather.ts';
import { globalsOf } from '../../local/testing/globals.ts';
import { withoutDeadModules } from '../../scripts/bundles/dead-modules.ts';
import { leftOut } from '../../scripts/bundles/left-out.ts';
import { weatherCloud } from '../kit/weather-cloud.ts';
import { html, json, mnsError, type Say, standIn, xml } from '../unit/alicloud/stand-in.ts';

/** Whether anything notices what is left out of the bundles. */

type CallEach = (endpoint: string) => Promise<readonly string[]>;

let folder = '';
let pruned: CallEach;
let whole: CallEach;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'dms-handshake-dead-'));
  [pruned, whole] = await Promise.all([bundled('pruned', [withoutDeadModules]), bundled('whole', [])]);
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function bundled(name: string, plugins: Plugin[]): Promise<CallEach> {
  const outfile = join(folder, `${name}.cjs`);
  const entryPoints = ['test/bundles/call-each.ts'];
  await build({
    entryPoints,
    outfile,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    plugins,
  });
  const loaded: { callEach: CallEach } = createRequire(import.meta.url)(outfile);
  return loaded.callEach;
}

const ANSWERS: Readonly<Record<string, Say>> = {
  JSON: json(200, { RequestId: 'r', Role: { Arn: 'a' } }),
  nothing: { status: 204 },
  'a refused right': json(403, { Code: 'NoPermission', AccessDeniedDetail: { AuthAction: 'ram:GetRole' } }),
  'an object that is not there': json(404, { Code: 'EntityNotExist.Role', RequestId: 'r' }),
  throttling: json(400, { Code: 'Throttling.User' }, { 'x-ratelimit-user-api': 'TimeLeft:100' }),
  'a broken service': json(500, { Code: 'InternalError' }),
  'a gateway': html(502),
  XML: xml(201, '<Message xmlns="http://mns.aliyuncs.com/doc/v1/"><MessageId>m</MessageId></Message>'),
  'an error of the queue service': mnsError(404, 'TopicNotExist'),
  'an error of an API in XML': xml(
    400,
    '<Error><Code>InvalidParameter</Code><RequestId>r</RequestId></Error>',
  ),
  'no answer': 'hang up',
};

it.each(Object.entries(ANSWERS))(
  'to %s, the SDKs say with all their modules what they say without the dead ones',
  async (_what, say) => {
    const { url } = await standIn(say);
    const said = await pruned(url);
    expect(said).toEqual(await whole(url));
    expect(said.join()).not.toContain('LeftOutOfBundle');
  },
);

/** Strikes the first call that fits. */
const once = (at: Fault['at'], operation: RegExp, rest: Partial<Fault> = {}): Fault => ({
  at,
  matches: (call) => operation.test(call.operation),
  ...rest,
});

it('the built functions use nothing that was left out, in anything that they do, whatever is answered', async () => {
  const used: string[] = [];
  // A stub is used with an error, even where an SDK would swallow it.
  const Watched = new Proxy(Error, {
    construct(target, input, newTarget) {
      if (/left out of the bundle/.test(String(input[0]))) used.push(String(input[0]));
      return Reflect.construct(target, input, newTarget);
    },
  });
  const cloud = await weatherCloud({}, (clock) => ({ globals: { ...globalsOf(clock), Error: Watched } }));
  const requesterUid = '1000000000000001';
  const statuses: string[] = [];
  const ask = async (body: object) => {
    for (const { data } of await cloud.send({ requesterUid, ...body })) statuses.push(data.status);
  };
  try {
    cloud.world.weather.faults = [
      once('throttled', /^CreateRole$/),
      once('before', /^GetPolicy$/),
      once('lost', /^AttachPolicyToRole$/),
      once('dropped', /^PublishMessage$/),
      once('before', /^DescribeInstances$/, { error: new ApiError(403, 'NoPermission', 'no') }),
    ];
    await ask({ engines: ['redis', 'oceanbase', 'hologres', 'rds'], connections: ['vpc'] });
    await ask({ engines: ['redis', 'oceanbase', 'hologres', 'rds'] });
    await ask({ access: 'console' });
    await ask({ engines: ['oracle-on-a-napkin'] });
    await cloud.clock.advance(60 * 60_000);
    await cloud.host.fireTimer('dms-handshake-verify', 'sweep');
    await cloud.replies();
    await ask({ action: 'revoke', engines: ['redis'] });
    await ask({ action: 'revoke' });
    // Not in the same instant as the revocation, which would win.
    await cloud.clock.advance(1_000);
    const response = await fetch(`${cloud.ready.http}/requests`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${cloud.httpToken}` },
      body: JSON.stringify({ requesterUid, engines: ['gdb'] }),
    });
    expect(response.status).toBe(202);
    for (const { data } of await cloud.replies()) statuses.push(data.status);
    expect(used).toEqual([]);
    expect(JSON.stringify(cloud.host.logs)).not.toContain('LeftOutOfBundle');
    expect(statuses).toEqual([
      ...['verified', 'verified', 'verified', 'rejected'],
      ...['revoked', 'revoked', 'verified'],
    ]);
  } finally {
    await cloud.close();
  }
});

describe('a stub', () => {
  it.each<[string, (part: (...input: unknown[]) => unknown) => unknown]>([
    ['called', (part) => part()],
    ['constructed', (part) => Reflect.construct(part, [])],
    ['read', (part) => Reflect.get(part, 'OPEN')],
    ['extended', (part) => Reflect.construct(Object, [], part)],
  ])('may be loaded and handed on; %s, it says what is missing and where it was left out', (_how, use) => {
    const part = Reflect.get(leftOut('http-proxy-agent'), 'default');
    expect(typeof part).toBe('function');
    expect(() => use(part)).toThrow(
      'default of http-proxy-agent was used, which is left out of the bundle because nothing should use it; take it out of scripts/bundles/dead-modules.ts',
    );
  });
});
