export { deploymentFaults } from './check.ts';
export { templateOf, variableFaults } from './variables.ts';
