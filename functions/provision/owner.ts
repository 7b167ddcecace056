import type { Outcome } from '../../events/outcome.ts';
import { problem } from '../../events/problem.ts';
import { closingTime } from '../../shared/admission/authenticate/signed-message.ts';
import { endRules } from '../../shared/admission/end-rules.ts';
import { findRequester, type Requesters } from '../../shared/admission/requesters.ts';
import { reconcile } from '../../shared/reconcile/reconcile.ts';
import type { ProvisionPorts } from '../../shared/reconcile/reconciled.ts';
import type { Delivery } from '../../shared/requests/delivery.ts';
import type { Gate } from '../../shared/requests/gate.ts';
import { judgedWord } from '../../shared/requests/judged-word.ts';
import { outcome, rejected } from '../../shared/requests/outcome.ts';
import { misreadWord, spokenByOwner } from '../../shared/requests/owners-word.ts';
import type { Settings } from '../../shared/runtime/config.ts';
import { TerminalError } from '../../shared/runtime/errors.ts';
import { answerRequest } from './answer.ts';
import { keepRole } from './keep.ts';
import { outcomeOf } from './outcome-of.ts';

const NARROWS: Gate = { kind: 'narrows' };

/**
 * Does what the owner says on its own topic. Only its approvers may publish there, so nobody has to be listed: access
 * can be taken from whoever has it. The outcome is told to the requester and to the owner.
 */
export async function obeyOwner(
  delivery: Delivery,
  settings: Settings & { readonly requesters: Requesters },
  ports: ProvisionPorts,
): Promise<Outcome> {
  const spoken = spokenByOwner(delivery);
  const { said, answer } = spoken;
  if (answer !== null) return answerRequest({ ...spoken, answer }, delivery, settings, ports);
  const judged = judgedWord(spoken, delivery.publishedAt, settings.ownerUid, settings.requesters);
  const { head, refusal, approvedBy } = judged;
  if (refusal !== null) return rejected(head, refusal);
  if (said?.keep !== undefined)
    return { ...(await keepRole(head, said.keep, judged.at, settings, ports)), approvedBy };
  const close = said?.close;
  if (close === undefined) return rejected(head, misreadWord(null));
  const { requesterUid, access } = close;
  const requester = findRequester(settings.requesters, requesterUid);
  const ends = endRules(requester);
  const at = closingTime(delivery.publishedAt, requester?.publicKeys ?? []);
  const change = { action: 'revoke', ids: 'all', at, ends } as const;
  const gate = requester === undefined || requester.approval === null ? undefined : NARROWS;
  try {
    const reconciled = await reconcile({ access, requesterUid }, change, settings, ports, gate);
    return outcomeOf(head, change, reconciled, ports.clock.now());
  } catch (error) {
    if (!(error instanceof TerminalError)) throw error;
    return outcome(head, 'failed', { problem: problem(error.code, `${error.message}.`) });
  }
}
