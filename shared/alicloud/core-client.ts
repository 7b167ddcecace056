import './silence-debug.ts';

import core from '@alicloud/openapi-core';
import { readBody } from './answer-body.ts';
import type { Credentials } from './credentials.ts';
import type { Failure } from './failure.ts';

export type CoreClient = InstanceType<typeof core.default>;

/**
 * A client of the core that the vendor's generated SDKs are built on. `endpoint`: of a stand-in for every host;
 * null in the real cloud.
 */
export function coreClient(credentials: Credentials, host: string, endpoint: string | null): CoreClient {
  const url = endpoint === null ? null : new URL(endpoint);
  return new core.default(
    new core.$OpenApiUtil.Config({
      credential: handedTo(credentials),
      endpoint: url?.host ?? host,
      protocol: url === null ? 'https' : url.protocol.slice(0, -1),
      userAgent: 'dms-handshake',
    }),
  );
}

/**
 * Keys in the form in which the core asks for them. Otherwise it would load `@alicloud/credentials`, 67 KB that look
 * for keys in ten places; a function is always given its keys.
 */
const handedTo = (credentials: Credentials) => ({
  getCredential: async () => {
    const keys = credentials.reveal();
    return { ...keys, type: keys.securityToken === undefined ? 'access_key' : 'sts' };
  },
});

/**
 * What the core threw, reduced to what is safe and useful: its own errors carry the whole answer (which quotes what was
 * signed), transport errors the whole URL.
 */
export function failureOf(what: string, error: unknown): Failure {
  const thrown = isObject(error) ? error : {};
  const said = readBody(thrown['data']);
  const status = Number(thrown['statusCode'] ?? 0);
  // An answer that is not JSON, such as a gateway's page, reaches us as the parser's error.
  const name = error instanceof SyntaxError ? 'UnreadableAnswer' : thrown['name'];
  const code = String(thrown['code'] ?? name ?? 'Unknown');
  const retryAfter = Number(thrown['retryAfter']);
  return {
    what,
    // The core turns an answer without a code into the word "undefined", also where the body names it otherwise.
    code:
      code === 'undefined' ? (said.code ?? `Http${status}`) : code.replaceAll(/[^\w.]/g, '').slice(0, 100),
    status: Number.isFinite(status) ? status : 0,
    requestId: said.requestId,
    retryAfterMs: Number.isFinite(retryAfter) && retryAfter > 0 ? retryAfter : null,
    denied: said.denied,
    ...(said.aboutRights === true ? { aboutRights: true } : {}),
  };
}

export const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null;
