import { PassThrough } from 'node:stream';
import { expect, it, onTestFinished } from 'vitest';
import { confirm } from '../../../cli/ui/confirm.ts';

const QUESTION = { question: 'Remove it?', undone: 'nothing was removed', unasked: 'say --yes' };

/** Asks where the input and the error stream are terminals or not, and somebody types this. */
async function asked(typed: string, { input = true, error = true } = {}) {
  const replaced = (name: 'stdin' | 'stderr', isTTY: boolean) => {
    const before = Object.getOwnPropertyDescriptor(process, name) ?? {};
    const stream = Object.assign(new PassThrough(), { isTTY });
    Object.defineProperty(process, name, { ...before, get: () => stream });
    onTestFinished(() => void Object.defineProperty(process, name, before));
    return stream;
  };
  const [stdin, stderr] = [replaced('stdin', input), replaced('stderr', error)];
  stdin.write(typed);
  const ended: unknown = await confirm('all of it', QUESTION).then(
    () => 'confirmed',
    (thrown: unknown) => thrown,
  );
  return { ended, shown: String(stderr.read() ?? ''), isClosed: stdin.isPaused() };
}

it.each(['yes\n', 'YES\n', '  Yes \n'])('what is shown is confirmed by %j', async (typed) => {
  const { ended, shown, isClosed } = await asked(typed);
  expect([ended, isClosed]).toEqual(['confirmed', true]);
  expect(shown).toMatch(/^all of it\n/);
  expect(shown).toContain('Remove it? Type yes: ');
});

it.each(['\n', 'y\n', 'no\n', 'yes please\n'])('anything else is a no: %j', async (typed) => {
  expect((await asked(typed)).ended).toMatchObject({ exitCode: 1, message: 'nothing was removed' });
});

it.each([
  ['no terminal to type on', { input: false }],
  ['none to read on', { error: false }],
  ['neither', { input: false, error: false }],
])('nobody is asked where there is %s', async (_what, streams) => {
  const { ended, shown } = await asked('yes\n', streams);
  expect(ended).toMatchObject({
    exitCode: 2,
    message: 'nothing was removed: there is no terminal to ask on; say --yes',
  });
  expect(shown).toBe('');
});
