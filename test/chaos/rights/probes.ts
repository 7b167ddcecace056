import { CATALOGUE, type DocumentId } from '../../../shared/catalogue/catalogue.ts';
import { externalId } from '../../../shared/catalogue/external-id.ts';
import { probeSessionPolicy } from '../../../shared/catalogue/probe-session-policy.ts';
import type { Direct } from '../../kit/direct.ts';
import type { Rights } from './model.ts';

const IDS = Object.keys(CATALOGUE) as DocumentId[];

/**
 * Reads every engine with a session of the role, as verify does, while the engines refuse in dialects of the vendor's.
 * Whatever the dialect: `answered` where the role has the right, `denied` where it has not, and never anything else.
 */
export async function probedWrongly(
  { owner, verifyPorts }: Direct,
  role: string,
  uid: string,
  rights: Rights,
): Promise<readonly string[]> {
  const arn = owner.ram.findRole(role)?.arn;
  if (arn === undefined) return [];
  const { assumer, prober } = verifyPorts();
  const assumed = await assumer.assume({
    roleArn: arn,
    sessionName: 'probe',
    externalId: externalId(uid),
    sessionPolicy: probeSessionPolicy(IDS),
  });
  if (assumed.kind !== 'session') return [`${role}: AssumeRole ended ${assumed.kind}`];
  const found = await Promise.all(
    IDS.map(async (id) => {
      const { kind, detail } = await prober.probe(id, assumed.session);
      const wanted = rights.may(CATALOGUE[id].probe.ramAction, '*') ? 'answered' : 'denied';
      return kind === wanted ? [] : [`${role}: ${id} is ${kind} and not ${wanted} (${detail})`];
    }),
  );
  return found.flat();
}
