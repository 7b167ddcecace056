import type { PolicyStatement } from '../caller.ts';
import type { Policy } from './types.ts';

/** How the vendor names the two policies that most products have. */
const PATTERN = /^Aliyun([A-Za-z][A-Za-z0-9]{1,40}?)(FullAccess|ReadOnlyAccess)$/i;

/** Codes in actions that differ from the product's name in a policy. */
const CODES: Readonly<Record<string, string>> = { cloudmonitor: 'cms' };

const READS = ['Describe', 'Get', 'List', 'Query', 'Check'];

/**
 * A policy whose document is not known here, made after the vendor's pattern: everything of the product, or its reads.
 * Its description says so. Undefined for any other name.
 *
 * Belief derived-policies (inferred): a policy of this form allows its product's actions, under the code that is its name
 * in lower case. Source: those that are published. Shown wrong by: by hand, because only the local cloud rests on it:
 * the policy's page in the vendor's documentation.
 */
export function derivedPolicy(
  name: string,
  make: (name: string, description: string, statements: readonly PolicyStatement[]) => Policy,
): Policy | undefined {
  const [, product = '', kind = ''] = PATTERN.exec(name) ?? [];
  if (product === '') return undefined;
  const code = CODES[product.toLowerCase()] ?? product.toLowerCase();
  const reads = READS.map((verb) => `${code}:${verb}*`);
  const Action = kind.toLowerCase() === 'fullaccess' ? `${code}:*` : reads;
  const description = `Derived by the local cloud from the vendor's pattern of names; the vendor's document of ${name} was not at hand and may differ.`;
  return make(name, description, [{ Effect: 'Allow', Action, Resource: '*' }]);
}
