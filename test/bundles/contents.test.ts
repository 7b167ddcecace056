import { expect, it } from 'vitest';
import { DEAD_MODULES } from '../../scripts/bundles/dead-modules.ts';
import { FUNCTIONS } from '../../scripts/bundles/functions.ts';
import { contentsOf, zipBytes } from './bundled-packages.ts';

/** What each function carries of others. A new name here is a decision: what it costs a cold start, and who keeps it. */
const CORE = [
  '@alicloud/openapi-core',
  '@alicloud/gateway-spi',
  '@alicloud/tea-typescript',
  '@darabonba/typescript',
];
const QUEUES = ['@alicloud/mns', 'kitx'];
const BOTH_NEED = ['httpx', 'sax', 'xml2js'];
/** Says where in requesters.json something stands. */
const FILES = 'jsonc-parser';
const OURS = ['fastest-levenshtein', 'zod'];

const PACKAGES = {
  intake: [...QUEUES, ...BOTH_NEED, ...OURS, FILES],
  notify: ['nodemailer', 'zod'],
  provision: [...CORE, ...BOTH_NEED, ...OURS, FILES],
  verify: [...CORE, ...QUEUES, ...BOTH_NEED, ...OURS, FILES],
} as const;

it.each(FUNCTIONS)('%s carries these packages and no others', async (name) => {
  const { packages } = await contentsOf(name);
  expect(packages).toEqual([...PACKAGES[name]].sort());
});

/** `scripts` has the stub of what is left out. Minified code has no names by which the others could be found in it. */
const ROOMS = ['events', 'functions', 'scripts', 'shared'];

it.each(FUNCTIONS)('%s holds nothing of the local cloud, the command line or the tests', async (name) => {
  const { rooms } = await contentsOf(name);
  expect(rooms).toContain('functions');
  expect(rooms.filter((room) => !ROOMS.includes(room))).toEqual([]);
});

it.each(FUNCTIONS)('%s makes its schemas with the small form of zod alone', async (name) => {
  const { dearSchemas } = await contentsOf(name);
  expect(dearSchemas).toEqual([]);
});

it.each(FUNCTIONS)('%s is deployed as an archive of at most 400 KB', (name) => {
  expect(zipBytes(`dist/${name}`)).toBeLessThanOrEqual(400 * 1024);
});

it('every module on the list of dead ones would else be in a function', async () => {
  const contents = await Promise.all(FUNCTIONS.map(contentsOf));
  expect([...new Set(contents.flatMap(({ dead }) => dead))].sort()).toEqual(Object.keys(DEAD_MODULES).sort());
});
