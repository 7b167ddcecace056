import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { parse, stringify } from 'yaml';
import { readBlueprint } from '../../local/host/blueprint.ts';
import { propsSchema } from '../../local/host/function-spec.ts';
import { OWNER_UID } from '../../local/local-cloud.ts';
import { main } from '../../scripts/deploy.ts';
import { deploymentFaults, deploymentNotes, plannedFaults } from '../../scripts/deployment/check.ts';
import { HOST_VARIABLES } from '../../scripts/deployment/hosts.ts';
import { NOTIFY_VARIABLES } from '../../scripts/deployment/notify.ts';
import { readOptions } from '../../scripts/deployment/options.ts';
import { VARIABLES } from '../../scripts/deployment/variables.ts';
import { STATE_FORMAT } from '../../shared/record/format.ts';
import { configVariables } from '../../shared/runtime/config.ts';
import { environmentOf, runProgram } from '../kit/cli.ts';
import { inProcess } from '../kit/deploy-script.ts';
import { freshClone } from '../kit/fresh-clone.ts';

const LOGS = { OWNER_UID, LOG_PROJECT: 'ops-logs' };

/** A folder with what is deployed, to be spoilt. */
let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'dms-handshake-deployment-'));
  for (const file of ['s.yaml', 's.logs.yaml', 's.notify.yaml', 's.notify.logs.yaml', 'requesters.json'])
    cpSync(file, join(root, file));
  symlinkSync(join(process.cwd(), 'dist'), join(root, 'dist'));
});
afterEach(() => rmSync(root, { recursive: true }));

const write = (file: string, text: string) => writeFileSync(join(root, file), text);
const spoil = (right: string, wrong: string, file = 's.yaml') =>
  write(file, readFileSync(file, 'utf8').replaceAll(right, wrong));

/** Every key below a value with the path of its object; but for names that are anybody's own: variables, resources. */
const keysOf = (
  value: unknown,
  path: readonly string[] = [],
): readonly (readonly [string, readonly string[]])[] =>
  typeof value !== 'object' || value === null
    ? []
    : Object.entries(value).flatMap(([key, one]) => [
        ...(Array.isArray(value) || path.at(-1) === 'resources' ? [] : [[key, path] as const]),
        ...(key === 'vars' ? [] : keysOf(one, [...path, key])),
      ]);

function rename(value: unknown, [key = '', ...rest]: readonly string[], name: string): void {
  if (typeof value !== 'object' || value === null) throw new Error(`nothing at ${key}`);
  if (rest.length > 0) rename(Reflect.get(value, key), rest, name);
  else {
    Reflect.set(value, name, Reflect.get(value, key));
    Reflect.deleteProperty(value, key);
  }
}

