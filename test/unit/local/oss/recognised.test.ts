import { expect, it } from 'vitest';
import { isOss } from '../../../../local/cloud/oss/handle.ts';
import { emptyCloud } from '../fc/setup.ts';
import { put } from './put.ts';

it.each([
  [{ authorization: 'OSS key:signature' }, true],
  [{ authorization: 'OSS4-HMAC-SHA256 Credential=key' }, true],
  [{ authorization: 'MNS OSS key:signature' }, false],
  [{ authorization: 'OSSkey:signature' }, false],
  [{ authorization: 'MNS key:signature' }, false],
  [{ host: 'a-bucket.oss-cn-hangzhou.aliyuncs.com' }, true],
  [{ host: 'A.a-bucket.oss-cn-hangzhou.aliyuncs.com' }, false],
  [{ host: '1.mns.cn-hangzhou.aliyuncs.com', authorization: 'OSS key:signature' }, true],
  [{ host: 'oss-cn-hangzhou.aliyuncs.com' }, false],
  [{}, false],
])('a request with %j is one to Object Storage Service: %s', (headers, is) => {
  const request = { method: 'PUT', path: '/o', target: '/o', query: new URLSearchParams(), headers };
  expect(isOss({ ...request, body: Buffer.alloc(0) })).toBe(is);
});

it.each([
  [{ method: 'GET' }, 'GetObject'],
  [{ method: 'DELETE' }, 'DeleteObject'],
  [{ method: 'GET', object: '' }, 'ListObjects'],
  [{ method: 'GET', object: '', query: 'list-type=2' }, 'ListObjects'],
  [{ method: 'GET', object: '', query: 'prefix=a' }, 'ListObjects'],
  [{ method: 'PUT', object: '' }, 'PutBucket'],
  [{ method: 'GET', query: 'acl' }, 'GET Object ?acl'],
  [{ method: 'PUT', query: 'acl' }, 'PUT Object ?acl'],
  [{ method: 'GET', object: '', query: 'x'.repeat(61) }, `GET Bucket ?${'x'.repeat(60)}`],
] as const)('%j is answered by its name', async (otherwise, operation) => {
  const cloud = emptyCloud();
  const refused = await put(cloud, otherwise);
  expect(refused).toMatchObject({ status: 405, code: 'MethodNotAllowed' });
  expect(refused.message?.replace(' Near it: PutObject.', '')).toBe(
    `The local cloud has no operation ${operation} of Object Storage Service. All that it has: docs/use/local-cloud.md.`,
  );
  expect(cloud.world.journal.calls.at(-1)).toMatchObject({ operation, kind: 'read', status: 405 });
});
