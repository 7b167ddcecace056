import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { listedOrNobody, loadRequesters } from '../../../shared/admission/load-requesters.ts';
import { NOBODY } from '../../../shared/admission/requesters.ts';
import { RequestersError } from '../../../shared/admission/requesters-faults.ts';
import { TerminalError } from '../../../shared/runtime/errors.ts';
import { TOPICS } from '../../../shared/runtime/topics.ts';
import { pairOf } from '../../kit/signing-keys.ts';

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
  const load = (name: string): unknown => {
    try {
      return loadRequesters({ FC_FUNC_CODE_PATH: code, REQUESTERS_FILE: name });
    } catch (error) {
      return error;
    }
  };
  for (const [name, message, cause] of [
    ['requesters.json', /requesters is missing.*requesters\.json\)$/, expect.any(RequestersError)],
    ['folder.json', /folder\.json cannot be read \(EISDIR\)/, expect.objectContaining({ code: 'EISDIR' })],
  ] as const) {
    const error = load(name);
    expect(error).toBeInstanceOf(TerminalError);
    expect(error).toMatchObject({ code: 'internal', message: expect.stringMatching(message), cause });
  }
});

describe('the topics of an installation', () => {
  /** The faults of a file with one requester on this topic beside one that signs and has none. */
  const faults = (topic: string, environment: Record<string, string> = {}): string => {
    const code = folder();
    const one = { uid: '1', name: 'a', engines: '*', access: ['register'], topics: [topic] };
    const { topics: _, ...signing } = {
      ...one,
      uid: '2',
      name: 'b',
      signing: { publicKey: pairOf(1).publicKey },
    };
    writeFileSync(join(code, 'requesters.json'), JSON.stringify({ requesters: [one, signing] }));
    try {
      loadRequesters({ FC_FUNC_CODE_PATH: code, ...environment });
      return '';
    } catch (error) {
      return String(error);
    }
  };
  const RESERVED = /a topic of the installation itself/;
  const COMMON = /to which requesters\[0\] is bound/;

  it('are those of s.yaml, and those that its variables name', () => {
    for (const [variable, standard] of [
      ['REPLY_TOPIC', TOPICS.replies],
      ['UPKEEP_TOPIC', TOPICS.upkeep],
      ['OWNER_TOPIC', TOPICS.owner],
    ] as const) {
      expect(faults(standard)).toMatch(RESERVED);
      expect(faults('mine')).toBe('');
      expect(faults('mine', { [variable]: 'mine' })).toMatch(RESERVED);
      expect(faults(standard, { [variable]: 'mine' })).toMatch(RESERVED);
    }
  });

  it('hold one to which whoever has none of its own publishes', () => {
    expect(faults(TOPICS.requests)).toMatch(COMMON);
    expect(faults('mine', { REQUEST_TOPIC: 'mine' })).toMatch(COMMON);
    expect(faults(TOPICS.requests, { REQUEST_TOPIC: 'mine' })).toBe('');
    expect(faults(TOPICS.requests, { REQUEST_TOPIC: '' })).toMatch(COMMON);
  });
});

it('whoever only tells who sent a message proves nobody by a file that cannot be used', () => {
  const code = folder();
  writeFileSync(join(code, 'requesters.json'), FILE);
  expect(listedOrNobody({ FC_FUNC_CODE_PATH: code })).toEqual(loadRequesters({ FC_FUNC_CODE_PATH: code }));
  writeFileSync(join(code, 'requesters.json'), '{}');
  expect(listedOrNobody({ FC_FUNC_CODE_PATH: code })).toBe(NOBODY);
  // What is no text is a fault of ours, and no matter of the file.
  const broken: unknown = { FC_FUNC_CODE_PATH: 7 };
  expect(() => listedOrNobody(broken as Record<string, string>)).toThrow(TypeError);
});
