import { stringify } from 'yaml';
import type { Document } from '../shared/catalogue/document.ts';
import { type Access, CONSOLE_POLICY, roleName } from '../shared/catalogue/names.ts';
import type { OurPolicy } from '../shared/reconcile/desired.ts';
import type { CodeFormat } from './policy.ts';

/** A role as `policy` has it, for those who keep it in code. */
export interface CodedRole {
  readonly access: Access;
  readonly requesterUid: string;
  readonly trust: Document;
  /** Null where the trust alone is enough. */
  readonly policy: OurPolicy | null;
}

export const roleAsCode = (role: CodedRole, format: CodeFormat): string =>
  format === 'terraform' ? terraform(role) : ros(role);

/** What nobody does for a role that is only code. */
const NOTES: readonly string[] = [
  'A role for Alibaba Cloud DMS, as "npx dms-handshake policy" prints it. Code makes it; it does not, as dms-handshake does:',
  '- assume the role for a test and read an engine with it, so that it is known to work;',
  '- answer whoever asked with the ARN and the evidence;',
  '- end a grant at its time, or take one engine away when somebody asks for that;',
  '- look every hour whether somebody has changed the role.',
  'dms-handshake never touches a role without its tag managed-by, so it refuses requests for one that only this code made.',
  'A role that dms-handshake made can be taken over (terraform import); its tags are its record and must stay.',
];
const comment = NOTES.map((line) => `# ${line}\n`).join('');

/** HCL. `aliyun/alicloud` takes these arguments since 1.252.0; the older names are deprecated. */
function terraform({ access, requesterUid, trust, policy }: CodedRole): string {
  const role = `resource "alicloud_ram_role" "dms" {
  role_name                   = ${text(roleName(access, requesterUid))}
  assume_role_policy_document = jsonencode(${indented(trust)})

  # The tags are the record of dms-handshake: the provider would take away what it does not know.
  lifecycle {
    ignore_changes = [tags]
  }
}
`;
  const own = policy === null ? '' : `${ownPolicy(policy)}\n`;
  const attached =
    access === 'console'
      ? attachment(text(CONSOLE_POLICY), 'System')
      : policy === null
        ? ''
        : attachment('alicloud_ram_policy.dms.policy_name', 'Custom');
  return [comment + PROVIDER, role, own + attached].filter((part) => part !== '').join('\n');
}

const PROVIDER = `terraform {
  required_providers {
    alicloud = {
      source  = "aliyun/alicloud"
      version = ">= 1.252.0"
    }
  }
}
`;

const ownPolicy = ({ name, document }: OurPolicy): string => `resource "alicloud_ram_policy" "dms" {
  policy_name     = ${text(name)}
  policy_document = jsonencode(${indented(document)})
}
`;

const attachment = (name: string, type: 'Custom' | 'System'): string =>
  `resource "alicloud_ram_role_policy_attachment" "dms" {
  role_name   = alicloud_ram_role.dms.role_name
  policy_name = ${name}
  policy_type = "${type}"
}
`;

/** JSON is HCL, but for the two marks of a template. */
const hcl = (value: unknown, space?: number): string =>
  JSON.stringify(value, null, space).replaceAll(/[$%](?=\{)/g, '$&$&');
const text = (value: string): string => hcl(value);
const indented = (document: Document): string => hcl(document, 2).replaceAll('\n', '\n  ');

/** YAML of Resource Orchestration Service, which knows no tags of a role. */
function ros({ access, requesterUid, trust, policy }: CodedRole): string {
  const name = roleName(access, requesterUid);
  const template = {
    ROSTemplateFormatVersion: '2015-09-01',
    Resources: {
      Role: {
        Type: 'ALIYUN::RAM::Role',
        Properties: {
          RoleName: name,
          AssumeRolePolicyDocument: trust,
          ...(access === 'console' ? { PolicyAttachments: { System: [CONSOLE_POLICY] } } : {}),
        },
      },
      ...(policy === null
        ? {}
        : {
            Policy: {
              Type: 'ALIYUN::RAM::ManagedPolicy',
              DependsOn: 'Role',
              Properties: { PolicyName: policy.name, PolicyDocument: policy.document, Roles: [name] },
            },
          }),
    },
  };
  return comment + stringify(template, { lineWidth: 0 });
}
