import type { Document, Statement } from '../catalogue/document.ts';

/** The statements that the documents of this folder are put together from. */

export const policy = (...statements: Statement[]): Document => ({ Statement: statements, Version: '1' });

export const allow = (actions: readonly string[], resources: readonly string[]): Statement => ({
  Action: actions,
  Effect: 'Allow',
  Resource: resources,
});

export const trustService = (service: string): Document =>
  policy({ Action: 'sts:AssumeRole', Effect: 'Allow', Principal: { Service: [service] } });

/** Every RAM identity of an account that its own policies let assume the role. */
export const trustAccount = (uid: string): Document =>
  policy({ Action: 'sts:AssumeRole', Effect: 'Allow', Principal: { RAM: [`acs:ram::${uid}:root`] } });

export const functionArn = (region: string, uid: string, name: string): string =>
  `acs:fc:${region}:${uid}:functions/${name}`;

export const topicArn = (region: string, uid: string, name: string): string =>
  `acs:mns:${region}:${uid}:/topics/${name}`;

/**
 * Lines of a function, under its own role. Logstores of our names only: whoever has the keys of a function can write
 * what looks like its lines, and nothing into another log. LOG_PROJECT is not known here.
 */
export const writesLogs = (region: string, uid: string): Statement =>
  allow(['log:PostLogStoreLogs'], [`acs:log:${region}:${uid}:project/*/logstore/dms-handshake*`]);

/**
 * Belief read-logs (inferred): GetLogsV2 is authorised as GetLogStoreLogs on the logstore. Source: RAM's page names the
 * logstore, a comment of the API the project. Shown wrong by: doctor --live.
 */
export const readsLogs = (region: string, uid: string): Statement =>
  allow(['log:GetLogStoreLogs'], [`acs:log:${region}:${uid}:project/*/logstore/dms-handshake*`]);

export const queueArn = (region: string, uid: string, name: string): string =>
  `acs:mns:${region}:${uid}:/queues/${name}`;
