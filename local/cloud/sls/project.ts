import * as z from 'zod';
import type { SlsCall } from './operation.ts';
import type { Project } from './state.ts';

/** Source: page "CreateProject". */
export const projectName = z
  .string()
  .regex(/^[a-z0-9](?:[a-z0-9-]{1,61})[a-z0-9]$/, '3 to 63 lower-case letters, digits and hyphens');

export const description = z.string().max(64);

/** `2021-07-07 14:08:09` */
const shownTime = (at: number): string => new Date(at).toISOString().slice(0, 19).replace('T', ' ');

/** A project as GetProject and ListProject show it (page "Project"). */
export const shownProject = (
  { world, account }: SlsCall,
  name: string,
  { description, createdAt, modifiedAt, resourceGroupId }: Project,
): object => ({
  projectName: name,
  description,
  status: 'Normal',
  owner: account.uid,
  region: world.region,
  createTime: shownTime(createdAt),
  lastModifyTime: shownTime(modifiedAt),
  resourceGroupId,
  dataRedundancyType: 'LRS',
});
