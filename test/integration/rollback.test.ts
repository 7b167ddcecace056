import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { unzipSync } from 'fflate';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { main } from '../../scripts/rollback.ts';
import { plainApi } from '../conformance/deploy/plain.ts';
import { deployAsTheTool } from '../conformance/deploy/tool.ts';
import { wantedOf } from '../conformance/deploy/wanted.ts';
import { stateFile } from '../kit/cli.ts';
import { edit, type ScriptPlace, SECRET, scriptPlace, withClient } from '../kit/deploy-script.ts';
import { type TestCloud, testCloud } from '../kit/test-cloud.ts';

const FORMAT = 'shared/record/format.ts';
const REQUESTERS = () => join(place.folder, 'requesters.json');

let place: ScriptPlace;
let cloud: TestCloud;
let state: Awaited<ReturnType<typeof stateFile>>;

/**
 * A repository of three versions: `ancient` does not say what it reads, `v1` is this one with another description of
 * provision, `unreadable` reads another form; the newest is this one. npm is a stand-in: `ci` links the packages of this
 * clone, and a script is started as npm starts it.
 */
beforeAll(async () => {
  place = await scriptPlace();
  withClient(place.folder);
  const modules = join(process.cwd(), 'node_modules');
  place.program(
    'npm',
    `[ -z "$NPM" ] || eval "$NPM"; case "$1" in ci) ln -sfn '${modules}' node_modules;; *) [ "$1 $2 $3 $4" = 'run --silent deploy --' ] && shift 4 && exec '${process.execPath}' scripts/run.mjs deploy "$@";; esac`,
  );
  git('init', '--quiet');
  writeFileSync(join(place.folder, '.git', 'info', 'exclude'), 'node_modules\nbin\ndist\n');
  const today = readFileSync(REQUESTERS(), 'utf8');
  writeFileSync(REQUESTERS(), '{"requesters":[]}');
  version('v1', edit(place.folder, 's.yaml', 'The only writer of RAM.', 'The first writer of RAM.'));
  version('unreadable', edit(place.folder, FORMAT, 'reads: [1, 2, 3]', 'reads: [7]'));
  const format = join(place.folder, FORMAT);
  const text = readFileSync(format, 'utf8');
  rmSync(format);
  version('ancient', () => writeFileSync(format, text));
  writeFileSync(REQUESTERS(), today);
});
afterAll(() => place.remove());

beforeEach(async () => {
  cloud = await testCloud({ empty: true, timers: 'scheduled' });
  state = await stateFile(cloud.ready);
  return async () => {
    await cloud.close();
    await state.remove();
  };
});

const git = (...words: readonly string[]) =>
  execFileSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@b', ...words], {
    cwd: place.folder,
    stdio: 'pipe',
  });

function version(tag: string, back: () => unknown): void {
  git('add', '--all');
  git('commit', '--quiet', '--message', tag);
  git('tag', tag);
  back();
}

const variables = () => ({ DMS_HANDSHAKE_LOCAL: state.file, JIRA_TOKEN: SECRET });
const rollback = (...words: string[]) => place.run(['rollback', ...words], { env: variables() });
/** In this process: for what ends before another program is started. */
const refused = (...words: string[]) => place.call(() => main(words), variables());
/** The same with npm doing something else. */
const disturbed = (shell: string) =>
  place.call(() => main(['v1', '--local']), { ...variables(), NPM: shell });
const asDeployed = () => deployAsTheTool(plainApi(cloud), wantedOf(cloud.owner.uid));
const provision = () => cloud.owner.fc.function('dms-handshake-provision').revision;

function expectNothingLeft(): void {
  expect(readdirSync(place.temporary)).toEqual([]);
  expect(git('worktree', 'list').toString().trim().split('\n')).toHaveLength(1);
}

it('deploys another version, with who may ask today', async () => {
  await asDeployed();
  const { code, stdout, stderr } = await rollback('v1', '--local');
  expect([code, stderr]).toEqual([
    0,
    expect.stringMatching(
      /^v1: npm ci\nv1: npm run --silent deploy -- --local\n.*\ndeployed and read back: 3 functions [^\n]*\n$/s,
    ),
  ]);
  expect(`${stdout}${stderr}`).not.toContain(SECRET);
  expect(provision().settings.description).toMatch(/^The first writer of RAM/);
  const packed = unzipSync(provision().code.zip)['requesters.json'];
  expect(Buffer.from(packed ?? '').toString()).toBe(readFileSync(REQUESTERS(), 'utf8'));
  expectNothingLeft();
});

it('changes nothing where the version cannot read what is deployed', async () => {
  await asDeployed();
  cloud.forget();
  const { code, stderr } = await rollback('unreadable', '--local');
  expect([code, stderr]).toEqual([
    2,
    expect.stringContaining(
      'not deployed: the deployed version writes tags of form 3, and this version reads 7 only',
    ),
  ]);
  expect(cloud.calls().filter(({ kind }) => kind === 'write')).toEqual([]);
  expectNothingLeft();
});

it.each<[string, string[], string]>([
  [
    'a version that does not say what it reads',
    ['ancient', '--local'],
    'not rolled back: ancient has no shared/record/format.ts, so it does not say which tags it reads: deploy a version that has it\n',
  ],
  [
    'a version that is none',
    ['v9', '--local'],
    'not rolled back: "v9" is no tag or commit of this repository: see git tag, or git fetch --tags\n',
  ],
  ...[[], ['--local'], ['-a', 'v1']].map((words): [string, string[], string] => [
    `no version: ${words.join(' ')}`,
    words,
    'not rolled back: say the version first, a tag or a commit: npm run rollback -- v1.2.0\n',
  ]),
  [
    'a misspelt option',
    ['v1', '--locl'],
    'not rolled back: --locl: there is no such option; the nearest is --local (there are --help, -h, --local, -a, --access)\n',
  ],
  [
    'an option of npm run deploy alone',
    ['v1', '--preview'],
    'not rolled back: --preview: there is no such option (there are --help, -h, --local, -a, --access)\n',
  ],
])('refuses %s', async (_what, words, sentence) => {
  const { code, stdout, stderr } = await refused(...words);
  expect([code, stdout, stderr]).toEqual([2, '', sentence]);
  expect(cloud.calls('fc')).toEqual([]);
  expectNothingLeft();
});

it.each([
  ['fails', 'exit 7', 7, 'v1: npm ci\n'],
  ['is killed', 'kill -9 $$', 1, 'v1: npm ci\n'],
  [
    'cannot start the script',
    '[ "$1" = ci ] || exit 5',
    5,
    'v1: npm ci\nv1: npm run --silent deploy -- --local\n',
  ],
])('ends as npm does where that %s, and leaves nothing', async (_how, shell, code, stderr) => {
  expect(await disturbed(shell)).toEqual({ code, stdout: '', stderr });
  expect(cloud.calls('fc')).toEqual([]);
  expectNothingLeft();
});

it('tells how it is used', async () => {
  const { code, stdout, stderr } = await refused('--help');
  expect([code, stderr]).toEqual([0, '']);
  expect(stdout).toMatch(/^npm run rollback -- VERSION \[--local\] \[-a ALIAS\]\n\nDeploys another version /);
});
