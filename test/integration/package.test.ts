import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { publint } from 'publint';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runProgram } from '../kit/cli.ts';

/** What `npm pack` makes, installed where nothing else is. It packs and compiles, which takes some seconds. */

let folder: string;
let installed: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'dms-handshake-package-'));
  // What `prepack` does; `prepare` has built dist/ for the tests already.
  execFileSync(process.execPath, ['scripts/run.mjs', 'client-types'], { stdio: 'pipe' });
  const packed = execFileSync('npm', ['pack', '--ignore-scripts', '--silent', '--pack-destination', folder], {
    encoding: 'utf8',
  }).trim();
  await writeFile(join(folder, 'package.json'), '{ "name": "somebodys", "type": "module" }');
  execFileSync('npm', ['install', '--offline', '--no-audit', '--no-fund', '--silent', join(folder, packed)], {
    cwd: folder,
  });
  installed = join(folder, 'node_modules', 'dms-handshake');
});

afterAll(async () => {
  await rm(folder, { recursive: true });
});

describe('the package', () => {
  it('builds types before and dist after, so that both are in the archive', async () => {
    const { scripts, files } = JSON.parse(await readFile('package.json', 'utf8'));
    expect(scripts).toMatchObject({
      prepack: 'node scripts/run.mjs client-types',
      prepare: 'npm run build',
    });
    expect(files).toEqual(expect.arrayContaining(['dist', 'types']));
    expect(await readdir(join(installed, 'types', 'client'))).toContain('index.d.ts');
  });

  it('has every file that its README links to', async () => {
    const readme = await readFile(join(installed, 'README.md'), 'utf8');
    const linked = [...readme.matchAll(/\]\((?!https?:|#)([^)#\s]+)/g)].map(([, path = '']) => path);
    expect(linked.length).toBeGreaterThan(10);
    expect(linked.filter((path) => !existsSync(join(installed, path)))).toEqual([]);
  });

  it('installs nothing else', async () => {
    const found = await readdir(join(folder, 'node_modules'));
    expect(found.filter((name) => !name.startsWith('.'))).toEqual(['dms-handshake']);
  });

  it('is found in order by publint', async () => {
    const { messages } = await publint({ pkgDir: installed, strict: true });
    expect(messages.filter(({ type }) => type !== 'suggestion')).toEqual([]);
  });

  it('brings the licences of what is inside', async () => {
    for (const name of ['cli', 'client', 'local', 'provision', 'verify', 'intake']) {
      const text = await readFile(join(installed, 'dist', name, 'THIRD-PARTY-NOTICES'), 'utf8');
      expect(text, name).toMatch(/^zod 4\.\S+ \(MIT\)$/m);
      // Some packages end their lines as Windows does.
      expect(text, name).not.toContain('\r');
    }
  });

  it('has a local cloud to import, and its types', async () => {
    const program = `import { startLocalCloud } from 'dms-handshake/local';
      const cloud = await startLocalCloud({ accounts: ['7'] });
      console.log(cloud.account().uid);
      await cloud.close();`;
    const ended = await runProgram(process.execPath, ['--input-type=module', '-e', program], { cwd: folder });
    expect(ended).toMatchObject({ code: 0, stdout: '7\n' });
    expect(await readdir(join(installed, 'types', 'local'))).toEqual(['index.d.ts', 'public.d.ts']);
  });

  it('has the command', async () => {
    const ended = await runProgram(join(folder, 'node_modules', '.bin', 'dms-handshake'), [
      'policy',
      '--engines',
      'redis',
      '--json',
    ]);
    expect(ended).toMatchObject({ code: 0, stderr: '' });
    expect(JSON.parse(ended.stdout).permission.Statement).toHaveLength(1);
  });

  it('has the client, which looks for keys with the first call only', async () => {
    await writeFile(
      join(folder, 'ask.mjs'),
      `import { createRequester } from 'dms-handshake/client';
const requester = createRequester({ ownerUid: '2' });
await requester.send('grant', { engines: ['redis'] }).catch(({ code, sent }) => console.log(code, sent));`,
    );
    const ended = await runProgram(process.execPath, ['ask.mjs'], { cwd: folder });
    expect(ended).toEqual({ code: 0, stdout: 'cloud no\n', stderr: '' });
  });
});

describe('its types', () => {
  const write = (name: string, body: string): Promise<void> =>
    writeFile(
      join(folder, `${name}.mts`),
      `import { createRequester, type EngineId, type Reply } from 'dms-handshake/client';\nconst requester = createRequester({ ownerUid: '2' });\n${body}\n`,
    );
  const compile = async (how: readonly string[], ...names: readonly string[]): Promise<readonly string[]> => {
    const strict = [
      '--singleThreaded',
      '--noEmit',
      '--strict',
      '--exactOptionalPropertyTypes',
      '--target',
      'es2023',
    ];
    const compiler = join(process.cwd(), 'node_modules', 'typescript-native', 'bin', 'tsc');
    const line = [...strict, '--types', 'node', ...how, ...names.map((name) => `${name}.mts`)];
    const { stdout } = await runProgram(process.execPath, [compiler, ...line], { cwd: folder });
    return stdout.split('\n').filter((found) => found.includes('error TS'));
  };
  const NODENEXT = ['--module', 'nodenext'];
  const BUNDLER = ['--module', 'esnext', '--moduleResolution', 'bundler'];
  const GOOD = `const engines: EngineId[] = ['redis'];
const reply = await requester.request({ engines }, { signal: AbortSignal.timeout(1) });
const status: 'verified' = reply.data.status;
for await (const one of requester.replies()) {
  const heard: Reply = one;
  if (heard.data.status === 'changed' || heard.data.status === 'of-tomorrow') break;
}
requester.close();
export { status };`;

  beforeAll(async () => {
    await symlink(join(process.cwd(), 'node_modules', '@types'), join(folder, 'node_modules', '@types'));
  });

  it('are right for a strict program, and refuse an engine or a field that is none, and a clock', async () => {
    await write('good', GOOD);
    await write(
      'wrong',
      `export const a = requester.request({ engines: ['redsi'] });
export const b = requester.request({ engins: ['redis'] });
export const c = createRequester({ ownerUid: '2' }, Date);`,
    );
    expect(await compile(NODENEXT, 'good', 'wrong')).toEqual([
      expect.stringMatching(/^wrong.mts\(3,.*"redsi"/),
      expect.stringMatching(/^wrong.mts\(4,.*'engins' does not exist/),
      expect.stringMatching(/^wrong.mts\(5,.*Expected 1 arguments/),
    ]);
  });

  it('are right for a bundler, too', async () => {
    expect(await compile(BUNDLER, 'good')).toEqual([]);
  });
});
