/**
 * Errors that say something about a product and nothing about a right. Only the codes in this list count as such; any
 * other unknown code proves nothing.
 *
 * Belief harmless-codes (inferred): a product that is not sold or not activated says so in one of these codes.
 * Source: tables of other products and forks of the Terraform provider. Shown wrong by: doctor --live.
 */
const HARMLESS: readonly { readonly codes: RegExp; readonly says: string }[] = [
  {
    // "Check whether the product is available in this region": error tables of VPC and ECS, 400 and 404.
    codes: /^InvalidRegion(Id)?(\.(NotFound|NotSupport(ed)?|Malformed))?$/,
    says: 'the product is not sold in this region',
  },
  {
    // In the same tables other products of the vendor turn the words round.
    codes: /^(UnsupportedRegion|RegionNotSupport(ed)?|RegionId\.NotSupport(ed)?)$/,
    says: 'the product is not sold in this region',
  },
  {
    // `ServiceNotOpen` and `ServiceNotEnabled`: read so by forks of the Terraform provider. The other forms follow them.
    codes: /^((Service|Product|User|Instance)\.?)?Not(Activated|Opened|Open|Enabled|Purchased?)$/,
    says: 'the product is not activated in this account',
  },
  {
    // "The input parameter that is mandatory for processing this request is not supplied": RDS, PolarDB, ECS, 400.
    codes: /^MissingParameter(\.\w+)?$|^Missing(?!Security|Access|Signature)[A-Z]\w*(Id|Name)$/,
    says: 'the call needs a parameter more',
  },
];

/** What a harmless code says, in words; null for any other. */
export const harmless = (code: string): string | null =>
  HARMLESS.find(({ codes }) => codes.test(code))?.says ?? null;
