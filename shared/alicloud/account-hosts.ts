import { hostInEnvironment } from './endpoint-variable.ts';

/**
 * Of an account. Source: "Endpoints" of Simple Message Queue; its regions are those of `mns-open`.
 *
 * Belief mns-host (documented): the queue service answers at a host of the account. Source: "Endpoints" of Simple
 * Message Queue. Shown wrong by: doctor --live.
 */
export const mnsEndpoint = (uid: string, region: string): string =>
  `https://${hostInEnvironment('mns', uid) ?? `${uid}.mns.${region}.aliyuncs.com`}`;

/** Of an account. Source: "Endpoints" of Function Compute 3.0, which answers there as at `fcv3.<region>`. */
export const fcEndpoint = (uid: string, region: string): string =>
  `https://${hostInEnvironment('fc', uid) ?? `${uid}.${region}.fc.aliyuncs.com`}`;
