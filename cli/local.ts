import { dirname } from 'node:path';
import { Command } from 'commander';
import { localCloudFile } from '../client/local-cloud-file.ts';
import { usageError } from './failure.ts';
import { commonOptions } from './options.ts';
import { packageRoot } from './root.ts';
import { aborted, stopSignal } from './stop-signals.ts';
import { parseKeep, parseName, parsePort } from './usage.ts';

interface LocalOptions {
  readonly port: number;
  readonly requesters?: string;
  readonly empty?: true;
  readonly keep: number;
  readonly name?: string;
  readonly tls?: true;
  readonly json?: true;
}

/** `local`: runs the local cloud until SIGTERM or SIGINT. */
export const localCommand = (): Command =>
  commonOptions(
    new Command('local')
      .description('run the local cloud, two accounts with the functions deployed, until it is stopped')
      .option(
        '--requesters <file>',
        'the real file of who may ask: an account A for each, and the functions read it at every use (default: one requester, who may ask for everything)',
      )
      .option('--empty', 'deploy no functions: whoever wants some deploys them, as into the real cloud')
      .option('--tls', 'serve https, too; the ready line says which certificate to trust')
      .option('--name <name>', 'what commands find it by, with --local=NAME', parseName)
      .option(
        '--keep <number>',
        'how many calls, sessions, nonces, events of a trail and log lines, each, it remembers',
        parseKeep,
        1_000,
      )
      .option(
        '--port <number>',
        'first of three ports in a row, with --tls of five; 0 takes free ones',
        parsePort,
        0,
      ),
    'the ready line as JSON, for programs',
  )
    .addHelpText(
      'after',
      `
While it runs, every command finds it with --local, and a second one with --local=2, or --local=NAME if it has a name.
Its endpoints and keys stand in a file that only you can read:
DMS_HANDSHAKE_LOCAL, or dms-handshake/local.json in the user's state folder (XDG_STATE_HOME, or ~/.local/state).

Examples:
  $ npx dms-handshake local
  $ npx dms-handshake local --json --port 7000
  $ npx dms-handshake local --requesters requesters.json
  $ npx dms-handshake local --empty`,
    )
    .action(async (options: LocalOptions) => {
      const stop = stopSignal();
      const { startLocalCloud } = await import('../local/local-cloud.ts');
      const { standInNote } = await import('../local/client-secrets.ts');
      const { announce } = await import('./local-state.ts');
      const cloud = await startLocalCloud({
        root: packageRoot,
        ...(options.requesters === undefined ? {} : await accountsOf(options.requesters)),
        approver: true,
        port: options.port,
        empty: options.empty ?? false,
        timers: 'scheduled',
        keep: options.keep,
        ...(options.tls === true ? { tls: { folder: dirname(localCloudFile(process.env)) } } : {}),
      });
      process.stderr.write(standInNote(cloud.standIns));
      const state = await announce(cloud.ready, options.name);
      if (state.name !== options.name)
        process.stderr.write(
          `note: another local cloud is running; commands find this one with --local=${state.name}\n`,
        );
      const { ready } = cloud;
      if (options.json) process.stdout.write(`${JSON.stringify(ready)}\n`);
      else
        process.stdout.write(
          [
            `local cloud ready in ${ready.region}`,
            `  owner ${ready.owner.uid}      ${ready.owner.endpoint}  ${ready.owner.endpointTls ?? ''}`.trimEnd(),
            ...[ready.requester, ...(ready.requesters ?? [])].map(({ uid, endpoint, endpointTls = '' }) =>
              `  requester ${uid}  ${endpoint}  ${endpointTls}`.trimEnd(),
            ),
            `  ticket systems              ${ready.http}/requests`,
            ...(ready.ca === undefined ? [] : [`  https: NODE_EXTRA_CA_CERTS=${ready.ca}`]),
            '',
            options.empty === true
              ? `Nothing is deployed. For Serverless Devs: FC_CLIENT_CUSTOM_ENDPOINT=${ready.owner.endpoint} FC_CODE_TEMP_OSS_ENDPOINT=${ready.oss}`
              : `In another terminal: npx dms-handshake request --local${state.name === undefined ? '' : `=${state.name}`} --engines redis`,
            '',
          ].join('\n'),
        );
      await aborted(stop);
      await state.withdraw();
      await cloud.close();
      // Whatever a function left running does not keep it. The status is that of the signal.
      process.exit();
    });

/** An account for each requester of the file; the first is the one that commands take for theirs. Throws a usage error. */
async function accountsOf(file: string) {
  const { readRequestersFile } = await import('./requesters-file.ts');
  const { requesters } = await readRequestersFile(file);
  const [first, ...others] = requesters;
  if (first === undefined)
    throw usageError(`${file} lists no requester; list those that the local cloud is to have`);
  return {
    requesters: file,
    requesterUid: first.uid,
    requesterTopics: first.topics,
    furtherRequesters: others.map(({ uid, topics }) => ({ uid, topics })),
  };
}
