export { deploymentFaults, plannedFaults } from './check.ts';
export { optionFaults } from './options.ts';
export { completed, templateOf, variableNotes } from './variables.ts';
