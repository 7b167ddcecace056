import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { plannedFaults } from '../../../scripts/deployment/check.ts';
import { type DeploymentFolder, deploymentFolder, OWNER_UID } from '../../kit/deployment-folder.ts';

let folder: DeploymentFolder;
beforeEach(() => {
  folder = deploymentFolder();
});
afterEach(() => folder.remove());

describe('the bundle of a function', () => {
  it.each<[string, string, string, string[]]>([
    [
      'a handler that is not there',
      'index.handler',
      'index.handle',
      ['verify', 'provision', 'intake'].map((name) =>
        expect.stringMatching(
          `^dms-handshake-${name}: /.*/dist/${name}/index.js exports no function handle$`,
        ),
      ),
    ],
    [
      'a bundle that is not there',
      './dist/intake',
      './dist/take',
      [
        expect.stringMatching(
          '^dms-handshake-intake: /.*/dist/take/index.js is not there; run npm run build$',
        ),
      ],
    ],
  ])('names %s', (_what, right, wrong, all) => {
    folder.spoil(right, wrong);
    expect(folder.faults()).toEqual(all);
  });

  it.each([
    ['null.x', "Cannot read properties of null (reading 'x')"],
    ['throw "a\\nb"', 'a'],
  ])('names a bundle that cannot be loaded, and why: %s', (code, reason) => {
    folder.write('dist/verify/index.js', code);
    expect(folder.faults()).toEqual([
      `dms-handshake-verify: ${folder.root}/dist/verify/index.js cannot be loaded (${reason}); run npm run build`,
    ]);
  });

  it.each(['module.exports = null;', 'exports.handler = 7;'])(
    'names a bundle without a handler: %s',
    (code) => {
      folder.write('dist/verify/index.js', code);
      expect(folder.faults()).toEqual([
        `dms-handshake-verify: ${folder.root}/dist/verify/index.js exports no function handler`,
      ]);
    },
  );

  it('finds everything but the bundles before there is a bundle', () => {
    rmSync(join(folder.root, 'dist'), { recursive: true });
    expect(plannedFaults(folder.root, { OWNER_UID })).toEqual([]);
    folder.spoil('reservedConcurrency: 1', 'reservedConcurrency: 2');
    expect(plannedFaults(folder.root, { OWNER_UID })).toEqual([
      'dms-handshake-provision: reservedConcurrency must be 1 (docs/explain/architecture.md)',
    ]);
  });
});
