/** What an `Authorization` header says of itself. */
interface Signed {
  readonly accessKeyId: string;
  readonly signature: string;
}

/** Reads `<scheme> <key>:<signature>`; null for any other form. */
export function plainAuthorization(scheme: string, authorization: string | undefined): Signed | null {
  const parts = partsOf(/^(\S+) ([^:\s]+):(\S+)$/, authorization);
  if (parts?.[0] !== scheme) return null;
  const [, accessKeyId, signature] = parts as [string, string, string];
  return { accessKeyId, signature };
}

/** A signature of version 4, which holds for one day, one region and one product. */
export interface Scoped extends Signed {
  /** `<yyyymmdd>/<region>/<product>/aliyun_v4_request` */
  readonly scope: string;
  readonly region: string;
}

/** Reads `<algorithm> Credential=<key>/<scope>,Signature=<hex>`; null for any other form, or another product. */
export function scopedAuthorization(
  algorithm: string,
  product: string,
  authorization: string | undefined,
): Scoped | null {
  const parts = partsOf(
    /^(\S+) Credential=([^/,\s]+)\/(\d{8}\/([a-z0-9-]+)\/([a-z]+)\/aliyun_v4_request),\s*Signature=([0-9a-f]{64})$/,
    authorization,
  );
  if (parts?.[0] !== algorithm || parts[4] !== product) return null;
  const [, accessKeyId, scope, region, , signature] = parts as [
    string,
    string,
    string,
    string,
    string,
    string,
  ];
  return { accessKeyId, scope, region, signature };
}

/** A signature of ACS3 names the headers that it covers, in lower case here. */
export interface Acs3 extends Signed {
  readonly names: readonly string[];
}

/** Null for any other form. */
export function acs3Authorization(authorization: string | undefined): Acs3 | null {
  const parts = partsOf(
    /^ACS3-HMAC-SHA256 Credential=([^,\s]+),\s*SignedHeaders=([^,\s]+),\s*Signature=([0-9a-f]{64})$/,
    authorization,
  );
  if (parts === undefined) return null;
  const [accessKeyId, names, signature] = parts as [string, string, string];
  return { accessKeyId, names: names.toLowerCase().split(';'), signature };
}

const partsOf = (form: RegExp, authorization: string | undefined): readonly string[] | undefined =>
  authorization?.match(form)?.slice(1);

/** The path of a target, as it was sent. */
export const pathOf = (target: string): string => target.replace(/\?.*/, '');

/** Those headers of a request that a signature covers by their names: sorted, a line each. */
export const headerLines = (
  headers: Readonly<Record<string, string>>,
  isSigned: (name: string) => boolean,
): string =>
  Object.keys(headers)
    .filter(isSigned)
    .sort()
    .map((name) => `${name}:${headers[name]}\n`)
    .join('');
