import type { Api } from '../../../shared/alicloud/api.ts';
import type { Credentials } from '../../../shared/alicloud/credentials.ts';
import type { Site } from '../../site.ts';
import type { Eventually } from './eventually.ts';
import type { Prefixed } from './prefixed.ts';
import type { Removals } from './removals.ts';

/** Where a run takes place, and what it has made so far. */
export interface LiveGround {
  readonly owner: Site;
  /** Null without keys of account A: then what needs them is not looked at. */
  readonly requester: Site | null;
  readonly requesterUid: string;
  readonly names: Prefixed;
  readonly removals: Removals;
  readonly eventually: Eventually;
  /** How long a message may take, in seconds. */
  readonly waitSeconds: number;
  /** How long RAM may take to show what was written, in ms. */
  readonly patienceMs: number;
  readonly sessions: Sessions;
  /** A log of account B; null where none was named. */
  readonly log: LiveLog | null;
}

export interface LiveLog {
  readonly project: string;
  readonly logstore: string;
}

/** Sessions of the copies of the functions' roles; they are there after the first step. */
export interface Sessions {
  provision: Credentials | null;
  verify: Credentials | null;
}

/** Whether a belief held. `skip`: it could not be told. */
export type Say = (belief: string, status: 'pass' | 'fail' | 'skip', detail: string) => void;

/** A part of a run. What it throws is told under its name, and its beliefs as not looked at. */
export interface Step {
  readonly name: string;
  readonly what: string;
  readonly beliefs: readonly string[];
  /** Names of steps without which it makes no sense. */
  readonly after: readonly string[];
  /** Needs keys of account A. */
  readonly both: boolean;
  run(at: LiveGround, say: Say): Promise<void>;
}

/** A client of account B with a session's keys. */
export type Open = (credentials: Credentials) => Api;
