import { createHash } from 'node:crypto';
import type { OssOperation } from './operation.ts';

/** A package that a process deploys into one world after the other is the same memory each time. */
const digests = new WeakMap<Buffer, Buffer>();

/** Keeps an uploaded package. The etag of what was put at once is the MD5 of the content. */
export const putObject: OssOperation = {
  name: 'PutObject',
  kind: 'write',
  page: 'PutObject',
  method: 'PUT',
  run({ world, object, content, requestId }) {
    world.uploads.put(object, content);
    const md5 = digests.get(content) ?? createHash('md5').update(content).digest();
    digests.set(content, md5);
    return {
      status: 200,
      headers: {
        'x-oss-request-id': requestId,
        etag: `"${md5.toString('hex').toUpperCase()}"`,
        'content-md5': md5.toString('base64'),
      },
      body: '',
    };
  },
};
