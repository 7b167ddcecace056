import { CATALOGUE } from '../../shared/catalogue/catalogue.ts';
import { POLICY_PREFIX, ROLE_PREFIXES } from '../../shared/catalogue/names.ts';
import { FUNCTION_NAMES, NOTIFY_NAME } from '../../shared/installation/installation.ts';

/** A question to the log of a trail (ActionTrail), whose lines are in the field `event`. */
export interface AuditQuery {
  readonly name: string;
  readonly title: string;
  readonly text: string;
  readonly severity: 'high' | 'medium';
}

const field = (path: string): string => `json_extract_scalar(event, '$.${path}')`;
const WHO = `${field('userIdentity.type')} as "type", ${field('userIdentity.userName')} as "who", ${field('sourceIpAddress')} as "from"`;
const WHAT = `${field('eventName')} as "action", event as "event", ${field('errorCode')} as "error"`;

/** `words`: whole ones, as an index parts them: what begins with `dms-` is no word `dms`. The rest is for the `where`. */
const select = (words: string, where: readonly string[]): string =>
  `${words} | select from_unixtime(__time__) as "at", ${WHO}, ${WHAT} where ${where.join(' and ')} order by __time__ desc limit 1000`;

const isOneOf = (path: string, values: readonly string[]): string =>
  `${field(path)} in (${values.map((value) => `'${value}'`).join(', ')})`;

/** Names stand in the parameters of a call under many keys: they are looked for in the whole event. */
const names = (...prefixes: readonly string[]): string =>
  `regexp_like(event, '(?i)(${prefixes.map((prefix) => prefix.replaceAll('-', '\\-')).join('|')})')`;

/** A session's user name is `<role>:<session>`. */
const isNot = (...roles: readonly string[]): readonly string[] =>
  roles.map((role) => `coalesce(${field('userIdentity.userName')}, '') not like '${role}:%'`);

const isRead = `not regexp_like(${field('eventName')}, '^(Get|List)')`;

/** Operations of engines with which DMS changes something: all are whitelists. */
const MODIFYING = [
  ...new Set(Object.values(CATALOGUE).flatMap(({ modifying }) => modifying?.action.split(':')[1] ?? [])),
].sort();

export const AUDIT_QUERIES: readonly AuditQuery[] = [
  {
    name: 'written-by-others',
    title: 'Roles and policies of requesters that somebody else than provision wrote, or tried to',
    text: select('Ram', [
      isOneOf('serviceName', ['Ram']),
      isRead,
      names(...ROLE_PREFIXES, POLICY_PREFIX),
      ...isNot(FUNCTION_NAMES.provision),
    ]),
    severity: 'high',
  },
  {
    name: 'tagged-elsewhere',
    title: 'Tags that provision wrote on anything that is not ours: RAM cannot forbid it',
    text: select('TagResources', [
      isOneOf('serviceName', ['Ram']),
      isOneOf('eventName', ['TagResources', 'UntagResources']),
      `${field('userIdentity.userName')} like '${FUNCTION_NAMES.provision}:%'`,
      `not ${names(...ROLE_PREFIXES, FUNCTION_NAMES.verify)}`,
    ]),
    severity: 'high',
  },
  {
    name: 'installation-changed',
    title: "The functions' own roles, policies and code, changed by anybody",
    text: select('Ram or FC or FC-Open', [
      isOneOf('serviceName', ['Ram', 'FC', 'FC-Open']),
      isRead,
      names(...Object.values(FUNCTION_NAMES), NOTIFY_NAME, 'dms-handshake-trigger', 'dms-handshake-sender'),
      `${field('eventName')} not in ('InvokeFunction', 'AssumeRole')`,
      ...isNot(FUNCTION_NAMES.provision),
    ]),
    severity: 'high',
  },
  {
    name: 'network-opened-by-dms',
    title: 'Whitelists that DMS changed through a role of ours: what lets it reach a database',
    text: select(MODIFYING.join(' or '), [
      isOneOf('eventName', MODIFYING),
      `(${ROLE_PREFIXES.map((prefix) => `${field('userIdentity.userName')} like '${prefix}%'`).join(' or ')})`,
    ]),
    severity: 'medium',
  },
  {
    name: 'assumed-by-others',
    title: 'Roles of requesters that somebody else than DMS and verify assumed, or tried to',
    text: select('AssumeRole', [
      isOneOf('eventName', ['AssumeRole']),
      names(...ROLE_PREFIXES),
      `coalesce(${field('userIdentity.type')}, '') <> 'system'`,
      ...isNot(FUNCTION_NAMES.verify),
    ]),
    severity: 'high',
  },
];
