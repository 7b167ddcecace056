import { DriftReport } from '../../shared/sweep/drift-report.ts';
import { VERDICT_TAG } from '../../shared/verification/verdict.ts';
import { sending } from './sweep-parts.ts';
import { SENDER } from './sweeper.ts';

/** A report of the sweep, with nobody at the other end. */
export function reporting() {
  const to = sending();
  const report = new DriftReport(SENDER, to.outbox, to.upkeep);
  /** What was told, and what is remembered of which roles. */
  const outcome = async () => {
    await report.flush();
    const remembered = to.asked.map((one) =>
      'remember' in one ? [one.remember.tags[VERDICT_TAG], one.remember.roles] : one,
    );
    return { told: to.replies.map(({ data }) => data), addressees: to.order, remembered };
  };
  return { report, outcome };
}
