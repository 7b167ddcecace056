import { describe, expect, it } from 'vitest';
import { applyPlan } from '../../../cli/bootstrap/carry-out.ts';
import { CloudError } from '../../../shared/alicloud/errors.ts';
import { TestClock } from '../../kit/clock.ts';

const refused = (code: string, status = 409) =>
  new CloudError({ what: 'RAM CreateRole', code, status, requestId: null, retryAfterMs: null, denied: null });

/** Runs one step that fails with these errors, one a time, and then succeeds. */
async function run(operation: string, ...errors: readonly Error[]) {
  const clock = new TestClock();
  const left = [...errors];
  let runs = 0;
  const step = {
    operation,
    target: 'x',
    reason: 'a test',
    run: async () => {
      runs += 1;
      const error = left.shift();
      if (error !== undefined) throw error;
    },
  };
  const thrown = await applyPlan([step], () => undefined, clock).then(
    () => null,
    (error: unknown) => error,
  );
  return { thrown, runs, waits: clock.waits };
}

describe('a step of bootstrap', () => {
  it('that is refused its right ends at once, with the message of the refusal', async () => {
    const error = refused('NoPermission', 403);
    expect(await run('create-role', error)).toEqual({ thrown: error, runs: 1, waits: [] });
  });

  it('that fails in a way that nobody foresaw is not hidden', async () => {
    const error = new TypeError('a fault of ours');
    expect(await run('create-role', error)).toEqual({ thrown: error, runs: 1, waits: [] });
  });

  it('that comes before RAM knows what was just made is tried again', async () => {
    const early = refused('EntityNotExist.Role', 404);
    expect(await run('attach-policy', early, early)).toEqual({ thrown: null, runs: 3, waits: [500, 1_000] });
  });

  it('that is never taken ends with its last error after 15 s', async () => {
    const early = refused('EntityNotExist.Role', 404);
    const { thrown, runs, waits } = await run('attach-policy', ...new Array(6).fill(early));
    expect([thrown, runs, waits.reduce((sum, ms) => sum + ms, 0)]).toEqual([early, 6, 15_000]);
  });

  it('whose first answer was lost finds what it did', async () => {
    for (const [operation, code] of [
      ['create-role', 'EntityAlreadyExists.Role'],
      ['delete-policy', 'EntityNotExist.Policy'],
      ['detach-policy', 'EntityNotExist.Role.Policy'],
    ] as const)
      expect(await run(operation, refused(code))).toEqual({ thrown: null, runs: 1, waits: [] });
  });

  it('of a policy that is still in use is tried again', async () => {
    const busy = refused('DeleteConflict.Policy.Role');
    expect(await run('delete-policy', busy)).toEqual({ thrown: null, runs: 2, waits: [500] });
  });

  it('that failed leaves those after it undone', async () => {
    const done: string[] = [];
    const step = (target: string, error?: Error) => ({
      operation: 'create-role',
      target,
      reason: 'a test',
      run: async () => {
        if (error !== undefined) throw error;
        done.push(target);
      },
    });
    const steps = [step('a'), step('b', refused('NoPermission', 403)), step('c')];
    await expect(applyPlan(steps, () => undefined, new TestClock())).rejects.toThrow('NoPermission');
    expect(done).toEqual(['a']);
  });
});
