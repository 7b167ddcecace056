import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { on, reset } from '../../local/testing/stub.ts';
import { OWNER } from '../kit/accounts.ts';
import { BINARY, type RunOptions, runProgram, stateFile } from '../kit/cli.ts';
import { callCli } from '../kit/cli-in-process.ts';
import { populate, setOf, uidOf } from '../kit/populate.ts';
import { type TestCloud, testCloud } from '../kit/test-cloud.ts';

const ROLES = 30;
const BAD = `dms-cross-account-${uidOf(4)}`;

let cloud: TestCloud;
let state: Awaited<ReturnType<typeof stateFile>>;

beforeAll(async () => {
  cloud = await testCloud({ environment: { PATIENCE_SECONDS: '0' } });
  state = await stateFile(cloud.ready);
});
afterAll(async () => {
  await cloud.close();
  await state.remove();
});

const run = (line: string, options: RunOptions = {}) =>
  callCli(line.split(' '), { ...options, env: { DMS_HANDSHAKE_LOCAL: state.file, ...options.env } });

/** On a terminal of so many columns, without colours. What it prints on both streams comes out in one. */
const onTerminal = (line: string, columns: number) =>
  runProgram(
    'script',
    ['-qec', `stty cols ${columns}; exec '${process.execPath}' '${BINARY}' ${line}`, '/dev/null'],
    { env: { DMS_HANDSHAKE_LOCAL: state.file, TERM: 'xterm', NO_COLOR: '1' } },
  );

const tagRole = (name: string, Key: string, Value: string) =>
  cloud.byHand('TagResources', {
    ResourceType: 'role',
    ResourceNames: JSON.stringify([name]),
    Tag: JSON.stringify([{ Key, Value }]),
  });

const ESCAPE = '\u001b[';

describe('of no roles', () => {
  it('verify and list say so, the page is one of none, and that is no failure', async () => {
    expect(await run('verify --local --all')).toEqual({ code: 0, stdout: 'no roles\n', stderr: '' });
    expect((await run('verify --local --all --json')).stdout).toBe('{"roles":[]}\n');
    expect(await run('list --local')).toMatchObject({
      code: 0,
      stdout: expect.stringContaining('no roles yet'),
    });
  });
});

describe('a page that cannot be written', () => {
  it.each([
    ['in a folder that is not there', '/none/report.html', 1, 'ENOENT'],
    ['in the place of a folder', '/', 1, 'EISDIR'],
    ['below what is no folder', '/dev/null/report.html', 1, 'ENOTDIR'],
    ['without a name', '', 2, 'expected the name of a file'],
  ])('%s is an error, before anything is asked', async (_what, file, code, words) => {
    cloud.forget();
    const args = ['verify', '--local', '--all', '--html', file];
    const ended = await callCli(args, { env: { DMS_HANDSHAKE_LOCAL: state.file } });
    expect(ended).toMatchObject({ code, stdout: '', stderr: expect.stringContaining(words) });
    expect(cloud.calls()).toEqual([]);
  });

  it('although it looked as if it could, comes after what was found', async () => {
    const ended = await run('verify --local --all --html /dev/full');
    expect(ended).toMatchObject({
      code: 1,
      stdout: 'no roles\n',
      stderr: expect.stringContaining('ENOSPC'),
    });
  });
});

