import type { Check, CheckId } from '../../events/check.ts';
import { type DocumentId, isPolicyEngine } from '../catalogue/catalogue.ts';
import type { EngineId } from '../catalogue/engine.ts';
import type { ProbeAnswer } from '../ports.ts';
import type { Difference } from '../reconcile/difference.ts';
import { fail, fixOf, NO_ROLE, type Proof, pass, skip } from './proof.ts';

type Reads = Pick<Proof, 'role' | 'granted' | 'revoked' | 'probes'>;

/**
 * One check per engine that the record grants, one per engine that was just taken away, and one for the connection, from
 * reads made with the role itself.
 */
export function probeChecks(found: Reads, differences: readonly Difference[]): Check[] {
  const { granted, revoked } = found;
  const [granting, revoking] = [mayRead(differences), mayNotRead(differences)];
  const engines = [
    ...granted.engines.map((engine) => engineCheck(engine, found, granting)),
    ...revoked.map((engine) => engineCheck(engine, found, revoking)),
  ];
  const connected = granted.connections.length > 0 && granted.engines.length > 0;
  return connected ? [...engines, probeCheck('connection:vpc', 'vpc', found, granting)] : engines;
}

/** Why no engine could be probed: what came of AssumeRole says more. */
export const NO_SESSION = 'no session to probe with: see assume-role';

type Judge = (id: CheckId, answer: ProbeAnswer) => Check;

function engineCheck(engine: EngineId, found: Reads, judge: Judge): Check {
  const id = `engine:${engine}` as const;
  if (isPolicyEngine(engine)) return probeCheck(id, engine, found, judge);
  return skip(id, 'DMS reads this engine through the trust alone: there is no right to probe');
}

function probeCheck(id: CheckId, document: DocumentId, { role, probes }: Reads, judge: Judge): Check {
  if (role === null) return skip(id, NO_ROLE);
  const answer = probes.get(document);
  return answer === undefined ? skip(id, NO_SESSION) : judge(id, answer);
}

/** If the rights are right and the read is denied, something outside the role denies it. */
const CONTROL_POLICY =
  'the role has every right that the vendor documents, so look for a Deny in a control policy of the resource directory';
const OLD_READING =
  'the role no longer has the right, so the service may still go by an old reading: verify again in a minute';

/** The right is there: the read passed, or failed for a reason that is known to be another. */
const mayRead =
  (differences: readonly Difference[]): Judge =>
  (id, { kind, detail }) => {
    if (kind === 'answered' || kind === 'harmless') return pass(id, detail);
    if (kind === 'denied' || kind === 'refused')
      return fail(id, detail, fixOf(differences, 'rights', CONTROL_POLICY));
    return skip(id, detail);
  };

/** The right is gone if the service says so. Any other error does not show whether it is still there. */
const mayNotRead =
  (differences: readonly Difference[]): Judge =>
  (id, { kind, detail }) => {
    if (kind === 'denied') return pass(id, 'taken away: the read is now denied');
    if (kind === 'answered')
      return fail(id, `taken away, and yet ${detail}`, fixOf(differences, 'rights', OLD_READING));
    return skip(id, detail);
  };
