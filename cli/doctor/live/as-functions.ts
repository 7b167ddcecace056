import { prober } from '../../../shared/alicloud/prober.ts';
import { ramReader } from '../../../shared/alicloud/ram-reader.ts';
import { ramWriter } from '../../../shared/alicloud/ram-writer.ts';
import { sts } from '../../../shared/alicloud/sts.ts';
import type { EngineId } from '../../../shared/catalogue/engine.ts';
import type { Access } from '../../../shared/catalogue/names.ts';
import { FUNCTION_NAMES } from '../../../shared/installation/installation.ts';
import type { RamWriter } from '../../../shared/ports.ts';
import { RecentWrites } from '../../../shared/reconcile/recent-writes.ts';
import { reconcile } from '../../../shared/reconcile/reconcile.ts';
import type { Reconciled } from '../../../shared/reconcile/reconciled.ts';
import type { Change } from '../../../shared/record/change.ts';
import { roleArn } from '../../../shared/runtime/arn.ts';
import { millis } from '../../../shared/runtime/clock.ts';
import type { Settings } from '../../../shared/runtime/config.ts';
import { collectEvidence } from '../../../shared/verification/collect-evidence.ts';
import type { Proof } from '../../../shared/verification/proof.ts';
import { CliError } from '../../failure.ts';
import { apiOf } from '../../site.ts';
import type { LiveGround } from './step.ts';

/** As long as provision may take, in ms. */
const PROVISION_MS = 120_000;

const settingsOf = ({ owner, patienceMs }: LiveGround, structural: boolean): Settings => ({
  region: owner.region,
  ownerUid: owner.accountId,
  verifyRoleArn: structural ? null : roleArn(owner.accountId, FUNCTION_NAMES.verify),
  verifyRole: FUNCTION_NAMES.verify,
  patienceMs,
  heal: false,
});

/** A client of account B under the rights of a function. Throws where the step that makes its role has failed. */
export function apiAs(at: LiveGround, who: 'provision' | 'verify') {
  const credentials = at.sessions[who];
  if (credentials === null) throw new CliError(`there is no session of ${who}`);
  return apiOf({ ...at.owner, credentials }, PROVISION_MS);
}

/** The writer of provision. What it makes is taken away in the end, with the keys of the run. */
export const writerOf = (at: LiveGround): RamWriter =>
  at.names.writer(ramWriter(apiAs(at, 'provision')), (kind, name) =>
    at.removals.ram(kind, name, at.owner.accountId, () => apiOf(at.owner)),
  );

/** What provision does with a change. Throws for a refusal, and what `reconcile` throws. */
export async function change(
  at: LiveGround,
  access: Access,
  wanted: Change,
  structural = false,
): Promise<Reconciled> {
  const { owner, requesterUid, names } = at;
  const api = apiAs(at, 'provision');
  const done = await reconcile({ access, requesterUid }, wanted, settingsOf(at, structural), {
    clock: owner.clock,
    deadline: millis(owner.clock.now() + PROVISION_MS),
    identity: sts(api, owner.region),
    ram: { ...names.reader(ramReader(api)), ...writerOf(at) },
    memory: new RecentWrites(),
  });
  if (done.refusal !== null) throw new CliError(done.refusal.detail);
  return done;
}

/** What verify finds out after a change, looked at again while a check fails and the cloud may not show yet what was written. */
export async function prove(
  at: LiveGround,
  access: Access,
  { record }: Pick<Reconciled, 'record'>,
  revoked: readonly EngineId[] = [],
  structural = false,
): Promise<Proof> {
  const { owner, requesterUid, names } = at;
  const api = apiAs(at, 'verify');
  const ports = {
    identity: sts(api, owner.region),
    ram: names.reader(ramReader(api)),
    assumer: names.assumer(sts(api, owner.region)),
    prober: prober((session) => {
      return apiOf({ ...owner, credentials: session }, PROVISION_MS);
    }, owner.region),
  };
  let last: Proof | null = null;
  const look = async (): Promise<Proof> => {
    const role = { access, requesterUid };
    const settings = settingsOf(at, structural);
    last = await collectEvidence(role, record, revoked, owner.clock.now(), settings, ports);
    if (last.checks.some(({ status }) => status === 'fail')) throw new CliError('a check failed');
    return last;
  };
  try {
    return await at.eventually(look);
  } catch (error) {
    if (last === null) throw error;
    return last;
  }
}
