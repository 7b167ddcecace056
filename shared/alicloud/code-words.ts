/**
 * What the words of an error code mean. The vendor has no closed list of codes and spells several of them wrongly, so
 * codes are read word by word and never compared as a whole. Sources: the error tables of RDS, PolarDB, ECS, RAM, STS,
 * SelectDB and Simple Message Queue; the Terraform provider; public reports.
 */

/** `Forbedden.NotSupportRAM` as `forbedden not support ram`. */
export const wordsOf = (code: string): string =>
  code
    .replaceAll(/([a-z0-9])([A-Z])/g, '$1 $2')
    .replaceAll(/([A-Z])([A-Z][a-z])/g, '$1 $2')
    .replaceAll(/[^A-Za-z0-9]+/g, ' ')
    .trim()
    .toLowerCase();

/**
 * Forbidden with one letter or another (`Forbbiden`, `Forbedden`), permission with letters doubled or swapped,
 * authorisation in both spellings (but not authentication), RAM as a word of its own (but not in `Parameter`), and the
 * ways in which a RAM user is called.
 *
 * Belief refusals-recognised (inferred): an engine that refuses a right says so in a code that names RAM, permission
 * or authorisation, or in its message. Source: the error tables of nine products, and public reports; no list is
 * closed. Shown wrong by: doctor --live.
 */
const RIGHTS =
  /forb+[ie]d+[ei]n|p(?:er|re)m+is+ion|a(?:u?th?|ut)o?ri[sz]|\b(?:un|no|not)? ?auth\b|\bram\b|\bramauth|supportram|access ?den(?:ied|y)|\bsub ?(?:user|account)\b|no ?privilege/;

/**
 * Whether a code says that a right is missing: `NoPermission`, `RamAuthError`, `Forbbiden.SubUser`,
 * `ActionUnauthorized`.
 */
export const namesRights = (code: string): boolean => RIGHTS.test(wordsOf(code));

/**
 * Whether a message does, whatever its code says: SelectDB answers `Forbidden`, others `InvalidParameter`, in the
 * same sentence.
 */
export const speaksOfRights = (message: string): boolean =>
  /not (?:been )?(?:autho?ri[sz]ed|permitted)|no permission|permission denied|access denied|support(?:ed)? (?:accessed )?(?:by )?RAM|authori[sz]ed by RAM/i.test(
    message,
  );

/**
 * Whether a code says that nobody knows who is asking: the keys or the signature were not accepted, so that rights were
 * not looked at.
 */
export const namesIdentity = (code: string): boolean =>
  /^(InvalidAccessKeyId|InvalidSecurityToken|MissingSecurityToken|SecurityTokenExpired|SignatureDoesNotMatch|IncompleteSignature|InvalidTimeStamp)/i.test(
    code,
  );

/**
 * Codes of faults that pass by themselves. `AddInstanceFailure` is what DMS calls one; the Terraform provider
 * repeats it.
 */
export const namesPassing = (code: string): boolean =>
  /ServiceUnavailable|InternalError|SignatureNonceUsed|^AddInstanceFailure/.test(code);