describe('the check of a deployment', () => {
  it.each([{ OWNER_UID }, LOGS, { ...LOGS, REGION: 'ap-southeast-1', PROBE: 'structural', HEAL: 'true' }])(
    'finds nothing wrong with this one: %j',
    (environment) => {
      expect(deploymentFaults(root, environment)).toEqual([]);
    },
  );

  it.each<[string, Record<string, string>, RegExp]>([
    ['no owner', {}, /^OWNER_UID is not set: give it the UID of account B/],
    ['an owner that is none', { OWNER_UID: '12x' }, /^OWNER_UID is "12x": expected the UID of account B/],
    ['a region that is none', { OWNER_UID, REGION: 'Hangzhou' }, /^REGION is "Hangzhou"/],
    ['a probe that is none', { OWNER_UID, PROBE: 'no' }, /^PROBE is "no": expected assume or structural/],
    ['too much patience', { OWNER_UID, PATIENCE_SECONDS: '601' }, /^PATIENCE_SECONDS is "601": .*0 to 600/],
    ['a half healing', { OWNER_UID, HEAL: 'yes' }, /^HEAL is "yes": expected true or false/],
    [
      'a region that the component does not know',
      { OWNER_UID, REGION: 'cn-narnia' },
      /^REGION is "cn-narnia": .*such as cn-hangzhou/,
    ],
    ['no patience at all', { OWNER_UID, PATIENCE_SECONDS: '-1' }, /^PATIENCE_SECONDS is "-1"/],
    ['a log project that is none', { OWNER_UID, LOG_PROJECT: 'A' }, /^LOG_PROJECT is "A"/],
    [
      'a logstore without its project, which would turn no logs on',
      { OWNER_UID, LOG_STORE: 'dms-handshake-b' },
      /^LOG_STORE is "dms-handshake-b", but LOG_PROJECT is not set: set it too, or leave LOG_STORE out$/,
    ],
  ])('names %s', (_what, environment, fault) => {
    expect(deploymentFaults(root, environment)).toEqual([expect.stringMatching(fault)]);
  });

  it.each([
    ['a typo in a key', 'cronExpression', 'cronExpresion', /cronExpresion/],
    ['a typo in a trigger', 'notifyContentFormat', 'notifyContentFormt', /notifyContentFormt/],
    ['a typo in a function', 'environmentVariables', 'environmentVariable', /environmentVariable/],
    ['a variable that does not exist', "env('OWNER_UID')", "env('OWNER')", /OWNER is not set/],
    ['a component that is not fc3', 'component: fc3', 'component: fc', /only resources of component fc3/],
    ['an ARN that is none', ':/topics/dms', ':topics/dms', /acs:mns:<region>:<uid>:\/topics\/<topic>/],
    [
      'a destination that is none',
      'functions/dms-handshake-verify',
      'dms-handshake-verify',
      /destination acs:fc/,
    ],
    [
      'an unknown topic',
      'topics/dms-handshake-requests',
      'topics/requests',
      /listens at dms-handshake-requests/,
    ],
    [
      'an unknown queue',
      'queues/dms-handshake-dead-letters',
      'queues/letters',
      /queues\/letters\/messages is not/,
    ],
    [
      'an unknown function',
      'functions/dms-handshake-verify',
      'functions/verify',
      /functions\/verify is not part/,
    ],
    ['a role of nobody', 'role/dms-handshake-verify', 'role/admin', /role\/admin is none of bootstrap's/],
    ['a trigger role to invent', '          invocationRole:', '          # ', /makes the tool invent one/],
    ['no role', '      role: acs', '      # acs', /role \(none\)/],
    ['a handler that is not there', 'index.handler', 'index.handle', /index\.js exports no handle/],
    [
      'a bundle that is not there',
      './dist/intake',
      './dist/take',
      /take\/index\.js is not there; run npm run build/,
    ],
    [
      'a key that is a command of the tool',
      '  dms-handshake-verify:',
      '  verify:',
      /resources\.verify: verify is a command of the tool/,
    ],
    [
      'what the tool would ask about at every deployment',
      '        qualifier: LATEST\n',
      '\n',
      /dms-handshake-verify: write qualifier: LATEST under asyncInvokeConfig/,
    ],
    [
      'a task that is not said',
      '        asyncTask: false\n',
      '\n',
      /write asyncTask: false under asyncInvokeConfig/,
    ],
    [
      'a door that is tried again',
      'maxAsyncRetryAttempts: 0',
      'maxAsyncRetryAttempts: 3',
      /intake: asyncInvokeConfig must have maxAsyncRetryAttempts: 0/,
    ],
    ['several writers', 'reservedConcurrency: 1', 'reservedConcurrency: 2', /reservedConcurrency must be 1/],
    ['a missing function', 'functionName: dms-handshake-intake', 'functionName: take', /intake is missing/],
    [
      'too large an environment',
      'dms-handshake-replies',
      'r'.repeat(4_000),
      /bytes of environment, at most 4096/,
    ],
  ])('names %s', (_what, right, wrong, fault) => {
    spoil(right, wrong);
    expect(deploymentFaults(root, { OWNER_UID }).join('\n')).toMatch(fault);
  });

  it('names a misspelt key wherever it stands, and the right one', () => {
    const whole: unknown = parse(readFileSync('s.yaml', 'utf8'));
    const misspelt = keysOf(whole).filter(([key]) => !/^([A-Z]|triggerType$)/.test(key));
    expect(misspelt.length).toBeGreaterThan(60);
    for (const [key, path] of misspelt) {
      const spoilt: unknown = parse(readFileSync('s.yaml', 'utf8'));
      rename(spoilt, [...path, key], `${key}x`);
      write('s.yaml', stringify(spoilt));
      const faults = deploymentFaults(root, { OWNER_UID }).join('\n');
      const place = [...path, `${key}x`].join('.').replaceAll(/\.(\d+)\b/g, '[$1]');
      expect(faults).toContain(`${place} is no key here; the nearest is "${key}", all are `);
    }
  });

  it.each([
    [
      'of a product that is none',
      'ENDPOINT_HOLOGRES: h.example.com',
      /^dms-handshake-verify: ENDPOINT_HOLOGRES is no variable here; the nearest is ENDPOINT_HOLOGRAM, all are /,
    ],
    [
      'that is a URL',
      'ENDPOINT_HOLOGRAM: https://h.example.com/',
      /^dms-handshake-verify: ENDPOINT_HOLOGRAM is "https:\/\/h\.example\.com\/": expected the name of a host/,
    ],
  ])('names a host %s', (_what, line, fault) => {
    spoil('    SIGN_IN_HOST:', `    ${line}\n    SIGN_IN_HOST:`);
    expect(deploymentFaults(root, { OWNER_UID })[0]).toMatch(fault);
  });

  it('takes every host that the code reads, and the page lists them', () => {
    const lines = HOST_VARIABLES.map((name) => `    ${name}: <uid>.host.example.com\n`).join('');
    spoil('    SIGN_IN_HOST:', `${lines}    SIGN_IN_HOST:`);
    expect(deploymentFaults(root, { OWNER_UID })).toEqual([]);
    const page = readFileSync('docs/operate/operations.md', 'utf8');
    expect(page).toContain(HOST_VARIABLES.map((name) => `\`${name}\``).join(', '));
  });

  it('names a log store that the tool would make', () => {
    spoil('logstore:', 'logStore:', 's.logs.yaml');
    expect(deploymentFaults(root, LOGS).join('\n')).toMatch(
      /logConfig\.logStore is no key here; the nearest is "logstore"/,
    );
  });

  it('names topics of requesters that nobody listens at, and secrets that do not arrive', () => {
    const requester = { uid: '5', name: 'five', engines: '*', access: ['register'], topics: ['requests-5'] };
    const auth = { type: 'bearer', secretEnv: 'JIRA_TOKEN' };
    const clients = [{ name: 'jira', requesters: ['5'], auth }];
    write('requesters.json', JSON.stringify({ requesters: [requester], clients }));
    expect(deploymentFaults(root, { OWNER_UID })).toEqual([
      'no mns_topic trigger of dms-handshake-provision listens at requests-5: add one',
      expect.stringMatching(
        /^client jira: JIRA_TOKEN is not among the environment variables of intake, or empty: add `JIRA_TOKEN: \$\{env\('JIRA_TOKEN'\)\}`/,
      ),
    ]);
  });

  it('takes a secret that arrives', () => {
    const requester = { uid: '5', name: 'five', engines: '*', access: ['register'] };
    const auth = { type: 'bearer', secretEnv: 'JIRA_TOKEN' };
    write(
      'requesters.json',
      JSON.stringify({ requesters: [requester], clients: [{ name: 'jira', requesters: ['5'], auth }] }),
    );
    spoil('# JIRA_TOKEN:', 'JIRA_TOKEN:');
    expect(deploymentFaults(root, { OWNER_UID, JIRA_TOKEN: 'x'.repeat(32) })).toEqual([]);
    expect(deploymentFaults(root, { OWNER_UID })).toEqual([
      expect.stringContaining('environmentVariables.JIRA_TOKEN: environment variable JIRA_TOKEN is not set'),
    ]);
  });

  it.each([
    ['--template=other.yaml', /^--template=other\.yaml: s\.yaml is what is checked/],
    ['--env', /^--env: .*leave --env out$/],
    ['--debug', /^--debug: it makes the tool .* secrets included; leave it out$/],
    ['--preveiw', /^--preveiw: there is no such option; the nearest is --preview \(there are /],
    ['--preview=yes', /^--preview=yes: --preview takes no value$/],
    ['preview', /^preview: there is no such option \(there are /],
    ['-a', /^-a: a value must follow$/],
  ])('refuses %s, which would deploy something else', (word, sentence) => {
    expect(readOptions([word], ['preview', 'alias']).faults).toEqual([expect.stringMatching(sentence)]);
  });

  it('takes the options that it has', () => {
    expect(readOptions(['-a', 'owner-b', '--preview', '-o=json'], ['preview', 'alias', 'output'])).toEqual({
      options: { help: false, preview: true, local: false, yes: false, alias: 'owner-b', output: null },
      faults: ['-o=json: there is no such option (there are --preview, -a, --access, -o, --output-format)'],
    });
  });

  it('names a bundle that cannot be loaded, and why', () => {
    rmSync(join(root, 'dist'));
    for (const name of ['intake', 'provision', 'verify']) {
      mkdirSync(join(root, 'dist', name), { recursive: true });
      write(`dist/${name}/package.json`, '{ "type": "commonjs" }');
      write(`dist/${name}/index.js`, name === 'verify' ? 'null.x' : 'exports.handler = () => 0');
    }
    expect(deploymentFaults(root, { OWNER_UID })).toEqual([
      expect.stringMatching(
        /^dms-handshake-verify: .*verify\/index\.js cannot be loaded \(.*null.*\); run npm run build$/,
      ),
    ]);
  });

  it('finds everything but the bundles before there is a bundle', () => {
    rmSync(join(root, 'dist'));
    expect(plannedFaults(root, { OWNER_UID })).toEqual([]);
    spoil('reservedConcurrency: 1', 'reservedConcurrency: 2');
    expect(plannedFaults(root, { OWNER_UID })).toEqual([expect.stringContaining('reservedConcurrency')]);
  });

  it('wonders at the UID of something else than an account, and takes it', () => {
    write(
      'requesters.json',
      JSON.stringify({ requesters: [{ uid: '5', name: 'five', engines: '*', access: ['register'] }] }),
    );
    expect(deploymentNotes(root, { OWNER_UID })).toEqual([]);
    expect(deploymentNotes(root, { OWNER_UID: '200000000000000' })).toEqual([
      expect.stringMatching(/^OWNER_UID has 15 digits; the UID of an account has 16 as a rule/),
    ]);
    expect(deploymentFaults(root, { OWNER_UID: '200000000000000' })).toEqual([]);
  });

  it('names a list of requesters that is refused', () => {
    write('requesters.json', '{"requesters":[{"uid":5}]}');
    expect(deploymentFaults(root, { OWNER_UID })[0]).toMatch(/^requesters\.json is refused/);
  });

  it.each([
    ['requesters.json', /^requesters\.json cannot be read \(ENOENT\): .*docs\/operate\/requesters\.md/],
    ['s.yaml', /^s\.yaml cannot be read \(ENOENT\)/],
  ])('names %s where it is missing', (file, fault) => {
    rmSync(join(root, file));
    expect(deploymentFaults(root, { OWNER_UID })).toEqual([expect.stringMatching(fault)]);
  });

  it('names an order in which a function hears before what it needs is there', () => {
    const file: { resources: object } = parse(readFileSync('s.yaml', 'utf8'), { merge: true });
    const resources = Object.fromEntries(Object.entries(file.resources).reverse());
    write('s.yaml', stringify({ ...file, resources }));
    expect(deploymentFaults(root, { OWNER_UID })).toEqual([
      'the functions must stand in this order: dms-handshake-verify, dms-handshake-provision, dms-handshake-intake (each needs the one before)',
    ]);
  });

  it('sets every variable that the code reads', () => {
    const { functions } = readBlueprint(readFileSync('s.yaml', 'utf8'), { OWNER_UID });
    const set = (name: string) =>
      Object.keys(
        functions.find(({ functionName }) => functionName === name)?.environmentVariables ?? {},
      ).sort();
    // Only the local cloud has another endpoint; the form of the tags is for the deployment that comes after.
    const read = [...configVariables().filter((name) => name !== 'CLOUD_ENDPOINT'), 'STATE_FORMAT'].sort();
    expect(set('dms-handshake-provision')).toEqual(read);
    expect(set('dms-handshake-verify')).toEqual(read);
    expect(set('dms-handshake-intake')).toEqual(['OWNER_UID', 'REQUEST_TOPIC']);
  });

  it('says which form of tags it writes', () => {
    const { functions } = readBlueprint(readFileSync('s.yaml', 'utf8'), { OWNER_UID });
    const provision = functions.find(({ functionName }) => functionName === 'dms-handshake-provision');
    expect(provision?.environmentVariables['STATE_FORMAT']).toBe(String(STATE_FORMAT.writes));
    expect(STATE_FORMAT.reads).toContain(STATE_FORMAT.writes);
  });

  it('knows every variable that the files read', () => {
    const read = ['s.yaml', 's.logs.yaml'].flatMap((file) =>
      [...readFileSync(file, 'utf8').matchAll(/^[^#\n]*env\('(\w+)'/gm)].map(([, name]) => name),
    );
    // NOTIFY is read by no file: it says which one is deployed.
    expect([...new Set(read), 'NOTIFY'].sort()).toEqual(VARIABLES.map(({ name }) => name).sort());
  });

  it('has the same notify with logs and without, and the same logs with notify and without', () => {
    const parsed = (file: string) => parse(readFileSync(file, 'utf8'), { merge: true });
    const [logs, notify, both] = ['s.logs.yaml', 's.notify.yaml', 's.notify.logs.yaml'].map(parsed);
    const own = structuredClone(notify.resources['dms-handshake-notify']);
    own.props.logConfig = both.vars.logs;
    expect(both.resources).toEqual({ ...logs.resources, 'dms-handshake-notify': own });
    expect(both.vars).toEqual(logs.vars);
  });

  it('knows every variable of notify, and finds nothing wrong where one channel is set', () => {
    const text = readFileSync('s.notify.yaml', 'utf8');
    const names = [...text.matchAll(/env\('(\w+)', 'off'\)/g)].map(([, name]) => name);
    expect(names).toEqual([...NOTIFY_VARIABLES]);
    const SLACK_URL = 'https://hooks.slack.com/services/x';
    for (const environment of [{ OWNER_UID }, LOGS])
      expect(deploymentFaults(root, { ...environment, NOTIFY: 'true', SLACK_URL })).toEqual([]);
  });

  it('refuses a notify that could tell nobody, and quotes no secret', () => {
    const faults = (more: object) => deploymentFaults(root, { OWNER_UID, NOTIFY: 'true', ...more });
    expect(faults({})).toEqual([expect.stringMatching(/^dms-handshake-notify: .*nobody would be told/)]);
    expect(faults({ SLACK_URL: 'hooks/SECRET' })).toEqual([expect.not.stringContaining('SECRET')]);
    expect(deploymentFaults(root, { OWNER_UID, NOTIFY: 'yes' })).toEqual([
      'NOTIFY is "yes": expected true or false',
    ]);
  });

  it('lets notify hear of replies, and of nothing else', () => {
    spoil('topics/dms-handshake-replies', 'topics/dms-handshake-requests', 's.notify.yaml');
    const SLACK_URL = 'https://hooks.slack.com/services/x';
    expect(deploymentFaults(root, { OWNER_UID, NOTIFY: 'true', SLACK_URL })).toEqual([
      expect.stringMatching(/dms-handshake-notify: .*dms-handshake-requests is no topic/),
    ]);
  });
});

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
