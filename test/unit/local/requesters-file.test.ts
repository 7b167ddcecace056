import { existsSync, readFileSync, statSync } from 'node:fs';
import { basename, resolve } from 'node:path';
import { expect, it } from 'vitest';
import { writeRequesters } from '../../../local/requesters-file.ts';

const LOCAL = (secretEnv: string) => ({
  requesters: [
    {
      uid: '1',
      name: 'local',
      engines: '*',
      access: ['register', 'console'],
      requestsPerMinute: 6_000,
      topics: ['topic'],
    },
  ],
  clients: [{ name: 'local', requesters: ['1'], auth: { type: 'bearer', secretEnv } }],
});

it.each([
  ['nothing is set', undefined, 'LOCAL_TOKEN', 'made'],
  ['only stand-ins are set', { values: { JIRA: 'stand-in' }, standIns: ['JIRA'] }, 'LOCAL_TOKEN', 'made'],
  ['a secret is set', { values: { A: 'stand-in', B: 'secret' }, standIns: ['A'] }, 'B', 'secret'],
])(
  'the requester may ask for everything, under a token of its client; %s',
  async (_what, secrets, env, token) => {
    const mayAsk = await writeRequesters(undefined, '1', 'topic', secrets, 'made');
    expect(JSON.parse(readFileSync(mayAsk.file, 'utf8'))).toEqual(LOCAL(env));
    expect(mayAsk).toMatchObject({
      environment: { REQUESTERS_FILE: mayAsk.file, LOCAL_TOKEN: 'made' },
      token,
    });
    expect(basename(mayAsk.file)).toBe('requesters.json');
    await mayAsk.remove();
    expect(existsSync(mayAsk.file)).toBe(false);
  },
);

it('tokens that are made up are long, and not the same', async () => {
  const [one, other] = [await writeRequesters({}, '1', 't'), await writeRequesters({}, '1', 't')];
  expect(one.token).toMatch(/^[A-Za-z0-9_-]{43}$/);
  expect(other.token).not.toBe(one.token);
  expect(readFileSync(one.file, 'utf8')).toBe('{}');
  await Promise.all([one.remove(), other.remove()]);
});

it('a file that is given by its path is used as it is, and stays', async () => {
  const mayAsk = await writeRequesters('requesters.json', '1', 't', undefined, 'made');
  const file = resolve('requesters.json');
  expect(mayAsk).toMatchObject({
    environment: { REQUESTERS_FILE: file, LOCAL_TOKEN: 'made' },
    token: 'made',
    file,
  });
  await mayAsk.remove();
  expect(statSync(file).isFile()).toBe(true);
});
