import type { Command } from 'commander';
import { parseRegion, parseUid } from './usage.ts';

/** What every command takes that talks to the cloud. */
export interface CloudOptions {
  readonly local?: true;
  readonly region?: string;
  readonly owner?: string;
  readonly json?: true;
  readonly debug?: true;
}

/** Adds the options that every command has; `json` says what it prints. */
export const commonOptions = (command: Command, json: string): Command =>
  command.option('--json', json).option('--debug', 'stack traces with errors');

/** Adds the options of a command that talks to the cloud. */
export const cloudOptions = (command: Command, json: string): Command =>
  commonOptions(
    command
      .option('--local', 'use the local cloud that runs on this machine')
      .option('--region <id>', 'region of the installation (default: REGION, or cn-hangzhou)', parseRegion)
      .option('--owner <uid>', 'UID of account B, the owner (default: OWNER_UID)', parseUid),
    json,
  );
