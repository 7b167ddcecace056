import { logMessages } from '../../../shared/alicloud/logs.ts';
import { openSession } from '../../../shared/alicloud/session.ts';
import { policy, readsLogs, trustAccount } from '../../../shared/installation/document-parts.ts';
import { roleArn } from '../../../shared/runtime/arn.ts';
import { TerminalError } from '../../../shared/runtime/errors.ts';
import { apiOf, patienceOf } from '../../site.ts';
import { makeRole } from './roles.ts';
import type { Step } from './step.ts';

/** What of the log is asked for, in ms: whether anything is found does not matter. */
const LAST_MS = 60_000;

/** A read of a log under the right that the operator has for it, and under no other. */
export const logs: Step = {
  name: 'logs',
  what: 'a read of the log, where LOG_PROJECT names one',
  beliefs: ['read-logs'],
  after: [],
  both: false,
  async run(at, say) {
    const { owner, names, eventually, log } = at;
    const { region, accountId, endpoint, clock } = owner;
    if (log === null) {
      say('read-logs', 'skip', 'LOG_PROJECT names no log project of account B');
      return;
    }
    const name = names.name('dms-handshake-logs');
    await makeRole(at, owner, {
      name,
      why: 'the right of the operator to read the log',
      trust: trustAccount(accountId),
      permission: policy(readsLogs(region, accountId)),
    });
    const credentials = await eventually(() =>
      openSession(apiOf(owner), region, {
        roleArn: roleArn(accountId, name),
        sessionName: 'dms-handshake-live',
        externalId: null,
        sessionPolicy: null,
      }),
    );
    const now = clock.now();
    const search = { query: '*', from: now - LAST_MS, to: now };
    const read = async (): Promise<void> => {
      const found = logMessages({ ...log, region, endpoint, credentials }, search, patienceOf(owner));
      for await (const _line of found) return;
    };
    try {
      await eventually(read);
      say('read-logs', 'pass', `${log.project}/${log.logstore} was read`);
    } catch (error) {
      if (!(error instanceof TerminalError) || error.code !== 'permission-missing') throw error;
      say('read-logs', 'fail', error.message);
    }
  },
};
