import { createServer } from 'node:http';
import { onTestFinished } from 'vitest';

/** A request as it came over the wire. */
export interface Seen {
  readonly method: string;
  readonly url: URL;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: string;
}

/** What to say to one request: an answer, no answer on a closed connection, or no answer at all. */
export type Say =
  | { readonly status: number; readonly headers?: Readonly<Record<string, string>>; readonly body?: string }
  | 'hang up'
  | 'silence';

/** The same, by what is asked: for calls that are made side by side. */
export type SayTo = Say | ((asked: Seen) => Say);

export interface StandIn {
  readonly url: string;
  readonly seen: Seen[];
}

/** A server that says what it is told to, in order, and the last for ever. Ends with the test. */
export async function standIn(...says: [SayTo, ...SayTo[]]): Promise<StandIn> {
  const seen: Seen[] = [];
  const server = createServer((message, response) => {
    const chunks: Buffer[] = [];
    message.on('data', (chunk: Buffer) => chunks.push(chunk));
    message.on('end', () => {
      const next = says[Math.min(seen.length, says.length - 1)] ?? 'hang up';
      const asked: Seen = {
        method: message.method ?? '',
        url: new URL(message.url ?? '/', 'http://stand-in'),
        headers: message.headers,
        body: Buffer.concat(chunks).toString('utf8'),
      };
      seen.push(asked);
      const say = typeof next === 'function' ? next(asked) : next;
      if (say === 'hang up') message.socket.destroy();
      else if (say !== 'silence') response.writeHead(say.status, say.headers).end(say.body);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const address = server.address();
  if (typeof address !== 'object' || address === null) throw new Error('the stand-in has no port');
  return { url: `http://127.0.0.1:${address.port}`, seen };
}

/** A port on which nobody listens any more. */
export async function closedPort(): Promise<string> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (typeof address !== 'object' || address === null) throw new Error('the server had no port');
  return `http://127.0.0.1:${address.port}`;
}

export const json = (status: number, body: unknown, headers: Readonly<Record<string, string>> = {}): Say => ({
  status,
  headers: { 'content-type': 'application/json', ...headers },
  body: typeof body === 'string' ? body : JSON.stringify(body),
});

export const html = (status: number): Say => ({
  status,
  headers: { 'content-type': 'text/html' },
  body: `<html><head><title>${status}</title></head><body>nginx</body></html>`,
});

export const xml = (status: number, body: string): Say => ({
  status,
  headers: { 'content-type': 'text/xml;charset=utf-8' },
  body: `<?xml version="1.0"?>${body}`,
});

/** An error of the queue service; `parts` are the elements that its error has. */
export const mnsError = (
  status: number,
  code: string,
  parts: readonly string[] = ['Message', 'RequestId', 'HostId'],
): Say => {
  const texts: Readonly<Record<string, string>> = {
    Message: 'Something is wrong.',
    RequestId: '5F5C5B5A49443312D8A7C1F0',
    HostId: 'http://1000000000000001.mns.cn-hangzhou.aliyuncs.com',
  };
  const elements = parts.map((part) => `<${part}>${texts[part] ?? ''}</${part}>`).join('');
  return xml(
    status,
    `<Error xmlns="http://mns.aliyuncs.com/doc/v1/"><Code>${code}</Code>${elements}</Error>`,
  );
};
