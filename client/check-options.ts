import { UID } from '../events/uid.ts';
import { quote } from '../events/visible.ts';
import { InvalidOptionsError } from './errors.ts';
import type { RequesterOptions } from './options.ts';
import type { WaitOptions } from './waiting.ts';

const KNOWN = [
  'ownerUid',
  'requesterUid',
  'region',
  'credentials',
  'requestTopic',
  'replyQueue',
  'endpoints',
];
const NAME = /^[A-Za-z0-9][A-Za-z0-9-]{0,255}$/;

/** Programs without types get the same answer from here as others from the compiler. Throws `InvalidOptionsError`. */
export function checkOptions(options: unknown): asserts options is RequesterOptions {
  if (!isObject(options))
    throw new InvalidOptionsError(
      `createRequester got ${shown(options)}; expected options such as { ownerUid: "2000000000000002" }, or await localCloud()`,
    );
  const { ownerUid, requesterUid, region, credentials, requestTopic, replyQueue, endpoints } = options;
  const faults = [
    ...Object.keys(options)
      .filter((key) => !KNOWN.includes(key))
      .map((key) => `${quote(key)} is no option; all are ${KNOWN.join(', ')}`),
    ...uidFaults('ownerUid', ownerUid),
    ...(requesterUid === undefined ? [] : uidFaults('requesterUid', requesterUid)),
    ...(ownerUid !== undefined && ownerUid === requesterUid
      ? ['ownerUid and requesterUid are the same account; DMS needs no role in its own account']
      : []),
    ...textFaults(
      'region',
      region,
      /^[a-z]{2}-[a-z0-9-]{2,30}$/,
      'the id of a region, such as "cn-hangzhou"',
    ),
    ...textFaults('requestTopic', requestTopic, NAME, 'the name of a topic'),
    ...textFaults('replyQueue', replyQueue, NAME, 'the name of a queue'),
    ...(credentials === undefined || typeof credentials === 'function'
      ? []
      : [`credentials is ${shown(credentials)}: expected a function that resolves with the keys`]),
    ...(endpoints === undefined ? [] : endpointFaults(endpoints)),
  ];
  if (faults.length > 0) throw new InvalidOptionsError(faults.join('; '));
}

/** Throws `InvalidOptionsError`, before anything is sent. */
export function checkWaiting(options: unknown): asserts options is WaitOptions {
  if (!isObject(options))
    throw new InvalidOptionsError(
      `the options of waiting are ${shown(options)}: expected { waitMs, signal }`,
    );
  const { waitMs, signal } = options;
  if (waitMs !== undefined && !(typeof waitMs === 'number' && waitMs >= 0 && waitMs <= LONGEST_WAIT_MS))
    throw new InvalidOptionsError(
      `waitMs is ${shown(waitMs)}: expected milliseconds as a number, 0 to ${LONGEST_WAIT_MS}, such as 5000 for 5 s`,
    );
  if (signal !== undefined && !(signal instanceof AbortSignal))
    throw new InvalidOptionsError(`signal is ${shown(signal)}: expected an AbortSignal`);
}

/** The longest that a timer of Node.js waits. */
const LONGEST_WAIT_MS = 2_147_483_647;

function uidFaults(name: string, value: unknown): readonly string[] {
  if (typeof value === 'string' && UID.test(value)) return [];
  const way = typeof value === 'number' ? ': write it as a string, since a number may lose digits' : '';
  return [
    `${name} is ${shown(value)}${way || ': expected the UID of an account as a string of 1 to 16 digits'}`,
  ];
}

const textFaults = (name: string, value: unknown, form: RegExp, what: string): readonly string[] =>
  value === undefined || (typeof value === 'string' && form.test(value))
    ? []
    : [`${name} is ${shown(value)}: expected ${what}`];

function endpointFaults(endpoints: unknown): readonly string[] {
  if (!isObject(endpoints)) return [`endpoints is ${shown(endpoints)}: expected { owner, requester }`];
  return ['owner', 'requester'].flatMap((side) => {
    const url = endpoints[side];
    return typeof url === 'string' && URL.canParse(url)
      ? []
      : [`endpoints.${side} is ${shown(url)}: expected a URL such as "http://127.0.0.1:9000"`];
  });
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function shown(value: unknown): string {
  if (typeof value === 'string') return quote(value);
  if (value === undefined) return 'missing';
  return typeof value === 'object' && value !== null ? 'an object' : String(value);
}
