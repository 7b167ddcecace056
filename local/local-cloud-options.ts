import type { Clock } from '../shared/runtime/clock.ts';
import type { WeatherOptions } from './cloud/weather.ts';
import type { LocalRequester } from './further-requesters.ts';
import type { FunctionHostOptions } from './host/host-options.ts';

export interface LocalCloudOptions extends Omit<FunctionHostOptions, 'urls' | 'variables'> {
  readonly ownerUid?: string;
  readonly requesterUid?: string;
  /** Make a user of the owner with the documents of the approver and the operator. */
  readonly approver?: boolean;
  /** Topics that the requester is bound to; default: the common one. */
  readonly requesterTopics?: readonly string[];
  /** Further accounts A. `requesters` says what they may ask for. */
  readonly furtherRequesters?: readonly LocalRequester[];
  /** UIDs of further accounts B with everything installed: requests reach them, their replies stay in their topic. */
  readonly furtherOwners?: readonly string[];
  /** First of three ports in a row; 0, the default, takes free ones. */
  readonly port?: number;
  /** Serve https, too, with certificates by an authority that is kept in this folder. */
  readonly tls?: { readonly folder: string } | undefined;
  readonly clock?: Clock;
  readonly weather?: WeatherOptions;
  /** Folder of `s.yaml` and `dist/`. */
  readonly root: string;
  /** Where the secrets of clients come from that `s.yaml` reads; default: the environment of this process. */
  readonly secrets?: Readonly<Record<string, string | undefined>>;
  /** Deploy notify too, with these variables (`SLACK_URL`, ...). */
  readonly notify?: Readonly<Record<string, string>>;
  /** Deploy nothing: whoever wants functions deploys them. */
  readonly empty?: boolean;
  /** Over what `s.yaml` says, for every function. */
  readonly environment?: Readonly<Record<string, string>>;
  /** The whole `requesters.json`, or the path of one, which is then read at every use; default: the requester alone, for everything, and one client named `local`. */
  readonly requesters?: object | string;
  readonly debug?: boolean;
  /** How many calls, sessions, nonces, log lines and lost messages, each, are kept; default 10,000. */
  readonly keep?: number;
}
