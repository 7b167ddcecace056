/**
 * In the place of test/kit/cli.ts: a command line runs within the process of the tests, with a `process` and module state
 * of its own, so that what is altered in it can be switched on, and is seen to be reached.
 */
import { tmpdir } from 'node:os';
import { Readable, Writable } from 'node:stream';
import { processFacade } from '../../local/host/process-facade.ts';

export { BINARY, environmentOf, stateFile } from '../kit/cli.ts';

const { evaluateCli, leaveOut } = globalThis.collectingTests;

/** What runs by itself, or is stopped from outside, is not run here. */
export const runProgram = () => leaveOut();

export async function runCli(args, { env = {}, cwd = tmpdir(), input = '', onStart } = {}) {
  if (onStart !== undefined) leaveOut();
  const out = { stdout: '', stderr: '' };
  const written = (name) =>
    new Writable({
      decodeStrings: false,
      write(chunk, _encoding, done) {
        out[name] += chunk;
        done();
      },
    });
  let exit;
  const exited = new Promise((resolve) => {
    exit = resolve;
  });
  const own = processFacade({
    env: { HOME: '/nonexistent', ALIBABA_CLOUD_ECS_METADATA_DISABLED: 'true', ...env },
    stdout: written('stdout'),
    stderr: written('stderr'),
    file: 'dms-handshake',
    onExit: exit,
  });
  Object.assign(own, { argv: [...own.argv, ...args], stdin: Readable.from([input]) });
  const ended = inFolder(cwd, () => evaluateCli(own).main(own.argv));
  const code = await Promise.race([exited, ended.then(() => own.exitCode ?? 0)]);
  return { code, ...out };
}

/** The folder is the whole process's: it is the one of the command line that was started last. */
async function inFolder(cwd, run) {
  const before = process.cwd();
  process.chdir(cwd);
  try {
    return await run();
  } finally {
    process.chdir(before);
  }
}
