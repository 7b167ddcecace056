import { QUERIES, type Query } from './queries.ts';

/** Numbers that Simple Log Service uses for severities. Source: "Create alert rules". */
const SEVERITY = { high: 8, medium: 6, low: 4 } as const;

/** What is imported into Simple Log Service, with `<region>`, `<project>` and `<logstore>` to be replaced. */
export const logFiles = (): Readonly<Record<string, unknown>> => ({
  'deploy/observability/index.json': INDEX,
  'deploy/observability/queries.json': QUERIES.map(({ name, title, text }) => ({ name, title, query: text })),
  ...Object.fromEntries(
    Object.entries(METRIC_RULES).map(([name, rule]) => [
      `deploy/observability/${name}.json`,
      metricRule(name, rule),
    ]),
  ),
  'deploy/observability/dashboard.json': {
    dashboardName: 'dms-handshake',
    displayName: 'dms-handshake',
    charts: QUERIES.filter(({ text }) => !text.includes('<request')).map(chart),
  },
  'deploy/observability/alerts.json': QUERIES.flatMap(({ alert, ...query }) =>
    alert === undefined ? [] : [alertRule({ ...query, ...alert }, '<logstore>')],
  ),
});

/** A rule of Cloud Monitor: tells when a metric is above a threshold. */
interface MetricRule {
  readonly namespace: string;
  readonly metric: string;
  /** Dimensions besides account and region; one for each thing that is watched. */
  readonly of: readonly Readonly<Record<string, string>>[];
  readonly threshold: number;
}

/**
 * What no log line tells: messages in the queue of dead letters; records that their destination refused, each of which
 * is an outcome that nobody hears of; and events that wait for an instance, which the platform gives up after 5 hours
 * (docs/quality/reliability.md has how long bursts take). Metrics of Function Compute are the vendor's names. Namespaces,
 * dimensions and the metric of queues are those that integrations of others read.
 *
 * Belief metric-names (documented): the namespaces, metrics and dimensions here are those of Cloud Monitor. Source: the
 * manual in Chinese, "Monitoring data"; "Message Service" of Cloud Monitor; examples in its SDKs.
 */
const METRIC_RULES: Readonly<Record<string, MetricRule>> = {
  'dead-letters': {
    namespace: 'acs_mns_new',
    metric: 'ActiveMessages',
    of: [{ queue: 'dms-handshake-dead-letters' }],
    threshold: 0,
  },
  'lost-records': {
    namespace: 'acs_fc',
    metric: 'FunctionDestinationErrors',
    of: [{ functionName: 'dms-handshake-provision' }, { functionName: 'dms-handshake-verify' }],
    threshold: 0,
  },
  backlog: {
    namespace: 'acs_fc',
    metric: 'FunctionAsyncMessagesBacklogV2',
    of: [{ functionName: 'dms-handshake-provision' }],
    threshold: 100,
  },
};

/** Parameters of PutResourceMetricRule. */
const metricRule = (name: string, { namespace, metric, of, threshold }: MetricRule) => ({
  RuleId: `dms-handshake-${name}`,
  RuleName: `dms-handshake-${name}`,
  Namespace: namespace,
  MetricName: metric,
  Resources: JSON.stringify(of.map((one) => ({ userId: '<B>', region: '<region>', ...one }))),
  ContactGroups: '<contact group>',
  'Escalations.Critical.Statistics': 'Maximum',
  'Escalations.Critical.ComparisonOperator': 'GreaterThanThreshold',
  'Escalations.Critical.Threshold': String(threshold),
  'Escalations.Critical.Times': '1',
});

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
