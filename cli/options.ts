import { type Command, Option } from 'commander';
import { parseInstances, parseName, parseRegion, parseUid } from './usage.ts';

/** What every command takes that talks to the cloud. */
export interface CloudOptions {
  readonly local?: true;
  /** Of `--local=NAME`. */
  readonly localName?: string;
  readonly region?: string;
  readonly owner?: string;
  readonly profile?: string;
  readonly json?: true;
  readonly debug?: true;
}

/** How far the modifying rights of a grant go; without, as far as the vendor documents. */
export interface NarrowOptions {
  readonly instances?: Readonly<Record<string, readonly string[]>>;
  readonly readOnly?: true;
}

/** Adds the options that narrow a grant of a register role. */
export const narrowOptions = (command: Command): Command =>
  command
    .option(
      '--instances <engine=ids>',
      'the only instances that it may modify (their IP whitelist), such as redis=r-1,r-2; again for another engine',
      parseInstances,
    )
    .option('--read-only', 'without the rights that modify (the IP whitelist)');

/** The fields of a request that they stand for. */
export const narrowingOf = ({ instances, readOnly }: NarrowOptions) => ({
  ...(instances === undefined
    ? {}
    : { instances: Object.fromEntries(Object.entries(instances).map(([id, ids]) => [id, [...ids]])) }),
  ...(readOnly === undefined ? {} : { readOnly }),
});

/** Adds the options that every command has; `json` says what it prints. */
export const commonOptions = (command: Command, json: string): Command =>
  command.option('--json', json).option('--debug', 'stack traces with errors');

/** `--local=NAME` as the two options that it is made of: a value that may follow a space would swallow the next word. */
export const withLocalName = (words: readonly string[]): readonly string[] =>
  words.flatMap((word) =>
    word.startsWith('--local=') ? ['--local', '--local-name', word.slice('--local='.length)] : [word],
  );

/** What a command that a hint names needs to find the same local cloud; nothing elsewhere. */
export const localWords = ({ local, localName }: Pick<CloudOptions, 'local' | 'localName'>): string =>
  local !== true ? '' : localName === undefined ? ' --local' : ` --local=${localName}`;

/** Adds the options of a command that talks to the cloud. */
export const cloudOptions = (command: Command, json: string): Command =>
  commonOptions(
    command
      .option('--local', 'use the local cloud that runs on this machine; --local=NAME says which')
      .addOption(new Option('--local-name <name>').argParser(parseName).hideHelp())
      .option('--region <id>', 'region of the installation (default: REGION, or cn-hangzhou)', parseRegion)
      .option('--owner <uid>', 'UID of account B, the owner (default: OWNER_UID)', parseUid)
      .option(
        '--profile <name>',
        "profile of the vendor's command line (~/.aliyun) whose keys are used, and no others (default: ALIBABA_CLOUD_PROFILE)",
      ),
    json,
  );
