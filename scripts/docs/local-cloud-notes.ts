import { systemPolicies } from '../../local/cloud/ram/system-policies.ts';

/** What a service of the local cloud does and does not do, in words; the operations themselves come from the code. */
export interface ServiceNotes {
  readonly title: string;
  /** Folder of the code. */
  readonly folder: string;
  readonly covered: readonly string[];
  readonly notCovered: readonly string[];
}

/** By the service's name in the code; `engines` stands for all read calls of engines and of VPC. */
export const NOTES: Readonly<Record<ServiceName, ServiceNotes>> = {
  ram: {
    title: 'Resource Access Management (RAM)',
    folder: 'local/cloud/ram',
    covered: [
      'Names, lengths and characters of every parameter, in the query or in a form; lists as JSON text or as `Tag.1.Key`.',
      'Documents are parsed and held to the grammar: 6144 bytes, no principal in a permission, no resource in a trust. A service principal of the own account is rewritten to its plain form, as RAM does.',
      'Quotas: 1000 roles, 5000 users, 300 groups, 10 groups per user, 1500 policies, 10 custom and 20 system policies per role, user or group, 5 versions per policy, 20 tags, 2 keys per user.',
      'Markers hold names, not positions: what exists throughout a listing is shown exactly once, whatever changes between two pages.',
      'Groups: a member has the policies of its groups beside its own. Users and groups can be renamed, with all that they have.',
      'When a key last signed a request; what stood behind a refusal (DecodeDiagnosticMessage), with the policy that denied and without the conditions.',
      'What the Terraform provider calls for roles, policies, users, groups, memberships, attachments and keys; a second apply finds no change.',
      'Conflicts of deletion, versions that rotate, attachment counts, ARNs in lower case, names without case.',
      `Policies of the vendor, with their documents: ${[...systemPolicies.values()].map(({ name }) => `\`${name}\``).join(', ')}. Any other \`Aliyun<Product>FullAccess\` or \`Aliyun<Product>ReadOnlyAccess\` is derived from the pattern, allows \`<product>:*\` or its reads, and its description says that it is derived: a name that the vendor does not have passes here.`,
    ],
    notCovered: [
      'Console logins and MFA (DeleteLoginProfile and UnbindMFADevice answer that there is none), identity providers, resource groups, control policies of a resource directory.',
    ],
  },
  sts: {
    title: 'Security Token Service (STS)',
    folder: 'local/cloud/sts',
    covered: [
      'Both sides of AssumeRole: the policies of the caller and the trust of the role, with `sts:ExternalId` and explicit denials. A role that trusts only a service is closed to everybody else.',
      'Session policies (2048 characters) as an intersection; durations from 900 seconds to the maximum of the role; chains of roles; sessions of services (`<uid>@dms.aliyuncs.com`).',
      'Tokens that are expired, changed, missing, or of another session; `AccessDeniedDetail` in every refusal.',
      '`SourceIdentity`: answered, kept along a chain of sessions, and known to conditions as `sts:SourceIdentity`.',
      'Keys of the account itself (root): they may do everything in the account, and assume no role.',
      'A role that was made again under its old name is another role: sessions of the first can do nothing any more.',
    ],
    notCovered: [
      'AssumeRoleWithSAML, AssumeRoleWithOIDC.',
      'The limit that a chained session lasts an hour.',
    ],
  },
  mns: {
    title: 'Message Service (MNS, now Simple Message Queue), HTTP API 2015-06-06',
    folder: 'local/cloud/mns',
    covered: [
      'Queues: attributes and their bounds, long polls to 30 seconds, visibility with a new handle after every change, delay, retention, priority, dead letters, batches of 16 with partial failures.',
      'Topics: tags and filters; subscriptions that push to a queue (of another account under the role that the control API gave it), to an HTTP address and to a function, in the formats XML, JSON, SIMPLIFIED and STREAM, with both strategies of retry.',
      'Pushes to HTTP are signed as the vendor signs them (RSA-SHA1, `x-mns-signing-cert-url`). The certificate is at the door of the account, `/x509_public_certificate.pem`, over https with `--tls`: a receiver that checks the host of that address has to be told to take the door, and `SSL_CERT_FILE=<ca>` lets it fetch over https.',
      'Signatures of version 2 and 4; properties, attributes and the group of a message; `x-mns-with-meta`; a host `<uid>.mns.<region>.…` names the account, at whichever port it is asked.',
      'Delivery at least once and without order: [duplicates and reordering](local-cloud-faults.md) on request.',
    ],
    notCovered: [
      'E-mail and SMS; FIFO queues; transactions; logging.',
      'A role in the document of Subscribe: it is read over, as no SDK sends one; the control API takes it.',
    ],
  },
  'mns-open': {
    title: 'Message Service, control API mns-open 2022-01-19',
    folder: 'local/cloud/mns-open',
    covered: [
      'The same queues, topics and subscriptions as the HTTP API, with the attributes under their other names; parameters in the form body or in the query; pages of 10 to 50; tags, given when something is made and later.',
      'What the Terraform provider calls for queues, topics and subscriptions; a second apply finds no change. The form of ListTagResources is inferred: no client of the vendor has it.',
      'Subscriptions with a role, which is never shown and cannot be changed, with a filter, and with dead letters for what was given up.',
    ],
    notCovered: ['Push types other than queue and http; FIFO queues and topics.'],
  },
  fc: {
    title: 'Function Compute, API 2023-03-30',
    folder: 'local/cloud/fc',
    covered: [
      'Functions are deployed through this API, by `npx dms-handshake local` itself too, and run from the zip that was uploaded: through the bucket of uploads, or in base64. `codeChecksum` is CRC64-ECMA, so that clients see what has changed.',
      "The code runs as in a managed Node.js runtime: one invocation per instance, initializers, timeouts, environment, context with the keys of the function's role, logs. An update swaps code and settings at once; what runs goes on as it began.",
      'Triggers: `mns_topic` subscribes, `http` gets a URL on the loopback interface, `timer` fires on the clock (six fields, `CRON_TZ=`, `@every`).',
      'Synchronous and asynchronous invocations, task ids, limits of size, `x-fc-error-type` with status 200; retries, ages and destinations of asynchronous events; reserved concurrency.',
      'Rights by the actions of 3.0 (`fc:PutFunctionAsyncInvokeConfig` for PutAsyncInvokeConfig, and its kin), and `ram:PassRole` for the roles that a function or a trigger is given.',
      'Tags of functions. What the Terraform provider calls for functions, triggers, asynchronous configurations and concurrency; a second apply finds no change.',
      'What the official tool asks besides: scaling, provisioned instances, network bindings, versions and aliases are read as empty.',
    ],
    notCovered: [
      'Publishing versions and aliases; layers; custom runtimes; file systems; networks; API 2016-08-15 but for GetTempBucketToken.',
      'EventBridge: a trigger of that type is refused.',
      "The errors that `@alicloud/fc2` reads are those of 2016-08-15: of 3.0's it reports the status only, here as there.",
    ],
  },
  oss: {
    title: 'Object Storage Service (OSS): uploads of code',
    folder: 'local/cloud/oss',
    covered: [
      'PutObject into the bucket that GetTempBucketToken names, with its keys, to its object and to no other, signed by version 1. The bucket stands in the host, or for an endpoint without a name in the signature only.',
    ],
    notCovered: ['Everything else: no other bucket, no reading, no signature of version 4.'],
  },
  sls: {
    title: 'Simple Log Service (SLS)',
    folder: 'local/cloud/sls',
    covered: [
      'Projects, logstores, their shards, indexes, tags and policies, as the Terraform provider makes and changes them; a second apply finds no change. A logstore that a function names is there without being made.',
      'Lines of a function arrive under its role, which needs `log:PostLogStoreLogs` on the logstore, or are lost; those of a function without a role arrive under the role of the service.',
      'Logs by topic, time and words, newest or oldest first, in pages of 100. The latest 20,000 lines of each logstore are kept.',
      'The project stands in the host, `<project>.<endpoint>`, also before `127.0.0.1:<port>` and `localhost:<port>`, or before the path (`/sls/<project>`).',
      'Signatures of version 1, by SHA-1 and SHA-256, and of version 4.',
    ],
    notCovered: [
      'SQL and `or`; writing logs; metric stores, dashboards, alerts and jobs.',
      'What a policy of a project says: it is kept and shown, and decides nothing. An index is shown, and every field is searched without it.',
    ],
  },
  'dms-enterprise': {
    title: 'Data Management (DMS Enterprise)',
    folder: 'local/cloud/dms',
    covered: [
      "AddInstance with `RoleArn` assumes the role as `<uid>@dms.aliyuncs.com` and is evaluated for every action of the engine's document; one that is denied fails the registration by its name. The documents are a copy of the vendor's page, not of ours.",
      'All rules of the page on what is required with what. The password is neither kept nor told.',
      '`vpc:DescribeVpcs` is needed in addition for the source `VPC_IDC`; `drds` means PolarDB-X 1.0 or 2.0 by its host; `hologres` and `selectdb` are spellings that the page of types does not have: all three are our reading.',
      'ModifyInstance keeps the role and enters the other account again; RegisterInstance takes no role and puts the instance under Security Collaboration: both are our reading.',
      'AddInstance tells no id (GetInstance does); SyncInstanceMeta takes instances under Security Collaboration only.',
      'How a refusal in the other account is told, the codes of a repeated registration and of a wrong control mode are inferred.',
    ],
    notCovered: [
      'The databases: the test of a connection always succeeds, and ListDatabases is empty.',
      'More than one tenant, changes of users, tickets, and everything else of DMS.',
    ],
  },
  actiontrail: {
    title: 'ActionTrail',
    folder: 'local/cloud/actiontrail',
    covered: [
      'Every write of RAM and every AssumeRole of the account, refused ones too: who, when, what, and of a session the secret, as the samples of the vendor have it. The latest 1,000 are kept, or as many as `--keep` says.',
      'Times, both directions, pages of 50, one condition or two, 90 days; two calls a second where the published rates hold.',
      'How a service that assumes a role is shown is inferred: the vendor has no sample of it.',
    ],
    notCovered: [
      'Trails, events of other services, and searches by resource.',
      'Being late: an event is there at once, at the host of every region.',
    ],
  },
  engines: {
    title: 'Engines and VPC: one harmless read each',
    folder: 'local/cloud/engines',
    covered: [
      "Style, version, required parameters and the right that the vendor's document names, on the region's resources.",
      'Two products share (2023-05-22, DescribeDBInstances). The host tells them apart; at the loopback address, which serves all hosts, the rights of the caller do.',
    ],
    notCovered: ['Instances: every list is empty, but for one VPC per account.'],
  },
};

export type ServiceName =
  | 'ram'
  | 'sts'
  | 'mns'
  | 'mns-open'
  | 'fc'
  | 'oss'
  | 'sls'
  | 'dms-enterprise'
  | 'actiontrail'
  | 'engines';
