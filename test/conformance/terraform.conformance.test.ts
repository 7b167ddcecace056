import { describe, expect, it } from 'vitest';
import type { Managed } from './managed.ts';
import { managedElsewhere } from './managed-elsewhere.ts';
import { managedInFc } from './managed-in-fc.ts';
import { managedInMns } from './managed-in-mns.ts';
import { managedInRam } from './managed-in-ram.ts';
import { managedInSls } from './managed-in-sls.ts';
import { carryOut, type Step } from './steps.ts';
import { conformance } from './target.ts';

const cloud = await conformance();
const call = (step: Step): Promise<unknown> => carryOut(cloud, step);

const all: readonly Managed[] = [
  ...managedInRam(cloud),
  ...managedElsewhere(cloud),
  ...managedInMns(cloud),
  ...managedInFc(cloud),
  ...managedInSls(cloud),
];

const under = (answer: unknown, path: readonly string[]): unknown =>
  path.reduce((inner, name) => Object(inner)[name] as unknown, answer);

/** What the answer shows where the provider looks. */
async function shown({ read, at }: Managed): Promise<unknown> {
  return under(await call(read), at);
}

/** Waits until `read` shows these fields, in a list as one of it. */
const finds = (managed: Managed, fields: object): Promise<void> =>
  cloud.eventually(async () => {
    const found = await shown(managed);
    const expected = expect.objectContaining(fields);
    expect(found).toEqual(Array.isArray(found) ? expect.arrayContaining([expected]) : expected);
  });

/** All that a plan reads, without what each answer has anew. */
async function plan({ read, alsoReads = [] }: Managed): Promise<readonly unknown[]> {
  const answers: unknown[] = [];
  for (const step of [read, ...alsoReads]) {
    const { RequestId: _, requestId: __, ...answer } = Object(await call(step)) as Record<string, unknown>;
    answers.push(answer);
  }
  return answers;
}

describe('what the Terraform provider makes', () => {
  it.each(all)('$resource is read as it was written, after an update too', async (managed) => {
    const { resource, create, shows, update, updated, remove } = managed;
    cloud.cleanup.add(resource, () => call(remove));
    await call(create);
    await finds(managed, shows);
    if (update === undefined) return;
    await call(update);
    await finds(managed, updated ?? shows);
  });

  it.each(all)('a second plan of $resource reads the same', async (managed) => {
    expect(await plan(managed)).toEqual(await plan(managed));
  });

  it.each([...all].reverse())('$resource is gone once it is deleted', async (managed) => {
    const { remove, gone, shows, updated } = managed;
    await call(remove);
    await cloud.eventually(async () => {
      if (gone !== null) return expect(call(managed.read)).rejects.toMatchObject({ code: gone });
      const found = await shown(managed);
      const expected = expect.objectContaining(updated ?? shows);
      expect(found).not.toEqual(Array.isArray(found) ? expect.arrayContaining([expected]) : expected);
    });
  });
});
