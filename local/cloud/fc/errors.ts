import { ApiError } from '../error.ts';

// The codes are those of the vendor's page "Error codes"; what the messages say is ours.

export const invalidArgument = (message: string): ApiError => new ApiError(400, 'InvalidArgument', message);

export const functionNotFound = (name: string): ApiError =>
  new ApiError(404, 'FunctionNotFound', `function '${name}' does not exist`);

export const functionAlreadyExists = (name: string): ApiError =>
  new ApiError(409, 'FunctionAlreadyExists', `function '${name}' already exists`);

export const triggerNotFound = (name: string): ApiError =>
  new ApiError(404, 'TriggerNotFound', `trigger '${name}' does not exist`);

export const triggerAlreadyExists = (name: string): ApiError =>
  new ApiError(409, 'TriggerAlreadyExists', `trigger '${name}' already exists`);

export const asyncConfigNotExists = (name: string): ApiError =>
  new ApiError(404, 'AsyncConfigNotExists', `async config of function '${name}' does not exist`);

export const onDemandConfigNotFound = (name: string): ApiError =>
  new ApiError(404, 'OnDemandConfigNotFound', `on-demand config of function '${name}' does not exist`);
