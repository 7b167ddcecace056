import { ApiError } from '../error.ts';
import type { RestRequest } from '../rest.ts';

/** The name and version that a request asks for, and its parameters. */
export interface Requested {
  readonly name: string;
  readonly version: string;
  readonly parameters: Readonly<Record<string, string>>;
}

/** Parameters that speak to the gateway and not to the operation. They hold the key, the token and the signature. */
const COMMON = new Set([
  'Action',
  'Version',
  'Format',
  'AccessKeyId',
  'SecurityToken',
  'Signature',
  'SignatureMethod',
  'SignatureVersion',
  'SignatureNonce',
  'SignatureType',
  'Timestamp',
]);

/**
 * Reads what an RPC request wants. Newer clients say it in the headers `x-acs-action` and `x-acs-version`, older ones in
 * the parameters; where both speak they must agree, and where the signature covers the parameters only, these count.
 */
export function requested(request: RestRequest, all: Readonly<Record<string, string>>): Requested {
  const signsHeaders = request.headers['authorization'] !== undefined;
  const pick = (parameter: string, header: string): string => {
    const [inHeader, inParameters] = [request.headers[header], all[parameter]];
    const value = signsHeaders ? (inHeader ?? inParameters) : inParameters;
    if (value === undefined || value === '') {
      throw new ApiError(400, `Missing${parameter}`, `${parameter} is mandatory for this request.`);
    }
    const other = signsHeaders ? inParameters : inHeader;
    if (other !== undefined && other.toLowerCase() !== value.toLowerCase()) {
      throw new ApiError(
        400,
        `InvalidParameter.${parameter}`,
        `${parameter} and the header ${header} differ.`,
      );
    }
    return value;
  };
  const format = all['Format'];
  if (format !== undefined && !/^(json|xml|)$/i.test(format)) {
    throw new ApiError(400, 'InvalidParameter.Format', 'Format is JSON or XML.');
  }
  return {
    name: pick('Action', 'x-acs-action'),
    version: pick('Version', 'x-acs-version'),
    parameters: ownOf(all),
  };
}

function ownOf(all: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  const own: Record<string, string> = {};
  for (const [name, value] of Object.entries(all)) if (!COMMON.has(name)) own[name] = value;
  return own;
}
