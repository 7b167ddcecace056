import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { refuseWhileGranted } from '../cli/bootstrap/bootstrap.ts';
import { FUNCTION_NAMES, NOTIFY_NAME } from '../shared/installation/installation.ts';
import { howToGet } from './deployment/component.ts';
import { type Errand, EXIT, environmentOf, Refusal, reported, tell, withTool } from './deployment/errand.ts';
import { REMOVE_HELP } from './deployment/help.ts';
import { readOptions } from './deployment/options.ts';
import { backwards, readTemplate } from './deployment/template.ts';
import { variableFaults } from './deployment/variables.ts';

/** In this order: the door for requests first, and what answers them last. */
const FUNCTIONS = [NOTIFY_NAME, FUNCTION_NAMES.intake, FUNCTION_NAMES.provision, FUNCTION_NAMES.verify];

/** `npm run remove`; its help says what it does. */
export async function main(words: readonly string[]): Promise<number> {
  const { options, faults } = readOptions(words, ['help', 'local', 'yes', 'alias']);
  if (options.help) {
    process.stdout.write(REMOVE_HELP);
    return EXIT.done;
  }
  return reported('not removed', async () => {
    const environment = await environmentOf(options);
    const wrong = [...faults, ...variableFaults(environment)];
    if (wrong.length > 0) throw new Refusal(wrong.join('\n'));
    return withTool(options, environment, [], remove);
  });
}

async function remove(errand: Errand): Promise<number> {
  await refuseWhileGranted(errand.site);
  const { functions: deployed } = await left(errand);
  const source = deployed.includes(NOTIFY_NAME) ? 's.notify.yaml' : 's.yaml';
  const template = readTemplate(source, (name) => readFileSync(name, 'utf8'));
  const file = join(errand.tool.folder, 'remove.yaml');
  writeFileSync(file, backwards(template));
  // The tool takes the destinations of a function before its triggers: so the triggers of all go first, by themselves.
  const triggers = (await left(errand)).triggers.map(({ triggerName }) => triggerName);
  if (triggers.length > 0)
    await errand.tool.run(['remove', '-t', file, '--trigger', [...new Set(triggers)].join(','), '-y']);
  const hearing = (await left(errand)).triggers;
  if (hearing.length === 0 && !errand.interrupted()) await errand.tool.run(['remove', '-t', file, '-y']);
  const { functions } = await left(errand);
  if (functions.length === 0) {
    tell(
      'the functions and their triggers are gone; roles, topics and queues stay until npx dms-handshake bootstrap --remove',
    );
    return EXIT.done;
  }
  tell('not removed whole:');
  for (const name of functions) tell(`  ${name} is still there`);
  for (const { triggerName, functionName } of hearing)
    tell(`  the trigger ${triggerName} of ${functionName} is still there, so no function was taken away`);
  const component = Object.values(template.resources)[0]?.component ?? '';
  tell(
    errand.tool.has(component)
      ? 'put right what the tool says above (deploy/rights/dms-handshake-remover.json has all rights), and run npm run remove again'
      : howToGet(component),
  );
  return errand.interrupted() ? EXIT.interrupted : EXIT.notWhole;
}

/** What is there now. The tool ends with 0 whatever it could not take away. */
async function left({ look }: Errand) {
  const found = await Promise.all(FUNCTIONS.map(async (name) => ({ name, deployed: await look(name) })));
  return {
    functions: found.flatMap(({ name, deployed }) => (deployed === null ? [] : [name])),
    triggers: found.flatMap(({ name, deployed }) =>
      (deployed?.triggers ?? []).map(({ triggerName }) => ({ triggerName, functionName: name })),
    ),
  };
}
