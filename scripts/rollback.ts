import { execFileSync, spawnSync } from 'node:child_process';
import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { EXIT, Refusal, reported, tell } from './deployment/errand.ts';
import { ROLLBACK_HELP } from './deployment/help.ts';
import { readOptions } from './deployment/options.ts';

/** What a version must have to say what it can read. */
const FORMAT = 'shared/record/format.ts';

/** `npm run rollback`; its help says what it does. */
export async function main(words: readonly string[]): Promise<number> {
  const [version = '', ...rest] = words;
  const isMissing = version === '' || version.startsWith('-');
  const { options, faults } = readOptions(isMissing ? words : rest, ['help', 'local', 'alias']);
  if (options.help) {
    process.stdout.write(ROLLBACK_HELP);
    return EXIT.done;
  }
  return reported('not rolled back', async () => {
    if (faults.length > 0) throw new Refusal(faults.join('\n'));
    if (isMissing) throw new Refusal('say the version first, a tag or a commit: npm run rollback -- v1.2.0');
    return deployVersion(commitOf(version), version, rest);
  });
}

/** The version's own `npm run deploy` refuses where it cannot read what is there. */
function deployVersion(commit: string, version: string, options: readonly string[]): number {
  if (git('ls-tree', '--name-only', commit, FORMAT) === '')
    throw new Refusal(
      `${version} has no ${FORMAT}, so it does not say which tags it reads: deploy a version that has it`,
    );
  const folder = join(mkdtempSync(join(tmpdir(), 'dms-handshake-rollback-')), 'version');
  try {
    git('worktree', 'add', '--detach', folder, commit);
    // Who may ask is what it is today: nobody whose access was taken away since comes back with the code.
    copyFileSync('requesters.json', join(folder, 'requesters.json'));
    for (const command of [['ci'], ['run', '--silent', 'deploy', '--', ...options]]) {
      tell(`${version}: npm ${command.join(' ')}`);
      const { status } = spawnSync('npm', command, { cwd: folder, stdio: ['inherit', 'inherit', 'inherit'] });
      if (status !== 0) return status ?? EXIT.notWhole;
    }
    return EXIT.done;
  } finally {
    rmSync(join(folder, '..'), { recursive: true, force: true });
    git('worktree', 'prune');
  }
}

function commitOf(version: string): string {
  try {
    return git('rev-parse', '--verify', '--quiet', '--end-of-options', `${version}^{commit}`);
  } catch {
    throw new Refusal(
      `${JSON.stringify(version)} is no tag or commit of this repository: see git tag, or git fetch --tags`,
    );
  }
}

const git = (...words: readonly string[]): string =>
  execFileSync('git', words, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] }).trim();
