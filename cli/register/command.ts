import { Command } from 'commander';
import { cloudOptions } from '../options.ts';
import { parseDescriptor, parseRoleArn } from '../usage.ts';
import type { RegisterOptions } from './register.ts';

/** `register`: as account A, makes DMS know an instance of account B. */
export const registerCommand = (): Command =>
  cloudOptions(
    new Command('register')
      .description(
        "as account A: register account B's instance in DMS with the role, and read its dictionary",
      )
      .requiredOption('--arn <arn>', "the role's ARN, as the reply gave it", parseRoleArn)
      .requiredOption('--instance <file>', 'the instance, YAML or JSON, by the names of AddInstance')
      .option('--password-fd <number>', 'read the password from this file descriptor', parseDescriptor)
      .option('--dry-run', 'check the file and whether the instance is there; register nothing'),
    'what was done as JSON',
  )
    .addHelpText(
      'after',
      `
The password of the database comes from DMS_DATABASE_PASSWORD, from --password-fd, or is asked for. The DBA is DbaId of
the file, the id of a user of DMS, or else the first whom DMS lists as one. Registering the same host and port again
changes nothing.

An instance file:
  Host: r-bp1zxszhcgatnx.redis.rds.aliyuncs.com
  Port: 6379
  InstanceType: redis
  InstanceAlias: orders-cache
  EnvType: product
  DatabaseUser: dms_reader

Examples:
  $ npx dms-handshake register --arn acs:ram::2000000000000002:role/dms-cross-account-1000000000000001 --instance orders.yaml
  $ npx dms-handshake register --arn "$ARN" --instance orders.yaml --password-fd 3 3< <(pass show orders)`,
    )
    .action(async (options: RegisterOptions) => {
      const { registerInstance } = await import('./register.ts');
      await registerInstance(options);
    });
