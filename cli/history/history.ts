import { type HistoryLine, outcomeLineSchema, writeLineSchema } from '../../events/history.ts';
import { jsonIn } from '../../events/json-text.ts';
import { functionCompute } from '../../shared/alicloud/fc.ts';
import { type Logstore, logMessages } from '../../shared/alicloud/logs.ts';
import { ramLister } from '../../shared/alicloud/ram-lister.ts';
import { parseRoleName } from '../../shared/catalogue/names.ts';
import { FUNCTION_NAMES } from '../../shared/installation/installation.ts';
import { grantTexts } from '../../shared/record/grant-texts.ts';
import { readRecord } from '../../shared/record/record.ts';
import { CliError } from '../failure.ts';
import { apiOf, connect, fcOf, patienceOf, type Site, trailOf } from '../site.ts';
import { progress } from '../ui/progress.ts';
import { terminal } from '../ui/terminal.ts';
import type { HistoryOptions } from './command.ts';
import { eventsOf, type HistoryEvent } from './events.ts';
import { TRAIL_NOTE, trailEvents } from './from-trail.ts';
import { asCsv, asTable } from './show.ts';
import { roleOf } from './timeline.ts';

const DAY_MS = 86_400_000;
/** Without `--since`. */
const DAYS = 30;
/** For all calls of a long history, in ms. */
const PATIENCE_MS = 300_000;

/** Throws `CliError` where neither logs nor ActionTrail can be read, and what the services throw. */
export async function history(options: HistoryOptions): Promise<void> {
  const site = await connect('owner', options);
  const spinner = progress('reading', terminal(process.stderr));
  const notes: string[] = [];
  const events = await historyOf(site, options, (note) => notes.push(note)).finally(() => spinner.stop());
  for (const note of notes) process.stderr.write(`${note}\n`);
  const text =
    options.json === true
      ? JSON.stringify({ events })
      : options.csv === true
        ? asCsv(events)
        : asTable(events, terminal(process.stdout));
  process.stdout.write(`${text}\n`);
}

/** The events of an account; `say` hears what they are worth. Throws as `history` does. */
export async function historyOf(
  site: Site,
  asked: Pick<HistoryOptions, 'requester' | 'engine' | 'since'>,
  say: (note: string) => void = () => undefined,
): Promise<readonly HistoryEvent[]> {
  const { since = site.clock.now() - DAYS * DAY_MS } = asked;
  const logstore = await logstoreOf(site);
  if (logstore === null) {
    const found = await trailEvents(
      trailOf(site),
      { ...asked, since },
      site.clock.now(),
      patienceOf(site, PATIENCE_MS).deadline,
    );
    say(TRAIL_NOTE);
    return found;
  }
  const lines = await linesOf(site, logstore, since, asked.requester);
  return eventsOf(lines, { ...asked, since, now: await grantedNow(site) });
}

/** Where verify writes its lines, as it is deployed; null where it writes none. */
async function logstoreOf(site: Site): Promise<Logstore | null> {
  const deployed = await functionCompute(fcOf(site)).describe(FUNCTION_NAMES.verify);
  const { project, logstore } = deployed?.logConfig ?? {};
  if (deployed === null) throw new CliError(`${FUNCTION_NAMES.verify} is not deployed: npm run deploy`);
  if (!project || !logstore) return null;
  const { region, endpoint, credentials } = site;
  return { region, project, logstore, endpoint, credentials };
}

/** Of each function its own lines: a text that only looks like one is none. */
const LINES = [
  [FUNCTION_NAMES.provision, 'record-write', writeLineSchema],
  [FUNCTION_NAMES.verify, 'record-outcome', outcomeLineSchema],
] as const;

async function linesOf(
  site: Site,
  logstore: Logstore,
  from: number,
  requester: string | undefined,
): Promise<readonly HistoryLine[]> {
  const lines: HistoryLine[] = [];
  // Up to now, and the second that has just begun.
  const to = site.clock.now() + 1_000;
  for (const [name, event, schema] of LINES) {
    const who = requester === undefined ? '' : ` and "${requester}"`;
    const query = `__topic__:"FCLogs:${name}" and "${event}"${who}`;
    for await (const message of logMessages(logstore, { query, from, to }, patienceOf(site, PATIENCE_MS))) {
      const parsed = schema.safeParse(jsonIn(message));
      if (parsed.success) lines.push(parsed.data);
    }
  }
  return lines;
}

/** What every role grants today, from its tags. */
async function grantedNow(site: Site): Promise<ReadonlyMap<string, readonly string[]>> {
  const now = new Map<string, readonly string[]>();
  for await (const { name, tags } of ramLister(apiOf(site, PATIENCE_MS)).roles()) {
    const parsed = parseRoleName(name);
    if (parsed !== null) now.set(roleOf(parsed), grantTexts(readRecord(tags, site.clock.now())));
  }
  return now;
}
