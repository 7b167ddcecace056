import { Command } from 'commander';
import { type CloudOptions, cloudOptions } from './options.ts';

/** `list`: the managed roles, from their tags. */
export const listCommand = (): Command =>
  cloudOptions(
    new Command('list').description(
      'as account B: list the roles that dms-handshake manages, and their last verdict',
    ),
    'the roles as JSON',
  )
    .addHelpText(
      'after',
      '\nExample:\n  $ npx dms-handshake list --json | jq \'.roles[] | select(.lastVerdict == "failed")\'',
    )
    .action(async (options: CloudOptions) => {
      const { listRoles } = await import('./list-roles.ts');
      await listRoles(options);
    });
