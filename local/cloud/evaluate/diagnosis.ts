import { deflateRawSync, inflateRawSync } from 'node:zlib';
import * as z from 'zod';

const diagnosis = z.object({
  AuthAction: z.string(),
  AuthResource: z.string(),
  AuthPrincipal: z.object({
    AuthPrincipalType: z.string(),
    AuthPrincipalDisplayName: z.string(),
    AuthPrincipalOwnerId: z.string(),
  }),
  AuthConditions: z.array(z.never()),
  ExplicitDeny: z.boolean(),
  NoPermissionPolicyType: z.string(),
  MatchedPolicies: z.array(
    z.object({
      PolicyIdentifier: z.string(),
      PolicyType: z.string(),
      PolicyVersion: z.string(),
      AttachedEntityType: z.string(),
      AttachedScope: z.literal('Account'),
      Effect: z.literal('Deny'),
    }),
  ),
});

/** What is behind a refusal, as DecodeDiagnosticMessage answers it. */
export type Diagnosis = z.infer<typeof diagnosis>;

/** More than any diagnosis has, and less than would hurt. */
const LONGEST = 65_536;

/** The text that a refusal carries: no client can read it as it stands, as the vendor's. */
export const sealDiagnosis = (found: Diagnosis): string =>
  deflateRawSync(JSON.stringify(found)).toString('base64');

/** The diagnosis in such a text; null for any other text. */
export function openDiagnosis(text: string): Diagnosis | null {
  try {
    const json = inflateRawSync(Buffer.from(text, 'base64'), { maxOutputLength: LONGEST }).toString('utf8');
    return diagnosis.safeParse(JSON.parse(json)).data ?? null;
  } catch {
    return null;
  }
}
