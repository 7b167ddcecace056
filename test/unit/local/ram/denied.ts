import type { Caller } from '../../../../local/cloud/caller.ts';
import { ApiError } from '../../../../local/cloud/error.ts';
import { authorize } from '../../../../local/cloud/evaluate/index.ts';
import { at, type Ram } from './ram.ts';

/** The encoded message of a refusal: user `u` of the account, or another caller, may not do something. */
export function deniedMessage({ world, account, state }: Ram, action = 'fc:InvokeFunction'): string {
  const principal = { type: 'user', userName: 'u', userId: state.findUser('u')?.id ?? '' } as const;
  const caller: Caller = { accountId: account.uid, accessKeyId: 'LTAIdenied', principal };
  try {
    authorize(world, caller, { action, resource: 'acs:fc:*:*:functions/f' });
  } catch (error) {
    if (error instanceof ApiError) return String(at(error.detail, 'EncodedDiagnosticMessage'));
    throw error;
  }
  throw new Error('allowed');
}
