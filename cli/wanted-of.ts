import type { Wanted } from '../client/wanted.ts';
import type { ConnectionId, EngineId } from '../shared/catalogue/engine.ts';
import type { Access } from '../shared/catalogue/names.ts';
import { type NarrowOptions, narrowingOf } from './options.ts';

/** The options that say what is asked for. Each command that asks has some of them. */
export interface WantedOptions extends NarrowOptions {
  readonly engines?: readonly EngineId[];
  readonly access?: Access;
  readonly connections?: readonly ConnectionId[];
  readonly users?: readonly string[];
  readonly expires?: string;
  readonly requestId?: string;
  readonly reference?: string;
  readonly breakGlass?: string;
}

/** The fields of a request that the options stand for. */
export function wantedOf(options: WantedOptions): Wanted {
  const { access = 'register', engines, connections, users, expires, requestId } = options;
  const { reference, breakGlass } = options;
  return {
    access,
    ...narrowingOf(options),
    ...(engines === undefined ? {} : { engines: [...engines] }),
    ...(connections === undefined ? {} : { connections: [...connections] }),
    ...(users === undefined ? {} : { users: [...users] }),
    ...(expires === undefined ? {} : { expiresAt: expires }),
    ...(requestId === undefined ? {} : { requestId }),
    ...(reference === undefined ? {} : { reference }),
    ...(breakGlass === undefined ? {} : { breakGlass }),
  };
}
