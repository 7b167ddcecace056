import { baseUrl } from '../answer.ts';
import { listPage, withMeta } from '../listing.ts';
import type { MnsOperation } from '../operation.ts';
import { queueTree } from '../shown.ts';

/** With the attributes of each where `x-mns-with-meta` asks for them. */
export const listQueue: MnsOperation = {
  name: 'ListQueue',
  kind: 'read',
  page: 'ListQueue',
  method: 'GET',
  path: '/queues',
  run(call) {
    const { mns } = call.account;
    const page = listPage(call, mns.queues.keys());
    const url = baseUrl(call);
    const Queue = page.names.map((name) => ({
      QueueURL: `${url}/queues/${name}`,
      ...(withMeta(call) ? queueTree(mns.queue(name)) : {}),
    }));
    return { status: 200, xml: { root: 'Queues', tree: { Queue, NextMarker: page.nextMarker } } };
  },
};
