import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { loadRequesters } from '../../../shared/admission/load-requesters.ts';
import { TerminalError } from '../../../shared/runtime/errors.ts';

const FILE = JSON.stringify({
  requesters: [{ uid: '1', name: 'a', engines: '*', access: ['register'] }],
  clients: [],
});

function folder(): string {
  const path = mkdtempSync(join(tmpdir(), 'dms-handshake-test-'));
  onTestFinished(() => rmSync(path, { recursive: true, force: true }));
  return path;
}

const uids = (environment: Record<string, string>) =>
  loadRequesters(environment).requesters.map(({ uid }) => uid);

it('the file beside the code', () => {
  const code = folder();
  writeFileSync(join(code, 'requesters.json'), FILE);
  expect(uids({ FC_FUNC_CODE_PATH: code })).toEqual(['1']);
});

it('another name, and an absolute path', () => {
  const code = folder();
  writeFileSync(join(code, 'who.json'), FILE);
  expect(uids({ FC_FUNC_CODE_PATH: code, REQUESTERS_FILE: 'who.json' })).toEqual(['1']);
  expect(uids({ FC_FUNC_CODE_PATH: '/nowhere', REQUESTERS_FILE: join(code, 'who.json') })).toEqual(['1']);
});

it('no file: nobody may ask', () => {
  expect(uids({ FC_FUNC_CODE_PATH: folder() })).toEqual([]);
});

it('beside the code, wherever that is, where Function Compute does not say', () => {
  const file = { REQUESTERS_FILE: '../../events/samples/requesters.json' };
  expect(uids(file)).toEqual(['1000000000000001', '1000000000000003']);
  expect(uids({})).toEqual([]);
});

it('a file that is refused, or cannot be read, is an error that names it', () => {
  const code = folder();
  writeFileSync(join(code, 'requesters.json'), '{}');
  mkdirSync(join(code, 'folder.json'));
  const load = (name: string) => () => loadRequesters({ FC_FUNC_CODE_PATH: code, REQUESTERS_FILE: name });
  expect(load('requesters.json')).toThrow(TerminalError);
  expect(load('requesters.json')).toThrow(/requesters is missing.*requesters\.json\)$/);
  expect(load('folder.json')).toThrow(/folder\.json cannot be read \(EISDIR\)/);
});
