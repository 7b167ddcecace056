import { existsSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { readBlueprint } from '../../local/host/blueprint.ts';
import { propsSchema } from '../../local/host/function-spec.ts';
import { OWNER_UID } from '../../local/local-cloud.ts';
import { main } from '../../scripts/deploy.ts';
import { environmentOf, runProgram } from '../kit/cli.ts';
import { inProcess } from '../kit/deploy-script.ts';
import { freshClone } from '../kit/fresh-clone.ts';

const LOGS = { OWNER_UID, LOG_PROJECT: 'ops-logs' };

describe('npm run deploy, in a fresh clone', () => {
  let clone: ReturnType<typeof freshClone>;
  beforeAll(() => {
    clone = freshClone();
  });
  afterAll(() => clone.remove());
  const dist = () => join(clone.folder, 'dist');
  beforeEach(() => rmSync(dist(), { recursive: true, force: true }));

  /** As a person starts it. */
  const deploy = (env: Record<string, string>, ...options: string[]) =>
    runProgram('npm', ['run', '--silent', 'deploy', '--', ...options], { cwd: clone.folder, env });

  /** The same in this process, with what is built already, so that it costs what the tool does and no more. */
  const call = (env: Record<string, string>, ...options: string[]) => {
    const PATH = `${join(process.cwd(), 'node_modules', '.bin')}:${process.env['PATH']}`;
    const built = join(process.cwd(), 'dist');
    const build = async () => symlinkSync(built, dist());
    return inProcess(clone.folder, environmentOf({ PATH, ...env }), () => main(options, build));
  };

  /** What Serverless Devs itself makes of the file, function by function. */
  const previewed = async (env: Record<string, string>, start = call) => {
    const { code, stdout, stderr } = await start({ ...env, HOME: clone.folder }, '--preview', '-o', 'json');
    expect([code, stderr]).toEqual([
      0,
      'note: requesters.json lists nobody, so nobody may ask (docs/operate/requesters.md)\n',
    ]);
    const rendered: { resources: Record<string, { props: unknown }> } = JSON.parse(
      stdout.slice(stdout.indexOf('{')),
    );
    expect(stdout).not.toContain('${');
    // Colours are for a terminal.
    expect(stdout).not.toContain('\u001B');
    return Object.values(rendered.resources).map(({ props }) => propsSchema.parse(props));
  };

  it.each([
    ['s.yaml', { OWNER_UID }],
    ['s.logs.yaml', { ...LOGS, REGION: 'ap-southeast-1', PROBE: 'structural', HEAL: 'true' }],
    ['s.notify.logs.yaml', { ...LOGS, NOTIFY: 'true', SLACK_URL: 'https://hooks.slack.com/x' }],
  ])('with --preview renders %s without a network, and as it was checked', async (file, env) => {
    const read = (name: string) => readFileSync(name, 'utf8');
    const { functions } = readBlueprint(read(file), env, read);
    // Once with all that npm and the build do.
    const seen = await previewed(env, file === 's.yaml' ? deploy : call);
    const hidden = JSON.stringify(functions).replace('https://hooks.slack.com/x', '[hidden]');
    expect(seen).toEqual(JSON.parse(hidden));
    expect(seen.map(({ logConfig }) => logConfig?.project)).toEqual(
      seen.map(() => (file === 's.yaml' ? undefined : 'ops-logs')),
    );
    expect(seen.map(({ role }) => role)).toContain(`acs:ram::${OWNER_UID}:role/dms-handshake-provision`);
  });

  it('with a .env deploys what was checked all the same', async () => {
    writeFileSync(join(clone.folder, '.env'), 'REGION=eu-west-1\nHEAL=true\nPATIENCE_SECONDS=7\n');
    const seen = await previewed({ OWNER_UID });
    rmSync(join(clone.folder, '.env'));
    expect(seen).toEqual(readBlueprint(readFileSync('s.yaml', 'utf8'), { OWNER_UID }).functions);
  });

  it.each([
    ['without the owner', {}, [], 'OWNER_UID is not set'],
    ['with another file', { OWNER_UID }, ['-t', 'other.yaml'], 's.yaml is what is checked and deployed'],
  ])('%s ends before anything is built, and says why: %j %j', async (_what, env, options, words) => {
    const ended = await call(env, ...options);
    expect(ended).toMatchObject({ code: 2, stdout: '', stderr: expect.stringContaining(words) });
    expect(existsSync(join(clone.folder, 'dist'))).toBe(false);
  });

  it('without requesters.json ends before anything is built, and says what to write', async () => {
    const file = join(clone.folder, 'requesters.json');
    const text = readFileSync(file);
    rmSync(file);
    const ended = await call({ OWNER_UID });
    writeFileSync(file, text);
    expect(ended).toMatchObject({ code: 2, stdout: '', stderr: expect.stringContaining('cannot be read') });
    expect(existsSync(join(clone.folder, 'dist'))).toBe(false);
  });
});
