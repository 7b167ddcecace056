import type { RequesterOptions } from './options.js';
/** Options for the local cloud that runs on this machine (`npx dms-handshake local`). Throws `NoLocalCloudError`. */
export declare function localCloud(): Promise<RequesterOptions>;
