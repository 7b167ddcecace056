import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { AliasError, keysOfAlias } from '../../../scripts/deployment/alias.ts';

let home: string;
let environment: Readonly<Record<string, string>>;
beforeAll(() => {
  home = mkdtempSync(join(tmpdir(), 'dms-handshake-alias-'));
  environment = { serverless_devs_config_home: home };
  // By the tool itself, which reaches no network when the account is given.
  const keys = [
    '--AccountID',
    '2000000000000002',
    '--AccessKeyID',
    'LTAI5tNobody',
    '--AccessKeySecret',
    'none',
  ];
  execFileSync('node_modules/.bin/s', ['config', 'add', ...keys, '-a', 'owner-b', '-f'], {
    env: { ...process.env, HOME: home },
    stdio: 'pipe',
  });
});
afterAll(() => rmSync(home, { recursive: true }));

describe('the keys of an alias', () => {
  it('are read as Serverless Devs has stored them', () => {
    expect(keysOfAlias('owner-b', environment)).toEqual({
      AccountID: '2000000000000002',
      AccessKeyID: 'LTAI5tNobody',
      AccessKeySecret: 'none',
    });
  });

  it('may stand in a variable, with the token of a session', () => {
    const keys = { AccountID: '2', AccessKeyID: 'STS.x', AccessKeySecret: 'y', SecurityToken: 'z' };
    const variable = { ci_serverless_devs_key: JSON.stringify(keys) };
    expect(keysOfAlias('ci_serverless_devs_key', variable)).toEqual(keys);
  });

  it.each([
    ['nobody', {}, 'there is no alias "nobody"; there are owner-b: npx s config add -a nobody'],
    [
      'x_serverless_devs_key',
      { x_serverless_devs_key: '{"AccessKeyID":' },
      'the alias x_serverless_devs_key has no AccessKeyID and AccessKeySecret: npx s config add -a x_serverless_devs_key -f',
    ],
  ])('that is not there is refused, and no key is quoted: %s', (alias, more, message) => {
    expect(() => keysOfAlias(alias, { ...environment, ...more })).toThrow(new AliasError(message));
  });
});
