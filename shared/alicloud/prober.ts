import { CATALOGUE } from '../catalogue/catalogue.ts';
import type { Prober } from '../ports.ts';
import { RetryableError } from '../runtime/errors.ts';
import { Api, type ApiOptions } from './api.ts';
import { Credentials } from './credentials.ts';
import { CloudError, isDenied, isUnidentified } from './errors.ts';
import { regionalHost } from './hosts.ts';

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
        if (error instanceof CloudError) {
          if (isDenied(error.failure)) return { kind: 'denied', detail: error.message };
          if (isUnidentified(error.failure)) return { kind: 'unavailable', detail: error.message };
          return { kind: 'answered', detail: `${error.message}, which is not a refused right` };
        }
        // No answer at all: a product that is not sold in a region often has no host there.
        if (error instanceof RetryableError) return { kind: 'unavailable', detail: error.message };
        throw error;
      }
    },
  };
}
