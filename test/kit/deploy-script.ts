import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import { vi } from 'vitest';
import { type Ended, type RunOptions, runProgram } from './cli.ts';
import { setVariables } from './cli-in-process.ts';
import { freshClone } from './fresh-clone.ts';

/** A client's secret: no output may hold it. */
export const SECRET = 'plant-token-0123456789-abcdef';
export const COMPONENT = 'fc3@0.1.22';

type Variables = Readonly<Record<string, string>>;

/** A clone of the project in which the scripts of a deployment run, with a stand-in for the tool and a home of its own. */
export interface ScriptPlace {
  readonly folder: string;
  /** Where the scripts have their temporary files. */
  readonly temporary: string;
  /** Puts a program that is a shell script on the path of the scripts. */
  program(name: string, shell: string): void;
  /** Runs `node scripts/run.mjs WORDS`, as npm does. */
  run(words: readonly string[], options: Pick<RunOptions, 'env' | 'onStart'>): Promise<Ended>;
  /** Runs the same in this process, so that it costs what the script does and no more. */
  call(main: () => Promise<number>, env: Variables, onText?: (text: string) => void): Promise<Ended>;
  remove(): void;
}

export async function scriptPlace(): Promise<ScriptPlace> {
  const clone = freshClone();
  const { folder } = clone;
  symlinkSync(join(process.cwd(), 'dist'), join(folder, 'dist'));
  const bin = join(folder, 'bin');
  await build({
    entryPoints: ['test/kit/stand-in-tool.ts'],
    outfile: join(bin, 's.cjs'),
    bundle: true,
    minify: true,
    platform: 'node',
    format: 'cjs',
    logLevel: 'warning',
  });
  const home = mkdtempSync(join(tmpdir(), 'dms-handshake-home-'));
  const temporary = join(home, 'temporary');
  mkdirSync(temporary);
  const component = join(home, '.s', 'components', 'devsapp.cn', 'v3', COMPONENT);
  mkdirSync(component, { recursive: true });
  writeFileSync(join(component, '.s.lock'), '{}');
  const program = (name: string, shell: string) => {
    writeFileSync(join(bin, name), `#!/bin/sh\n${shell}\n`);
    chmodSync(join(bin, name), 0o755);
  };
  program('s', `exec '${process.execPath}' '${bin}/s.cjs' "$@"`);
  const standard = { PATH: `${bin}:${process.env['PATH']}`, HOME: home, TMPDIR: temporary };
  return {
    folder,
    temporary,
    program,
    run: (words, { env, ...options }) =>
      runProgram(process.execPath, ['scripts/run.mjs', ...words], {
        cwd: folder,
        env: { ...standard, ...env },
        ...options,
      }),
    call: (main, env, onText) => inProcess(folder, { ...standard, ...env }, main, onText),
    remove: () => {
      clone.remove();
      rmSync(home, { recursive: true });
    },
  };
}

/** Has the clone list one requester, and one client with a secret that `s.yaml` hands to intake. */
export function withClient(folder: string): void {
  const uid = '1000000000000001';
  const topics = ['dms-handshake-requests'];
  const requesters = {
    requesters: [{ uid, name: 'dba', engines: '*', access: ['register'], topics }],
    clients: [{ name: 'jira', requesters: [uid], auth: { type: 'bearer', secretEnv: 'JIRA_TOKEN' } }],
  };
  writeFileSync(join(folder, 'requesters.json'), JSON.stringify(requesters));
  edit(folder, 's.yaml', '# JIRA_TOKEN:', 'JIRA_TOKEN:');
}

/** Writes something else into a file of the clone; answers what puts it back. */
export function edit(folder: string, file: string, right: string, wrong: string): () => void {
  const path = join(folder, file);
  const text = readFileSync(path, 'utf8');
  if (!text.includes(right)) throw new Error(`${file} has no ${right}`);
  writeFileSync(path, text.replace(right, wrong));
  return () => writeFileSync(path, text);
}

/** Runs with another folder and other variables, and keeps what is written. All of it is put back. `onText` sees it at once. */
export async function inProcess(
  folder: string,
  env: Variables,
  main: () => Promise<number>,
  onText: (text: string) => void = () => undefined,
): Promise<Ended> {
  const before = { folder: process.cwd(), env: { ...process.env } };
  const written = { stdout: '', stderr: '' };
  const keep = (name: 'stdout' | 'stderr') =>
    vi.spyOn(process[name], 'write').mockImplementation((text) => {
      written[name] += String(text);
      onText(String(text));
      return true;
    });
  const spies = [keep('stdout'), keep('stderr')];
  process.chdir(folder);
  setVariables(env);
  try {
    return { code: await main(), ...written };
  } finally {
    setVariables(before.env);
    process.chdir(before.folder);
    for (const spy of spies) spy.mockRestore();
  }
}
