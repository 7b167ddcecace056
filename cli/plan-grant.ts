import type { Problem } from '../events/problem.ts';
import type { PlanReport } from '../events/report.ts';
import { visible } from '../events/visible.ts';
import { ramReader } from '../shared/alicloud/ram-reader.ts';
import { callOf } from '../shared/alicloud/ram-writer.ts';
import type { ConnectionId, EngineId } from '../shared/catalogue/engine.ts';
import type { Access } from '../shared/catalogue/names.ts';
import type { Operation } from '../shared/ports.ts';
import { type Preview, preview } from '../shared/reconcile/preview.ts';
import { readConfig } from '../shared/runtime/config.ts';
import { CliError } from './failure.ts';
import { type CloudOptions, type NarrowOptions, narrowingOf } from './options.ts';
import { readRequestersFile } from './requesters-file.ts';
import { apiOf, connect } from './site.ts';
import { diff } from './ui/diff.ts';
import { type Terminal, terminal } from './ui/terminal.ts';

export interface PlanOptions extends CloudOptions, NarrowOptions {
  readonly requester: string;
  readonly engines?: readonly EngineId[];
  readonly access: Access;
  readonly connections: readonly ConnectionId[];
  readonly users?: readonly string[];
  readonly expires?: string;
  readonly breakGlass?: string;
  /** Path of the `requesters.json` that the functions are deployed with. */
  readonly requesters?: string;
}

/** Throws a `CliError`: with exit status 2 where nobody can tell who may ask, with 1 where it would be refused. */
export async function planGrant(options: PlanOptions): Promise<void> {
  const site = await connect('owner', options);
  const requesters = await readRequestersFile(options.requesters ?? site.local?.requestersFile);
  // As the functions were deployed: what `s.yaml` takes from the environment.
  const settings = readConfig({ ...process.env, OWNER_UID: site.ownerUid }, site.region);
  const found = await preview(
    JSON.stringify(requestOf(options)),
    site.clock.now(),
    { ...settings, requesters },
    ramReader(apiOf(site)),
  );
  if (found.refusal !== null) throw new CliError(`it would be refused: ${found.refusal.detail}`);
  const changes = found.stages.flat();
  const report: PlanReport = {
    changes: changes.map(({ operation, target, reason }) => ({ operation, target, reason })),
    grants: [...found.grants],
    ...(found.waits.length === 0 ? {} : { waits: [...found.waits] }),
  };
  const text =
    options.json === true ? JSON.stringify(report) : show(found, changes, terminal(process.stdout));
  process.stdout.write(`${text}\n`);
}

/** The request as `request` would send it. */
function requestOf(options: PlanOptions): object {
  const { requester, access, engines, connections, users, expires, breakGlass } = options;
  return {
    requesterUid: requester,
    access,
    ...narrowingOf(options),
    ...(engines === undefined ? {} : { engines }),
    ...(connections.length === 0 ? {} : { connections }),
    ...(users === undefined ? {} : { users }),
    ...(expires === undefined ? {} : { expiresAt: expires }),
    ...(breakGlass === undefined ? {} : { breakGlass }),
  };
}

type Possible = Exclude<Preview, { readonly refusal: Problem }>;

function show(found: Possible, changes: readonly Operation[], { colors }: Terminal): string {
  const { desired, waits } = found;
  const first = waits.map((why) => colors.yellow(visible(`waits for the owner's approval: ${why}`)));
  const ends = found.ends.map(({ before, after }) => `end ${before} -> ${after}`);
  if (changes.length === 0)
    return [...first, ...ends, `no changes: ${desired.roleName} is what the grant would make it`].join('\n');
  const lines = changes.flatMap((change) => {
    const [action] = callOf(desired.roleName, change);
    const head = `${colors.bold(`RAM ${action}`)} ${change.target}  ${colors.dim(change.reason)}`;
    const detail = detailOf(change, found);
    return detail === null ? [head] : [head, indent(diff(detail.before, detail.after, colors)), ''];
  });
  return [
    ...first,
    ...lines,
    ...ends,
    `${changes.length === 1 ? '1 call' : `${changes.length} calls`} to make${waits.length === 0 ? '' : ' once it is approved'}; nothing was changed`,
  ].join('\n');
}

interface Detail {
  readonly before: string;
  readonly after: string;
}

/** What an operation replaces, and what with; null where its name says it all. */
function detailOf(change: Operation, { reading, desired }: Possible): Detail | null {
  switch (change.operation) {
    case 'create-role':
      return {
        before: '',
        after: `trust ${pretty(change.trust)}\n${tagLines(change.tags)}`,
      };
    case 'update-trust':
      return { before: prettyText(reading.role?.trust ?? ''), after: pretty(change.trust) };
    case 'tag-role': {
      const before = new Map([...reading.tags].filter(([key]) => change.tags.has(key)));
      return { before: tagLines(before), after: tagLines(change.tags) };
    }
    case 'create-policy':
    case 'create-policy-version':
      return { before: prettyText(reading.policy?.text ?? ''), after: pretty(change.document) };
    case 'attach-policy':
    case 'detach-policy': {
      const on = (attached: boolean) => (attached ? `${change.policy.name} on ${desired.roleName}` : '');
      const attaching = change.operation === 'attach-policy';
      return { before: on(!attaching), after: on(attaching) };
    }
    default:
      return null;
  }
}

const pretty = (value: unknown): string => JSON.stringify(value, null, 2);

function prettyText(text: string): string {
  try {
    return pretty(JSON.parse(text));
  } catch {
    return text;
  }
}

const tagLines = (tags: ReadonlyMap<string, string>): string =>
  [...tags]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, value]) => `tag ${key} = ${value}`)
    .join('\n');

const indent = (text: string): string => text.replaceAll(/^/gm, '    ');
