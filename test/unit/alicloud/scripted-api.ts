import type { Api, ApiCall } from '../../../shared/alicloud/api.ts';
import { apiOf } from './setup.ts';

/**
 * An API that is never called over the wire: it answers `says` in order, and the last for ever, and keeps what it was
 * asked. An error among them is thrown.
 */
export function scriptedApi(...says: readonly unknown[]): { readonly api: Api; readonly calls: ApiCall[] } {
  const api = apiOf('http://127.0.0.1:1');
  const calls: ApiCall[] = [];
  api.call = async (call) => {
    const say = says[Math.min(calls.length, says.length - 1)];
    calls.push(call);
    if (say instanceof Error) throw say;
    return say;
  };
  return { api, calls };
}

/** What was asked of RAM: the operation and its parameters. */
export const askedOf = (calls: readonly ApiCall[]) =>
  calls.map(({ action, parameters }) => [action, parameters]);
