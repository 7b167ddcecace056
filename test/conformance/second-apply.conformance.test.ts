import { expect, it } from 'vitest';
import { callApi } from './clients.ts';
import { managedElsewhere } from './managed-elsewhere.ts';
import { managedInRam, type Step } from './managed-in-ram.ts';
import { conformance } from './target.ts';

const cloud = await conformance();
const VERSIONS = { ram: '2015-05-01', 'mns-open': '2022-01-19', 'dms-enterprise': '2018-11-01' } as const;

/** As the provider calls: everything in a form. */
const call = ({ service, action, form }: Step) =>
  callApi(cloud, { service, version: VERSIONS[service], action, form: { ...form } });

const under = (answer: unknown, path: readonly string[]): unknown =>
  path.reduce((inner, name) => Object(inner)[name] as unknown, answer);

it.each([...managedInRam(cloud), ...managedElsewhere(cloud)])(
  'a second apply of $resource finds no change',
  async ({ resource, create, read, at, shows, update, updated, remove }) => {
    cloud.cleanup.add(resource, () => call(remove));
    await call(create);
    const finds = (fields: object) =>
      cloud.eventually(async () => {
        const found = under(await call(read), at);
        const [expected, one] = [expect.objectContaining(fields), Array.isArray(found)];
        expect(found).toEqual(one ? expect.arrayContaining([expected]) : expected);
      });
    await finds(shows);
    if (update === undefined) return;
    await call(update);
    await finds(updated ?? shows);
  },
);
