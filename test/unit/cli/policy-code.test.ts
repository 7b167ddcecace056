import { createRequire } from 'node:module';
import { describe, expect, it } from 'vitest';
import { parse as parseYaml } from 'yaml';
import { type CodedRole, roleAsCode } from '../../../cli/policy-code.ts';
import { isGrants, resolveAsked } from '../../../shared/catalogue/resolve-engines.ts';
import { trustDocument } from '../../../shared/catalogue/trust.ts';
import { enginePolicy } from '../../../shared/reconcile/desired.ts';

/** Its declarations bring the types of browsers into the whole project, so it is loaded without them. */
const { parse }: { parse(file: string, text: string): Promise<{ resource: Resources }> } = createRequire(
  import.meta.url,
)('@cdktf/hcl2json');
type Block = Readonly<Record<string, unknown>>;
type Resources = Readonly<Record<string, { readonly dms: readonly [Block] }>>;

const A = '1000000000000001';
const B = '2000000000000002';

function coded(access: CodedRole['access'], ...engines: string[]): CodedRole {
  const asked = resolveAsked({ engines, connections: [], instances: { redis: ['r-1'] } });
  const trusted = access === 'register' ? 'dms' : 'account';
  const terms = {
    requesterUid: A,
    ownerUid: B,
    verifyRoleArn: `acs:ram::${B}:role/verify`,
    access,
    trusted,
  } as const;
  const policy = access === 'console' || !isGrants(asked) ? null : enginePolicy(asked, B);
  return { access, requesterUid: A, trust: trustDocument(terms), policy };
}

const REGISTER = coded('register', 'redis', 'lindorm');
const CONSOLE = coded('console');

/** The document in `${jsonencode({...})}`. */
const encoded = (expression: unknown): unknown =>
  JSON.parse(/^\$\{jsonencode\(([\s\S]*)\)\}$/.exec(String(expression))?.[1] ?? '');

const blockOf = (resource: Resources, type: string): readonly [Block] => resource[type]?.dms ?? [{}];
const value = (name: string): string => `\${${name}}`;

describe('a role as Terraform', () => {
  it('is HCL with the current arguments, leaves the tags alone, and has the documents', async () => {
    const { resource } = await parse('main.tf', roleAsCode(REGISTER, 'terraform'));
    const [role] = blockOf(resource, 'alicloud_ram_role');
    expect(Object.keys(role).sort()).toEqual(['assume_role_policy_document', 'lifecycle', 'role_name']);
    expect(role['role_name']).toBe(`dms-cross-account-${A}`);
    expect(role['lifecycle']).toEqual([{ ignore_changes: [value('tags')] }]);
    expect(encoded(role['assume_role_policy_document'])).toEqual(REGISTER.trust);
    const [policy] = blockOf(resource, 'alicloud_ram_policy');
    expect(Object.keys(policy).sort()).toEqual(['policy_document', 'policy_name']);
    expect(policy['policy_name']).toBe(REGISTER.policy?.name);
    expect(encoded(policy['policy_document'])).toEqual(REGISTER.policy?.document);
    expect(Object.keys(resource)).toHaveLength(3);
    expect(blockOf(resource, 'alicloud_ram_role_policy_attachment')).toEqual([
      {
        role_name: value('alicloud_ram_role.dms.role_name'),
        policy_name: value('alicloud_ram_policy.dms.policy_name'),
        policy_type: 'Custom',
      },
    ]);
  });

  it('of console access attaches the policy of the vendor', async () => {
    const { resource } = await parse('main.tf', roleAsCode(CONSOLE, 'terraform'));
    expect(Object.keys(resource).sort()).toEqual([
      'alicloud_ram_role',
      'alicloud_ram_role_policy_attachment',
    ]);
    expect(blockOf(resource, 'alicloud_ram_role_policy_attachment')[0]).toMatchObject({
      policy_name: 'AliyunDMSLoginConsoleAccess',
      policy_type: 'System',
    });
  });

  it('has no template in a text that looks like one', async () => {
    const trust = {
      Version: '1',
      Statement: [{ Effect: 'Allow', Action: value('x'), Resource: '%{y}' }],
    } as const;
    const { resource } = await parse('main.tf', roleAsCode({ ...CONSOLE, trust }, 'terraform'));
    const expression = blockOf(resource, 'alicloud_ram_role')[0]['assume_role_policy_document'];
    expect(expression).toContain(`$${value('x')}`);
    expect(expression).toContain('%%{y}');
  });
});

