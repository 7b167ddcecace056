import { closest } from 'fastest-levenshtein';
import type { FunctionSpec } from '../../local/host/function-spec.ts';
import { hostFault, variableOf } from '../../shared/alicloud/endpoint-variable.ts';
import { PRODUCTS } from '../../shared/catalogue/endpoints.ts';

/** The variables by which `s.yaml` may give a product another host. Any other of this form would be read by nobody. */
export const HOST_VARIABLES: readonly string[] = [
  ...new Set([...PRODUCTS, 'mns' as const].map(variableOf)),
].sort();

/** What is wrong with the hosts that a function is given, one sentence each. */
export const hostFaults = ({ functionName, environmentVariables }: FunctionSpec): readonly string[] =>
  Object.entries(environmentVariables)
    .filter(([name]) => name.startsWith('ENDPOINT_'))
    .flatMap(([name, value]) =>
      HOST_VARIABLES.includes(name)
        ? (hostFault(name, value.trim()) ?? [])
        : [
            `${name} is no variable here; the nearest is ${closest(name, [...HOST_VARIABLES])}, all are ${HOST_VARIABLES.join(', ')}`,
          ],
    )
    .map((fault) => `${functionName}: ${fault}`);
