import { Command } from 'commander';
import { packageRoot } from './root.ts';
import { parsePort } from './usage.ts';

interface LocalOptions {
  readonly port: number;
  readonly json?: true;
}

/** `local`: runs the local cloud until SIGTERM or SIGINT. */
export const localCommand = (): Command =>
  new Command('local')
    .description('run the local cloud, two accounts with the functions deployed, until it is stopped')
    .option('--port <number>', 'first of three ports in a row; 0 takes free ones', parsePort, 0)
    .option('--json', 'the ready line as JSON, for programs')
    .action(async (options: LocalOptions) => {
      const { startLocalCloud } = await import('../local/local-cloud.ts');
      const cloud = await startLocalCloud({ root: packageRoot, port: options.port });
      const { ready } = cloud;
      if (options.json) process.stdout.write(`${JSON.stringify(ready)}\n`);
      else
        process.stdout.write(
          [
            `local cloud ready in ${ready.region}`,
            `  owner ${ready.owner.uid}      ${ready.owner.endpoint}`,
            `  requester ${ready.requester.uid}  ${ready.requester.endpoint}`,
            '  keys: run with --json',
            '',
          ].join('\n'),
        );
      await new Promise<void>((resolve) => {
        process.once('SIGTERM', resolve);
        process.once('SIGINT', resolve);
      });
      await cloud.close();
    });
