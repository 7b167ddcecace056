import { QUERIES, type Query } from './queries.ts';

/** Numbers that Simple Log Service uses for severities. Source: "Create alert rules". */
const SEVERITY = { high: 8, medium: 6, low: 4 } as const;

/** What is imported into Simple Log Service, with `<region>`, `<project>` and `<logstore>` to be replaced. */
export const logFiles = (): Readonly<Record<string, unknown>> => ({
  'deploy/observability/index.json': INDEX,
  'deploy/observability/queries.json': QUERIES.map(({ name, title, text }) => ({ name, title, query: text })),
  'deploy/observability/dead-letters.json': DEAD_LETTERS,
  'deploy/observability/dashboard.json': {
    dashboardName: 'dms-handshake',
    displayName: 'dms-handshake',
    charts: QUERIES.filter(({ text }) => !text.includes('<request')).map(chart),
  },
  'deploy/observability/alerts.json': QUERIES.flatMap(({ alert, ...query }) =>
    alert === undefined ? [] : [alertRule({ ...query, ...alert }, '<logstore>')],
  ),
});

/**
 * Parameters of Cloud Monitor's PutResourceMetricRule: messages in the queue of dead letters. Namespace, metric and
 * dimensions are inferred from what integrations of others read; look them up in the console's list of metrics.
 */
const DEAD_LETTERS = {
  RuleId: 'dms-handshake-dead-letters',
  RuleName: 'dms-handshake-dead-letters',
  Namespace: 'acs_mns_new',
  MetricName: 'ActiveMessages',
  Resources: '[{"userId":"<B>","region":"<region>","queue":"dms-handshake-dead-letters"}]',
  ContactGroups: '<contact group>',
  'Escalations.Critical.Statistics': 'Maximum',
  'Escalations.Critical.ComparisonOperator': 'GreaterThanThreshold',
  'Escalations.Critical.Threshold': '0',
  'Escalations.Critical.Times': '1',
};

/** Index of the logstore: the two fields that the queries read, with statistics. Source: CreateIndex. */
const INDEX = {
  line: { token: [...', \'";=()[]{}?@&<>/:\n\t\r'], caseSensitive: false, chn: false },
  keys: Object.fromEntries(
    ['message', 'functionName'].map((name) => [
      name,
      {
        type: 'text',
        token: [...', \'";=()[]{}?@&<>/:\n\t\r'],
        caseSensitive: false,
        doc_value: true,
        chn: false,
      },
    ]),
  ),
  // A line of a sweep or of a long reply is longer than the 2,048 bytes that statistics read otherwise.
  max_text_len: 16_384,
};

/** Source: CreateDashboard. Two charts a row, on a grid 20 wide. */
const chart = ({ title, text, chart: type, name }: Query, index: number) => ({
  title: name,
  type,
  search: {
    logstore: '<logstore>',
    topic: '',
    query: text,
    start: '-86400s',
    end: 'now',
    timeSpanType: 'relative',
  },
  display: {
    displayName: title,
    xPos: (index % 2) * 10,
    yPos: Math.floor(index / 2) * 6,
    width: 10,
    height: 6,
    ...(type === 'line' ? { xAxis: ['hour'], yAxis: ['replies'] } : {}),
  },
});

/** Source: CreateAlert. Whom it tells is the project's action policy. */
export const alertRule = (
  {
    name,
    title,
    text,
    minutes,
    severity,
  }: Pick<Query, 'name' | 'title' | 'text'> & NonNullable<Query['alert']>,
  store: string,
) => ({
  name: `dms-handshake-${name}`,
  displayName: `dms-handshake: ${name}`,
  description: title,
  type: 'Alert',
  status: 'Enabled',
  schedule: { type: 'FixedRate', interval: `${minutes}m` },
  configuration: {
    version: '2.0',
    type: 'default',
    dashboard: 'dms-handshake',
    queryList: [
      {
        storeType: 'log',
        region: '<region>',
        project: '<project>',
        store,
        query: text,
        timeSpanType: 'Relative',
        start: `-${minutes}m`,
        end: 'now',
        powerSqlMode: 'auto',
      },
    ],
    groupConfiguration: { type: 'no_group', fields: [] },
    joinConfigurations: [],
    severityConfigurations: [
      { severity: SEVERITY[severity], evalCondition: { condition: '', countCondition: '__count__ > 0' } },
    ],
    labels: [{ key: 'service', value: 'dms-handshake' }],
    annotations: [{ key: 'title', value: title }],
    threshold: 1,
    noDataFire: false,
    sendResolved: false,
    policyConfiguration: {
      alertPolicyId: 'sls.builtin.dynamic',
      actionPolicyId: '<action policy>',
      repeatInterval: '1h',
    },
  },
});
