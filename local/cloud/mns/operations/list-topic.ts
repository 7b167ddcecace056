import { baseUrl } from '../answer.ts';
import { listPage } from '../listing.ts';
import type { MnsOperation } from '../operation.ts';

export const listTopic: MnsOperation = {
  name: 'ListTopic',
  kind: 'read',
  page: 'ListTopic',
  method: 'GET',
  path: '/topics',
  run(call) {
    const page = listPage(call, call.account.mns.topics.keys());
    const url = baseUrl(call);
    const Topic = page.names.map((name) => ({ TopicURL: `${url}/topics/${name}` }));
    return { status: 200, xml: { root: 'Topics', tree: { Topic, NextMarker: page.nextMarker } } };
  },
};
