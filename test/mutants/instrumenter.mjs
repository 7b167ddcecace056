/** Parts of what Stryker makes its changes with: of the package that its core has, so that both have the same lists. */
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';

const fromCore = createRequire(import.meta.resolve('@stryker-mutator/core'));
const folder = dirname(fromCore.resolve('@stryker-mutator/instrumenter'));

export const ofInstrumenter = (file) => import(pathToFileURL(join(folder, file)).href);
