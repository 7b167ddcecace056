import { expect, it } from 'vitest';
import { readBlueprint } from '../../../local/host/blueprint.ts';
import { secretsOf } from '../../../scripts/deployment/secrets.ts';
import { readRequesters } from '../../../shared/admission/requesters.ts';
import { OWNER_UID } from '../../kit/deployment-folder.ts';

const RESOURCE = (functionName: string, environmentVariables: object) => ({
  component: 'fc3@0.1.22',
  props: {
    ...{ region: 'cn-hangzhou', functionName, runtime: 'nodejs20', handler: 'index.handler', code: './x' },
    ...{ cpu: 0.25, memorySize: 256, diskSize: 512, timeout: 10, environmentVariables },
  },
});
const blueprint = (intake: object, notify: object) =>
  readBlueprint(
    JSON.stringify({
      edition: '3.0.0',
      name: 'x',
      resources: {
        a: RESOURCE('dms-handshake-intake', intake),
        b: RESOURCE('dms-handshake-notify', notify),
      },
    }),
    {},
  ).functions;

const requesters = readRequesters(
  JSON.stringify({
    requesters: [{ uid: '5', name: 'five', engines: '*', access: ['register'] }],
    clients: [
      {
        name: 'jira',
        requesters: ['5'],
        auth: { type: 'bearer', secretEnv: ['NEW', 'OLD', 'EMPTY', 'UNSET'] },
      },
    ],
  }),
);

it('the secrets of a deployment are those of clients, here and in the functions, and those of notify', () => {
  const notify = {
    ...{ SLACK_URL: 's', MAIL_URL: 'm', DINGTALK_URL: 'off' },
    ...{ FEISHU_SECRET: 'f', MAIL_TO: 't' },
  };
  const functions = blueprint({ NEW: 'n2', OLD: 'o', EMPTY: '', SLACK_URL: 'not of notify' }, notify);
  expect(secretsOf(requesters, functions, { NEW: 'n1', OLD: 'o', OWNER_UID, MAIL_URL: 'other' })).toEqual([
    ...['n1', 'n2', 'o'],
    ...['f', 's', 'm'],
  ]);
});
