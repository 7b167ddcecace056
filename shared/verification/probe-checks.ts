import { type DocumentId, isPolicyEngine } from '../catalogue/catalogue.ts';
import type { EngineId } from '../catalogue/engine.ts';
import { type Check, type Evidence, fail, pass, REPAIR, skip } from './evidence.ts';

/**
 * One check per engine that the record grants, one per engine that was just taken away, and one for the connection, from
 * reads made with the role itself.
 */
export function probeChecks(evidence: Evidence): Check[] {
  const { granted, revoked } = evidence;
  const engines = [
    ...granted.engines.map((engine) => engineCheck(engine, evidence, 'answered')),
    ...revoked.map((engine) => engineCheck(engine, evidence, 'denied')),
  ];
  const connected = granted.connections.length > 0 && granted.engines.length > 0;
  return connected ? [...engines, probeCheck('connection:vpc', 'vpc', evidence, 'answered')] : engines;
}

function engineCheck(engine: EngineId, evidence: Evidence, expected: 'answered' | 'denied'): Check {
  const id = `engine:${engine}`;
  if (isPolicyEngine(engine)) return probeCheck(id, engine, evidence, expected);
  return skip(id, 'DMS reads this engine through the trust alone: there is no right to probe');
}

function probeCheck(
  id: string,
  document: DocumentId,
  { role, probes }: Evidence,
  expected: 'answered' | 'denied',
): Check {
  if (role === null) return skip(id, 'there is no role');
  const probe = probes.get(document);
  if (probe === undefined || probe.kind === 'untried')
    return skip(id, probe?.detail ?? 'no session to probe with: see assume-role');
  if (probe.kind === 'unavailable') return skip(id, probe.detail);
  if (probe.kind === expected)
    return pass(id, expected === 'denied' ? 'taken away: the read is now denied' : probe.detail);
  const fix =
    expected === 'denied'
      ? REPAIR
      : `${REPAIR}; if it still fails, look for a Deny in a control policy of the resource directory`;
  return fail(id, expected === 'denied' ? `taken away, and yet ${probe.detail}` : probe.detail, fix);
}
