import { fcEndpoint } from './account-hosts.ts';
import type { Api } from './api.ts';

/**
 * Has Function Compute run a function later: resolves when it has taken the event. A lost answer is followed by another
 * try, so the function may get the event twice.
 *
 * Belief async-invocation (documented): InvokeFunction with x-fc-invocation-type Async answers 202 without a body.
 * Source: "InvokeFunction" of 2023-03-30. Shown wrong by: doctor --live.
 */
export async function invokeLater(
  api: Api,
  at: { readonly ownerUid: string; readonly region: string },
  name: string,
  event: object,
): Promise<void> {
  await api.call({
    service: 'Function Compute',
    version: '2023-03-30',
    action: 'InvokeFunction',
    host: new URL(fcEndpoint(at.ownerUid, at.region)).host,
    pathname: `/2023-03-30/functions/${name}/invocations`,
    body: 'json',
    payload: event,
    headers: { 'x-fc-invocation-type': 'Async' },
    answers: 'none',
  });
}
