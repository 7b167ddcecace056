import * as z from '../../events/zod.ts';
import { RetryableError, TerminalError } from '../runtime/errors.ts';
import { type Millis, millis } from '../runtime/millis.ts';
import { Pacer } from '../runtime/rate-limit.ts';
import type { Trail, TrailEvent, TrailFault, TrailSearch } from '../trail-port.ts';
import { parseAnswer } from './answers.ts';
import type { Api, ApiOptions } from './api.ts';
import { CloudError, isDenied } from './errors.ts';
import { hostOf } from './hosts.ts';

/** The most events of one answer. */
const PAGE = '50';
/** "QPS limit" of LookupEvents, per account. */
const CALLS_PER_SECOND = 2;
/** The last call may take this much longer than there was time to begin one, in ms. */
const GRACE_MS = 10_000;
/**
 * Where events of RAM and STS are kept, which are global: cn-hangzhou, and on the international site ap-southeast-1.
 *
 * Belief trail-regions (inferred): an event of RAM or STS is found in cn-hangzhou, in ap-southeast-1 or in the region
 * of whoever asks. Source: "Global events" of ActionTrail, which names the two regions of trails. Shown wrong by: by
 * hand, because it would register a database: list after the first sweep that follows a use by DMS.
 */
const GLOBAL_REGIONS = ['cn-hangzhou', 'ap-southeast-1'] as const;

/** A name may look like a number, and then be one. */
const text = z.optional(z.pipe(z.union([z.string(), z.number()]), z.transform(String)));
const word = z.optional(z.string());

/**
 * What is taken of an event. `responseElements` hold the secret of a session, and documents and keys stand among the
 * parameters: what is not named here is dropped where the answer is read.
 */
const eventSchema = z.object({
  eventId: z.string(),
  eventName: z.string(),
  eventTime: z.string(),
  requestId: word,
  errorCode: word,
  userIdentity: z.optional(z.object({ type: text, accountId: text, userName: text, principalId: text })),
  requestParameters: z.optional(
    z.object({
      RoleArn: text,
      RoleSessionName: text,
      RoleName: text,
      PolicyName: text,
      ResourceType: text,
      ResourceNames: z.optional(z.union([z.string(), z.pipe(z.array(z.string()), z.transform(String))])),
    }),
  ),
});

const answerSchema = z.object({ Events: z._default(z.array(z.unknown()), []), NextToken: word });

/** One region, and how far it was read. */
interface Place {
  readonly host: string;
  token: string | undefined;
  reached: Millis;
  done: boolean;
}

/**
 * ActionTrail 2020-07-06, for which no npm package is published: LookupEvents, under one condition, since its pages do
 * not agree whether it takes two. `open`: makes a client that gives up at a time.
 */
export function actionTrail(
  open: (deadline: Millis) => Api,
  region: string,
  { clock, endpoint }: Pick<ApiOptions, 'clock' | 'endpoint'>,
): Trail {
  const pacer = new Pacer(clock, CALLS_PER_SECOND);
  return {
    async read({ name, from, to, until }, take) {
      const api = open(millis(until + GRACE_MS));
      // A stand-in is one door for all regions, so the others would say the same again.
      const regions = endpoint === null ? [region, ...GLOBAL_REGIONS] : [region];
      const hosts = new Set(regions.map((one) => hostOf('actiontrail', one)));
      const places = [...hosts].map(
        (host): Place => ({ host, token: undefined, reached: from, done: false }),
      );
      const known = new Set<string>();
      let fault: TrailFault | null = null;
      // In turns, and each once at least: a region that is never come to would keep the others from counting.
      for (let first = true; fault === null && places.some(({ done }) => !done); first = false)
        for (const place of places.filter(({ done }) => !done)) {
          if (!first && clock.now() >= until) return { reached: reachedBy(places), fault };
          await pacer.turn('LookupEvents');
          try {
            await page(api, place, { name, from, to }, (event) => {
              if (!known.has(event.id)) take(event);
              known.add(event.id);
            });
          } catch (error) {
            fault ??= faultOf(error);
            break;
          }
        }
      return { reached: reachedBy(places), fault };
    },
  };
}

/** Up to where every region was read. */
const reachedBy = (places: readonly Place[]): Millis =>
  millis(Math.min(...places.map(({ reached }) => reached)));

async function page(
  api: Api,
  place: Place,
  { name, from, to }: Omit<TrailSearch, 'until'>,
  take: (event: TrailEvent) => void,
): Promise<void> {
  const answer = await api.call({
    service: 'ActionTrail',
    version: '2020-07-06',
    action: 'LookupEvents',
    host: place.host,
    parameters: {
      'LookupAttribute.1.Key': 'EventName',
      'LookupAttribute.1.Value': name,
      StartTime: seconds(Math.floor(from / 1000)),
      EndTime: seconds(Math.ceil(to / 1000)),
      Direction: 'FORWARD',
      MaxResults: PAGE,
      ...(place.token === undefined ? {} : { NextToken: place.token }),
    },
  });
  const { Events, NextToken } = parseAnswer('ActionTrail LookupEvents', answerSchema, answer);
  for (const one of Events) {
    const event = eventOf(one);
    if (event === null || event.name !== name) continue;
    place.reached = millis(Math.max(place.reached, event.at));
    take(event);
  }
  place.token = NextToken === '' ? undefined : NextToken;
  if (place.token !== undefined) return;
  place.done = true;
  place.reached = to;
}

function eventOf(value: unknown): TrailEvent | null {
  const parsed = eventSchema.safeParse(value);
  const at = parsed.success ? Date.parse(parsed.data.eventTime) : Number.NaN;
  if (!parsed.success || !Number.isFinite(at)) return null;
  const { eventId, eventName, requestId, errorCode, userIdentity: who, requestParameters } = parsed.data;
  const { RoleArn, RoleSessionName, RoleName, PolicyName, ResourceType, ResourceNames } =
    requestParameters ?? {};
  return {
    id: eventId,
    at: millis(at),
    name: eventName,
    requestId: requestId ?? eventId,
    isRefused: errorCode !== undefined && errorCode !== '',
    caller: {
      type: who?.type ?? '',
      accountId: who?.accountId ?? '',
      name: who?.userName ?? who?.principalId ?? '',
    },
    roleArn: RoleArn ?? null,
    sessionName: RoleSessionName ?? null,
    role: RoleName ?? null,
    policy: PolicyName ?? null,
    tagged: ResourceNames === undefined ? null : { type: ResourceType ?? '', names: namesIn(ResourceNames) },
  };
}

/** A list of names, as JSON or parted by commas. */
const namesIn = (list: string): readonly string[] => list.split(/[[\]",\s]/).filter((name) => name !== '');

function faultOf(error: unknown): TrailFault {
  if (error instanceof CloudError)
    return { code: error.failure.code, isDenied: isDenied(error.failure), text: error.message };
  if (error instanceof RetryableError || error instanceof TerminalError)
    return { code: error.code, isDenied: false, text: error.message };
  throw error;
}

const seconds = (since: number): string => `${new Date(since * 1000).toISOString().slice(0, 19)}Z`;
