import { millis } from '../../../shared/runtime/clock.ts';
import type { PolicyStatement } from '../caller.ts';
import { derivedPolicy } from './derived-policies.ts';
import { PUBLISHED } from './published-policies.ts';
import type { Policy } from './types.ts';

const published = millis(Date.UTC(2015, 3, 28, 9, 52, 37));

export function systemPolicy(
  name: string,
  description: string,
  statements: readonly PolicyStatement[],
): Policy {
  const parsed = { Version: '1', Statement: statements };
  const document = JSON.stringify(parsed);
  return {
    name,
    type: 'System',
    description,
    createDate: published,
    updateDate: published,
    versions: [{ id: 'v1', document, parsed, createDate: published, isDefault: true }],
    nextVersion: 2,
    tags: new Map(),
  };
}

/** The vendor's own policies whose documents are known here, by lower-cased name. Nobody can change them. */
export const systemPolicies: ReadonlyMap<string, Policy> = new Map(
  PUBLISHED.map(([name, description, ...statements]) => [
    name.toLowerCase(),
    systemPolicy(name, description, statements),
  ]),
);

/** One of those, else one that follows the vendor's pattern of names. */
export function systemPolicyNamed(name: string): Policy | undefined {
  return systemPolicies.get(name.toLowerCase()) ?? derivedPolicy(name, systemPolicy);
}
