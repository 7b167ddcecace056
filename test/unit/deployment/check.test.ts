import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { deploymentNotes, plannedFaults } from '../../../scripts/deployment/check.ts';
import { type DeploymentFolder, deploymentFolder, OWNER_UID } from '../../kit/deployment-folder.ts';

const LOGS = { OWNER_UID, LOG_PROJECT: 'ops-logs' };
const SLACK_URL = 'https://hooks.slack.com/services/x';

let folder: DeploymentFolder;
beforeEach(() => {
  folder = deploymentFolder();
});
afterEach(() => folder.remove());

/** As s.yaml refers to its variables. */
const [OWNER, REGION] = ['owner', 'region'].map((name) => `$\{vars.${name}}`);
const env = (name: string) => `$\{env('${name}')}`;
const ROLE = `acs:ram::${OWNER_UID}:role/`;
const TOPICS = `acs:mns:cn-hangzhou:${OWNER_UID}:/topics/`;
const FUNCTIONS = ['dms-handshake-verify', 'dms-handshake-provision', 'dms-handshake-intake'];
const ofEach = (fault: string) => FUNCTIONS.map((name) => `${name}: ${fault}`);
const destination = (arn: string) => `destination acs:${arn} is not part of this installation`;
const invented = (trigger: string) =>
  `dms-handshake-provision: the trigger ${trigger} has no invocationRole, so the tool would invent one: name dms-handshake-trigger`;
const deaf = (topic: string) =>
  `no mns_topic trigger of dms-handshake-provision listens at ${topic}: add one`;

