import type { OssOperation } from './operation.ts';
import { putObject } from './put-object.ts';

/** Every operation of Object Storage Service that the local cloud answers. */
export const ossOperations: readonly OssOperation[] = [putObject];
