import { Command, Option } from 'commander';
import type { ConnectionId, EngineId } from '../shared/catalogue/engine.ts';
import { type Access, CONSOLE_POLICY } from '../shared/catalogue/names.ts';
import { isGrants, resolveAsked } from '../shared/catalogue/resolve-engines.ts';
import { trustDocument } from '../shared/catalogue/trust.ts';
import { FUNCTION_NAMES } from '../shared/installation/installation.ts';
import { enginePolicy } from '../shared/reconcile/desired.ts';
import { roleArn } from '../shared/runtime/arn.ts';
import { commonOptions, type NarrowOptions, narrowingOf, narrowOptions } from './options.ts';
import { parseAccess, parseConnections, parseEngines, parseUid } from './usage.ts';

const CODE_FORMATS = ['terraform', 'ros'] as const;
export type CodeFormat = (typeof CODE_FORMATS)[number];

interface PolicyOptions extends NarrowOptions {
  readonly engines: readonly EngineId[];
  readonly requester?: string;
  readonly owner?: string;
  readonly access: Access;
  readonly connections: readonly ConnectionId[];
  readonly probe: 'assume' | 'structural';
  readonly format?: CodeFormat;
  readonly requesters?: string;
  readonly json?: true;
}

/** `policy`: prints the documents, from the catalogue alone, if a file of requesters is named for whom it lists. Calls nothing. */
export const policyCommand = (): Command =>
  commonOptions(
    narrowOptions(new Command('policy'))
      .description('print the trust and permission documents of a set of engines, or the role as code')
      .option('--engines <list>', 'engine ids or product names, comma-separated, or "all"', parseEngines, [])
      .option('--requester <uid>', 'UID of account A', parseUid)
      .option('--owner <uid>', 'UID of account B, for --instances and --probe assume', parseUid)
      .option('--access <kind>', 'register or console', parseAccess, 'register')
      .option('--connections <list>', 'vpc, dedicated-line', parseConnections, [])
      .option('--requesters <file>', 'refuse what this file has provision refuse of --requester')
      .addOption(
        new Option('--probe <kind>', 'as the functions have it: assume has the trust of verify, too')
          .choices(['assume', 'structural'])
          .default('structural'),
      )
      .addOption(
        new Option('--format <language>', 'the same role as code, for those who keep it so')
          .choices(CODE_FORMATS)
          .conflicts('json'),
      ),
    'compact JSON',
  )
    .addHelpText(
      'after',
      `
The trust is the documented one. Functions that were deployed with PROBE=assume, as by default, add a statement for the
role of verify, so that it can assume the role for a test: --probe assume prints that, too. A console role has no document
of its own: the vendor's policy ${CONSOLE_POLICY} is attached.

Examples:
  $ npx dms-handshake policy --engines redis,lindorm --connections vpc
  $ npx dms-handshake policy --engines redis --requester 1000000000000001 --format terraform`,
    )
    .action(printPolicy);

async function printPolicy(options: PolicyOptions, command: Command): Promise<void> {
  const { access, engines, connections, requester, owner, probe, format, json } = options;
  if (access === 'register' && engines.length === 0)
    command.error("error: required option '--engines <list>' not specified");
  if (format !== undefined && requester === undefined)
    command.error(`error: --format ${format} needs --requester <uid>: the role is named after it`);
  if (probe === 'assume' && owner === undefined)
    command.error('error: --probe assume needs --owner <uid>: the role of verify is in that account');
  if (format !== undefined && options.instances !== undefined && owner === undefined)
    command.error('error: --instances needs --owner <uid>: the instances are in that account');
  if (options.requesters !== undefined && requester === undefined)
    command.error('error: --requesters needs --requester <uid>: the file says what each account may ask for');
  const { refusedByFile, refusedOfAll } = await import('./policy-refusal.ts');
  const wanted = wantedOf(options);
  const refusal =
    options.requesters === undefined
      ? refusedOfAll(wanted)
      : await refusedByFile(wanted, owner ?? '', options.requesters);
  if (refusal !== null) command.error(`error: ${refusal}`);
  const asked = resolveAsked({
    engines: [...engines],
    connections: [...connections],
    ...narrowingOf(options),
  });
  if (!isGrants(asked)) command.error(`error: ${asked.detail}`);
  const requesterUid = requester ?? '<UID of account A>';
  const ownerUid = owner ?? '<UID of account B>';
  const trust = trustDocument({
    requesterUid,
    ownerUid,
    verifyRoleArn: probe === 'assume' ? roleArn(ownerUid, FUNCTION_NAMES.verify) : null,
    access,
    trusted: access === 'register' ? 'dms' : 'account',
  });
  const policy = access === 'register' ? enginePolicy(asked, ownerUid) : null;
  const documents = { trust, permission: policy?.document ?? null };
  if (format === undefined)
    process.stdout.write(`${JSON.stringify(documents, null, json === true ? 0 : 2)}\n`);
  else {
    const { roleAsCode } = await import('./policy-code.ts');
    process.stdout.write(roleAsCode({ access, requesterUid, trust, policy }, format));
  }
  if (process.stderr.isTTY === true) process.stderr.write(`${notesOn(access, probe)}\n`);
}

/** The request that would have these documents written. */
const wantedOf = (options: PolicyOptions) => ({
  requesterUid: options.requester ?? '1',
  access: options.access,
  ...narrowingOf(options),
  ...(options.engines.length === 0 ? {} : { engines: options.engines }),
  ...(options.connections.length === 0 ? {} : { connections: options.connections }),
});

/** In what the documents are not the whole of what provision writes. */
function notesOn(access: Access, probe: PolicyOptions['probe']): string {
  const trust =
    probe === 'assume'
      ? 'the trust has the statement for the test of verify'
      : 'the trust is without the statement for the test of verify, which provision adds unless PROBE=structural (--probe assume shows it)';
  return access === 'console' ? `${trust}; ${CONSOLE_POLICY} is attached to a console role` : trust;
}
