import { CONSOLE_POLICY, roleName } from '../catalogue/names.ts';
import type { Narrowed } from '../catalogue/scope.ts';
import type { TrustTerms } from '../catalogue/trust.ts';
import { atMost } from '../reconcile/at-most.ts';

/** What the owner's functions cannot check, and people have to do. Source: the vendor's cross-account page. */
export const prerequisitesOf = (terms: TrustTerms, narrowed: Narrowed): readonly string[] => [
  'someone of the owner account must have logged in to DMS once, so that it has a tenant there',
  ...(terms.access === 'register' ? [...ofRegistering(terms), ...byHand(narrowed)] : ofSwitching(terms)),
];

/** Sources: the same page, in Chinese for the release of registration by ARN. */
const ofRegistering = ({ requesterUid }: TrustTerms): readonly string[] => [
  'only instances of Alibaba Cloud can be registered across accounts',
  `the vendor releases registration by ARN gradually: where DMS of account ${requesterUid} shows no field for it, its support switches it on`,
];

/** What a RAM user of account A needs and does to work in DMS of account B. Source: the same page, its second half. */
function ofSwitching({ access, ownerUid, requesterUid, trusted }: TrustTerms): readonly string[] {
  const named =
    typeof trusted === 'string'
      ? []
      : [
          `account ${requesterUid} must have RAM users of exactly these names, which nobody else can look up: ${atMost(trusted)}`,
        ];
  return [
    ...named,
    `whoever switches is a RAM user of account ${requesterUid} with AliyunSTSAssumeRoleAccess, or with the narrower policy under console.requesterPolicy`,
    `to switch, open console.switchRoleUrl, or click the profile picture in the console, switch identity, and enter ${ownerUid} and ${roleName(access, requesterUid)}`,
    `${CONSOLE_POLICY} lets one open DMS as an ordinary user: rights to change or export data are applied for there`,
  ];
}

/** What people have to do by hand because DMS may not do it under a narrowed grant. */
const byHand = (narrowed: Narrowed): readonly string[] =>
  [...narrowed].map(([id, on]) =>
    on.length === 0
      ? `DMS may not write the IP whitelist of ${id}: put its addresses there by hand`
      : `of ${id}, DMS may write the IP whitelist of ${on.join(', ')} only: put its addresses into those of other instances by hand`,
  );
