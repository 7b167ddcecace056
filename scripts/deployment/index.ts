export { deploymentFaults, deploymentNotes, plannedFaults } from './check.ts';
export { optionFaults } from './options.ts';
export { completed, templateOf } from './variables.ts';
