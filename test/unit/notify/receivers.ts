import { createHmac } from 'node:crypto';
import { createServer as createHttp } from 'node:http';
import { type AddressInfo, createServer as createNet, type Server } from 'node:net';
import { onTestFinished } from 'vitest';

/** What a service got, and what it answers. */
export interface Received {
  readonly contentType: string | undefined;
  readonly query: URLSearchParams;
  readonly body: Readonly<Record<string, unknown>>;
}

export interface Receiver {
  readonly url: string;
  readonly received: Received[];
}

type Answer = (request: Received) => { readonly status?: number; readonly text: string };

/** A service on this machine that answers as `answer` says, until the test ends. */
export async function receiver(answer: Answer): Promise<Receiver> {
  const received: Received[] = [];
  const server = createHttp((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const one = {
        contentType: request.headers['content-type'],
        query: new URL(request.url ?? '', 'http://x').searchParams,
        body: JSON.parse(Buffer.concat(chunks).toString('utf8')),
      };
      const { status = 200, text } = answer(one);
      received.push(one);
      response.writeHead(status).end(text);
    });
  });
  return { url: `http://127.0.0.1:${await portOf(server)}/`, received };
}

/** A service that announces one character more than it sends, and hangs up. Answers its address. */
export async function brokenOff(text: string): Promise<string> {
  const server = createHttp((_request, response) => {
    response.writeHead(200, { 'content-length': text.length + 1 });
    response.write(text, () => response.destroy());
  });
  return `http://127.0.0.1:${await portOf(server)}/`;
}

/** The port of a server that listens until the test ends. */
async function portOf(server: Server): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => new Promise<void>((resolve) => void server.close(() => resolve())));
  return (server.address() as AddressInfo).port;
}

const HOUR = 3_600_000;

/** DingTalk: with a secret, the time of the query within an hour, and the signature that it makes itself. */
export const dingtalkService = (secret: string, now: number): Promise<Receiver> =>
  receiver(({ query }) => {
    const time = query.get('timestamp') ?? '';
    const sign = createHmac('sha256', secret).update(`${time}\n${secret}`).digest('base64');
    const right = query.get('sign') === sign && Math.abs(Number(time) - now) < HOUR;
    return {
      text: JSON.stringify(
        right ? { errcode: 0, errmsg: 'ok' } : { errcode: 310000, errmsg: 'sign not match' },
      ),
    };
  });

/** Feishu: the time of the body within an hour, and the signature that it makes itself. */
export const feishuService = (secret: string, now: number): Promise<Receiver> =>
  receiver(({ body: { timestamp, sign } }) => {
    const own = createHmac('sha256', `${String(timestamp)}\n${secret}`)
      .update('')
      .digest('base64');
    const right = sign === own && Math.abs(Number(timestamp) * 1000 - now) < HOUR;
    return {
      text: JSON.stringify(right ? { code: 0, msg: 'success' } : { code: 19021, msg: 'sign match fail' }),
    };
  });

export interface MailServer {
  readonly url: string;
  readonly port: number;
  /** All that came, as it came. */
  readonly heard: string[];
  /** Every message with its head, and whom it was for. */
  readonly mails: { to: string[]; text: string }[];
}

/** At the end of an answer: the connection ends with it. */
export const BYE = ' and bye';

/** With this a client begins TLS, at which the server hangs up. */
export const TLS = '\x16';

/** As much of SMTP as a client needs to hand over a mail. `refuse`: answers by the command that they are given to. */
export async function mailServer(
  refuse: Readonly<Record<string, string>> = {},
  greeting = '220 here\r\n',
): Promise<MailServer> {
  const mails: MailServer['mails'] = [];
  const heard: string[] = [];
  const server = createNet((socket) => {
    let to: string[] = [];
    let data: string[] | null = null;
    let rest = '';
    socket.on('error', () => undefined);
    socket.write(greeting);
    socket.setEncoding('utf8').on('data', (chunk) => {
      heard.push(String(chunk));
      if (String(chunk).startsWith(TLS)) socket.end();
      const lines = (rest + String(chunk)).split('\r\n');
      rest = lines.pop() ?? '';
      for (const line of lines) {
        if (data !== null && line !== '.') data.push(line);
        else if (data !== null) {
          mails.push({ to, text: data.join('\n') });
          [data, to] = [null, []];
          socket.write('250 taken\r\n');
        } else {
          const command = line.slice(0, 4).toUpperCase();
          const refusal = refuse[command] ?? refuse[line];
          if (refusal === undefined && command === 'RCPT') to.push(line.replace(/^[^<]*<|>.*$/g, ''));
          if (refusal === undefined && command === 'DATA') data = [];
          const good = {
            EHLO: '250-here\r\n250 AUTH PLAIN',
            DATA: '354 go on',
            AUTH: '235 known',
            QUIT: '221 bye',
          }[command];
          socket.write(`${refusal ?? good ?? '250 good'}\r\n`);
          if (refusal?.endsWith(BYE)) socket.end();
        }
      }
    });
  });
  const port = await portOf(server);
  return { url: `smtp://user:pass%2Fword@127.0.0.1:${port}`, port, heard, mails };
}
