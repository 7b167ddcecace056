import type { World } from '../../world.ts';
import { mnsError } from '../errors.ts';

/** Where a subscription pushes to. */
export type Endpoint =
  | { readonly type: 'queue'; readonly uid: string; readonly queueName: string }
  | { readonly type: 'function'; readonly uid: string; readonly functionName: string }
  | { readonly type: 'http'; readonly url: string };

/** The control API writes it with a slash, the XML API without; each refuses the other's form by itself. */
const QUEUE = /^acs:mns:([a-z0-9-]+):([0-9]+):\/?queues\/([A-Za-z0-9_-]+)$/;
const FUNCTION = /^acs:fc:([a-z0-9-]+):([0-9]+):functions\/([A-Za-z0-9_$-]+)$/;

/** Throws `EndpointInvalid` 400 for another form (mail and SMS included) and for another region. */
export function parseEndpoint(world: World, text: string): Endpoint {
  const [, region, uid = '', name = ''] = QUEUE.exec(text) ?? FUNCTION.exec(text) ?? [];
  if (region !== undefined) {
    if (region !== world.region) throw invalid(`the region is not ${world.region}`);
    if (text.startsWith('acs:mns:')) return { type: 'queue', uid, queueName: name };
    return { type: 'function', uid, functionName: name };
  }
  if (/^https?:\/\//.test(text) && URL.canParse(text)) return { type: 'http', url: text };
  throw invalid('it is neither a queue nor a function nor an http address');
}

function invalid(why: string): Error {
  return mnsError('EndpointInvalid', `The endpoint you provided is invalid: ${why}.`);
}
