import { describe, expect, it } from 'vitest';
import { ApiError } from '../../../../local/cloud/error.ts';
import { isSls, placeOf } from '../../../../local/cloud/sls/place.ts';
import { ConnectionLost } from '../../../../local/cloud/weather.ts';
import { request } from '../signature/sign.ts';
import { slsCloud } from './sls.ts';

const project = 'ops';

describe('the weather', () => {
  it('sees project and logstore, and its fault is told', async () => {
    const { ask, world, admin, made, store } = slsCloud();
    await made();
    await store();
    const seen: unknown[] = [];
    const error = new ApiError(500, 'InternalServerError', 'later');
    const matches = (call: unknown) => seen.push(call) > 0;
    world.weather.faults.push({ matches, at: 'before', error }, { matches, at: 'dropped' });
    expect(await ask({ method: 'GET', target: '/logstores/app', project })).toEqual({
      status: 500,
      body: { errorCode: 'InternalServerError', errorMessage: 'later' },
    });
    await expect(ask({ method: 'GET', target: '/' })).rejects.toThrow(ConnectionLost);
    const call = { service: 'sls', accessKeyId: admin.accessKeyId };
    expect([seen[0], seen.at(-1)]).toEqual([
      { ...call, operation: 'GetLogStore', input: { project, logstore: 'app' } },
      { ...call, operation: 'ListProject', input: { project: '', logstore: '' } },
    ]);
  });
});

it.each<
  [target: string, headers: Record<string, string>, place: { project: string; path: string }, isOurs: boolean]
>([
  ['/logstores', { host: 'ops.cn-hangzhou.log.aliyuncs.com' }, { project, path: '/logstores' }, true],
  ['/logstores', { host: 'ops.127.0.0.123:7000' }, { project, path: '/logstores' }, true],
  ['/', { host: 'ops.localhost' }, { project, path: '/' }, true],
  ['/sls/ops/logstores', { host: '127.0.0.1:7000' }, { project, path: '/logstores' }, true],
  ['/sls/ops/', {}, { project, path: '/' }, true],
  ['/', { 'x-log-apiversion': '0.6.0' }, { project: '', path: '/' }, true],
  ['/sls/ops', {}, { project: '', path: '/sls/ops' }, false],
  ['/x/sls/ops/', {}, { project: '', path: '/x/sls/ops/' }, false],
  ['/', { host: 'cn-hangzhou.log.aliyuncs.com' }, { project: '', path: '/' }, false],
  ['/', { host: 'a.ops.cn-hangzhou.log.aliyuncs.com' }, { project: '', path: '/' }, false],
  ['/', { host: 'ops.localhost.example.com' }, { project: '', path: '/' }, false],
  ['/', { host: 'ops.1234.0.0.1' }, { project: '', path: '/' }, false],
  ['/', { host: 'ops.localhost:x' }, { project: '', path: '/' }, false],
])('%s with %j is %j, ours: %s', (target, headers, place, isOurs) => {
  const asked = request({ target, headers });
  expect([placeOf(asked), isSls(asked)]).toEqual([place, isOurs]);
});
