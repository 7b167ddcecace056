import { UID } from '../../events/uid.ts';
import { NOTIFY_VARIABLES, OFF } from './notify.ts';

export type Environment = Readonly<Record<string, string | undefined>>;

/** A variable of a deployment: what `s.yaml` and `s.logs.yaml` read from the environment, and which file it is. */
export interface Variable {
  readonly name: string;
  readonly meaning: string;
  /** Null: it has none, and must be set. */
  readonly standard: string | null;
  readonly form: RegExp;
  /** What the form is, in words. */
  readonly expected: string;
}

/** What the fc3 component takes: `IRegion` of its schema. */
const REGIONS = [
  ...['ap-northeast-1', 'ap-northeast-2', 'ap-south-1', 'ap-southeast-1', 'ap-southeast-2', 'ap-southeast-3'],
  ...['ap-southeast-5', 'ap-southeast-7', 'cn-beijing', 'cn-chengdu', 'cn-hangzhou', 'cn-heyuan-acdr-1'],
  ...['cn-hongkong', 'cn-huhehaote', 'cn-qingdao', 'cn-shanghai', 'cn-shanghai-cloudspe'],
  ...['cn-shanghai-finance-1', 'cn-shenzhen', 'cn-wulanchabu', 'cn-zhangjiakou', 'eu-central-1', 'eu-west-1'],
  ...['me-central-1', 'us-east-1', 'us-west-1'],
];

export const VARIABLES: readonly Variable[] = [
  {
    name: 'OWNER_UID',
    meaning: 'UID of account B, which the functions run in and write to',
    standard: null,
    form: UID,
    expected: 'the UID of account B, 1 to 16 digits',
  },
  {
    name: 'REGION',
    meaning: 'region of functions and topics',
    standard: 'cn-hangzhou',
    form: new RegExp(`^(${REGIONS.join('|')})$`),
    expected: 'the id of a region that the fc3 component knows, such as cn-hangzhou',
  },
  {
    name: 'PROBE',
    meaning: '`assume`: prove with a test AssumeRole; `structural`: exactly the documented trust',
    standard: 'assume',
    form: /^(assume|structural)$/,
    expected: 'assume or structural',
  },
  {
    name: 'PATIENCE_SECONDS',
    meaning: 'how long after a write a failed check may be an old reading, 0 to 600',
    standard: '60',
    form: /^([0-9]|[1-9][0-9]|[1-5][0-9]{2}|600)$/,
    expected: 'whole seconds, 0 to 600',
  },
  {
    name: 'HEAL',
    meaning: '`true`: the hourly sweep has drift of our own roles repaired; `false`: it reports',
    standard: 'false',
    form: /^(true|false)$/,
    expected: 'true or false',
  },
  {
    name: 'SIGN_IN_HOST',
    meaning: "host of the console's sign-in pages, for the link in replies about console access",
    standard: 'signin.aliyun.com',
    form: /^(?=.{1,253}$)([a-z0-9]([a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,}$/,
    expected: 'the name of a host, such as signin.alibabacloud.com',
  },
  {
    name: 'LOG_PROJECT',
    meaning: 'project of Simple Log Service that exists; set, it turns logs on',
    standard: '',
    form: /^([a-z0-9][a-z0-9-]{1,61}[a-z0-9])?$/,
    expected: 'the name of a log project, 3 to 63 of a-z, 0-9 and -',
  },
  {
    name: 'LOG_STORE',
    meaning: 'logstore of that project that exists; the roles of the functions may write to no other name',
    standard: 'dms-handshake',
    form: /^dms-handshake([a-z0-9_-]{0,49}[a-z0-9])?$/,
    expected: 'the name of a logstore that begins with dms-handshake, at most 63 of a-z, 0-9, - and _',
  },
  {
    name: 'NOTIFY',
    meaning: '`true`: people are told of replies, see [telling people](notify.md)',
    standard: 'false',
    form: /^(true|false)$/,
    expected: 'true or false',
  },
];

/** What is wrong with the variables, one sentence each. */
export const variableFaults = (environment: Environment): readonly string[] => [
  ...VARIABLES.flatMap(({ name, standard, form, expected, meaning }) => {
    const value = environment[name] ?? '';
    if (value === '')
      return standard === null ? [`${name} is not set: give it ${expected} (${meaning})`] : [];
    return form.test(value) ? [] : [`${name} is ${JSON.stringify(value)}: expected ${expected}`];
  }),
  ...withoutProject(environment),
];

/** The project turns logs on: the store alone would be set for nothing, and nobody would notice. */
function withoutProject(environment: Environment): readonly string[] {
  const store = environment['LOG_STORE'] ?? '';
  return store === '' || (environment['LOG_PROJECT'] ?? '') !== ''
    ? []
    : [
        `LOG_STORE is ${JSON.stringify(store)}, but LOG_PROJECT is not set: set it too, or leave LOG_STORE out`,
      ];
}

/** What may be right and is worth a second look. */
export function variableNotes(environment: Environment): readonly string[] {
  const { length } = environment['OWNER_UID'] ?? '';
  return length === 16
    ? []
    : [
        `OWNER_UID has ${length} digits; the UID of an account has 16 as a rule, that of a RAM user 18: see that it is account B's`,
      ];
}

/**
 * All variables with their values. Serverless Devs reads a file `.env` too, for what is not set: what was not checked
 * must not reach it that way.
 */
export const completed = (environment: Environment): Environment => ({
  ...environment,
  ...Object.fromEntries(NOTIFY_VARIABLES.map((name) => [name, environment[name] || OFF])),
  ...Object.fromEntries(VARIABLES.map(({ name, standard }) => [name, environment[name] || (standard ?? '')])),
});

/** The file that is deployed: with a log project the one that turns logs on, with NOTIFY the one that tells people. */
export function templateOf(environment: Environment): string {
  const notify = environment['NOTIFY'] === 'true' ? '.notify' : '';
  const logs = (environment['LOG_PROJECT'] ?? '') === '' ? '' : '.logs';
  return `s${notify}${logs}.yaml`;
}
