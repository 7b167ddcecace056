import { baseUrl } from '../answer.ts';
import { listPage, withMeta } from '../listing.ts';
import type { MnsOperation } from '../operation.ts';
import { topicTree } from '../shown.ts';

/** With the attributes of each where `x-mns-with-meta` asks for them. */
export const listTopic: MnsOperation = {
  name: 'ListTopic',
  kind: 'read',
  page: 'ListTopic',
  method: 'GET',
  path: '/topics',
  run(call) {
    const { account } = call;
    const page = listPage(call, account.mns.topics.keys());
    const url = baseUrl(call);
    const Topic = page.names.map((name) => ({
      TopicURL: `${url}/topics/${name}`,
      ...(withMeta(call) ? topicTree(account, account.mns.topic(name)) : {}),
    }));
    return { status: 200, xml: { root: 'Topics', tree: { Topic, NextMarker: page.nextMarker } } };
  },
};
