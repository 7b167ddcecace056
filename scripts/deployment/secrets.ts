import type { FunctionSpec } from '../../local/host/function-spec.ts';
import type { Requesters } from '../../shared/admission/requesters.ts';
import { notifySecrets } from './notify.ts';
import type { Environment } from './variables.ts';

/** Values that may be shown to nobody: of every variable that a client's `secretEnv` names, here and in the functions, and those of notify. */
export function secretsOf(
  { clients }: Requesters,
  functions: readonly FunctionSpec[],
  environment: Environment,
): readonly string[] {
  const names = clients.flatMap(({ auth }) => auth.secretEnv);
  const places: readonly Environment[] = [environment, ...functions.map((one) => one.environmentVariables)];
  const ofClients = names.flatMap((name) => places.flatMap((place) => place[name] || []));
  return [...new Set([...ofClients, ...notifySecrets(functions)])];
}