describe('the check of a deployment', () => {
  it.each([
    { OWNER_UID },
    LOGS,
    { ...LOGS, REGION: 'ap-southeast-1', PROBE: 'structural', HEAL: 'true' },
    { OWNER_UID, NOTIFY: 'true', SLACK_URL },
    { ...LOGS, NOTIFY: 'true', SLACK_URL },
  ])('finds nothing wrong with this one: %j', (environment) => {
    expect(folder.faults(environment)).toEqual([]);
    expect(plannedFaults(folder.root, environment)).toEqual([]);
  });

  it.each<[string, string, string, string[]]>([
    [
      'a topic that nobody asks at',
      'topics/dms-handshake-requests',
      'topics/requests',
      [
        deaf('dms-handshake-requests'),
        `dms-handshake-provision: ${TOPICS}requests is no topic of this installation`,
      ],
    ],
    [
      'a destination in another account',
      `${OWNER}:/queues`,
      '3:/queues',
      [
        `dms-handshake-verify: ${destination('mns:cn-hangzhou:3:/queues/dms-handshake-dead-letters/messages')}`,
      ],
    ],
    [
      'a destination in another region',
      `acs:mns:${REGION}:${OWNER}:/queues`,
      `acs:mns:cn-beijing:${OWNER_UID}:/queues`,
      [
        `dms-handshake-verify: ${destination(`mns:cn-beijing:${OWNER_UID}:/queues/dms-handshake-dead-letters/messages`)}`,
      ],
    ],
    [
      'an unknown queue',
      'queues/dms-handshake-dead-letters',
      'queues/letters',
      [`dms-handshake-verify: ${destination(`mns:cn-hangzhou:${OWNER_UID}:/queues/letters/messages`)}`],
    ],
    [
      'an unknown function',
      'functions/dms-handshake-verify',
      'functions/verify',
      Array(2).fill(
        `dms-handshake-provision: ${destination(`fc:cn-hangzhou:${OWNER_UID}:functions/verify`)}`,
      ),
    ],
    [
      'a role of nobody',
      'role/dms-handshake-verify',
      'role/admin',
      [`dms-handshake-verify: role ${ROLE}admin is none of bootstrap's`],
    ],
    [
      'a role of another account',
      `role: acs:ram::${OWNER}:role/dms-handshake-intake`,
      'role: acs:ram::3:role/dms-handshake-intake',
      [`dms-handshake-intake: role acs:ram::3:role/dms-handshake-intake is none of bootstrap's`],
    ],
    [
      'a role of triggers that is of nobody',
      'role/dms-handshake-trigger',
      'role/trigger',
      Array(3).fill(`dms-handshake-provision: role ${ROLE}trigger is none of bootstrap's`),
    ],
    [
      'a role of triggers to invent',
      '          invocationRole:',
      '          # ',
      [invented('requests'), invented('upkeep'), invented('owner')],
    ],
    ['no role', '      role: acs', '      # acs', ofEach("role (none) is none of bootstrap's")],
    [
      'another region',
      `region: ${REGION}`,
      'region: cn-beijing',
      ofEach('region cn-beijing is not cn-hangzhou'),
    ],
  ])('names %s', (_what, right, wrong, all) => {
    folder.spoil(right, wrong);
    expect(folder.faults()).toEqual(all);
  });

  it('names what of the list of requesters does not reach the functions', () => {
    const auth = { type: 'bearer', secretEnv: ['JIRA_TOKEN', 'JIRA_OLD'] };
    folder.list([{ topics: ['requests-5'] }], [{ name: 'jira', requesters: ['5'], auth }]);
    const unset = (name: string) =>
      `client jira: ${name} is not among the environment variables of intake, or empty: add \`${name}: ${env(name)}\` to them in s.yaml and set it`;
    expect(folder.faults()).toEqual([deaf('requests-5'), unset('JIRA_TOKEN'), unset('JIRA_OLD')]);
  });

  it('takes a secret that arrives', () => {
    const auth = { type: 'bearer', secretEnv: 'JIRA_TOKEN' };
    folder.list([{}], [{ name: 'jira', requesters: ['5'], auth }]);
    folder.spoil('# JIRA_TOKEN:', 'JIRA_TOKEN:');
    expect(folder.faults({ OWNER_UID, JIRA_TOKEN: 'x'.repeat(32) })).toEqual([]);
    expect(folder.faults()).toEqual([
      `resources.dms-handshake-intake.props.environmentVariables.JIRA_TOKEN: environment variable JIRA_TOKEN is not set (${env('JIRA_TOKEN')} has no default)`,
    ]);
  });

  it.each<[string, () => void, string[]]>([
    [
      'a list of requesters that is refused',
      () => folder.write('requesters.json', '{"requesters":{}}'),
      [
        'requesters.json is refused: line 1, column 2: requesters is an object: expected a list of requesters',
      ],
    ],
    [
      'a missing list of requesters',
      () => rmSync(join(folder.root, 'requesters.json')),
      ['requesters.json cannot be read (ENOENT): write who may ask, see docs/operate/requesters.md'],
    ],
    ['a missing s.yaml', () => rmSync(join(folder.root, 's.yaml')), ['s.yaml cannot be read (ENOENT)']],
  ])('names %s', (_what, spoil, all) => {
    spoil();
    expect(folder.faults()).toEqual(all);
  });

  it('is about notify too where it is wanted, and quotes no secret', () => {
    const faults = (more: object) => folder.faults({ OWNER_UID, NOTIFY: 'true', ...more });
    expect(faults({})).toEqual([
      'dms-handshake-notify: the environment of notify is wrong: nobody would be told: set DINGTALK_URL, FEISHU_URL, SLACK_URL or MAIL_URL (docs/operate/notify.md)',
    ]);
    expect(faults({ SLACK_URL: 'hooks/SECRET' })).toEqual([
      'dms-handshake-notify: the environment of notify is wrong: SLACK_URL is no address that begins with https:// (docs/operate/notify.md)',
    ]);
    folder.spoil('topics/dms-handshake-replies', 'topics/dms-handshake-requests', 's.notify.yaml');
    expect(faults({ SLACK_URL })).toEqual([
      `dms-handshake-notify: ${TOPICS}dms-handshake-requests is no topic of this installation`,
    ]);
  });

  it('notes what may be meant so', () => {
    const nobody = 'requesters.json lists nobody, so nobody may ask (docs/operate/requesters.md)';
    expect(deploymentNotes(folder.root, { OWNER_UID })).toEqual([nobody]);
    const short =
      "OWNER_UID has 15 digits; the UID of an account has 16 as a rule, that of a RAM user 18: see that it is account B's";
    expect(deploymentNotes(folder.root, { OWNER_UID: '200000000000000' })).toEqual([short, nobody]);
    folder.list([{}]);
    expect(deploymentNotes(folder.root, { OWNER_UID: '200000000000000' })).toEqual([short]);
    expect(folder.faults({ OWNER_UID: '200000000000000' })).toEqual([]);
  });
});
