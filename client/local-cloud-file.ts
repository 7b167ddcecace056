import { connect } from 'node:net';
import { homedir } from 'node:os';
import { join } from 'node:path';

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Where a running local cloud leaves its endpoints and keys: `DMS_HANDSHAKE_LOCAL`, or a file in the user's state folder.
 * One that has a name has its name in that of the file.
 */
export function localCloudFile(environment: Environment, name?: string): string {
  const file = plainFile(environment);
  return name === undefined ? file : file.replace(/(\.json)?$/, `-${name}.json`);
}

/** What a local cloud can be named: letters, digits and hyphens, 32 at most. */
export const LOCAL_NAME = /^[A-Za-z0-9][A-Za-z0-9-]{0,31}$/;

function plainFile(environment: Environment): string {
  const given = environment['DMS_HANDSHAKE_LOCAL'];
  if (given !== undefined && given !== '') return given;
  const state = environment['XDG_STATE_HOME'];
  // The specification of these folders says that a relative path is to be ignored.
  const folder = state?.startsWith('/') ? state : join(homedir(), '.local', 'state');
  return join(folder, 'dms-handshake', 'local.json');
}

/** Does anybody answer at an endpoint on this machine? A process that died has left its file, and nobody there. */
export function answers(endpoint: string): Promise<boolean> {
  const { hostname, port } = new URL(endpoint);
  return new Promise((resolve) => {
    const socket = connect({ host: hostname, port: Number(port) });
    const end = (found: boolean) => {
      socket.destroy();
      resolve(found);
    };
    socket.setTimeout(1000, () => end(false));
    socket.once('connect', () => end(true));
    socket.once('error', () => end(false));
  });
}
