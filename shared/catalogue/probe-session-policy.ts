import { CATALOGUE, type DocumentId } from './catalogue.ts';
import type { Document } from './document.ts';

/**
 * The session policy of a test AssumeRole: the probes of `ids` and nothing else, so that even this function's
 * session cannot use what the role may do. At most 2,048 characters.
 */
export function probeSessionPolicy(ids: readonly DocumentId[]): Document {
  return {
    Statement:
      ids.length === 0
        ? [{ Action: '*', Resource: '*', Effect: 'Deny' }]
        : [{ Action: ids.map((id) => CATALOGUE[id].probe.ramAction), Resource: '*', Effect: 'Allow' }],
    Version: '1',
  };
}
