import type { PolicyStatement } from '../caller.ts';

/** Name, description, statements. */
export type Row = readonly [name: string, description: string, ...statements: PolicyStatement[]];

export const allow = (Action: string | readonly string[], Resource = '*'): PolicyStatement => ({
  Effect: 'Allow',
  Action,
  Resource,
});

export const linkedRole = (service: string): PolicyStatement => ({
  ...allow('ram:CreateServiceLinkedRole'),
  Condition: { StringEquals: { 'ram:ServiceName': service } },
});

export const reads = (service: string, ...verbs: string[]): string[] =>
  verbs.map((verb) => `${service}:${verb}*`);
