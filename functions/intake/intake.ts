import { type HttpAnswer, type HttpEvent, httpEventSchema } from '../../events/http.ts';
import { type Problem, problem } from '../../events/problem.ts';
import { MAX_MESSAGE_BYTES, MAX_REQUEST_BYTES } from '../../events/size-limit.ts';
import { readText } from '../../events/text.ts';
import { TRACEPARENT, traced } from '../../events/trace.ts';
import { xmlSafeJson } from '../../events/xml-safe-json.ts';
import { provenClient } from '../../shared/admission/authenticate/clients.ts';
import { type Headers, headersOf } from '../../shared/admission/authenticate/headers.ts';
import type { Requesters } from '../../shared/admission/requesters.ts';
import { HandshakeError, messageOf } from '../../shared/runtime/errors.ts';
import type { Millis } from '../../shared/runtime/millis.ts';
import { healthy } from './answers.ts';
import { fault, refusal, STATUS_OF, unproved } from './http-problems.ts';
import { once } from './idempotency.ts';
import type { Memory } from './idempotency-keys.ts';
import { copyKey, requestIdOf } from './ids.ts';
import { readRequest } from './read-request.ts';
import { askedFor, sealed, signedBy } from './sender.ts';

/**
 * What the operator configured. It is read for requests only, so `/health` answers even when the configuration is
 * wrong.
 */
export interface IntakeSettings {
  readonly ownerUid: string;
  readonly requestTopic: string;
  readonly requesters: Requesters;
}

export interface IntakePorts {
  readonly now: Millis;
  /** The platform's id of this call: the request id of a request that comes with nothing else. */
  readonly callId: string;
  readonly settings: () => IntakeSettings;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly memory: Memory;
  /** Resolves when the topic has taken the message. */
  readonly publish: (topic: string, body: string) => Promise<unknown>;
}

/** The answer, and what a log may say about it. */
export interface Handled {
  readonly answer: HttpAnswer;
  readonly requestId?: string;
  readonly requesterUid?: string;
  readonly detail?: string;
  readonly engines?: readonly string[];
  /** Of the request, else of the call, as it came. */
  readonly traceparent?: string;
}

/** Answers one HTTP event, whatever it is. Never throws: a fault of ours is 503, and nothing was accepted. */
export async function intake(event: unknown, ports: IntakePorts): Promise<Handled> {
  try {
    const parsed = httpEventSchema.safeParse(event);
    if (!parsed.success)
      return {
        answer: refusal(problem('invalid-request', 'this is no event of an HTTP trigger; call the URL.')),
      };
    return { ...traceOf(headersOf(parsed.data.headers)), ...(await route(parsed.data, ports)) };
  } catch (error) {
    return { answer: refusal(failureOf(error)), detail: messageOf(error) };
  }
}

/** The `traceparent` header. A malformed one is left out, as the W3C standard asks. */
function traceOf(headers: Headers): Pick<Handled, 'traceparent'> {
  const traceparent = String(headers.get('traceparent'));
  return TRACEPARENT.test(traceparent) ? { traceparent } : {};
}

async function route(event: HttpEvent, ports: IntakePorts): Promise<Handled> {
  const { method } = event.requestContext.http;
  const path = event.rawPath;
  if (path === '/health')
    return method === 'GET' || method === 'HEAD' ? { answer: healthy() } : wrongMethod(method, 'GET, HEAD');
  if (path === '/requests') return method === 'POST' ? take(event, ports) : wrongMethod(method, 'POST');
  return { answer: fault('not-found', 'there are POST /requests and GET /health here.') };
}

const wrongMethod = (method: string, allow: string): Handled => ({
  answer: fault('method-not-allowed', `${method.slice(0, 16)} is not for this path; use ${allow}.`, {
    allow,
  }),
});

/** Proves the sender, reads the request, and asks whether this sender may ask for it. Publishes only then. */
async function take(event: HttpEvent, ports: IntakePorts): Promise<Handled> {
  const raw = event.isBase64Encoded ? Buffer.from(event.body, 'base64') : Buffer.from(event.body);
  if (raw.length > MAX_REQUEST_BYTES) return { answer: tooLarge(raw.length, MAX_REQUEST_BYTES) };
  const { now, environment } = ports;
  const { ownerUid, requestTopic, requesters } = ports.settings();
  const headers = headersOf(event.headers);
  const client = provenClient({ headers, body: raw, at: now }, requesters.clients, environment);
  if (client === null) return { answer: unproved() };
  const detail = `client ${client.name}`;
  if (!isJson(String(headers.get('content-type'))))
    return {
      answer: fault('unsupported-media-type', 'send the request with Content-Type: application/json.'),
      detail,
    };
  const bytes = readText(raw);
  if ('bad' in bytes)
    return { answer: refusal(problem('invalid-request', `the body ${bytes.bad}.`)), detail };
  // With its byte order mark, if it has one: the signature is over what was sent.
  const text = raw.toString();
  const read = readRequest(text, client.requestAt, ownerUid, now);
  if (!('request' in read)) return { answer: refusal(read), detail };
  const { requesterUid } = read.request;
  const trace = { ...traceOf(headers), ...traced(read.request.traceparent) };
  const told = { requesterUid, engines: read.grants.engines, detail, ...trace };
  const signed = signedBy(headers, text);
  const asked = askedFor(read, signed, client, requesters, now);
  if ('problem' in asked)
    return {
      answer: asked.problem.code === 'signature-invalid' ? unproved() : refusal(asked.problem),
      ...told,
    };
  const { requester } = asked;
  const proof = requester.publicKeys.length > 0 ? signed : null;
  const key = copyKey(headers, client);
  const requestId = read.request.requestId ?? proof?.id ?? requestIdOf(key ?? ports.callId);
  const message = proof === null ? xmlSafeJson({ ...read.request, requestId, ...trace }) : sealed(proof);
  if (Buffer.byteLength(message) > MAX_MESSAGE_BYTES)
    return { answer: tooLarge(Buffer.byteLength(message), MAX_MESSAGE_BYTES), ...told };
  const topic = requester.topics[0] ?? requestTopic;
  const answer = await once(client, key, raw, requestId, ports, () => ports.publish(topic, message));
  return { answer, requestId, ...told };
}

/** Of a content type only the type counts: what a charset says is measured on the bytes, and JSON has no parameters. */
const isJson = (type: string): boolean => /^application\/([\w.+-]+\+)?json\s*(;|$)/i.test(type.trim());

const tooLarge = (bytes: number, most: number): HttpAnswer =>
  fault('too-large', `the request takes ${bytes} bytes, at most ${most} are handed on; make it shorter.`);

/** A fault that is not the sender's. What failed stands in the log, not in the answer. */
function failureOf(error: unknown): Problem {
  const throttled = error instanceof HandshakeError && STATUS_OF[error.code] === 429;
  return throttled
    ? problem(
        'throttled',
        'the request topic takes no more for now, and the request was not accepted; send it again later.',
        true,
      )
    : problem(
        'internal',
        'the request could not be handed on and was not accepted; send it again later.',
        true,
      );
}
