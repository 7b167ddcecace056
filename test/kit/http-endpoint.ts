import { request as httpRequest } from 'node:http';
import type { RestRequest, RestResponse } from '../../local/cloud/rest.ts';
import type { Endpoint } from '../../local/deploy/endpoint.ts';

/** The endpoint of an account over HTTP, on the clock of this machine. */
export const httpEndpoint = (at: {
  readonly uid: string;
  readonly region: string;
  readonly endpoint: string;
  readonly oss: string;
}): Endpoint => ({
  uid: at.uid,
  region: at.region,
  now: () => Date.now(),
  fc: (request) => send(at.endpoint, request),
  oss: (request) => send(at.oss, request),
});

function send(endpoint: string, { method, path, query, headers, body }: RestRequest): Promise<RestResponse> {
  const target = query.size === 0 ? path : `${path}?${query}`;
  return new Promise((resolve, reject) => {
    const sent = httpRequest(new URL(target, endpoint), { method, headers, agent: false }, (answer) => {
      const chunks: Buffer[] = [];
      answer
        .on('data', (chunk: Buffer) => chunks.push(chunk))
        .on('error', reject)
        .on('end', () =>
          resolve({
            status: answer.statusCode ?? 0,
            headers: {},
            body: Buffer.concat(chunks).toString('utf8'),
          }),
        );
    });
    sent.on('error', reject).end(body);
  });
}
