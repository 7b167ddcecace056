import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { REQUESTER } from '../kit/accounts.ts';
import { BINARY, runProgram, stateFile } from '../kit/cli.ts';
import { freshClone } from '../kit/fresh-clone.ts';
import { type TestCloud, testCloud } from '../kit/test-cloud.ts';

/** Blocks that other tests run, by their text. */
const RUN_ELSEWHERE: Readonly<Record<string, string>> = {
  'npm ci && npm start\n': 'test/integration/secrets.test.ts',
  'npx vitest run test/conformance\n': 'test/conformance/ram-roles.conformance.test.ts',
  'export OWNER_UID=2000000000000002\nnpm run deploy -- --preview\n': 'test/integration/deployment.test.ts',
};

/** Pages whose commands are run here: they reach the local cloud and a copy of the project, and nothing else. */
const RUN_HERE = [
  'README.md',
  'docs/operate/approval.md',
  'docs/operate/live.md',
  'docs/operate/operations.md',
  'docs/operate/requesters.md',
  'docs/use/console-access.md',
  'docs/use/other-languages.md',
  'docs/use/requests.md',
  'docs/use/ticket-systems.md',
];

/** Pages in another language: their blocks are those of the English page, which `translations.test.ts` holds. */
const TRANSLATED = /\.(ja|zh-CN)\.md$/;

/** Nothing is installed here: the copy has the packages of this folder, which `npm ci` would take away. */
const INSTALLS = /\bnpm (ci|install)\b/;

/** Every page for people, in all rooms of docs/. */
const pages = ['.', 'docs']
  .flatMap((folder) =>
    readdirSync(folder, { recursive: folder === 'docs', encoding: 'utf8' }).map((name) => join(folder, name)),
  )
  .filter((name) => name.endsWith('.md'));

/** The commands of every page, in their order: what stands in blocks marked `sh`. */
const blocks = pages.flatMap((page) =>
  [...readFileSync(page, 'utf8').matchAll(/^( *)```sh\n([\s\S]*?)^ *```$/gm)].map(
    ([, indent = '', text = '']) => ({
      page,
      text: text.replaceAll(new RegExp(`^${indent}`, 'gm'), ''),
    }),
  ),
);
const unmarked = blocks.filter(
  ({ page, text }) => !/^# needs /m.test(text) && RUN_ELSEWHERE[text] === undefined && !TRANSLATED.test(page),
);
const toRun = unmarked.filter(({ page, text }) => RUN_HERE.includes(page) && !INSTALLS.test(text));

/** The clients that docs/use/ticket-systems.md calls as, beside that of the local cloud. */
const SECRETS = { JIRA_TOKEN: 'token-of-the-test', GITHUB_SECRET: 'secret-of-the-test' };
const MAY_ASK = {
  uid: REQUESTER,
  name: 'local',
  engines: '*',
  access: ['register', 'console'],
  topics: ['dms-handshake-requests'],
};
const CLIENTS = [
  { name: 'local', requesters: [REQUESTER], auth: { type: 'bearer', secretEnv: 'LOCAL_TOKEN' } },
  { name: 'jira', requesters: [REQUESTER], auth: { type: 'bearer', secretEnv: 'JIRA_TOKEN' } },
  {
    name: 'github',
    requesters: [REQUESTER],
    auth: { type: 'hub-signature', secretEnv: 'GITHUB_SECRET' },
    requestAt: '/deployment/payload',
  },
];

let cloud: TestCloud;
let state: Awaited<ReturnType<typeof stateFile>>;
let clone: ReturnType<typeof freshClone>;

beforeAll(async () => {
  cloud = await testCloud({
    environment: { PATIENCE_SECONDS: '0', ...SECRETS },
    requesters: { requesters: [MAY_ASK], clients: CLIENTS },
  });
  state = await stateFile(cloud.ready);
  clone = freshClone();
  symlinkSync(join(process.cwd(), 'dist'), join(clone.folder, 'dist'));
  // What a reader of docs/use/other-languages.md has written with `npx dms-handshake local --json`.
  copyFileSync(state.file, join(clone.folder, 'local.json'));
  // What `npx dms-handshake` starts, without npm's own second.
  const bin = join(clone.folder, 'bin');
  mkdirSync(bin);
  writeFileSync(join(bin, 'npx'), `#!/bin/sh\nshift\nexec '${process.execPath}' '${BINARY}' "$@"\n`);
  chmodSync(join(bin, 'npx'), 0o755);
});

afterAll(async () => {
  await cloud.close();
  await state.remove();
  clone.remove();
});

it('every command is run by a test, or says what it needs (`# needs ...`)', () => {
  expect(toRun.length).toBeGreaterThan(5);
  expect(unmarked.filter((block) => !toRun.includes(block))).toEqual([]);
  for (const file of Object.values(RUN_ELSEWHERE)) expect(existsSync(file), file).toBe(true);
});

/** What each reason to leave a block out is about: a block has it only if one of its commands does. */
const REASONS: Readonly<Record<string, RegExp>> = {
  'the real cloud':
    /^ *(npx dms-handshake (?!.*--local)|(.* )?npm run (deploy(?!.*--preview)|remove|rollback)|npx s |aliyun |LIVE=1 )/m,
  'the registry of Serverless Devs': /npm run deploy -- --local/m,
  'the registry': /^ *((\(.* && )?npm (outdated|audit|install|ci)|pip install)/m,
  GitHub: /^gh /m,
  'some minutes': /^(npm ci && )?npm (test|run (mutants|coverage))/m,
  'most of an hour': /^npm run mutants/m,
  time: /^npm run chaos/m,
};

it('a command is left out for a reason that is true', () => {
  for (const { page, text } of blocks) {
    const reason = /^# needs ([^:;\n]*)/m.exec(text)?.[1];
    if (reason !== undefined) expect(text, page).toMatch(REASONS[reason] ?? /no such reason/);
  }
});

it.each(toRun)('$page: $text', async ({ text }) => {
  const ended = await runProgram('bash', ['--norc', '-euo', 'pipefail', '-c', text], {
    cwd: clone.folder,
    env: {
      PATH: `${join(clone.folder, 'bin')}:${process.env['PATH']}`,
      HOME: clone.folder,
      DMS_HANDSHAKE_LOCAL: state.file,
      URL: cloud.ready.http,
      TOKEN: cloud.httpToken,
      ...SECRETS,
      GITHUB_RUN_ID: '1',
    },
  });
  expect(ended.code, ended.stderr).toBe(0);
});

it('every file that docs/explain/security.md names as a test is there', () => {
  const named = [...readFileSync('docs/explain/security.md', 'utf8').matchAll(/`(test\/[\w./-]+)`/g)].map(
    ([, file]) => file,
  );
  expect(named.length).toBeGreaterThan(20);
  expect(named.filter((file) => file === undefined || !existsSync(file))).toEqual([]);
});
