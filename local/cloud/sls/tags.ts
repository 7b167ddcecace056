import * as z from 'zod';
import { ApiError } from '../error.ts';
import { named, type Resource, type SlsCall } from './operation.ts';
import type { Project } from './state.ts';

/** `PROJECT` is what the Terraform provider says. */
const resourceType = z.string().regex(/^project$/i, 'projects alone have tags');
const resourceId = z.array(z.string().min(1)).min(1).max(50);

export const tagging = z.object({
  resourceType,
  resourceId,
  tags: z
    .array(z.object({ key: z.string().min(1).max(128), value: z.string().max(256).default('') }))
    .min(1)
    .max(20),
});
export const untagging = z.object({
  resourceType,
  resourceId,
  tags: z.array(z.string().min(1)).default([]),
  all: z.boolean().default(false),
});

/** A list as the JSON text of the query. */
const inQuery = <Item extends z.ZodType>(item: Item) =>
  z
    .string()
    .transform((text, context): unknown => {
      try {
        return JSON.parse(text);
      } catch {
        context.addIssue('no JSON');
        return z.NEVER;
      }
    })
    .pipe(z.array(item));

export const listing = z.object({
  resourceType,
  resourceId: inQuery(z.string()).optional(),
  tags: inQuery(z.object({ key: z.string(), value: z.string().optional() })).optional(),
});

/** The projects of these names. All or none: throws 404 `ProjectNotExist` before any is changed. */
export const projectsOf = ({ account }: SlsCall, names: readonly string[]): readonly Project[] =>
  names.map((name) => {
    const found = account.sls.projects.get(name);
    if (found !== undefined) return found;
    throw new ApiError(404, 'ProjectNotExist', `The Project does not exist : ${name}`);
  });

/** The right to every project that is named, before the request is judged; what names none is refused later. */
export const onNamed: Resource = (call) => {
  const ids = named(call, 'resourceId');
  const names = Array.isArray(ids) && ids.length > 0 ? ids : ['*'];
  return names.map((name) => `project/${name}`);
};
