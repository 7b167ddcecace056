import { runningLocalCloud } from './local-cloud.ts';
import { localOptions } from './local-options.ts';
import type { RequesterOptions } from './options.ts';

/** Options for the local cloud that runs on this machine (`npx dms-handshake local`). Throws `NoLocalCloudError`. */
export async function localCloud(): Promise<RequesterOptions> {
  return localOptions(await runningLocalCloud());
}
