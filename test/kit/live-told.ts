import BELIEFS from '../../cli/doctor/live/beliefs.json' with { type: 'json' };
import type { Check } from '../../events/check.ts';

const SAYS = new Map(BELIEFS.map(({ id, says }) => [`belief:${id}`, says]));

/** What a live run tells, by the ids of its checks: the words of a belief left out, and what differs from run to run made alike. */
export const toldBy = (checks: readonly Check[]): Readonly<Record<string, string>> =>
  Object.fromEntries(
    checks.map(({ id, status, detail, fix }) => {
      const words = detail
        .replace(SAYS.get(id) ?? '', '')
        .trim()
        .replaceAll(/dmshs-live-[0-9a-f]{6}/g, 'dmshs-live-0')
        .replaceAll(/127\.0\.0\.1:\d+/g, 'HOST')
        .replaceAll(/request id [0-9A-F-]+/g, 'request id ID')
        .replaceAll(/message [0-9A-F]{32}/g, 'message ID')
        .replaceAll(/\d+(\.\d+)? (ms|s)\b/g, 'N $2');
      return [id, fix === null ? `${status} ${words}` : `${status} ${words} (${fix})`];
    }),
  );
