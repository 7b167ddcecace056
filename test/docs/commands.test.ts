import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { VARIABLES } from '../../scripts/deployment/variables.ts';
import { BINARY, runProgram, stateFile } from '../helpers/cli.ts';
import { freshClone } from '../helpers/clone.ts';
import { type TestCloud, testCloud } from '../helpers/cloud.ts';

/** Blocks that other tests run, by their text. */
const RUN_ELSEWHERE: Readonly<Record<string, string>> = {
  'npm ci\nnpm start\n': 'test/integration/secrets.test.ts',
  'npx vitest run test/conformance\n': 'test/conformance/ram-roles.conformance.test.ts',
  'export OWNER_UID=2000000000000002\nnpm run deploy -- --preview\n': 'test/integration/deployment.test.ts',
};

/** Pages whose commands are run here: they reach the local cloud and a copy of the project, and nothing else. */
const RUN_HERE = [
  'README.md',
  'docs/operations.md',
  'docs/requesters.md',
  'docs/scoped-grants.md',
  'docs/ticket-systems.md',
];

const pages = [
  'README.md',
  ...readdirSync('docs').flatMap((name) => (name.endsWith('.md') ? `docs/${name}` : [])),
];

/** The commands of every page, in their order: what stands in blocks marked `sh`. */
const blocks = pages.flatMap((page) =>
  [...readFileSync(page, 'utf8').matchAll(/^( *)```sh\n([\s\S]*?)^ *```$/gm)].map(
    ([, indent = '', text = '']) => ({
      page,
      text: text.replaceAll(new RegExp(`^${indent}`, 'gm'), ''),
    }),
  ),
);
const unmarked = blocks.filter(({ text }) => !/^# needs /m.test(text) && RUN_ELSEWHERE[text] === undefined);
const toRun = unmarked.filter(({ page }) => RUN_HERE.includes(page));

let cloud: TestCloud;
let state: Awaited<ReturnType<typeof stateFile>>;
let clone: ReturnType<typeof freshClone>;

beforeAll(async () => {
  cloud = await testCloud({ environment: { PATIENCE_SECONDS: '0' } });
  state = await stateFile(cloud.ready);
  clone = freshClone();
  symlinkSync(join(process.cwd(), 'dist'), join(clone.folder, 'dist'));
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

test('every command is run by a test, or says what it needs (`# needs ...`)', () => {
  expect(toRun.length).toBeGreaterThan(5);
  expect(unmarked.filter((block) => !toRun.includes(block))).toEqual([]);
  for (const file of Object.values(RUN_ELSEWHERE)) expect(existsSync(file), file).toBe(true);
});

test.each(toRun)(
  '$page: $text',
  async ({ text }) => {
    const ended = await runProgram('bash', ['--norc', '-euo', 'pipefail', '-c', text], {
      cwd: clone.folder,
      env: {
        PATH: `${join(clone.folder, 'bin')}:${process.env['PATH']}`,
        HOME: clone.folder,
        DMS_HANDSHAKE_LOCAL: state.file,
        URL: cloud.ready.http,
        TOKEN: cloud.httpToken,
        GITHUB_RUN_ID: '1',
      },
    });
    expect(ended.code, ended.stderr).toBe(0);
  },
  60_000,
);

test('docs/operations.md lists the variables of a deployment as they are', () => {
  const page = readFileSync('docs/operations.md', 'utf8');
  for (const { name, meaning, standard } of VARIABLES) {
    const word = standard === null ? 'required' : standard === '' ? 'none' : `\`${standard}\``;
    expect(page).toContain(`| \`${name}\` | ${meaning} | ${word} |`);
  }
});

test('every file that docs/security.md names as a test is there', () => {
  const named = [...readFileSync('docs/security.md', 'utf8').matchAll(/`(test\/[\w./-]+)`/g)].map(
    ([, file]) => file,
  );
  expect(named.length).toBeGreaterThan(20);
  expect(named.filter((file) => file === undefined || !existsSync(file))).toEqual([]);
});

test('every link of a page within the project leads somewhere', () => {
  const broken = pages.flatMap((page) =>
    [...readFileSync(page, 'utf8').matchAll(/\]\((?!https?:|#)([^)#\s]+)[^)]*\)/g)]
      .map(([, target = '']) => join(page, '..', target))
      .filter((target) => !existsSync(target))
      .map((target) => `${page}: ${target}`),
  );
  expect(broken).toEqual([]);
});
