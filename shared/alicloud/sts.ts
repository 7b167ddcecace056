import * as z from '../../events/zod.ts';
import type { Assumer, Identity } from '../ports.ts';
import { TerminalError } from '../runtime/errors.ts';
import { parseAnswer } from './answers.ts';
import type { Api } from './api.ts';
import { CloudError, isAbsent, tellCaller } from './errors.ts';
import { meaningOf } from './recognise.ts';
import { openSession } from './session.ts';
import { stsCall } from './vendor-calls.ts';

const identityAnswer = z.object({ AccountId: z.string() });

/**
 * STS 2015-04-01: who we are, and whether a role can be assumed.
 *
 * Belief identity (documented): GetCallerIdentity needs no right, and names the account. Source: "GetCallerIdentity".
 * Shown wrong by: doctor --live.
 */
export function sts(api: Api, region: string): Identity & Assumer {
  return {
    async accountId() {
      try {
        return parseAnswer(
          'STS GetCallerIdentity',
          identityAnswer,
          await api.call(stsCall('GetCallerIdentity', region)),
        ).AccountId;
      } catch (error) {
        throw tellCaller(error);
      }
    },
    async assume(session) {
      try {
        return { kind: 'session', session: await openSession(api, region, session) };
      } catch (error) {
        // An answer that does not have the documented shape is neither a session nor a refusal.
        if (error instanceof TerminalError) return { kind: 'unknown', detail: error.message };
        if (!(error instanceof CloudError)) throw error;
        if (isAbsent(error.failure)) return { kind: 'no-role' };
        const meaning = meaningOf(error.failure);
        if (meaning === 'denied' || meaning === 'refused') return { kind: meaning, detail: error.message };
        if (meaning === 'harmless' || meaning === 'unknown')
          return {
            kind: 'unknown',
            detail: `${error.message}, which proves nothing: this answer is not known`,
          };
        throw tellCaller(error);
      }
    },
  };
}
