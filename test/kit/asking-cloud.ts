import { REQUESTER } from './accounts.ts';
import { stateFile } from './cli.ts';
import { callCli } from './cli-in-process.ts';
import { testCloud } from './test-cloud.ts';

/** A further account A. */
export const OTHER = '1000000000000003';
const listed = (uid: string, topic: string) => ({
  uid,
  name: `of-${topic}`,
  engines: '*',
  access: ['register', 'console'],
  topics: [topic],
  approval: { unless: { engines: ['redis'] } },
  breakGlass: { maxHours: 4, engines: '*' },
});

export type AskingCloud = Awaited<ReturnType<typeof askingCloud>>;

/** A local cloud of two accounts A, who get redis at once, all else by approval, and anything in an emergency. */
export async function askingCloud() {
  const cloud = await testCloud({
    environment: { PATIENCE_SECONDS: '0' },
    requesters: { requesters: [listed(REQUESTER, 'one'), listed(OTHER, 'two')] },
    requesterTopics: ['one'],
    furtherRequesters: [{ uid: OTHER, topics: ['two'] }],
  });
  const state = await stateFile(cloud.ready);
  return {
    ...cloud,
    /** What a command prints, line by line, with times, ids of calls and the values of tags made alike. */
    async run(...words: readonly string[]) {
      const { code, stdout, stderr } = await callCli(words, { env: { DMS_HANDSHAKE_LOCAL: state.file } });
      return { code, stdout: constant(stdout).split('\n'), stderr: constant(stderr) };
    },
    async close() {
      await cloud.close();
      await state.remove();
    },
  };
}

const constant = (text: string): string =>
  text
    .replaceAll(/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z/g, 'TIME')
    .replaceAll(/request id [0-9A-F-]+/g, 'request id ID')
    .replaceAll(/^( +[+-] tag [\w.-]+ = (?:granted|TIME)) .*$/gm, '$1 ...')
    .trimEnd();
