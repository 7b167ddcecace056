import { ApiError } from '../error.ts';
import { rpcOperation } from '../operation.ts';
import { seconds, type TrailEvent } from './event.ts';
import { type LookupAttribute, lookupParameters } from './parameters.ts';

const DAY_MS = 86_400_000;
/** Events of before are gone. */
const KEPT_DAYS = 90;
const DEFAULT_DAYS = 7;

/**
 * LookupEvents: the events of the account in a time, newest first unless `FORWARD` is asked, 50 at the most. An event is
 * there at once, and at every region's host; the vendor's service is some ten minutes late and has global events in one
 * region.
 */
export const lookupEvents = rpcOperation({
  service: 'actiontrail',
  version: '2020-07-06',
  name: 'LookupEvents',
  kind: 'read',
  page: 'https://www.alibabacloud.com/help/en/actiontrail/developer-reference/api-actiontrail-2020-07-06-lookupevents',
  input: lookupParameters,
  // "Granularity OPERATION" on the page of rights; an older page has this form, which `*` covers as well.
  permission: (_input, { world, account }) => ({
    action: 'actiontrail:LookupEvents',
    resource: `acs:actiontrail:${world.region}:${account.uid}:*`,
  }),
  run: (input, { world, account }) => {
    const now = world.clock.now();
    const { StartTime: from = now - DEFAULT_DAYS * DAY_MS, EndTime: to = now } = input;
    if (from > to)
      throw new ApiError(400, 'InvalidQueryParameter', 'StartTime must not be later than EndTime.');
    const oldest = Math.max(from, now - KEPT_DAYS * DAY_MS);
    const found = account.trail.events.filter((event) => {
      const at = Date.parse(event.eventTime);
      return at >= oldest && at <= to && input.LookupAttribute.every((one) => fits(event, one));
    });
    const ordered = input.Direction === 'FORWARD' ? found : found.reverse();
    const start = placeAfter(ordered, input.NextToken);
    const page = ordered.slice(start, start + input.MaxResults);
    const last = page.at(-1);
    const more = last !== undefined && start + page.length < ordered.length;
    return {
      StartTime: seconds(from),
      EndTime: seconds(to),
      Events: page,
      ...(more ? { NextToken: Buffer.from(last.eventId).toString('base64url') } : {}),
    };
  },
});

/** A token names the last event that was answered, so what happens between two pages moves nothing. */
function placeAfter(ordered: readonly TrailEvent[], token: string): number {
  if (token === '') return 0;
  const id = Buffer.from(token, 'base64url').toString();
  const place = ordered.findIndex(({ eventId }) => eventId === id);
  if (place < 0) throw new ApiError(400, 'InvalidNextToken', 'The specified NextToken is invalid.');
  return place + 1;
}

function fits(event: TrailEvent, { Key, Value }: LookupAttribute): boolean {
  switch (Key) {
    case 'ServiceName':
      return event.serviceName === Value;
    case 'EventName':
      return event.eventName === Value;
    case 'EventRW':
      return event.eventRW === Value;
    case 'EventId':
      return event.eventId === Value;
    case 'User':
      return event.userIdentity['userName'] === Value;
    case 'EventAccessKeyId':
      return event.userIdentity['accessKeyId'] === Value;
    case 'ResourceName':
    case 'ResourceType':
      throw new ApiError(400, 'InvalidLookupAttribute', `The local cloud cannot search by ${Key}.`);
  }
}
