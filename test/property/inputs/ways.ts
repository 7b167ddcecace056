import type { Command } from 'commander';
import { extendCommand } from '../../../cli/extend.ts';
import { requestCommand } from '../../../cli/request.ts';
import { revokeCommand } from '../../../cli/revoke.ts';
import { wantedOf } from '../../../cli/wanted-of.ts';
import { checkRequest } from '../../../client/check-request.ts';
import { InvalidRequestError } from '../../../client/errors.ts';
import { xmlSafeJson } from '../../../events/xml-safe-json.ts';
import { readRequesters } from '../../../shared/admission/requesters.ts';
import { deliveriesOf } from '../../../shared/requests/parse-delivery.ts';
import { OWNER, REQUESTER } from '../../kit/accounts.ts';
import { door, eventOf, TOKEN } from '../../kit/intake.ts';
import { envelopeOf, NOW, pairOf, SECONDS, signedHeaders } from '../../kit/signing-keys.ts';

/** A request as a program writes it down. */
export type Body = Readonly<Record<string, unknown>>;
/** What arrives at provision, or that the request was refused before. */
export type Arrived = { readonly event: object } | { readonly refused: string };

const one = { uid: REQUESTER, name: 'one', engines: '*', access: ['register', 'console'] };
const clients = [{ name: 'jira', requesters: [REQUESTER], auth: { type: 'bearer', secretEnv: 'TOKEN' } }];
/** One requester that nothing is asked of, and the same one signing. */
export const PLAIN = readRequesters(JSON.stringify({ requesters: [one], clients }));
export const SIGNING = readRequesters(
  JSON.stringify({ requesters: [{ ...one, signing: { publicKey: pairOf(1).publicKey } }], clients }),
);

export const topicEvent = (Message: string): object => ({
  TopicOwner: OWNER,
  TopicName: 'dms-handshake-requests',
  MessageId: 'M-1',
  Message,
  PublishTime: Number(NOW),
});

export const queueEvent = (messageBody: unknown): object => ({
  specversion: '1.0',
  id: 'M-1',
  source: 's',
  type: 'mns:Queue:SendMessage',
  aliyunpublishtime: String(NOW),
  data: { messageBody, messageId: 'M-1' },
});

export const base64 = (text: string): string => Buffer.from(text).toString('base64');
export const envelope = (text: string): string =>
  JSON.stringify(envelopeOf(text, { id: 'M-1', timestamp: SECONDS }));

/** Through POST /requests; what it publishes goes on to provision. */
export async function overHttp(text: string, signed = false): Promise<Arrived> {
  const requesters = signed ? SIGNING : PLAIN;
  const at = door({
    now: NOW,
    callId: 'M-1',
    settings: () => ({ ownerUid: OWNER, requestTopic: 'dms-handshake-requests', requesters }),
  });
  const headers = {
    'content-type': 'application/json',
    authorization: `Bearer ${TOKEN}`,
    ...(signed ? signedHeaders(text, { id: 'M-1' }) : {}),
  };
  const { answer } = await at.send(
    eventOf('POST', '/requests', { headers, body: base64(text), isBase64Encoded: true }),
  );
  const [published] = at.published;
  return published === undefined
    ? { refused: JSON.parse(answer.body).code }
    : { event: topicEvent(published.body) };
}

const COMMANDS: Readonly<Record<string, () => Command>> = {
  grant: requestCommand,
  revoke: revokeCommand,
  extend: extendCommand,
};

/** Whether the command line has words for all of it: no trace, and no `verify`, which asks the function there. */
export const hasWords = ({ action = 'grant', traceparent, connections }: Body): boolean =>
  COMMANDS[String(action)] !== undefined &&
  traceparent === undefined &&
  (action !== 'revoke' || connections === undefined);

/** The options that say the same, parsed by the command; then what the client would publish. */
export async function overCommandLine(body: Body): Promise<Arrived> {
  const action = String(body['action'] ?? 'grant');
  const command = COMMANDS[action]?.()
    .exitOverride()
    .configureOutput({ writeErr: () => undefined });
  if (command === undefined) throw new Error(`no command asks for ${action}`);
  let wanted: ReturnType<typeof wantedOf> = {};
  command.action((options: Parameters<typeof wantedOf>[0]) => {
    wanted = wantedOf(options);
  });
  try {
    await command.parseAsync([...words(body)], { from: 'user' });
    const text = xmlSafeJson({ requestId: 'M-1', ...wanted, requesterUid: REQUESTER, action });
    checkRequest(text, OWNER, NOW);
    return { event: topicEvent(text) };
  } catch (error) {
    if (error instanceof InvalidRequestError) return { refused: error.message };
    if (error instanceof Error && 'exitCode' in error) return { refused: error.message };
    throw error;
  }
}

const list = (value: unknown): string => (Array.isArray(value) ? value.join(',') : String(value));

function* words(body: Body): Generator<string> {
  yield* ['--requester', String(body['requesterUid'])];
  for (const [field, option] of Object.entries({
    engines: '--engines',
    access: '--access',
    connections: '--connections',
    users: '--users',
    expiresAt: '--expires',
    requestId: '--request-id',
    reference: '--reference',
  }))
    if (body[field] !== undefined) yield* [option, list(body[field])];
  for (const [engine, ids] of Object.entries(Object(body['instances'])))
    yield* ['--instances', `${engine}=${list(ids)}`];
  if (body['readOnly'] === true) yield '--read-only';
}

/** What provision is handed. */
export function deliveryOf(event: object) {
  const [delivery] = deliveriesOf(event) ?? [];
  if (delivery === undefined) throw new Error(`no delivery in ${JSON.stringify(event)}`);
  return delivery;
}
