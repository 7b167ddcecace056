import { createServer, type IncomingMessage } from 'node:http';
import { onTestFinished } from 'vitest';
import type { SentCall } from './judge-calls.ts';
import { declaredOf, isAtPath } from './operations.ts';

/** Products by the version of their API: which of them a call over the loopback host is for. */
const PRODUCT_OF: Readonly<Record<string, string>> = {
  '2015-05-01': 'ram',
  '2015-04-01': 'sts',
  '2018-11-01': 'dms-enterprise',
  '2023-03-30': 'fc',
};

/** What satisfies every reader at once: each listing has a second page. */
const ANSWER = {
  RequestId: 'R',
  AccountId: '2000000000000002',
  Role: {
    RoleName: 'r',
    Arn: 'acs:ram::1:role/r',
    AssumeRolePolicyDocument: '{}',
    CreateDate: '2026-11-23T10:00:00Z',
  },
  Policy: { PolicyName: 'p', AttachmentCount: 0, UpdateDate: '2026-11-23T10:00:00Z' },
  DefaultPolicyVersion: { PolicyDocument: '{}' },
  Roles: { Role: [] },
  Policies: { Policy: [] },
  PolicyVersions: { PolicyVersion: [{ VersionId: 'v1', IsDefaultVersion: false }] },
  TagResources: [],
  Credentials: {
    AccessKeyId: 'STS.x',
    AccessKeySecret: 'x',
    SecurityToken: 'x',
    Expiration: '2026-11-23T11:00:00Z',
  },
  Instance: { InstanceId: '1' },
  UserList: { User: [] },
  runtime: 'nodejs20',
  handler: 'index.handler',
  timeout: 3,
  triggers: [],
  httpTrigger: { urlInternet: 'https://x' },
  meta: { progress: 'Complete' },
  data: [],
} as const;

/** A server that answers everything and keeps what was asked, `product` for calls that are none of RAM, STS and DMS. */
export async function recorder(product?: (version: string, host: string) => string) {
  const calls: SentCall[] = [];
  const server = createServer(async (message, response) => {
    const call = await sent(message, product);
    calls.push(call);
    const first = call.query['Marker'] === undefined && call.query['NextToken'] === undefined;
    const paged = first ? { IsTruncated: true, Marker: 'm', NextToken: 't' } : { IsTruncated: false };
    if (call.headers['x-fc-invocation-type'] === 'Async') response.writeHead(202).end();
    else
      response
        .writeHead(200, { 'content-type': 'application/json' })
        .end(JSON.stringify({ ...ANSWER, ...paged }));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const address = server.address();
  if (typeof address !== 'object' || address === null) throw new Error('the recorder has no port');
  return { url: `http://127.0.0.1:${address.port}`, calls };
}

async function sent(
  message: IncomingMessage,
  product?: (version: string, host: string) => string,
): Promise<SentCall> {
  const url = new URL(message.url ?? '/', 'http://x');
  const chunks: Buffer[] = [];
  for await (const chunk of message) chunks.push(Buffer.from(chunk));
  const body = Buffer.concat(chunks).toString('utf8');
  const isForm = String(message.headers['content-type']).startsWith('application/x-www-form-urlencoded');
  const version = String(message.headers['x-acs-version']);
  const call = {
    product: product?.(version, String(message.headers.host)) ?? PRODUCT_OF[version] ?? 'unknown',
    version,
    action: String(message.headers['x-acs-action']),
    method: String(message.method),
    path: url.pathname,
    query: Object.fromEntries(url.searchParams),
    form: isForm ? Object.fromEntries(new URLSearchParams(body)) : {},
    json: isForm || body === '' ? null : body,
    headers: Object.fromEntries(
      Object.entries(message.headers).map(([name, value]) => [name, String(value)]),
    ),
    host: {},
  };
  return message.headers['x-log-apiversion'] === undefined ? call : ofLogService(call);
}

/** Simple Log Service names no operation: method and path do. On this machine the project stands before the path. */
function ofLogService(call: SentCall): SentCall {
  const [, project = '', path = call.path] = /^\/sls\/([^/]+)(\/.*)$/.exec(call.path) ?? [];
  const version = '2020-12-30';
  const operations = Object.entries(declaredOf('sls', version) ?? {});
  const found = operations.find(([, one]) => one.method === call.method && isAtPath(one.path ?? '/', path));
  const action = found?.[0] ?? `${call.method} ${path}`;
  return { ...call, product: 'sls', version, action, path, host: project === '' ? {} : { project } };
}
