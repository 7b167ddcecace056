import { openDiagnosis } from '../../evaluate/diagnosis.ts';
import { badDiagnosticMessage } from '../errors.ts';
import { allResources, ramOperation } from '../operation.ts';
import { diagnosticMessage, parameters } from '../parameters.ts';

/**
 * What stood behind a refusal of the caller's own account: action, resource, who, and the policy that denied. The
 * conditions are not kept. A message that was not made here, or for another account, is refused (the code is inferred).
 * Errors: `InvalidParameter.EncodedDiagnosticMessage`.
 */
export const decodeDiagnosticMessage = ramOperation({
  name: 'DecodeDiagnosticMessage',
  kind: 'read',
  input: parameters({ EncodedDiagnosticMessage: diagnosticMessage }),
  resources: () => allResources,
  run(input, { account }) {
    const diagnosis = openDiagnosis(input.EncodedDiagnosticMessage);
    if (diagnosis === null || diagnosis.AuthPrincipal.AuthPrincipalOwnerId !== account.uid)
      throw badDiagnosticMessage();
    return { DecodedDiagnosticMessage: diagnosis };
  },
});
