import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { NOTES, type ServiceName } from '../../scripts/docs/local-cloud-notes.ts';
import { manifest } from '../../scripts/docs/local-cloud-page.ts';

const entries = manifest();

/** Folder of a service's own tests. */
const TESTS: Readonly<Record<ServiceName, string>> = {
  ram: 'test/unit/local/ram',
  sts: 'test/unit/local/sts',
  mns: 'test/unit/local/mns',
  'mns-open': 'test/unit/local/mns-open',
  fc: 'test/unit/local/fc',
  oss: 'test/unit/local/oss',
  sls: 'test/unit/local/sls',
  'dms-enterprise': 'test/unit/local/dms',
  actiontrail: 'test/unit/local/actiontrail',
  engines: 'test/unit/local/engines',
};

const filesOf = (folder: string): string[] =>
  readdirSync(folder)
    .filter((file) => file.endsWith('.ts') && file !== 'manifest.test.ts')
    .map((file) => join(folder, file));

const textOf = (folder: string): string =>
  filesOf(folder)
    .map((file) => readFileSync(file, 'utf8'))
    .join('\n');

it('every operation has a page, which names it, and a row of its own', () => {
  const rows = new Set<string>();
  for (const { name, page, service, version, reached } of entries) {
    expect(page.toLowerCase(), `${service} ${name}`).toContain(name.toLowerCase());
    rows.add(`${version} ${name} ${reached}`);
  }
  expect(rows.size).toBe(entries.length);
});

it('every operation is named in a test of its service or in a conformance suite', () => {
  const conformance = textOf('test/conformance');
  const texts = new Map(Object.entries(TESTS).map(([service, folder]) => [service, textOf(folder)]));
  const untested = entries.filter(({ name, service }) => {
    const named = new RegExp(`\\b${name}(Request)?\\b`);
    return !named.test(`${texts.get(service)}\n${conformance}`);
  });
  expect(untested.map(({ service, name }) => `${service} ${name}`)).toEqual([]);
});

it.each([
  ['ram', 'local/cloud/ram/operations'],
  ['mns', 'local/cloud/mns/operations'],
  ['fc', 'local/cloud/fc/operations'],
])(
  'every file of operations of %s is one operation in the manifest, and the other way round',
  (service, folder) => {
    const names = entries.filter((entry) => entry.service === service).map(({ name }) => kebab(name));
    const files = readdirSync(folder).map((file) => file.replace(/\.ts$/, ''));
    expect(files.filter((file) => file !== 'index').sort()).toEqual(names.sort());
  },
);

it.each(['sts', 'dms-enterprise', 'oss', 'actiontrail'] as const)(
  'every operation of %s has a file of its name',
  (service) => {
    const files = filesOf(NOTES[service].folder).map((file) =>
      file.replace(/^.*\//, '').replace(/\.ts$/, ''),
    );
    const names = entries.filter((entry) => entry.service === service).map(({ name }) => kebab(name));
    expect(names.filter((name) => !files.includes(name))).toEqual([]);
  },
);

it('every service has notes, and all notes have operations', () => {
  const services = [...new Set(entries.map(({ service }) => service))];
  expect(services.sort()).toEqual(Object.keys(NOTES).sort());
});

function kebab(name: string): string {
  return name.replaceAll(/(?<=[a-z])(?=[A-Z])/g, '-').toLowerCase();
}
