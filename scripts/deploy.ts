import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { FUNCTION_NAMES, NOTIFY_NAME } from '../shared/installation/installation.ts';
import { STATE_FORMAT } from '../shared/record/format.ts';
import { main as buildAll } from './build.ts';
import { adviceAfter } from './deployment/advice.ts';
import { deploymentFaults, deploymentNotes, plannedFaults } from './deployment/check.ts';
import { type Errand, EXIT, environmentOf, Refusal, reported, tell, withTool } from './deployment/errand.ts';
import { DEPLOY_HELP } from './deployment/help.ts';
import { type Options, readOptions } from './deployment/options.ts';
import {
  changedFunctions,
  changedTriggers,
  missingIn,
  seen,
  tellUnlistedTriggers,
} from './deployment/seen.ts';
import { withoutTriggers } from './deployment/template.ts';
import { openTool } from './deployment/tool.ts';
import { type Environment, templateOf } from './deployment/variables.ts';
import { type Project, packedInto, readProject } from './deployment/wanted.ts';

type Build = (words: readonly string[]) => Promise<void>;

/** `npm run deploy`; its help says what it does. */
export async function main(words: readonly string[], build: Build = buildAll): Promise<number> {
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
    const project = readProject(environment);
    const built = async () => {
      await build([]);
      refuse(deploymentFaults(process.cwd(), environment));
    };
    if (options.preview) return built().then(() => preview(options, environment, project));
    return withTool(options, environment, project.secrets, async (errand) => {
      await refuseUnreadable(errand);
      await built();
      return deploy(errand, environment, project);
    });
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

async function deploy(errand: Errand, environment: Environment, project: Project): Promise<number> {
  const { wanted, zipOf } = await packedInto(errand.tool.folder, project);
  const triggers = wanted.reduce((sum, { spec }) => sum + spec.triggers.length, 0);
  const before = await seen(errand, wanted);
  const changed = changedFunctions(before);
  const first = join(errand.tool.folder, 'functions.yaml');
  writeFileSync(first, withoutTriggers(project.template, changed, zipOf));
  const steps = [
    {
      what: 'functions without triggers',
      words: ['deploy', '-t', first, '-y'],
      triggers: false,
      changed: changed.length > 0,
    },
    {
      what: 'triggers',
      words: ['deploy', '-t', templateOf(environment), '--trigger', '-y'],
      triggers: true,
      changed: changedTriggers(before).length > 0,
    },
  ];
  if (!process.stdin.isTTY)
    tell('note: there is no terminal; nothing is asked, every question is answered with -y');
  for (const [index, step] of steps.entries()) {
    tell(`step ${index + 1} of ${steps.length}: ${step.what}${step.changed ? '' : ', unchanged'}`);
    if (!step.changed) continue;
    const { code, said } = await errand.tool.run(step.words);
    const after = await seen(errand, wanted);
    const missing = missingIn(after, step);
    if (code === 0 && missing.length === 0 && !errand.interrupted()) continue;
    const ended = errand.interrupted() ? 'it was interrupted' : `the tool ended with exit status ${code}`;
    tell(`not deployed whole: ${ended} in step ${index + 1} of ${steps.length} (${step.what})`);
    for (const one of missing) tell(`  ${one}`);
    if (step.triggers) tellUnlistedTriggers(after);
    tell(adviceAfter(said, step, errand, project));
    return errand.interrupted() ? EXIT.interrupted : EXIT.notWhole;
  }
  if (
    !wanted.some(({ spec }) => spec.functionName === NOTIFY_NAME) &&
    (await errand.look(NOTIFY_NAME)) !== null
  )
    tell(
      `note: ${NOTIFY_NAME} is deployed and NOTIFY is not true: it goes on telling people; delete it in the console, or set NOTIFY`,
    );
  const unchanged = steps.every((step) => !step.changed);
  tellUnlistedTriggers(unchanged ? before : await seen(errand, wanted));
  tell(
    `${unchanged ? 'read back, unchanged, nothing was uploaded or written: ' : 'deployed and read back: '}${wanted.length} functions with code, configuration and limits, ${triggers} triggers`,
  );
  return EXIT.done;
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
