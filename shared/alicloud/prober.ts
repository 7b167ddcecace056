import { CATALOGUE } from '../catalogue/catalogue.ts';
import type { ProbeAnswer, Prober } from '../ports.ts';
import { RetryableError } from '../runtime/errors.ts';
import { Api, type ApiOptions } from './api.ts';
import { Credentials } from './credentials.ts';
import { CloudError } from './errors.ts';
import type { Failure } from './failure.ts';
import { harmless } from './harmless.ts';
import { regionalHost } from './hosts.ts';
import { meaningOf } from './recognise.ts';

/** Makes each engine's read with the session of the role that is being proved. */
export function prober(options: Omit<ApiOptions, 'credentials'>, region: string): Prober {
  return {
    async probe(id, session) {
      if (!(session instanceof Credentials)) throw new TypeError('a session comes from sts.assume()');
      const { probe } = CATALOGUE[id];
      const what = `${probe.product} ${probe.action}`;
      const api = new Api({ ...options, credentials: session });
      try {
        await api.call({
          service: probe.product,
          version: probe.version,
          action: probe.action,
          host: regionalHost(probe.host, region),
          style: probe.style,
          pathname: probe.pathname,
          body: probe.body,
          parameters: probe.regional ? { RegionId: region } : {},
        });
        return { kind: 'answered', detail: `${what} was allowed` };
      } catch (error) {
        if (error instanceof CloudError) return answerOf(error.failure, error.message);
        // No answer at all: a product that is not sold in a region often has no host there.
        if (error instanceof RetryableError) return { kind: 'unavailable', detail: error.message };
        throw error;
      }
    },
  };
}

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
