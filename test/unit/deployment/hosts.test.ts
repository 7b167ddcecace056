import { readFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { HOST_VARIABLES } from '../../../scripts/deployment/hosts.ts';
import { type DeploymentFolder, deploymentFolder } from '../../kit/deployment-folder.ts';

let folder: DeploymentFolder;
beforeEach(() => {
  folder = deploymentFolder();
});
afterEach(() => folder.remove());

/** As the page lists them. */
const [, list = ''] = /All of them: (.*?)\.$/m.exec(readFileSync('docs/operate/operations.md', 'utf8')) ?? [];
const ALL = list.split(', ').map((name) => name.replaceAll('`', ''));

describe('a host that a function is given', () => {
  it.each<[string, string, string, string[]]>([
    [
      'a host of a product that is none',
      '    SIGN_IN_HOST:',
      '    ENDPOINT_HOLOGRES: h.example.com\n    SIGN_IN_HOST:',
      ['dms-handshake-verify', 'dms-handshake-provision'].map(
        (name) =>
          `${name}: ENDPOINT_HOLOGRES is no variable here; the nearest is ENDPOINT_HOLOGRAM, all are ${list.replaceAll('`', '')}`,
      ),
    ],
    [
      'a host that is a URL',
      '    SIGN_IN_HOST:',
      '    ENDPOINT_HOLOGRAM: https://h.example.com/\n    SIGN_IN_HOST:',
      ['dms-handshake-verify', 'dms-handshake-provision'].map(
        (name) =>
          `${name}: ENDPOINT_HOLOGRAM is "https://h.example.com/": expected the name of a host, such as "r-kvstore.aliyuncs.com", without https:// and without a path`,
      ),
    ],
  ])('names %s', (_what, right, wrong, all) => {
    folder.spoil(right, wrong);
    expect(folder.faults()).toEqual(all);
  });

  it('may be one of each product that the page lists', () => {
    expect(HOST_VARIABLES).toEqual(ALL);
    const lines = ALL.map((name) => `    ${name}: " <uid>.host.example.com "\n`).join('');
    folder.spoil('    SIGN_IN_HOST:', `${lines}    SIGN_IN_HOST:`);
    expect(folder.faults()).toEqual([]);
  });
});
