import { readChannels } from '../../functions/notify/channels.ts';
import type { FunctionSpec } from '../../local/host/function-spec.ts';
import { NOTIFY_NAME } from '../../shared/installation/installation.ts';
import { messageOf } from '../../shared/runtime/errors.ts';

/** What `s.notify.yaml` reads from the environment. Nearly all of them are secrets, so none is ever quoted. */
export const NOTIFY_VARIABLES = [
  'NOTIFY_KINDS',
  'DINGTALK_URL',
  'DINGTALK_SECRET',
  'FEISHU_URL',
  'FEISHU_SECRET',
  'SLACK_URL',
  'MAIL_URL',
  'MAIL_FROM',
  'MAIL_TO',
] as const;

/** What stands for one that is not set. */
export const OFF = 'off';

const notifyOf = (functions: readonly FunctionSpec[]): readonly FunctionSpec[] =>
  functions.filter(({ functionName }) => functionName === NOTIFY_NAME);

/** What is wrong with the variables of notify, as the function itself would say, where it is deployed. */
export const notifyFaults = (functions: readonly FunctionSpec[]): readonly string[] =>
  notifyOf(functions).flatMap(({ environmentVariables }) => {
    try {
      readChannels(environmentVariables);
      return [];
    } catch (error) {
      return [`${NOTIFY_NAME}: ${messageOf(error)} (docs/operate/notify.md)`];
    }
  });

/** Its values that may be shown to nobody. */
export const notifySecrets = (functions: readonly FunctionSpec[]): readonly string[] =>
  notifyOf(functions).flatMap(({ environmentVariables }) =>
    NOTIFY_VARIABLES.filter((name) => /URL|SECRET/.test(name)).flatMap((name) => {
      const value = environmentVariables[name] ?? OFF;
      return value === OFF ? [] : [value];
    }),
  );
