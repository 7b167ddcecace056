import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { FUNCTION_NAMES } from '../shared/installation/installation.ts';
import { STATE_FORMAT } from '../shared/record/format.ts';
import { main as build } from './build.ts';
import { deploymentFaults, deploymentNotes, plannedFaults } from './deployment/check.ts';
import { howToGet } from './deployment/component.ts';
import {
  type Errand,
  EXIT,
  environmentOf,
  Refusal,
  reported,
  sentenceOf,
  tell,
  withTool,
} from './deployment/errand.ts';
import { DEPLOY_HELP } from './deployment/help.ts';
import { type Options, readOptions } from './deployment/options.ts';
import { differences, strangers, type Wanted } from './deployment/read-back.ts';
import { withoutTriggers } from './deployment/template.ts';
import { openTool } from './deployment/tool.ts';
import { type Environment, templateOf } from './deployment/variables.ts';
import { type Project, packedInto, readProject } from './deployment/wanted.ts';

/** `npm run deploy`; its help says what it does. */
export async function main(words: readonly string[]): Promise<number> {
  const { options, faults } = readOptions(words, ['help', 'preview', 'local', 'yes', 'alias', 'output']);
  if (options.help) {
    process.stdout.write(DEPLOY_HELP);
    return EXIT.done;
  }
  return reported('not deployed', async () => {
    refuse(faults);
    if (options.local && options.alias !== null)
      throw new Refusal('--local has keys of its own: leave -a out');
    const environment = await environmentOf(options);
    // Before anything is built, then with what was built.
    refuse(plannedFaults(process.cwd(), environment));
    for (const note of deploymentNotes(process.cwd(), environment)) tell(`note: ${note}`);
    await build([]);
    refuse(deploymentFaults(process.cwd(), environment));
    const project = readProject(environment);
    return options.preview ? preview(options, environment, project) : deploy(options, environment, project);
  });
}

function refuse(faults: readonly string[]): void {
  if (faults.length > 0) throw new Refusal(faults.join('\n'));
}

async function preview({ output }: Options, environment: Environment, { secrets }: Project): Promise<number> {
  const tool = openTool(environment, null, secrets);
  try {
    const form = output === null ? [] : ['-o', output];
    return (await tool.run(['preview', '-t', templateOf(environment), ...form])).code;
  } finally {
    tool.close();
  }
}

const deploy = (options: Options, environment: Environment, project: Project): Promise<number> =>
  withTool(options, environment, project.secrets, async (errand) => {
    await refuseUnreadable(errand);
    const { wanted, zipOf } = await packedInto(errand.tool.folder, project);
    const first = join(errand.tool.folder, 'functions.yaml');
    writeFileSync(first, withoutTriggers(project.template, zipOf));
    if (!process.stdin.isTTY)
      tell('note: there is no terminal; nothing is asked, every question is answered with -y');
    const steps = [
      { what: 'functions without triggers', words: ['deploy', '-t', first, '-y'], triggers: false },
      {
        what: 'triggers',
        words: ['deploy', '-t', templateOf(environment), '--trigger', '-y'],
        triggers: true,
      },
    ];
    for (const [index, step] of steps.entries()) {
      tell(`step ${index + 1} of ${steps.length}: ${step.what}`);
      const { code, said } = await errand.tool.run(step.words);
      const missing = await missingIn(errand, wanted, step.triggers);
      if (code === 0 && missing.length === 0 && !errand.interrupted()) continue;
      const ended = errand.interrupted() ? 'it was interrupted' : `the tool ended with exit status ${code}`;
      tell(`not deployed whole: ${ended} in step ${index + 1} of ${steps.length} (${step.what})`);
      for (const one of missing) tell(`  ${one}`);
      if (step.triggers) await tellStrangers(errand, wanted);
      tell(next(said, step.triggers, errand, project));
      return errand.interrupted() ? EXIT.interrupted : EXIT.notWhole;
    }
    await tellStrangers(errand, wanted);
    const triggers = wanted.reduce((sum, { spec }) => sum + spec.triggers.length, 0);
    tell(
      `deployed and read back: ${wanted.length} functions with code, configuration and limits, ${triggers} triggers`,
    );
    return EXIT.done;
  });

async function tellStrangers({ look }: Errand, wanted: readonly Wanted[]): Promise<void> {
  for (const { spec } of wanted)
    for (const one of strangers(spec, await look(spec.functionName).catch(() => null))) tell(`note: ${one}`);
}

/** What was meant to be there and is not. What cannot be read counts as missing. */
async function missingIn(
  { look }: Errand,
  wanted: readonly Wanted[],
  triggers: boolean,
): Promise<readonly string[]> {
  const missing: string[] = [];
  for (const one of wanted) {
    try {
      missing.push(...differences(one, await look(one.spec.functionName), { triggers }));
    } catch (error) {
      missing.push(`${one.spec.functionName} cannot be read back: ${sentenceOf(error)}`);
    }
  }
  return missing;
}

function next(said: string, triggers: boolean, { tool }: Errand, { template }: Project): string {
  const component = Object.values(template.resources)[0]?.component ?? '';
  if (!tool.has(component)) return howToGet(component);
  const right = /AccessDenied|NoPermission|Forbidden|not authorized|\b403\b/i.test(said)
    ? 'a right is missing: deploy/rights/dms-handshake-deployer.json has all that are needed; then '
    : '';
  const so = triggers ? 'the functions are whole' : 'no trigger was made or changed';
  return `${so}; ${right}run npm run deploy again, it starts from what is there`;
}

/** Whatever is deployed now, its tags and outcomes stay: the version in its place must be able to read them. */
async function refuseUnreadable({ look }: Errand): Promise<void> {
  const deployed = await look(FUNCTION_NAMES.provision);
  const written = deployed?.config.environmentVariables?.['STATE_FORMAT'] ?? String(STATE_FORMAT.reads[0]);
  if (!STATE_FORMAT.reads.map(String).includes(written))
    throw new Refusal(
      `the deployed version writes tags of form ${written}, and this version reads ${STATE_FORMAT.reads.join(', ')} only: deploy one that reads them`,
    );
}
