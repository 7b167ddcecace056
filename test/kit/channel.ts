import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A room of people on this machine, reached as Slack is. */
export interface OpenChannel {
  readonly url: string;
  /** Bodies of what arrived. */
  readonly texts: string[];
  close(): Promise<void>;
}

export async function openChannel(): Promise<OpenChannel> {
  const texts: string[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      texts.push(Buffer.concat(chunks).toString('utf8'));
      response.end('ok');
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    texts,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
