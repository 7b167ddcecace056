import { isDeepStrictEqual } from 'node:util';
import type { FunctionSpec } from '../../local/host/function-spec.ts';
import { FUNCTION_NAMES } from '../../shared/installation/installation.ts';

/** What is wrong with the order of the functions, their limits and their asynchronous calls, one sentence each. */
export const wiringFaults = (functions: readonly FunctionSpec[]): readonly string[] => [
  ...writerFaults(functions),
  ...orderFaults(functions),
  ...functions.flatMap(asyncFaults),
];

/** What comes first: whatever hears of something needs the next one to be there. */
const ORDER: readonly string[] = [FUNCTION_NAMES.verify, FUNCTION_NAMES.provision, FUNCTION_NAMES.intake];

function orderFaults(functions: readonly FunctionSpec[]): readonly string[] {
  const names = functions.map(({ functionName }) => functionName);
  const found = names.filter((name) => ORDER.includes(name));
  return isDeepStrictEqual(
    found,
    ORDER.filter((name) => found.includes(name)),
  )
    ? []
    : [`the functions must stand in this order: ${ORDER.join(', ')} (each needs the one before)`];
}

/** What the tool would ask about at every deployment, and what must not be tried again. */
function asyncFaults({ functionName, asyncInvokeConfig }: FunctionSpec): readonly string[] {
  const { qualifier, asyncTask, maxAsyncRetryAttempts, destinationConfig } = asyncInvokeConfig;
  const asks = (key: string, value: string) =>
    `${functionName}: write ${key}: ${value} under asyncInvokeConfig, or the tool sees a change at every deployment`;
  return [
    ...(qualifier === 'LATEST' ? [] : [asks('qualifier', 'LATEST')]),
    ...(asyncTask === false ? [] : [asks('asyncTask', 'false')]),
    ...(functionName !== FUNCTION_NAMES.intake ||
    (maxAsyncRetryAttempts === 0 && Object.keys(destinationConfig).length === 0)
      ? []
      : [
          `${functionName}: asyncInvokeConfig must have maxAsyncRetryAttempts: 0 and no destination: anybody may call it asynchronously`,
        ]),
  ];
}

function writerFaults(functions: readonly FunctionSpec[]): readonly string[] {
  const provision = functions.find(({ functionName }) => functionName === FUNCTION_NAMES.provision);
  // Where it is missing, that is said.
  return provision === undefined || provision.concurrencyConfig?.reservedConcurrency === 1
    ? []
    : [`${FUNCTION_NAMES.provision}: reservedConcurrency must be 1 (docs/explain/architecture.md)`];
}