describe('a role as ROS', () => {
  it('is a template with the documents', () => {
    expect(parseYaml(roleAsCode(REGISTER, 'ros'))).toEqual({
      ROSTemplateFormatVersion: '2015-09-01',
      Resources: {
        Role: {
          Type: 'ALIYUN::RAM::Role',
          Properties: { RoleName: `dms-cross-account-${A}`, AssumeRolePolicyDocument: REGISTER.trust },
        },
        Policy: {
          Type: 'ALIYUN::RAM::ManagedPolicy',
          DependsOn: 'Role',
          Properties: {
            PolicyName: REGISTER.policy?.name,
            PolicyDocument: REGISTER.policy?.document,
            Roles: [`dms-cross-account-${A}`],
          },
        },
      },
    });
  });

  it('of console access attaches the policy of the vendor', () => {
    const { Resources } = parseYaml(roleAsCode(CONSOLE, 'ros'));
    expect(Resources).toEqual({
      Role: {
        Type: 'ALIYUN::RAM::Role',
        Properties: {
          RoleName: `dms-console-access-${A}`,
          AssumeRolePolicyDocument: CONSOLE.trust,
          PolicyAttachments: { System: ['AliyunDMSLoginConsoleAccess'] },
        },
      },
    });
  });
});

const NOTES = `# A role for Alibaba Cloud DMS, as "npx dms-handshake policy" prints it. Code makes it; it does not, as dms-handshake does:
# - assume the role for a test and read an engine with it, so that it is known to work;
# - answer whoever asked with the ARN and the evidence;
# - end a grant at its time, or take one engine away when somebody asks for that;
# - look every hour whether somebody has changed the role.
# dms-handshake never touches a role without its tag managed-by, so it refuses requests for one that only this code made.
# A role that dms-handshake made can be taken over (terraform import); its tags are its record and must stay.
`;
const TERRAFORM = `terraform {
  required_providers {
    alicloud = {
      source  = "aliyun/alicloud"
      version = ">= 1.252.0"
    }
  }
}
`;
const ROLE = `resource "alicloud_ram_role" "dms" {
  role_name                   = "dms-console-access-${A}"
  assume_role_policy_document = jsonencode({})

  # The tags are the record of dms-handshake: the provider would take away what it does not know.
  lifecycle {
    ignore_changes = [tags]
  }
}
`;
const ATTACHED = `resource "alicloud_ram_role_policy_attachment" "dms" {
  role_name   = alicloud_ram_role.dms.role_name
  policy_name = "AliyunDMSLoginConsoleAccess"
  policy_type = "System"
}
`;

it('either says what code does not do, and is laid out for people', () => {
  const trust = {} as CodedRole['trust'];
  expect(roleAsCode({ ...CONSOLE, trust }, 'terraform')).toBe([NOTES + TERRAFORM, ROLE, ATTACHED].join('\n'));
  expect(roleAsCode(REGISTER, 'terraform')).toContain(
    '\n}\n\nresource "alicloud_ram_role_policy_attachment"',
  );
  expect(roleAsCode(REGISTER, 'ros').startsWith(`${NOTES}ROSTemplateFormatVersion: 2015-09-01\n`)).toBe(true);
  const trusting = { ...REGISTER, trust: { Version: '1', Statement: [] } as const, policy: null };
  expect(roleAsCode(trusting, 'terraform')).toBe(
    [
      NOTES + TERRAFORM,
      ROLE.replace('dms-console-access', 'dms-cross-account').replace(
        '{})',
        '{\n    "Version": "1",\n    "Statement": []\n  })',
      ),
    ].join('\n'),
  );
  const long = 'a word '.repeat(30).trim();
  const policy = REGISTER.policy === null ? null : { ...REGISTER.policy, name: long };
  expect(roleAsCode({ ...CONSOLE, policy }, 'ros')).toContain(`PolicyName: ${long}\n`);
});
