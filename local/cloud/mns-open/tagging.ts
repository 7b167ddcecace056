import * as z from 'zod';
import { gatherLists } from '../parameter-lists.ts';
import type { Account } from '../world.ts';
import { name } from './parameters.ts';

/** An input with lists, as JSON text or as `ResourceId.1`, `TagKey.1`, `Tag.1.Key`. */
export const withTags = <Shape extends z.ZodRawShape>(shape: Shape) =>
  z.preprocess(
    gatherLists(
      [
        { name: 'ResourceId', element: /^ResourceId\.(\d+)$/ },
        { name: 'Tag', element: /^Tag\.(\d+)\.(Key|Value)$/ },
        { name: 'TagKey', element: /^TagKey\.(\d+)$/ },
      ],
      /^(?:Tag|ResourceId)/,
    ),
    z.object(shape),
  );

/** The input of an operation on tags. */
export const tagParameters = <Shape extends z.ZodRawShape>(shape: Shape) =>
  withTags({ ResourceType: z.enum(['queue', 'topic']), ...shape });

/** Names of queues or topics. */
export const resourceIds = z.array(name).min(1).max(50);

type Kind = 'queue' | 'topic';

export const pathsOf = (type: Kind, ids: readonly string[]): readonly string[] =>
  ids.map((id) => `/${type}s/${id}`);

/**
 * The queues or topics of these names, each once. All or nothing: one that does not exist fails the call before any is
 * changed. Throws 404 `QueueNotExist` or `TopicNotExist`.
 */
export const tagged = ({ mns }: Account, type: Kind, ids: readonly string[]) =>
  [...new Set(ids)].map((id) => (type === 'queue' ? mns.queue(id) : mns.topic(id)));

/** Every queue or topic of the account; with names, those of them that exist. */
export const allTagged = ({ mns }: Account, type: Kind, ids: readonly string[] | undefined) =>
  [...(type === 'queue' ? mns.queues : mns.topics).values()].filter(
    (one) => ids === undefined || ids.includes(one.name),
  );
