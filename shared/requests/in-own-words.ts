import { CHECK_IDS } from '../../events/check.ts';
import type { Outcome } from '../../events/outcome.ts';
import { problem } from '../../events/problem.ts';
import { isEngine } from '../catalogue/catalogue.ts';
import { CONNECTIONS } from '../catalogue/engine.ts';
import { isGrantText } from '../record/grant-texts.ts';
import { isOwnAfter, isOwnBefore } from './own-changes.ts';
import { isOwnDetail, plainDetail } from './own-words.ts';

/**
 * An outcome without a word that provision would not have said. Whoever may invoke verify can give it an outcome that is
 * made up; what verify then publishes says what it finds itself, and nothing of that. */
export function inOwnWords(outcome: Outcome): Outcome {
  const { problem: given } = outcome;
  const detail = given !== null && isOwnDetail(given.detail) ? given.detail : null;
  return {
    ...outcome,
    problem: given === null ? null : problem(given.code, detail ?? plainDetail(given.code), given.retryable),
    engines: outcome.engines.filter(isEngine),
    connections: outcome.connections.filter((one) => CONNECTIONS.some((known) => known === one)),
    before: outcome.before?.filter(isGrantText) ?? null,
    after: outcome.after?.filter(isGrantText) ?? null,
    changes: outcome.changes.flatMap((one) => {
      const { check } = one;
      if (!CHECK_IDS.some((known) => known === check) && !isEngineCheck(check)) return [];
      return [
        {
          check,
          before: isOwnBefore(one.before) ? one.before : 'what was found is not told in words of provision',
          after: isOwnAfter(one.after) ? one.after : '',
          asked: one.asked,
        },
      ];
    }),
  };
}

const ENGINE = 'engine:';
const isEngineCheck = (check: string): boolean =>
  check.startsWith(ENGINE) && isEngine(check.slice(ENGINE.length));
