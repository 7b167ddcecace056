import type { FcOperation } from '../operation.ts';
import { createFunction } from './create-function.ts';
import { createTrigger } from './create-trigger.ts';
import { deleteAsyncInvokeConfig } from './delete-async-invoke-config.ts';
import { deleteConcurrencyConfig } from './delete-concurrency-config.ts';
import { deleteFunction } from './delete-function.ts';
import { deleteTrigger } from './delete-trigger.ts';
import { getAsyncInvokeConfig } from './get-async-invoke-config.ts';
import { getConcurrencyConfig } from './get-concurrency-config.ts';
import { getFunction } from './get-function.ts';
import { getProvisionConfig } from './get-provision-config.ts';
import { getScalingConfig } from './get-scaling-config.ts';
import { getTempBucketToken } from './get-temp-bucket-token.ts';
import { getTrigger } from './get-trigger.ts';
import { invokeFunction } from './invoke-function.ts';
import { listAliases } from './list-aliases.ts';
import { listAsyncInvokeConfigs } from './list-async-invoke-configs.ts';
import { listFunctionVersions } from './list-function-versions.ts';
import { listFunctions } from './list-functions.ts';
import { listScalingConfigs } from './list-scaling-configs.ts';
import { listTagResources } from './list-tag-resources.ts';
import { listTriggers } from './list-triggers.ts';
import { listVpcBindings } from './list-vpc-bindings.ts';
import { putAsyncInvokeConfig } from './put-async-invoke-config.ts';
import { putConcurrencyConfig } from './put-concurrency-config.ts';
import { tagResources } from './tag-resources.ts';
import { untagResources } from './untag-resources.ts';
import { updateFunction } from './update-function.ts';
import { updateTrigger } from './update-trigger.ts';

/** Every operation of Function Compute that the local cloud answers. */
export const fcOperations: readonly FcOperation[] = [
  createFunction,
  createTrigger,
  deleteAsyncInvokeConfig,
  deleteConcurrencyConfig,
  deleteFunction,
  deleteTrigger,
  getAsyncInvokeConfig,
  getConcurrencyConfig,
  getFunction,
  getProvisionConfig,
  getScalingConfig,
  getTempBucketToken,
  getTrigger,
  invokeFunction,
  listAliases,
  listAsyncInvokeConfigs,
  listFunctionVersions,
  listFunctions,
  listScalingConfigs,
  listTagResources,
  listTriggers,
  listVpcBindings,
  putAsyncInvokeConfig,
  putConcurrencyConfig,
  tagResources,
  untagResources,
  updateFunction,
  updateTrigger,
];
