import { describe, expect, it } from 'vitest';
import { OWNER } from '../../../kit/accounts.ts';
import { bareCloud } from './bare.ts';
import { type Body, http, timer, topic } from './setup.ts';

const CRON = 'must have six fields (seconds first), optionally after CRON_TZ=, or be "@every 5m"';
const TOPIC = 'must be acs:mns:<region>:<uid>:/topics/<topic>';
const NAME = 'Invalid string: must match pattern /^[A-Za-z_][A-Za-z0-9_-]{0,127}$/';
const TEXT = 'trigger.triggerConfig must be the text of a JSON object';
const config = (more: object) => ({ triggerConfig: JSON.stringify(more) });
const onTopic = (name: string) => `acs:mns:cn-hangzhou:${OWNER}:/topics/${name}`;
const JWT = {
  jwks: { keys: [{ kty: 'RSA' }] },
  tokenLookup: [{ readPosition: 'header', parameterName: 'a' }],
};

describe('CreateTrigger: place, value and way out of', () => {
  it.each<[trigger: Body, message: string]>([
    [
      { ...timer('@every 1h'), triggerType: 'oss' },
      'trigger.triggerType is "oss": trigger type "oss" is not supported; known are mns_topic, http, timer',
    ],
    [
      { ...timer('@every 1h'), triggerType: undefined },
      'trigger.triggerType is missing: trigger type undefined is not supported; known are mns_topic, http, timer',
    ],
    [timer('@every 1h', '9'), `trigger.triggerName is "9": ${NAME}`],
    [timer('@every 1h', 'a.b'), `trigger.triggerName is "a.b": ${NAME}`],
    [{ ...timer('@every 1h'), triggerConfig: undefined }, TEXT],
    [{ ...timer('@every 1h'), triggerConfig: { a: 1 } }, TEXT],
    [{ ...timer('@every 1h'), triggerConfig: { toString: 1, valueOf: 1 } }, TEXT],
    [{ ...timer('@every 1h'), triggerConfig: ['{"cronExpression":"@every 1h"}'] }, TEXT],
    [{ ...timer('@every 1h'), triggerConfig: 'x' }, TEXT],
    [{ ...timer('@every 1h'), triggerConfig: '[]' }, TEXT],
    ...['@every 1h 1', 'x@every 1h', '0 3 * * *', '0 0 3 * * * *'].map((cron): [Body, string] => [
      timer(cron),
      `trigger.triggerConfig.cronExpression is ${JSON.stringify(cron)}: ${CRON}`,
    ]),
    [
      { ...timer(''), ...config({ cronExpression: '@every 1h', enable: 'yes' }) },
      'trigger.triggerConfig.enable is "yes": Invalid input: expected boolean, received string',
    ],
    [
      { ...timer(''), ...config({ cronExpression: '@every 1h', enable: true, enabled: true }) },
      'trigger.triggerConfig.enabled is no key here; the nearest is "enable", all are cronExpression, enable, payload',
    ],
    [
      { ...topic(), sourceArn: undefined },
      'trigger.sourceArn is missing: Invalid input: expected string, received undefined',
    ],
    [topic(`x${onTopic('requests')}`), `trigger.sourceArn is "x${onTopic('requests')}": ${TOPIC}`],
    [topic(`${onTopic('requests')}/x`), `trigger.sourceArn is "${onTopic('requests')}/x": ${TOPIC}`],
    [
      topic('acs:mns:cn-beijing::/topics/requests'),
      'f/requests: a topic trigger needs a topic of its own account and region',
    ],
    [
      topic(`acs:mns:cn-hangzhou:42:/topics/requests`),
      'f/requests: a topic trigger needs a topic of its own account and region',
    ],
    [topic(onTopic('none')), 'f/requests: TopicNotExist: The topic name you provided is not exist.'],
    [{ ...topic(), qualifier: '7' }, 'qualifier 7: the local cloud has LATEST only'],
    [
      { ...topic(), invocationRole: 'acs:ram::42:role/x' },
      `role acs:ram::42:role/x does not belong to account ${OWNER}`,
    ],
    [
      {
        ...topic(),
        ...config({ notifyContentFormat: 'XML', notifyStrategy: 'x', filterTag: 'x'.repeat(17) }),
      },
      `trigger.triggerConfig.filterTag is "${'x'.repeat(17)}": Too big: expected string to have <=16 characters; trigger.triggerConfig.notifyContentFormat is "XML": Invalid option: expected one of "STREAM"|"JSON"; trigger.triggerConfig.notifyStrategy is "x": Invalid option: expected one of "BACKOFF_RETRY"|"EXPONENTIAL_DECAY_RETRY"`,
    ],
    [
      http({ authType: 'none' }),
      'trigger.triggerConfig.authType is "none": Invalid option: expected one of "anonymous"|"function"|"jwt"',
    ],
    [
      http({ methods: [] }),
      'trigger.triggerConfig.methods is a list: Too small: expected array to have >=1 items',
    ],
    [
      http({ methods: ['get'] }),
      'trigger.triggerConfig.methods[0] is "get": Invalid option: expected one of "GET"|"HEAD"|"POST"|"PUT"|"DELETE"|"PATCH"|"OPTIONS"',
    ],
    [
      http({ authType: 'jwt', authConfig: { jwks: {}, tokenLookup: [{}] } }),
      'trigger.triggerConfig.authConfig.jwks.keys is missing: Invalid input: expected array, received undefined; trigger.triggerConfig.authConfig.tokenLookup[0].readPosition is missing: Invalid input: expected string, received undefined; trigger.triggerConfig.authConfig.tokenLookup[0].parameterName is missing: Invalid input: expected string, received undefined',
    ],
  ])('%j', async (trigger, message) => {
    const { made, ask, owner } = bareCloud();
    await made();
    const { status, body } = await ask('POST /functions/f/triggers', trigger);
    expect([status, body.Code, body.Message]).toEqual([400, 'InvalidArgument', message]);
    expect(owner.fc.function('f').triggers.size).toBe(0);
    expect(owner.mns.topic('requests').subscriptions.size).toBe(0);
  });

  it.each<Body>([
    timer('CRON_TZ=Asia/Shanghai  10 20  3 * * *', '_'.repeat(128)),
    timer('10 20 3 * * 12'),
    timer('@every 10m'),
    { ...timer(''), ...config({ cronExpression: '@every 1h', enable: true }) },
    {
      ...topic(),
      ...config({ notifyContentFormat: 'JSON', notifyStrategy: 'BACKOFF_RETRY', filterTag: 't' }),
    },
    topic('acs:mns:cn-hangzhou::/topics/requests'),
    { ...topic(), description: null, qualifier: '', invocationRole: '' },
    http({ methods: ['GET', 'HEAD', 'POST', 'PUT', 'DELETE', 'PATCH', 'OPTIONS'] }),
    http({ authType: 'function', disableURLInternet: true }),
    http({ authType: 'jwt', authConfig: { ...JWT, claimPassBy: 1, blacklist: [], whitelist: ['a'] } }),
  ])('none is in %j', async (trigger) => {
    const { made, ask } = bareCloud();
    await made();
    expect((await ask('POST /functions/f/triggers', trigger)).status).toBe(200);
  });
});
