import { Command } from 'commander';
import type { ConnectionId, EngineId } from '../shared/catalogue/engine.ts';
import type { Access } from '../shared/catalogue/names.ts';
import { isGrants, resolveAsked } from '../shared/catalogue/resolve-engines.ts';
import { trustDocument } from '../shared/catalogue/trust.ts';
import { enginePolicy } from '../shared/reconcile/desired.ts';
import { commonOptions, type NarrowOptions, narrowingOf, narrowOptions } from './options.ts';
import { parseAccess, parseConnections, parseEngines, parseUid } from './usage.ts';

interface PolicyOptions extends NarrowOptions {
  readonly engines: readonly EngineId[];
  readonly requester: string;
  readonly owner: string;
  readonly access: Access;
  readonly connections: readonly ConnectionId[];
  readonly json?: true;
}

/** `policy`: prints the documents, from the catalogue alone. Calls nothing. */
export const policyCommand = (): Command =>
  commonOptions(
    narrowOptions(new Command('policy'))
      .description('print the trust and permission documents of a set of engines')
      .option('--engines <list>', 'engine ids or product names, comma-separated, or "all"', parseEngines, [])
      .option('--requester <uid>', 'UID of account A', parseUid, '<UID of account A>')
      .option('--owner <uid>', 'UID of account B, for --instances', parseUid, '<UID of account B>')
      .option('--access <kind>', 'register or console', parseAccess, 'register')
      .option('--connections <list>', 'vpc, dedicated-line', parseConnections, []),
    'compact JSON',
  )
    .addHelpText('after', '\nExample:\n  $ dms-handshake policy --engines redis,lindorm --connections vpc')
    .action((options: PolicyOptions, command: Command) => {
      if (options.access === 'register' && options.engines.length === 0)
        command.error("error: required option '--engines <list>' not specified");
      const { engines, connections, owner } = options;
      const asked = resolveAsked({
        engines: [...engines],
        connections: [...connections],
        ...narrowingOf(options),
      });
      if (!isGrants(asked)) return command.error(`error: ${asked.detail}`);
      const documents = {
        trust: trustDocument({
          requesterUid: options.requester,
          ownerUid: owner,
          verifyRoleArn: null,
          access: options.access,
          trusted: options.access === 'register' ? 'dms' : 'account',
        }),
        permission: enginePolicy(asked, owner)?.document ?? null,
      };
      process.stdout.write(`${JSON.stringify(documents, null, options.json ? 0 : 2)}\n`);
    });
