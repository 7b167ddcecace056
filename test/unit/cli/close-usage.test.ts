import { expect, it } from 'vitest';
import { REQUESTER } from '../../kit/accounts.ts';
import { callCli } from '../../kit/cli-in-process.ts';

it.each([
  ['revoke --local --all', '--all goes with --as-owner'],
  ['revoke --local --yes', '--yes goes with --as-owner'],
  ['revoke --local --as-owner', 'with --as-owner give either --requester <uid> or --all'],
  [
    `revoke --local --as-owner --all --requester ${REQUESTER}`,
    'with --as-owner give either --requester <uid> or --all',
  ],
  [
    `revoke --local --as-owner --requester ${REQUESTER} --engines redis`,
    '--engines does not go with --as-owner',
  ],
  [
    `revoke --local --as-owner --requester ${REQUESTER} --request-id x`,
    '--request-id does not go with --as-owner',
  ],
])('%s is wrong usage', async (line, words) => {
  expect(await callCli(line.split(' '))).toEqual({
    code: 2,
    stdout: '',
    stderr: `error: ${words}\n(add --help for the options)\n`,
  });
});
