import type { DocumentId } from './catalogue.ts';
import { isPolicyEngine } from './catalogue.ts';
import { type Check, type Evidence, fail, pass, skip } from './evidence.ts';

const REPAIR =
  'send the grant again; if it still fails, look for a Deny in a control policy of the resource directory';

/** One check per engine that the record grants, and one for the connection, from reads made with the role itself. */
export function probeChecks(evidence: Evidence): Check[] {
  const engines = evidence.granted.engines.map((engine) => {
    const id = `engine:${engine}`;
    if (!isPolicyEngine(engine))
      return skip(id, 'DMS reads this engine through the trust alone: there is no right to probe');
    return probeCheck(id, engine, evidence);
  });
  const connected = evidence.granted.connections.length > 0 && engines.length > 0;
  return connected ? [...engines, probeCheck('connection:vpc', 'vpc', evidence)] : engines;
}

function probeCheck(id: string, document: DocumentId, { role, probes }: Evidence): Check {
  if (role === null) return skip(id, 'there is no role');
  const probe = probes.get(document);
  if (probe === undefined || probe.kind === 'untried')
    return skip(id, probe?.detail ?? 'no session to probe with: see assume-role');
  if (probe.kind === 'answered') return pass(id, probe.detail);
  if (probe.kind === 'unavailable') return skip(id, probe.detail);
  return fail(id, probe.detail, REPAIR);
}
