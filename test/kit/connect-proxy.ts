import { createServer } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import type { Duplex } from 'node:stream';

/** A proxy on loopback that writes down what it is asked for. */
export interface ConnectProxy {
  readonly url: string;
  /** `sts.aliyuncs.com:443`, in the order of the requests. */
  readonly asked: string[];
  /** `Proxy-Authorization` of each request; undefined where there was none. */
  readonly authorization: (string | undefined)[];
  close(): Promise<void>;
}

/**
 * Answers every CONNECT with a status; with 200 it leads to `onward`, whatever host was asked for. Requests of plain HTTP
 * are answered with the same status.
 */
export async function connectProxy(status: number, onward?: AddressInfo): Promise<ConnectProxy> {
  const asked: string[] = [];
  const authorization: (string | undefined)[] = [];
  const server = createServer((request, response) => {
    asked.push(`${request.method} ${request.url}`);
    response.writeHead(status).end();
  });
  const tunnels = new Set<Duplex>();
  server.on('connect', (request, socket) => {
    tunnels.add(socket);
    asked.push(request.url ?? '');
    authorization.push(request.headers['proxy-authorization']);
    socket.on('error', () => socket.destroy());
    if (status !== 200 || onward === undefined) {
      socket.end(`HTTP/1.1 ${status} No\r\nContent-Length: 0\r\n\r\n`);
      return;
    }
    const through = connect(onward.port, '127.0.0.1', () => {
      socket.write('HTTP/1.1 200 Connection established\r\n\r\n');
      socket.pipe(through).pipe(socket);
    });
    through.on('error', () => socket.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    asked,
    authorization,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
        // No connections of the server any more, and it would wait for them all the same.
        for (const tunnel of tunnels) tunnel.destroy();
      }),
  };
}
