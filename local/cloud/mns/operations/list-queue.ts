import { baseUrl } from '../answer.ts';
import { listPage } from '../listing.ts';
import type { MnsOperation } from '../operation.ts';

export const listQueue: MnsOperation = {
  name: 'ListQueue',
  kind: 'read',
  page: 'ListQueue',
  method: 'GET',
  path: '/queues',
  run(call) {
    const page = listPage(call, call.account.mns.queues.keys());
    const url = baseUrl(call);
    const Queue = page.names.map((name) => ({ QueueURL: `${url}/queues/${name}` }));
    return { status: 200, xml: { root: 'Queues', tree: { Queue, NextMarker: page.nextMarker } } };
  },
};
