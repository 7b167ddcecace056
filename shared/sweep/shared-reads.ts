import type { ListedRole } from '../ports.ts';
import type { Millis } from '../runtime/millis.ts';
import type { Pacer } from '../runtime/rate-limit.ts';
import type { EvidencePorts } from '../verification/collect-evidence.ts';
import { readVerdict } from '../verification/verdict.ts';
import { isSampled, NOT_SAMPLED, needsFullLook } from './sample.ts';

/** Waits for its turn before each call that a sweep makes for every role. */
export function paced(ports: EvidencePorts, pacer: Pacer): EvidencePorts {
  const { ram, assumer } = ports;
  const inTurn = async <T>(operation: string, call: () => Promise<T>): Promise<T> => {
    await pacer.turn(operation);
    return call();
  };
  return {
    ...ports,
    ram: {
      role: (name) => inTurn('GetRole', () => ram.role(name)),
      roleTags: (name) => inTurn('ListTagResources', () => ram.roleTags(name)),
      policyTags: (name) => inTurn('ListTagResources', () => ram.policyTags(name)),
      attachedPolicies: (name) => inTurn('ListPoliciesForRole', () => ram.attachedPolicies(name)),
      policy: (name) => inTurn('GetPolicy', () => ram.policy(name)),
    },
    assumer: { assume: (session) => inTurn('AssumeRole', () => assumer.assume(session)) },
  };
}

/** Reads what roles have in common once: the account, and each policy. A read that failed is tried again. */
export function shared(ports: EvidencePorts): EvidencePorts {
  const { identity, ram } = ports;
  const once = memory<string>();
  const policies = memory<Awaited<ReturnType<typeof ram.policy>>>();
  return {
    ...ports,
    identity: { accountId: () => once('account', () => identity.accountId()) },
    ram: { ...ram, policy: (name) => policies(name, () => ram.policy(name)) },
  };
}

function memory<T>(): (key: string, read: () => Promise<T>) => Promise<T> {
  const known = new Map<string, Promise<T>>();
  return (key, read) => {
    const found = known.get(key);
    if (found !== undefined) return found;
    const reading = read();
    known.set(key, reading);
    reading.catch(() => known.delete(key));
    return reading;
  };
}

/**
 * The ports for one role of a listing: its tags are known, and the denied AssumeRole and the probes are made for a
 * sample only, for a first verdict, and wherever they failed before or ended without an answer.
 */
export function forRole(ports: EvidencePorts, role: ListedRole, now: Millis): EvidencePorts {
  const { ram, assumer, prober } = ports;
  const verdict = readVerdict(role.tags);
  const full =
    verdict === null ||
    isSampled(role.name, now) ||
    verdict.checks.some(needsFullLook) ||
    verdict.unchecked?.fresh.some(needsFullLook) === true;
  return {
    ...ports,
    ram: { ...ram, roleTags: async () => role.tags },
    assumer: {
      assume: async (session) =>
        full || session.externalId !== null
          ? assumer.assume(session)
          : { kind: 'untried', detail: NOT_SAMPLED },
    },
    prober: {
      probe: async (id, session) =>
        full ? prober.probe(id, session) : { kind: 'untried', detail: NOT_SAMPLED },
    },
  };
}
