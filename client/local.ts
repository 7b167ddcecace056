import { InvalidOptionsError } from './errors.ts';
import { runningLocalCloud } from './local-cloud.ts';
import { LOCAL_NAME } from './local-cloud-file.ts';
import { localOptions } from './local-options.ts';
import type { RequesterOptions } from './options.ts';

/**
 * Options for a local cloud that runs on this machine: that of `npx dms-handshake local`, or the one that was started
 * with `--name`. Throws `NoLocalCloudError`, and `InvalidOptionsError` for what is no name.
 */
export async function localCloud(name?: string): Promise<RequesterOptions> {
  if (name?.match(LOCAL_NAME) === null)
    throw new InvalidOptionsError(
      `localCloud got ${JSON.stringify(name).slice(0, 50)}; a name is 1 to 32 letters, digits and hyphens, as in "npx dms-handshake local --name mine"`,
    );
  return localOptions(await runningLocalCloud(process.env, name));
}
