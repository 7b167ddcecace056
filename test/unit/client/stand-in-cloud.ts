import type { RequesterOptions } from '../../../client/options.ts';
import { requesterAt } from '../../../client/requester.ts';
import sample from '../../../events/samples/reply-verified.json' with { type: 'json' };
import { type Clock, systemClock } from '../../../shared/runtime/clock.ts';
import { OWNER, REQUESTER } from '../../kit/accounts.ts';
import { json, mnsError, type Say, type Seen, standIn, xml } from '../alicloud/stand-in.ts';

/** A call as it arrived: `AssumeRole`, `POST /topics/x/messages`. */
export const nameOf = ({ method, url, headers }: Seen): string =>
  String(headers['x-acs-action'] ?? `${method} ${url.pathname}`);

/** What account B publishes, with these fields instead of those of the sample. */
export const replyWith = (data: object, more: object = {}): string =>
  JSON.stringify({ ...sample, ...more, data: { ...sample.data, ...data } });

export const message = (body: string, id = 'M-1'): Say =>
  xml(
    200,
    `<Message><MessageId>${id}</MessageId><MessageBody><![CDATA[${body}]]></MessageBody><ReceiptHandle>h-${id}</ReceiptHandle></Message>`,
  );
export const none = mnsError(404, 'MessageNotExist');

const SESSION = {
  AccessKeyId: 'STS.session',
  AccessKeySecret: 's',
  SecurityToken: 't',
  Expiration: '2099-01-01T00:00:00Z',
};

/** What the services answer where a test does not say otherwise. */
const USUAL = {
  assume: json(200, { Credentials: SESSION }),
  identity: json(200, { AccountId: REQUESTER }),
  publish: xml(201, '<Message><MessageId>P-1</MessageId></Message>'),
};

export interface Services {
  readonly assume?: Say;
  readonly identity?: Say;
  readonly publish?: Say;
  /** What the queue of replies shows, in order, and what was released again behind that; nothing at the end. */
  readonly replies?: readonly Say[];
}

/** Both accounts behind one address, and a requester of the one who asks the other. */
export async function standInCloud(
  services: Services = {},
  options: Partial<RequesterOptions> = {},
  clock: Clock = systemClock,
) {
  const { assume, identity, publish } = { ...USUAL, ...services };
  const shown = [...(services.replies ?? [])];
  const received = new Map<string, Say>();
  const { url, seen } = await standIn((asked) => {
    const name = nameOf(asked);
    if (name === 'AssumeRole') return assume;
    if (name === 'GetCallerIdentity') return identity;
    if (name.startsWith('POST /topics/')) return publish;
    if (name.startsWith('GET /queues/')) {
      const next = shown.shift() ?? none;
      const [, handle = ''] = /<ReceiptHandle>(.*)<\/ReceiptHandle>/.exec(Object(next).body ?? '') ?? [];
      received.set(handle, next);
      return next;
    }
    if (name.startsWith('DELETE /queues/')) return { status: 204 };
    shown.push(received.get(asked.url.searchParams.get('receiptHandle') ?? '') ?? none);
    return xml(200, '<ChangeVisibility><ReceiptHandle>h2</ReceiptHandle></ChangeVisibility>');
  });
  const requester = requesterAt(
    {
      ownerUid: OWNER,
      requesterUid: REQUESTER,
      credentials: async () => ({ accessKeyId: 'LTAIx', accessKeySecret: 'x' }),
      endpoints: { owner: url, requester: url },
      ...options,
    },
    clock,
  );
  return { requester, seen, names: () => seen.map(nameOf) };
}

/** The request that was published. */
export function publishedOf(seen: readonly Seen[]): unknown {
  const sent = seen.find((asked) => nameOf(asked).startsWith('POST /topics/'));
  const [, body = ''] = /<MessageBody>(.*)<\/MessageBody>/s.exec(sent?.body ?? '') ?? [];
  return body === '' ? null : JSON.parse(body);
}
