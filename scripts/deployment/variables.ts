export type Environment = Readonly<Record<string, string | undefined>>;

/** A variable of a deployment: what `s.yaml` and `s.logs.yaml` read from the environment, and nothing else. */
export interface Variable {
  readonly name: string;
  readonly meaning: string;
  /** Null: it has none, and must be set. */
  readonly standard: string | null;
  readonly form: RegExp;
  /** What the form is, in words. */
  readonly expected: string;
}

export const VARIABLES: readonly Variable[] = [
  {
    name: 'OWNER_UID',
    meaning: 'UID of account B, which the functions run in and write to',
    standard: null,
    form: /^[1-9][0-9]{0,19}$/,
    expected: 'the UID of account B, 1 to 20 digits',
  },
  {
    name: 'REGION',
    meaning: 'region of functions and topics',
    standard: 'cn-hangzhou',
    form: /^[a-z]{2}-[a-z0-9-]{2,20}$/,
    expected: 'the id of a region, such as cn-hangzhou',
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
    name: 'LOG_PROJECT',
    meaning: 'project of Simple Log Service that exists; set, it turns logs on',
    standard: '',
    form: /^([a-z0-9][a-z0-9-]{1,61}[a-z0-9])?$/,
    expected: 'the name of a log project, 3 to 63 of a-z, 0-9 and -',
  },
  {
    name: 'LOG_STORE',
    meaning: 'logstore of that project that exists',
    standard: 'dms-handshake',
    form: /^[a-z0-9][a-z0-9_-]{0,61}[a-z0-9]$/,
    expected: 'the name of a logstore, 2 to 63 of a-z, 0-9, - and _',
  },
];

/** What is wrong with the variables, one sentence each. */
export const variableFaults = (environment: Environment): readonly string[] =>
  VARIABLES.flatMap(({ name, standard, form, expected, meaning }) => {
    const value = environment[name] ?? '';
    if (value === '')
      return standard === null ? [`${name} is not set: give it ${expected} (${meaning})`] : [];
    return form.test(value) ? [] : [`${name} is ${JSON.stringify(value)}: expected ${expected}`];
  });

/** The file that is deployed: with a log project, the one that turns logs on. */
export const templateOf = (environment: Environment): 's.yaml' | 's.logs.yaml' =>
  (environment['LOG_PROJECT'] ?? '') === '' ? 's.yaml' : 's.logs.yaml';
