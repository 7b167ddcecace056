import { randomUUID } from 'node:crypto';
import { ApiError } from '../error.ts';
import { recorded } from '../http/recorded.ts';
import { notCovered } from '../not-covered.ts';
import type { RestRequest, RestResponse } from '../rest.ts';
import { authenticateOss } from '../signature/oss.ts';
import type { Account, World } from '../world.ts';
import { ossOperations } from './index.ts';

/**
 * Serves what the upload of a function's code needs of Object Storage Service: `PUT /<object>`, the bucket in the host.
 * A client that was given an address instead of a name (`http://127.0.0.1:7000`) names the bucket in its signature only,
 * so there the bucket is the one of uploads. Errors are XML. Rejects only with `ConnectionLost` and a crash.
 */
export async function handleOss(world: World, account: Account, request: RestRequest): Promise<RestResponse> {
  const requestId = randomUUID().replaceAll('-', '').slice(0, 24).toUpperCase();
  const bucket = bucketOf(world, request.headers['host'] ?? '');
  const operation =
    request.query.size === 0 && request.path !== '/'
      ? ossOperations.find(({ method }) => method === request.method)
      : undefined;
  const asked = operation?.name ?? nameOf(request);
  const subject = {
    service: 'oss',
    operation: asked,
    kind: operation?.kind ?? 'read',
    account,
    caller: null,
  };
  try {
    return await recorded(world, subject, async (identify) => {
      const caller = authenticateOss(world, request, bucket);
      identify(caller, { uid: caller.accountId });
      if (operation === undefined)
        throw new ApiError(
          405,
          'MethodNotAllowed',
          notCovered(`${asked} of Object Storage Service`, asked, here),
        );
      const { accessKeyId } = caller;
      const object = request.path.slice(1);
      if (!world.uploads.mayPut(accessKeyId, bucket, object))
        throw new ApiError(403, 'AccessDenied', 'You have no right to access this object.');
      const weatherCall = {
        service: 'oss',
        operation: operation.name,
        accessKeyId,
        input: { bucket, object },
      };
      const call = { world, object, content: request.body, requestId };
      return world.weather.pass(weatherCall, () => operation.run(call));
    });
  } catch (error) {
    if (error instanceof ApiError) return errorAnswer(error, requestId);
    throw error;
  }
}

const here = ossOperations.map(({ name }) => name);

/** The vendor's name of an operation on an object or a bucket; of a part of one, `GET ?acl`, the part. */
function nameOf({ method, path, query }: RestRequest): string {
  const [part] = query.keys();
  const what = path === '/' ? 'Bucket' : 'Object';
  if (part !== undefined && part !== 'list-type' && part !== 'prefix')
    return `${method} ${what} ?${part.slice(0, 60)}`;
  if (method === 'GET' && path === '/') return 'ListObjects';
  return `${method.slice(0, 1)}${method.slice(1).toLowerCase()}${what}`;
}

/** Whether a request is for OSS: its signature says so, whatever host it came to. */
export const isOss = (request: RestRequest): boolean =>
  /^OSS4?[ -]/.test(request.headers['authorization'] ?? '') ||
  /^[a-z0-9-]+\.oss-/.test(request.headers['host'] ?? '');

const bucketOf = (world: World, host: string): string =>
  /^([a-z0-9][a-z0-9-]{1,61}[a-z0-9])\.oss-/.exec(host)?.[1] ?? world.uploads.bucket;

function errorAnswer({ status, code, message }: ApiError, requestId: string): RestResponse {
  const parts = `<Code>${code}</Code><Message>${message}</Message><RequestId>${requestId}</RequestId>`;
  return {
    status,
    headers: { 'content-type': 'application/xml', 'x-oss-request-id': requestId },
    body: `<?xml version="1.0" encoding="UTF-8"?>\n<Error>${parts}</Error>`,
  };
}
