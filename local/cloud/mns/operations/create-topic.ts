import { readTopicAttributes } from '../attribute-documents.ts';
import { TOPIC_DEFAULTS } from '../attributes.ts';
import type { MnsOperation } from '../operation.ts';
import { ensureTopic } from '../topics.ts';

/** 201, or 204 if the same topic is there with the same attributes. */
export const createTopic: MnsOperation = {
  name: 'CreateTopic',
  kind: 'write',
  page: 'CreateTopic',
  method: 'PUT',
  path: '/topics/:topic',
  run({ account, names, request }) {
    const { created } = ensureTopic(account, names.topic, readTopicAttributes(request.body, TOPIC_DEFAULTS));
    return { status: created ? 201 : 204, location: `/topics/${names.topic}` };
  },
};
