import { ApiError } from '../cloud/error.ts';
import { fcOperations } from '../cloud/fc/index.ts';
import type { CallRecord } from '../cloud/journal.ts';
import { mnsOperations } from '../cloud/mns/operations/index.ts';
import { rpcOperations } from '../cloud/operations.ts';
import { ossOperations } from '../cloud/oss/index.ts';
import { throttled } from '../cloud/weather/refusals.ts';
import type { Fault, WeatherCall } from '../cloud/weather.ts';
import type { World } from '../cloud/world.ts';

/** Parameters that a call must have, or a question to the call. */
export type Match = Readonly<Record<string, string>> | ((call: WeatherCall) => boolean);

export interface StubOptions {
  /** How many calls it meets. Default: every one, until `reset`. */
  readonly times?: number;
}

/** What to do with the calls that `on` chose. The first stub that fits a call wins; each returns the same object. */
export interface Stub {
  /**
   * An error instead of the effect. A code of the vendor's gets the status that it travels with; throws for one whose
   * status is not known here, which then must be given as an `ApiError`.
   */
  rejects(error: ApiError | string, options?: StubOptions): Stub;
  /** The effect, and then the error. */
  rejectsAfter(error: ApiError | string, options?: StubOptions): Stub;
  /** This answer instead of the effect: the fields of an RPC operation, without `RequestId`; MNS and FC as they return. */
  resolves(answer: object, options?: StubOptions): Stub;
  /** The effect, `ms` of the world's clock later. */
  delays(ms: number, options?: StubOptions): Stub;
  /** The connection is closed: before the effect, or after it in the place of the answer. */
  hangsUp(when: 'before' | 'after', options?: StubOptions): Stub;
}

/**
 * Chooses calls by service and operation, as the journal names them (`ram`, `CreateRole`; `mns`, `Push` for deliveries).
 * Throws for an operation that the local cloud does not have. A stubbed call is still authenticated and authorised.
 */
export function on(world: World, service: string, operation: string, match: Match = {}): Stub {
  if (!isKnown(service, operation))
    throw new Error(`the local cloud has no operation ${service} ${operation}`);
  const matches = (call: WeatherCall): boolean =>
    call.service === service && call.operation === operation && fits(call, match);
  const add = (fault: Omit<Fault, 'matches' | 'times'>, { times = Infinity }: StubOptions = {}): Stub => {
    world.weather.faults.push({ ...fault, matches, times });
    return stub;
  };
  const stub: Stub = {
    rejects: (error, options) => add({ at: 'before', error: errorOf(service, error) }, options),
    rejectsAfter: (error, options) => add({ at: 'after', error: errorOf(service, error) }, options),
    resolves: (answer, options) => add({ at: 'answered', answer }, options),
    delays: (delayMs, options) => add({ at: 'delayed', delayMs }, options),
    hangsUp: (when, options) => add({ at: when === 'before' ? 'dropped' : 'lost' }, options),
  };
  return stub;
}

/** The calls so far, in the order in which they ended; of one service, of one operation. */
export function calls(world: World, service?: string, operation?: string): readonly CallRecord[] {
  return world.journal.calls.filter(
    (call) =>
      // The journal names both services where a request could mean either.
      (service === undefined || call.service.split('|').includes(service)) &&
      (operation === undefined || call.operation === operation),
  );
}

/** Takes all stubs back and forgets the calls; the weather is again what the world's options say. State stays. */
export function reset(world: World): void {
  world.weather.reset();
  world.journal.clear();
}

function isKnown(service: string, operation: string): boolean {
  if (service === 'mns') return operation === 'Push' || mnsOperations.some(({ name }) => name === operation);
  if (service === 'fc') return fcOperations.some(({ name }) => name === operation);
  if (service === 'oss') return ossOperations.some(({ name }) => name === operation);
  return rpcOperations.some((known) => known.service === service && known.name === operation);
}

const fits = (call: WeatherCall, match: Match): boolean =>
  typeof match === 'function'
    ? match(call)
    : Object.entries(match).every(([name, value]) => call.input[name] === value);

/** Statuses by the form of the code, as the error pages of RAM, STS and Simple Message Queue list them. */
const STATUSES: readonly (readonly [RegExp, number])[] = [
  [/^(InvalidParameter|MissingParameter|MalformedPolicyDocument|InvalidArgument|MalformedXML)/, 400],
  [/^(NoPermission|AccessDenied|Forbidden)/, 403],
  [/^EntityNotExist\b|^\w+NotExist$|^FunctionNotFound$/, 404],
  [/^(EntityAlreadyExists|DeleteConflict|LimitExceeded)\b|^\w+AlreadyExist$/, 409],
  [/^(InternalError|InternalServerError)$/, 500],
  [/^ServiceUnavailable$/, 503],
];

function errorOf(service: string, error: ApiError | string): ApiError {
  if (typeof error !== 'string') return error;
  const throttling = throttled(service);
  if (/^(Throttling|TooManyRequests|QpsLimitExceeded|ResourceThrottled)/.test(error))
    return new ApiError(throttling.status, error, throttling.message);
  const status = STATUSES.find(([form]) => form.test(error))?.[1];
  if (status === undefined) throw new Error(`the status of ${error} is not known: give an ApiError`);
  return new ApiError(status, error, `A stub answered ${error}.`);
}
