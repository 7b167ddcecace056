import type { SlsOperation } from '../operation.ts';
import { createIndex } from './create-index.ts';
import { createLogStore } from './create-log-store.ts';
import { createProject } from './create-project.ts';
import { deleteIndex } from './delete-index.ts';
import { deleteLogStore } from './delete-log-store.ts';
import { deleteProject } from './delete-project.ts';
import { deleteProjectPolicy } from './delete-project-policy.ts';
import { getIndex } from './get-index.ts';
import { getLogStore } from './get-log-store.ts';
import { getLogStoreMeteringMode } from './get-log-store-metering-mode.ts';
import { getLogs } from './get-logs.ts';
import { getLogsV2 } from './get-logs-v2.ts';
import { getProject } from './get-project.ts';
import { getProjectPolicy } from './get-project-policy.ts';
import { listLogStores } from './list-log-stores.ts';
import { listProject } from './list-project.ts';
import { listShards } from './list-shards.ts';
import { listTagResources } from './list-tag-resources.ts';
import { putProjectPolicy } from './put-project-policy.ts';
import { tagResources } from './tag-resources.ts';
import { untagResources } from './untag-resources.ts';
import { updateIndex } from './update-index.ts';
import { updateLogStore } from './update-log-store.ts';
import { updateLogStoreMeteringMode } from './update-log-store-metering-mode.ts';
import { updateProject } from './update-project.ts';

/** The operations of API 2020-12-30 that are here. Of two at one place the one that asks for more comes first. */
export const slsOperations: readonly SlsOperation[] = [
  getLogs,
  createIndex,
  createLogStore,
  createProject,
  deleteIndex,
  deleteLogStore,
  deleteProject,
  deleteProjectPolicy,
  getIndex,
  getLogStore,
  getLogStoreMeteringMode,
  getLogsV2,
  getProject,
  getProjectPolicy,
  listLogStores,
  listProject,
  listShards,
  listTagResources,
  putProjectPolicy,
  tagResources,
  untagResources,
  updateIndex,
  updateLogStore,
  updateLogStoreMeteringMode,
  updateProject,
];
