import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { finished } from 'node:stream/promises';
import type { Site } from '../../cli/site.ts';
import { toolHome } from './alias.ts';
import { redacting } from './hidden-output.ts';
import { completed, type Environment } from './variables.ts';

/** How a run of Serverless Devs ended. */
export interface Ended {
  readonly code: number;
  /** What it wrote, without secrets: for what is made of it, the terminal has had it. */
  readonly said: string;
}

/** Serverless Devs in a home of its own. */
export interface Tool {
  /** For files that are handed to it. */
  readonly folder: string;
  /** Whether a component is there already: `fc3@0.1.22`. Else the tool loads it from its registry. */
  has(component: string): boolean;
  run(words: readonly string[]): Promise<Ended>;
  /** Ends what runs. */
  stop(): void;
  /** Takes the home away, logs and all. */
  close(): void;
}

/** Loaded by the fc3 component for every function, in the newest version unless one is named: the newest tag of its repository. */
const PINNED = 'fc3-domain@0.0.29';

/** The alias under which the tool finds the keys that were checked, and no others. */
const ALIAS = 'dms_handshake_serverless_devs_key';

/** Keys of others, and a variable that sends uploads to a host that only machines in that region reach. */
const KEPT_BACK =
  /^(AccountID|AccessKeyID|AccessKeySecret|SecurityToken|FC_REGION|FC_CLIENT_CUSTOM_ENDPOINT|FC_CODE_TEMP_OSS_ENDPOINT|ALIBABA_?CLOUD_.*|.*_serverless_devs_key)$/;

/**
 * Starts nothing yet. The home is a folder that only this user reads: the tool writes all variables of the functions into
 * its log. There it finds telemetry and its look for a newer version turned off. Components are those of `~/.s`.
 * `site` null: without keys, for what reaches no network. `secrets`: values that may not be shown.
 */
export function openTool(environment: Environment, site: Site | null, secrets: readonly string[]): Tool {
  const home = mkdtempSync(join(tmpdir(), 'dms-handshake-deploy-'));
  const own = join(home, '.s');
  const components = join(toolHome(environment), 'components');
  mkdirSync(join(own, 'config'), { recursive: true });
  mkdirSync(components, { recursive: true });
  symlinkSync(components, join(own, 'components'));
  writeFileSync(join(own, 'set-config.yml'), 'analysis: disable\nlog: disable\n');
  writeFileSync(join(own, 'config', 'update-notifier.json'), JSON.stringify({ lastUpdateCheck: FAR }));
  const env = environmentOf(environment, site, home);
  const keys = site === null ? [] : Object.values(site.credentials.reveal()).filter(isText);
  let stop: () => void = () => undefined;
  return {
    folder: home,
    has: (component) => existsSync(join(components, 'devsapp.cn', 'v3', component, '.s.lock')),
    run: (words) => {
      const child = spawn('s', site === null ? words : [...words, '-a', ALIAS], {
        stdio: ['ignore', 'pipe', 'pipe'],
        env,
      });
      stop = () => child.kill('SIGTERM');
      return shown(child, [...secrets, ...keys]);
    },
    stop: () => stop(),
    close: () => rmSync(home, { recursive: true, force: true }),
  };
}

/** Shows what a process writes, without secrets, until it ends. */
function shown(
  child: ChildProcessByStdio<null, Readable, Readable>,
  secrets: readonly string[],
): Promise<Ended> {
  return new Promise((resolve) => {
    let said = '';
    const show = (text: string, to: NodeJS.WriteStream) => {
      said += text;
      to.write(text);
    };
    const clean = (from: Readable, to: NodeJS.WriteStream) =>
      finished(
        from
          .pipe(redacting(secrets))
          .setEncoding('utf8')
          .on('data', (text: string) => show(text, to)),
      );
    const both = [clean(child.stdout, process.stdout), clean(child.stderr, process.stderr)];
    child.once('error', (error) => {
      const code = 'code' in error ? error.code : error.message;
      show(
        `Serverless Devs (s) cannot be started (${code}): run npm ci, then npm run deploy\n`,
        process.stderr,
      );
      resolve({ code: 1, said });
    });
    // What is held back comes after the end of the child.
    child.once('close', (code) => void Promise.all(both).then(() => resolve({ code: code ?? 1, said })));
  });
}

/** In the year 2286. */
const FAR = 9_999_999_999_999;

const isText = (value: unknown): value is string => typeof value === 'string' && value !== '';

function environmentOf(environment: Environment, site: Site | null, home: string): NodeJS.ProcessEnv {
  const kept = Object.fromEntries(
    Object.entries(completed(environment)).filter(([name]) => !KEPT_BACK.test(name)),
  );
  const made = {
    ...kept,
    HOME: home,
    serverless_devs_config_home: home,
    core_load_serverless_devs_component: PINNED,
    // It colours what it prints by itself, into a file as well.
    ...(process.stdout.isTTY && environment['NO_COLOR'] === undefined
      ? { FORCE_COLOR: '1' }
      : { NO_COLOR: '1', FORCE_COLOR: '0' }),
  };
  if (site === null) return made;
  const { accessKeyId, accessKeySecret, securityToken } = site.credentials.reveal();
  return {
    ...made,
    [ALIAS]: JSON.stringify({
      AccountID: site.accountId,
      AccessKeyID: accessKeyId,
      AccessKeySecret: accessKeySecret,
      ...(securityToken ? { SecurityToken: securityToken } : {}),
    }),
    ...(site.endpoint === null
      ? {}
      : { FC_CLIENT_CUSTOM_ENDPOINT: site.endpoint, FC_CODE_TEMP_OSS_ENDPOINT: site.endpoint }),
  };
}
