import { type Code, codeOf } from './code.ts';
import { invalidArgument } from './errors.ts';
import type { CodeLocation } from './function-input.ts';
import type { FcCall } from './operation.ts';

/** A `zipFile` in the request is read again for each, as nobody else has it. */
export async function fetchCode({ world, account }: FcCall, location: CodeLocation): Promise<Code> {
  if ('zipFile' in location) return codeOf(Buffer.from(location.zipFile, 'base64'));
  const { ossBucketName, ossObjectName } = location;
  const zip = world.uploads.find(account.uid, ossBucketName, ossObjectName);
  if (zip !== undefined) return codeOf(zip);
  throw invalidArgument(
    `code: there is no object ${JSON.stringify(ossObjectName.slice(0, 100))} in bucket ${JSON.stringify(ossBucketName.slice(0, 63))}`,
  );
}
