import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { deploymentFaults } from '../../scripts/deployment/check.ts';

/** Account B here. */
export const OWNER_UID = '2000000000000002';

type Environment = Readonly<Record<string, string>>;

/** A folder with what is deployed, to be spoilt. Its bundles are short ones. */
export interface DeploymentFolder {
  readonly root: string;
  write(file: string, text: string): void;
  /** Writes a file of the project into it with something else in the place of every `right`. */
  spoil(right: string, wrong: string, file?: string): void;
  /** Writes who may ask. */
  list(requesters: readonly object[], clients?: readonly object[]): void;
  /** What is wrong with it. */
  faults(environment?: Environment): readonly string[];
  remove(): void;
}

export function deploymentFolder(): DeploymentFolder {
  const root = mkdtempSync(join(tmpdir(), 'dms-handshake-deployment-'));
  const write = (file: string, text: string) => writeFileSync(join(root, file), text);
  for (const file of ['s.yaml', 's.logs.yaml', 's.notify.yaml', 's.notify.logs.yaml', 'requesters.json'])
    cpSync(file, join(root, file));
  for (const name of ['intake', 'notify', 'provision', 'verify']) {
    mkdirSync(join(root, 'dist', name), { recursive: true });
    write(`dist/${name}/index.js`, 'exports.handler = () => 0;');
  }
  return {
    root,
    write,
    spoil(right, wrong, file = 's.yaml') {
      const text = readFileSync(file, 'utf8');
      if (!text.includes(right)) throw new Error(`${file} has no ${right}`);
      write(file, text.replaceAll(right, wrong));
    },
    list(requesters, clients = []) {
      const whole = requesters.map((one) => ({
        uid: '5',
        name: 'five',
        engines: '*',
        access: ['register'],
        ...one,
      }));
      write('requesters.json', JSON.stringify({ requesters: whole, clients }));
    },
    faults: (environment = { OWNER_UID }) => deploymentFaults(root, environment),
    remove: () => rmSync(root, { recursive: true }),
  };
}
