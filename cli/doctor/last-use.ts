import type { Check } from '../../events/check.ts';
import { ramReader } from '../../shared/alicloud/ram-reader.ts';
import { FUNCTION_NAMES } from '../../shared/installation/installation.ts';
import { millis } from '../../shared/runtime/millis.ts';
import { DENIED, readUseMark } from '../../shared/sweep/use-mark.ts';
import { apiOf, type Site, trailOf } from '../site.ts';
import { fail, pass, skip } from './finding.ts';

const RIGHT = 'actiontrail:LookupEvents';
/** A look at the last minute says whether there is an answer. */
const MINUTE_MS = 60_000;

/** Whether ActionTrail tells who uses the roles: to whoever asks here (`history`), and to the sweep (`list`). */
export async function lastUseChecks(site: Site): Promise<readonly Check[]> {
  const now = site.clock.now();
  const search = { name: 'AssumeRole', from: millis(now - MINUTE_MS), to: now, until: millis(now + 10_000) };
  const [{ fault }, tags] = await Promise.all([
    trailOf(site).read(search, () => undefined),
    ramReader(apiOf(site)).roleTags(FUNCTION_NAMES.verify),
  ]);
  const mark = readUseMark(tags);
  return [
    fault === null
      ? pass('actiontrail', 'it answers, so history has something to say where the functions write no logs')
      : skip(
          'actiontrail',
          fault.isDenied
            ? `${fault.text}; these credentials lack ${RIGHT}, which deploy/rights/dms-handshake-operator.json has`
            : fault.text,
        ),
    mark === null
      ? skip('last-use', 'no sweep has read ActionTrail yet: npx dms-handshake sweep')
      : mark.fault === null
        ? pass('last-use', `the sweep has read ActionTrail up to ${new Date(mark.until).toISOString()}`)
        : mark.fault === DENIED
          ? fail('last-use', `${FUNCTION_NAMES.verify} lacks ${RIGHT}`, 'npx dms-handshake bootstrap')
          : skip('last-use', `the last sweep could not read ActionTrail: ${mark.fault}`),
  ];
}
