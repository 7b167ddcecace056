import { CATALOGUE } from '../catalogue/catalogue.ts';
import type { Product } from '../catalogue/endpoints.ts';
import type { Probe } from '../catalogue/engine.ts';
import type { ProbeAnswer, Prober } from '../ports.ts';
import { RetryableError } from '../runtime/errors.ts';
import type { Api } from './api.ts';
import { Credentials } from './credentials.ts';
import { variableOf } from './endpoint-variable.ts';
import { CloudError } from './errors.ts';
import type { Failure } from './failure.ts';
import { harmless } from './harmless.ts';
import { endpointOf } from './hosts.ts';
import { meaningOf } from './recognise.ts';

/** Makes each engine's read with the session of the role that is being proved; `open` makes the client of a session. */
export function prober(open: (session: Credentials) => Api, region: string): Prober {
  return {
    async probe(id, session) {
      if (!(session instanceof Credentials)) throw new TypeError('a session comes from sts.assume()');
      const { probe } = CATALOGUE[id];
      const { host, known } = endpointOf(probe.product, region);
      const answer = await ask(open(session), probe, region, host);
      return known ? answer : fromGuess(answer, probe.product, region, host);
    },
  };
}

async function ask(api: Api, probe: Probe, region: string, host: string): Promise<ProbeAnswer> {
  const { product, version, action, pathname, body, regional } = probe;
  const parameters = regional ? { RegionId: region } : {};
  try {
    await api.call({ service: product, version, action, host, pathname, body, parameters });
    return { kind: 'answered', detail: `${product} ${action} was allowed` };
  } catch (error) {
    if (error instanceof CloudError) return answerOf(error.failure, error.message);
    // No answer at all: a product that is not sold in a region often has no host there.
    if (error instanceof RetryableError) return { kind: 'unavailable', detail: error.message };
    throw error;
  }
}

/** The answer of a guessed host proves nothing, because the host may belong to another product. */
const fromGuess = (answer: ProbeAnswer, product: Product, region: string, host: string): ProbeAnswer => ({
  kind: 'unknown',
  detail: `no list of the vendor has ${product} in ${region}; ${host} was tried (${answer.detail}); where it is sold there, set ${variableOf(product)} to its host`,
});

/** What an error proves about the right. Faults that pass have been waited out before, and never get here. */
function answerOf(failure: Failure, message: string): ProbeAnswer {
  const meaning = meaningOf(failure);
  if (meaning === 'denied' || meaning === 'refused') return { kind: meaning, detail: message };
  if (meaning === 'harmless')
    return { kind: meaning, detail: `${message}: ${harmless(failure.code)}, which is not a refused right` };
  if (meaning === 'unknown')
    return { kind: meaning, detail: `${message}, which proves nothing: this answer is not known` };
  return { kind: 'unavailable', detail: message };
}
