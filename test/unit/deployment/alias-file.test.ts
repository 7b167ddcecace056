import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { AliasError, keysOfAlias, toolHome } from '../../../scripts/deployment/alias.ts';

/** As Serverless Devs 3.1.10 wrote it. */
const WRITTEN = `
session:
  AccessKeyID: U2FsdGVkX1/BZc7mCYxCMo/XhwydNRW+bZ9sGlnLdUI=
  AccessKeySecret: U2FsdGVkX1/vpI7NPrfJuBZbhpNJJS2ss/vzrhHbpdk=
  __provider: U2FsdGVkX18tYYgH4Xq6LjKsHvNTVAaPJ6PaOSfBAoQ=
  SecurityToken: U2FsdGVkX1//kit3AkaP51W3xLzgzy9Op0rv0eQsKeM=
  AccountID: U2FsdGVkX18udN8UxVtOSiA0eaWt6CYjDMJOY1SKzRgeQs2EwKqBkfEZCAu5p4e6
plain:
  AccountID: 2000000000000002
  AccessKeyID: LTAI5tNobody
  AccessKeySecret: none
broken:
  AccessKeyID: LTAI5tNobody
  AccessKeySecret: U2FsdGVkX1/vpI7N
empty:
  AccountID: 2
`;

let home: string;
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'dms-handshake-alias-'));
  mkdirSync(join(home, '.s'));
});
afterEach(() => rmSync(home, { recursive: true }));

const keysOf = (alias: string, text?: string) => {
  if (text !== undefined) writeFileSync(join(home, '.s', 'access.yaml'), text);
  return keysOfAlias(alias, { serverless_devs_config_home: home });
};

describe('the file of aliases', () => {
  it.each([
    [
      'session',
      {
        AccountID: '2000000000000002',
        AccessKeyID: 'LTAI5tNobody',
        AccessKeySecret: 'none',
        SecurityToken: 'sts-token',
      },
    ],
    ['plain', { AccountID: '2000000000000002', AccessKeyID: 'LTAI5tNobody', AccessKeySecret: 'none' }],
    ['broken', { AccessKeyID: 'LTAI5tNobody', AccessKeySecret: 'U2FsdGVkX1/vpI7N' }],
  ])('is read as the tool reads it: %s', (alias, keys) => {
    expect(keysOf(alias, WRITTEN)).toEqual(keys);
  });

  it.each<[string, string | undefined, string]>([
    [
      'empty',
      WRITTEN,
      'the alias empty has no AccessKeyID and AccessKeySecret: npx s config add -a empty -f',
    ],
    [
      'other',
      WRITTEN,
      'there is no alias "other"; there are session, plain, broken, empty: npx s config add -a other',
    ],
    ['other', undefined, 'there is no alias "other"; there are none: npx s config add -a other'],
    ['other', '', 'there is no alias "other"; there are none: npx s config add -a other'],
    ['other', 'other: 7', 'there is no alias "other"; there are none: npx s config add -a other'],
    [
      'x_serverless_devs_key',
      WRITTEN,
      'there is no alias "x_serverless_devs_key"; there are session, plain, broken, empty: npx s config add -a x_serverless_devs_key',
    ],
  ])('has no keys of %s: %j', (alias, text, message) => {
    expect(() => keysOf(alias, text)).toThrow(new AliasError(message));
  });

  it('is not looked for behind a variable that is named like an alias of another form', () => {
    const environment = {
      serverless_devs_config_home: home,
      plain: '{"AccessKeyID":"x","AccessKeySecret":"y"}',
    };
    expect(() => keysOfAlias('plain', environment)).toThrow('there is no alias "plain"; there are none');
  });

  it('stands below the home of whoever runs the tool, if no other folder is named', () => {
    expect(toolHome({})).toBe(join(homedir(), '.s'));
    expect(toolHome({ serverless_devs_config_home: '' })).toBe(join(homedir(), '.s'));
    expect(toolHome({ serverless_devs_config_home: '/x' })).toBe('/x/.s');
  });
});
