import { CliError } from '../../cli/failure.ts';
import { fcOf, type Site } from '../../cli/site.ts';
import { explainCloud } from '../../client/explain.ts';
import { runningLocalCloud } from '../../client/local-cloud.ts';
import { NoLocalCloudError } from '../../client/no-local-cloud.ts';
import { type Deployed, deployedFunction } from '../../shared/alicloud/fc-deployed.ts';
import { messageOf } from '../../shared/runtime/errors.ts';
import { deployerOf } from './account.ts';
import { AliasError } from './alias.ts';
import type { Options } from './options.ts';
import { openTool, type Tool } from './tool.ts';
import type { Environment } from './variables.ts';

/** Exit statuses of what deploys and removes. */
export const EXIT = { done: 0, notWhole: 1, refused: 2, interrupted: 130 } as const;

/** Something that was refused before anything was sent. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
}

/** Who works where, and with what. */
export interface Errand {
  readonly site: Site;
  readonly tool: Tool;
  /** True once somebody has asked to stop. */
  interrupted(): boolean;
  /** A function as it is now. */
  look(functionName: string): Promise<Deployed | null>;
}

/** The variables of a deployment; into the local cloud, its account and region where they are not set. */
export async function environmentOf({ local }: Options): Promise<Environment> {
  if (!local) return process.env;
  const { owner, region } = await runningLocalCloud();
  return { ...process.env, OWNER_UID: process.env['OWNER_UID'] || owner.uid, REGION: region };
}

/**
 * Finds the keys, looks whose they are, and runs `work` with the tool in a home of its own, which is taken away in the
 * end. SIGINT and SIGTERM stop the tool and nothing else: what it left is still looked at.
 */
export async function withTool(
  options: Options,
  environment: Environment,
  secrets: readonly string[],
  work: (errand: Errand) => Promise<number>,
): Promise<number> {
  const site = await deployerOf(options, environment);
  const tool = openTool(environment, site, secrets);
  let stopped = false;
  const stop = () => {
    stopped = true;
    tool.stop();
  };
  process.on('SIGINT', stop).on('SIGTERM', stop);
  try {
    return await work({
      site,
      tool,
      interrupted: () => stopped,
      look: (functionName) => deployedFunction(fcOf(site), functionName),
    });
  } finally {
    process.off('SIGINT', stop).off('SIGTERM', stop);
    tool.close();
  }
}

/** Runs it, and says what it throws in one sentence after `failed`; answers the exit status. */
export async function reported(failed: string, run: () => Promise<number>): Promise<number> {
  try {
    return await run();
  } catch (error) {
    const lines = sentenceOf(error).split('\n');
    tell(
      lines.length === 1
        ? `${failed}: ${lines[0]}`
        : `${failed}:\n${lines.map((one) => `  ${one}`).join('\n')}`,
    );
    return isRefusal(error) ? EXIT.refused : EXIT.notWhole;
  }
}

export const tell = (text: string): void => {
  process.stderr.write(`${text}\n`);
};

const isRefusal = (error: unknown): boolean =>
  [Refusal, AliasError, CliError, NoLocalCloudError].some((kind) => error instanceof kind);

export const sentenceOf = (error: unknown): string => explainCloud(error) ?? messageOf(error);
