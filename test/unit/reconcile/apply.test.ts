import { describe, expect, it } from 'vitest';
import type { Operation, WriteResult } from '../../../shared/ports.ts';
import { applyPlan, applyTakingAway } from '../../../shared/reconcile/apply.ts';
import { RetryableError, TerminalError } from '../../../shared/runtime/errors.ts';
import { TestClock } from '../../kit/clock.ts';
import { START } from '../../kit/time.ts';

const NO_DOCUMENT = { Statement: [], Version: '1' } as const;
const reason = 'a test';
const create: Operation = { operation: 'create-policy', target: 'p', reason, document: NO_DOCUMENT };
const policy = { name: 'old', type: 'Custom' } as const;
const detach: Operation = { operation: 'detach-policy', target: 'old', reason, policy };
const trust: Operation = { operation: 'update-trust', target: 'r', reason, trust: NO_DOCUMENT };
const tag: Operation = { operation: 'tag-role', target: 'r', reason, tags: new Map() };

/** RAM, which answers each kind of write so; a second passes with each. */
function ram(answers: Partial<Record<Operation['operation'], WriteResult | Error>> = {}) {
  const clock = new TestClock(START);
  const written: string[] = [];
  const apply = async (_role: string, { operation }: Operation): Promise<WriteResult> => {
    clock.advance(1_000);
    written.push(operation);
    const answer = answers[operation] ?? 'done';
    if (answer instanceof Error) throw answer;
    return answer;
  };
  return { clock, written, writer: { apply } };
}

describe('a plan', () => {
  const run = async (stages: readonly (readonly Operation[])[], at: ReturnType<typeof ram>) =>
    applyPlan(stages, 'a-role', at.writer, at.clock);

  it('is written stage by stage, and says when the last write took effect', async () => {
    expect(await run([[tag, create], [detach]], ram())).toEqual({
      done: [tag, create, detach],
      conflict: false,
      lastWriteAt: START + 3_000,
    });
    expect(await run([], ram())).toEqual({ done: [], conflict: false, lastWriteAt: null });
  });

  it('stops where RAM is in another state, with what took effect until then', async () => {
    const at = ram({ 'create-policy': 'conflict' });
    expect(await run([[tag], [create, trust], [detach]], at)).toEqual({
      done: [tag, trust],
      conflict: true,
      lastWriteAt: START + 3_000,
    });
    expect(at.written).toEqual(['tag-role', 'create-policy', 'update-trust']);
    expect(await run([[tag], [create]], ram({ 'create-policy': 'conflict' }))).toMatchObject({
      done: [tag],
      lastWriteAt: START + 1_000,
    });
    expect(await run([[create]], ram({ 'create-policy': 'conflict' }))).toMatchObject({
      done: [],
      lastWriteAt: null,
    });
  });

  it('fails with the first failure of a stage, and begins no later one', async () => {
    const at = ram({ 'create-policy': new RangeError('first'), 'update-trust': new TypeError('second') });
    await expect(run([[tag, create, trust], [detach]], at)).rejects.toThrow('first');
    expect(at.written).toEqual(['tag-role', 'create-policy', 'update-trust']);
  });
});

describe('a plan that takes something away', () => {
  const stages = [[tag, create], [trust], [detach]];
  const full = new TerminalError('quota-exceeded', 'the account is full of policies');

  it('narrows the trust and takes the old policy off, though the new one cannot be had', async () => {
    const at = ram({ 'create-policy': full });
    await expect(applyTakingAway(stages, 'a-role', at.writer, at.clock)).rejects.toBe(full);
    expect(at.written).toEqual(['tag-role', 'create-policy', 'update-trust', 'detach-policy']);
  });

  it('does nothing more where a later delivery can do all of it', async () => {
    const busy = new RetryableError('throttled', 'later');
    const at = ram({ 'create-policy': busy });
    await expect(applyTakingAway(stages, 'a-role', at.writer, at.clock)).rejects.toBe(busy);
    expect(at.written).toEqual(['tag-role', 'create-policy']);
  });
});
