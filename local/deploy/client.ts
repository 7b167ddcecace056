import { createHash, createHmac } from 'node:crypto';
import type { RestRequest, RestResponse } from '../cloud/rest.ts';
import { fcStringToSign } from '../cloud/signature/fc.ts';
import { ossStringToSign } from '../cloud/signature/oss.ts';
import { tokenSchema } from './answers.ts';
import type { Endpoint } from './endpoint.ts';

/** Keys as a client holds them; those of a session have a token. */
export interface Keys {
  readonly accessKeyId: string;
  readonly accessKeySecret: string;
  readonly securityToken?: string;
}

/** A refusal of the API. */
export class DeployError extends Error {
  override readonly name = 'DeployError';
  readonly status: number;
  readonly code: string;

  constructor(what: string, status: number, code: string, message: string) {
    super(`${what}: ${code}: ${message}`);
    this.status = status;
    this.code = code;
  }
}

/** Speaks the API of Function Compute as every client does: signed, and answered like one, at whichever endpoint. */
export class DeployClient {
  readonly #endpoint: Endpoint;
  readonly #keys: Keys;

  constructor(endpoint: Endpoint, keys: Keys) {
    this.#endpoint = endpoint;
    this.#keys = keys;
  }

  /** `path` behind the version. Resolves with the body; null for 404. Throws `DeployError` for other refusals. */
  async call(
    method: string,
    path: string,
    body?: object,
    query: Readonly<Record<string, string>> = {},
  ): Promise<unknown> {
    const bytes = Buffer.from(body === undefined ? '' : JSON.stringify(body), 'utf8');
    return this.#send(method, `/2023-03-30${path}`, bytes, new URLSearchParams(query));
  }

  /** Uploads a package. Answers where it is, as CreateFunction and UpdateFunction want it. */
  async upload(zip: Buffer): Promise<{ readonly ossBucketName: string; readonly ossObjectName: string }> {
    const answer = await this.#send('GET', '/2016-08-15/tempBucketToken', Buffer.alloc(0));
    const { credentials, ossBucket, objectName } = tokenSchema.parse(answer);
    const ossObjectName = `${this.#endpoint.uid}/${objectName}`;
    const request = requestOf('PUT', `/${ossObjectName}`, zip, {
      host: `${ossBucket}.oss-${this.#endpoint.region}.aliyuncs.com`,
      date: this.#date(),
      'x-oss-security-token': credentials.SecurityToken,
    });
    const text = ossStringToSign(request, ossBucket);
    const signature = createHmac('sha1', credentials.AccessKeySecret).update(text).digest('base64');
    const authorization = `OSS ${credentials.AccessKeyId}:${signature}`;
    const { status, body } = await this.#endpoint.oss({
      ...request,
      headers: { ...request.headers, authorization },
    });
    if (status !== 200) throw new DeployError('upload', status, 'PutObject', String(body));
    return { ossBucketName: ossBucket, ossObjectName };
  }

  async #send(method: string, path: string, body: Buffer, query = new URLSearchParams()): Promise<unknown> {
    const { securityToken } = this.#keys;
    const request = requestOf(method, path, body, {
      ...(securityToken === undefined ? {} : { 'x-fc-security-token': securityToken }),
      date: this.#date(),
      'content-type': 'application/json',
      'content-md5': createHash('md5').update(body).digest('base64'),
    });
    const text = fcStringToSign(request);
    const signature = createHmac('sha256', this.#keys.accessKeySecret).update(text).digest('base64');
    const authorization = `FC ${this.#keys.accessKeyId}:${signature}`;
    const signed = { ...request, query, headers: { ...request.headers, authorization } };
    return answerOf(`${method} ${path}`, await this.#endpoint.fc(signed));
  }

  #date(): string {
    return new Date(this.#endpoint.now()).toUTCString();
  }
}

const requestOf = (
  method: string,
  path: string,
  body: Buffer,
  headers: Readonly<Record<string, string>>,
): RestRequest => ({ method, path, target: path, query: new URLSearchParams(), headers, body });

function answerOf(what: string, { status, body }: RestResponse): unknown {
  const text = String(body);
  const value: unknown = text === '' ? {} : JSON.parse(text);
  if (status < 300) return value;
  if (status === 404) return null;
  throw new DeployError(what, status, memberOf(value, 'Code'), memberOf(value, 'Message'));
}

/** 2016-08-15 calls the same `ErrorCode` and `ErrorMessage`. */
function memberOf(value: unknown, name: string): string {
  if (typeof value !== 'object' || value === null) return '';
  return String(Reflect.get(value, name) ?? Reflect.get(value, `Error${name}`) ?? '');
}
