import type { Check } from '../../events/check.ts';
import type { Conflict, Step } from '../bootstrap/steps.ts';
import { ROLE_UNKNOWN } from '../bootstrap/subscription-steps.ts';
import { fail, pass, skip } from './finding.ts';

type Named = readonly { readonly name: string }[];

/** What an account must hold, and what there is to do or in the way: see `ownerSteps` and `stepsFor`. */
export interface Examined {
  readonly desired: Readonly<Record<'roles' | 'topics' | 'queues' | 'subscriptions', Named>>;
  readonly steps: readonly Pick<Step, 'operation' | 'target' | 'reason'>[];
  readonly conflicts: readonly Pick<Conflict, 'kind' | 'target' | 'text' | 'fix'>[];
}

/** Roles, topics, queues and subscriptions, one check each: bootstrap's own plan, not carried out. */
export function installationChecks({ desired, steps, conflicts }: Examined, fix: string): readonly Check[] {
  const check = (kind: string, name: string): Check => {
    const due = steps.filter((step) => step.target === name && kindOf(step.operation) === kind);
    const inTheWay = conflicts.filter((one) => one.target === name && one.kind === kind);
    const id = `${kind}:${name}`;
    const [first] = inTheWay;
    if (first !== undefined) return fail(id, inTheWay.map(({ text }) => text).join('; '), first.fix);
    if (due.length > 0 && due.every(({ reason }) => reason === ROLE_UNKNOWN))
      return skip(id, `${ROLE_UNKNOWN} by: ${fix}`);
    if (due.length > 0)
      return fail(id, due.map((step) => `${step.operation}: ${step.reason}`).join('; '), fix);
    return pass(id, 'as it must be');
  };
  return [
    ...desired.roles.map(({ name }) => check('role', name)),
    ...desired.topics.map(({ name }) => check('topic', name)),
    ...desired.queues.map(({ name }) => check('queue', name)),
    ...desired.subscriptions.map(({ name }) => check('subscription', name)),
    ...conflicts
      .filter(({ target, kind }) => kind === 'role' && !desired.roles.some(({ name }) => name === target))
      .map(({ target, text, fix }) => fail(`role:${target}`, text, fix)),
  ];
}

const KINDS: Readonly<Record<string, string>> = {
  'create-topic': 'topic',
  'create-queue': 'queue',
  subscribe: 'subscription',
};

/** A role, its policy and what is attached are one thing to look at. */
const kindOf = (operation: string): string => KINDS[operation] ?? 'role';
