import type { RegisterReport } from '../../events/report.ts';
import { dms } from '../../shared/alicloud/dms.ts';
import { CloudError } from '../../shared/alicloud/errors.ts';
import { CliError } from '../failure.ts';
import type { CloudOptions } from '../options.ts';
import { apiOf, connect } from '../site.ts';
import { progress } from '../ui/progress.ts';
import { terminal } from '../ui/terminal.ts';
import { type Instance, readInstanceFile } from './instance-file.ts';
import { databasePassword } from './password.ts';

export interface RegisterOptions extends CloudOptions {
  readonly arn: string;
  readonly instance: string;
  readonly passwordFd?: number;
  readonly dryRun?: true;
}

type Dms = ReturnType<typeof dms>;

/** DMS enters the other account and tests the connection before it answers: longer than other calls take, in ms. */
const PATIENCE_MS = 120_000;
/** Sources for which `EcsRegion` has to be given. Source: the page of AddInstance. */
const IN_A_REGION: readonly Instance['InstanceSource'][] = ['RDS', 'ECS_OWN', 'GATEWAY', 'VPC_IDC'];

export async function registerInstance(options: RegisterOptions): Promise<void> {
  const instance = await readInstanceFile(options.instance);
  // The ARN says whose role it is: the owner need not be named apart.
  const site = await connect('requester', {
    ...options,
    owner: options.owner ?? String(options.arn.split(':')[3]),
  });
  const api = dms(apiOf(site, PATIENCE_MS), site.region);
  const address = { host: instance.Host, port: instance.Port, sid: instance.Sid ?? '' };
  const known = await api.instance(address);
  const dbaId = known === null ? await dbaFor(instance, api, options.instance) : null;
  if (options.dryRun === true)
    return print(
      {
        instanceId: known?.id ?? null,
        ...place(instance),
        status: known === null ? 'dry-run' : 'present',
        synchronised: false,
        dbaId,
      },
      options,
    );
  if (dbaId !== null) {
    const password = await databasePassword(options.passwordFd, instance.DatabaseUser, instance.Host);
    await add(api, {
      ...parametersOf(instance, site.region),
      DbaId: dbaId,
      RoleArn: options.arn,
      DatabasePassword: password,
    });
  }
  const found = known ?? (await api.instance(address));
  if (found === null)
    throw new CliError('DMS took the instance and does not show it yet; run the same command again to go on');
  if (found.collaborative) await api.sync(found.id);
  print(
    {
      instanceId: found.id,
      ...place(instance),
      status: known === null ? 'registered' : 'present',
      synchronised: found.collaborative,
      dbaId,
    },
    options,
  );
}

/** The id of the DBA: of the file; without one in it, whom DMS names. Throws `CliError` where there is nobody. */
async function dbaFor({ DbaId }: Instance, api: Dms, file: string): Promise<string> {
  if (DbaId !== undefined) return DbaId;
  const dba = await api.dba();
  if (dba !== null) return dba.id;
  throw new CliError(
    `every instance has a DBA, and nobody of this account is a DBA or an administrator in DMS: give somebody that role at https://dms.aliyun.com (O&M, Users), or set DbaId in ${file} to the id of a user of DMS`,
  );
}

// Belief dms-already-registered (inferred): a second AddInstance of one address is refused with a code that holds
// AlreadyExist. Source: codes of other operations. Shown wrong by: by hand, because it would register a database: run register twice within a minute.
async function add(api: Dms, parameters: Readonly<Record<string, string>>): Promise<void> {
  const spinner = progress('DMS is entering the account and testing the instance', terminal(process.stderr));
  try {
    await api.add(parameters);
  } catch (error) {
    // A repetition after a lost answer finds what the first one did.
    if (error instanceof CloudError && /AlreadyExist/.test(error.failure.code)) return;
    const action = error instanceof CloudError ? error.failure.denied?.action : undefined;
    if (action === undefined) throw error;
    throw new CliError(
      `DMS refused to register the instance: the role may not do ${action}; have account B verify the role, or ask for the engine again`,
      1,
      { cause: error },
    );
  } finally {
    spinner.stop();
  }
}

/** What AddInstance is given of a file, for a command that works in `region`. */
export function parametersOf(instance: Instance, region: string): Readonly<Record<string, string>> {
  const { EcsRegion = IN_A_REGION.includes(instance.InstanceSource) ? region : undefined } = instance;
  const all = Object.entries({ ...instance, EcsRegion });
  return Object.fromEntries(
    all.flatMap(([key, value]) => (value === undefined ? [] : [[key, String(value)]])),
  );
}

const place = ({ Host, Port }: Instance) => ({ host: Host, port: Port });

function print(report: RegisterReport, { json, arn }: RegisterOptions): void {
  process.stdout.write(`${json === true ? JSON.stringify(report) : sentences(report, arn)}\n`);
}

/** What was done, in words for people. */
export function sentences(
  { instanceId, host, port, status, synchronised, dbaId }: RegisterReport,
  arn: string,
): string {
  const where = `${host}:${port}`;
  const dba = `user ${dbaId} of DMS as its DBA`;
  if (status === 'dry-run') return `${where} would be registered with ${arn} and ${dba}; nothing was done`;
  const sync = synchronised
    ? 'its dictionary is being read'
    : 'its dictionary is read when somebody opens it (DMS synchronises only instances under Security Collaboration)';
  return status === 'present'
    ? `${where} is registered already, as instance ${instanceId}; ${sync}. Which role it has DMS does not tell.`
    : [`${where} is registered, as instance ${instanceId}, with ${dba}; ${sync}.`, LEFT_TO_DO].join('\n');
}

/** What no call of ours does. */
const LEFT_TO_DO =
  'Left to do in DMS (https://dms.aliyun.com): whoever is to query, change or export data applies there for the rights on this instance; its DBA or an administrator grants them.';
