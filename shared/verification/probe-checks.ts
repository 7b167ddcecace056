import { type DocumentId, isPolicyEngine } from '../catalogue/catalogue.ts';
import type { EngineId } from '../catalogue/engine.ts';
import type { ProbeAnswer } from '../ports.ts';
import { type Check, type Evidence, fail, pass, REPAIR, skip } from './evidence.ts';

/**
 * One check per engine that the record grants, one per engine that was just taken away, and one for the connection, from
 * reads made with the role itself.
 */
export function probeChecks(evidence: Evidence): Check[] {
  const { granted, revoked } = evidence;
  const engines = [
    ...granted.engines.map((engine) => engineCheck(engine, evidence, mayRead)),
    ...revoked.map((engine) => engineCheck(engine, evidence, mayNotRead)),
  ];
  const connected = granted.connections.length > 0 && granted.engines.length > 0;
  return connected ? [...engines, probeCheck('connection:vpc', 'vpc', evidence, mayRead)] : engines;
}

/** Why no engine could be probed: what came of AssumeRole says more. */
export const NO_SESSION = 'no session to probe with: see assume-role';

type Judge = (id: string, answer: ProbeAnswer) => Check;

function engineCheck(engine: EngineId, evidence: Evidence, judge: Judge): Check {
  const id = `engine:${engine}`;
  if (isPolicyEngine(engine)) return probeCheck(id, engine, evidence, judge);
  return skip(id, 'DMS reads this engine through the trust alone: there is no right to probe');
}

function probeCheck(id: string, document: DocumentId, { role, probes }: Evidence, judge: Judge): Check {
  if (role === null) return skip(id, 'there is no role');
  const answer = probes.get(document);
  return answer === undefined ? skip(id, NO_SESSION) : judge(id, answer);
}

/** The right is there: the read passed, or failed for a reason that is known to be another. */
const mayRead: Judge = (id, { kind, detail }) => {
  if (kind === 'answered' || kind === 'harmless') return pass(id, detail);
  if (kind === 'denied' || kind === 'refused')
    return fail(
      id,
      detail,
      `${REPAIR}; if it still fails, look for a Deny in a control policy of the resource directory`,
    );
  return skip(id, detail);
};

/** The right is gone: the service said so. An error about something else may hide that it is still there. */
const mayNotRead: Judge = (id, { kind, detail }) => {
  if (kind === 'denied') return pass(id, 'taken away: the read is now denied');
  if (kind === 'answered') return fail(id, `taken away, and yet ${detail}`, REPAIR);
  return skip(id, detail);
};
