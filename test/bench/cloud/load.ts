import { Agent, request as send } from 'node:http';

/** A request that is written to the wire as it stands. */
export interface Ready {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/**
 * Calls of a server in a second, over so many connections that are kept open, each with one call at a time. What is sent
 * was made before. Throws for an answer that is not 2xx.
 */
export async function callsPerSecond(
  port: number,
  requests: readonly Ready[],
  connections: number,
): Promise<number> {
  const agent = new Agent({ keepAlive: true, maxSockets: connections });
  let next = 0;
  const work = async (): Promise<void> => {
    for (let one = requests[next++]; one !== undefined; one = requests[next++]) await call(agent, port, one);
  };
  const started = performance.now();
  try {
    await Promise.all(Array.from({ length: connections }, work));
  } finally {
    agent.destroy();
  }
  return (requests.length * 1_000) / (performance.now() - started);
}

const call = (agent: Agent, port: number, { method, path, headers, body }: Ready): Promise<void> =>
  new Promise((resolve, reject) => {
    const out = send({ agent, host: '127.0.0.1', port, method, path, headers }, (answer) => {
      let text = '';
      answer.setEncoding('utf8').on('data', (chunk: string) => {
        text += chunk;
      });
      answer.on('end', () => {
        const { statusCode = 0 } = answer;
        if (statusCode >= 200 && statusCode < 300) resolve();
        else reject(new Error(`${method} ${path.slice(0, 80)}: ${statusCode} ${text.slice(0, 300)}`));
      });
    });
    out.on('error', reject);
    out.end(body);
  });

/** Makes one call, whose answer is not looked at. */
export async function callOnce(port: number, one: Ready): Promise<void> {
  await callsPerSecond(port, [one], 1);
}