describe('of many roles', () => {
  beforeAll(async () => {
    await populate(cloud.world, cloud.owner, ROLES);
    await cloud.byHand('AttachPolicyToRole', {
      PolicyName: 'AdministratorAccess',
      PolicyType: 'System',
      RoleName: BAD,
    });
  });

  it('verify prints a line each, what failed of the bad ones, and how many; in a pipe nothing moves', async () => {
    const piped = await run('verify --local --all');
    expect(piped).toMatchObject({ code: 1, stderr: '' });
    expect(piped.stdout).not.toContain(ESCAPE);
    const lines = piped.stdout.trimEnd().split('\n');
    expect(lines.filter((line) => /^\S+ +register +VERIFIED +0 /.test(line))).toHaveLength(ROLES - 1);
    expect(lines.at(-1)).toBe(`${ROLES} roles, 1 failed`);
    expect(lines.filter((line) => /^\S+ +register +FAILED +1 /.test(line))).toHaveLength(1);
    expect(lines).toContain(`FAILED  acs:ram::${OWNER}:role/${BAD}`);
    expect(lines.filter((line) => /^policies-attached +FAIL /.test(line))).toHaveLength(1);

    const seen = await onTerminal('verify --local --all', 120);
    expect(seen.code).toBe(1);
    expect(seen.stdout).toContain('asking the verify function');
    expect(seen.stdout).toContain(`verified ${ROLES} of ${ROLES} roles, about 0 s left`);
    const errors = await onTerminal('verify --local --all 2>/dev/null', 120);
    expect(errors.stdout).not.toContain('asking');
    const none = await onTerminal('verify --local --all 2>/dev/null', 0);
    expect(none.stdout.replaceAll('\r', '').split('\n')).toContain(`${ROLES} roles, 1 failed`);
    expect(none.stdout).toMatch(/^requester +access +status +failed +role/);
  });

  it('verify names one that cannot be looked at with the reason, shows all others, and ends with 1', async () => {
    const blind = `dms-cross-account-${uidOf(6)}`;
    const html = join(dirname(state.file), 'blind.html');
    on(cloud.world, 'ram', 'ListPoliciesForRole', { RoleName: blind }).rejects('InvalidParameter.RoleName');
    const { code, stdout, stderr } = await run(`verify --local --all --json --html ${html}`);
    reset(cloud.world);
    expect(code).toBe(1);
    const { roles } = JSON.parse(stdout);
    expect(roles).toHaveLength(ROLES - 1);
    expect(stdout).not.toContain(blind);
    const because = `role ${blind} was not verified: RAM ListPoliciesForRole`;
    expect(stderr.split('\n')).toEqual([expect.stringContaining(because), `wrote ${html}`, '']);
    expect(stderr).toContain('InvalidParameter.RoleName');
    const page = await readFile(html, 'utf8');
    expect(page).toContain('<dt>not verified</dt><dd>1</dd>');
    expect(page).toContain(`<li><b>role ${blind}</b> was not verified: RAM ListPoliciesForRole`);
  });

  it('list prints a line a role: what it grants, until when, and its last verdict with what failed', async () => {
    const other = `dms-cross-account-${uidOf(5)}`;
    const verdicts = async () => {
      const { roles } = JSON.parse((await run('list --local --json')).stdout);
      return new Map(
        roles.map((one: { requesterUid: string; lastVerdict: string }) => [
          one.requesterUid,
          one.lastVerdict,
        ]),
      );
    };
    // The sweep has found it verified, and verify was asked since.
    await cloud.idle();
    expect((await verdicts()).get(uidOf(4))).toBe('failed');
    expect((await verdicts()).get(uidOf(3))).toBe('verified');
    expect(cloud.owner.ram.findRole(BAD)?.tags.get('dms-verdict')).toMatch(/^verified /);
    const at = '2097-11-23T10:07:12.000Z';
    await tagRole(BAD, 'dms-verdict', `failed ${at} policies-attached trust-closed`);
    await tagRole(BAD, 'dms-notes', `used:${Date.parse('2026-11-20').toString(36)}`);
    await tagRole(other, 'dms-engine-rds', 'granted 2026-11-20T10:00:00.000Z until 2099-01-02T03:04:05.000Z');
    const { stdout } = await run('list --local');
    const lines = stdout.split('\n');
    expect(lines[0]).toMatch(
      /^requester +access +verdict +since \(UTC\) +expires \(UTC\) +used \(UTC\) +grants$/,
    );
    const line = lines.findIndex((one) => one.startsWith(uidOf(4)));
    expect(lines[line]).toMatch(/ register +failed +2097-11-23 10:07 +- +2026-11-20 +[a-z]/);
    expect(lines[line + 1]).toMatch(/^ +failed: policies-attached, trust-closed$/);
    expect(lines.find((one) => one.startsWith(uidOf(5)))).toMatch(/verified .* 2099-01-02 03:04 .*rds/);
    const { roles } = JSON.parse((await run('list --local --json')).stdout);
    expect(roles.find(({ requesterUid }: { requesterUid: string }) => requesterUid === uidOf(4))).toEqual({
      roleArn: `acs:ram::${OWNER}:role/${BAD}`,
      requesterUid: uidOf(4),
      access: 'register',
      engines: [...setOf(4)].sort(),
      expiresAt: null,
      grants: [...setOf(4)].sort().map((id) => ({ id, expiresAt: null, instances: null, readOnly: false })),
      reference: null,
      lastVerdict: 'failed',
      verifiedAt: at,
      lastUsedOn: '2026-11-20',
    });
  });
});
