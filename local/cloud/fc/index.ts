export { handleFc } from './handle.ts';
export { fcOperations } from './operations/index.ts';
