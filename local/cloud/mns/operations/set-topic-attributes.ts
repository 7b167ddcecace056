import { readTopicAttributes } from '../attribute-documents.ts';
import type { MnsOperation } from '../operation.ts';
import { assertMetaOverride } from '../query.ts';

/** Attributes that are left out stay as they are. */
export const setTopicAttributes: MnsOperation = {
  name: 'SetTopicAttributes',
  kind: 'write',
  page: 'SetTopicAttributes',
  method: 'PUT',
  path: '/topics/:topic',
  query: { required: ['metaoverride'] },
  run({ world, account, names, request, query }) {
    assertMetaOverride(query);
    const topic = account.mns.topic(names.topic);
    topic.attributes = readTopicAttributes(request.body, topic.attributes);
    topic.modifiedAt = world.clock.now();
    return { status: 204 };
  },
};
