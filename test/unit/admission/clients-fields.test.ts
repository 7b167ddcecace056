import { describe, expect, it } from 'vitest';
import { readRequesters } from '../../../shared/admission/requesters.ts';
import { RequestersError } from '../../../shared/admission/requesters-faults.ts';

const A = { uid: '1', name: 'a', engines: '*', access: ['register'] };
const CLIENT = { name: 'c', requesters: ['1'], auth: { type: 'bearer', secretEnv: 'TOKEN' } };

/** The faults of a file. */
function faultsOf(file: object): readonly string[] {
  try {
    readRequesters(JSON.stringify({ requesters: [A], ...file }));
    return [];
  } catch (error) {
    if (error instanceof RequestersError) return error.faults;
    throw error;
  }
}

const HIDDEN = 'is a text that is no such name (not shown)';
const VARIABLE = 'expected the name of an environment variable, such as "JIRA_TOKEN"';
const NO_VARIABLE = `auth.secretEnv[0] ${HIDDEN}: ${VARIABLE}; the secret itself never stands in this file`;

describe('a client', () => {
  const auth = (more: object) => ({ auth: { ...CLIENT.auth, ...more } });
  const pointer = 'expected a JSON Pointer that begins with "/", such as "/deployment/payload"';
  it.each<[object, string | null]>([
    [{ requesters: '1' }, 'requesters is "1": expected a list of UIDs of listed requesters'],
    [{ requesters: [] }, 'requesters is an empty list: expected at least one of UIDs of listed requesters'],
    [
      { requesters: Array(257).fill('1') },
      'requesters is a list: expected at most 256 of UIDs of listed requesters',
    ],
    [
      auth({ type: 'basic' }),
      'auth.type is "basic": expected one of bearer, standard-webhooks, hub-signature, zendesk',
    ],
    [auth({ secretEnv: 5 }), `auth.secretEnv ${HIDDEN}: ${VARIABLE}, or a list of names`],
    [auth({ secretEnv: [5] }), `auth.secretEnv is a list: ${VARIABLE}, or a list of names`],
    [auth({ secretEnv: 'A'.repeat(64) }), null],
    [auth({ secretEnv: ['A', 'B'] }), null],
    ...['FC_A', 'aA', 'Aa'].map((name): [object, string] => [auth({ secretEnv: [name] }), NO_VARIABLE]),
    [
      auth({ secretEnv: [] }),
      'auth.secretEnv is an empty list: expected at least one of names of environment variables',
    ],
    [{ requestAt: 5 }, 'requestAt is 5: expected a JSON Pointer, such as "/deployment/payload"'],
    [{ requestAt: '/a/b~0c~1/d' }, null],
    [{ requestAt: '/a'.repeat(16) }, null],
    [{ requestAt: '/a'.repeat(17) }, `requestAt is "${'/a'.repeat(17)}": ${pointer}`],
    [{ requestAt: 'a/b' }, `requestAt is "a/b": ${pointer}`],
    [{ requestAt: '/a~2' }, `requestAt is "/a~2": ${pointer}`],
  ])('%#: with %o: %s', (more, fault) => {
    const faults = faultsOf({ clients: [{ ...CLIENT, ...more }] });
    expect(faults).toEqual(fault === null ? [] : [`clients[0].${fault}`]);
  });
});

it.each([
  [{ requesters: 5 }, 'requesters is 5: expected a list of requesters'],
  [{ clients: 5 }, 'clients is 5: expected a list of clients'],
  [{ approvers: 5 }, 'approvers is 5: expected a list of approvers'],
  [{ approvers: [] }, 'approvers is an empty list: expected at least one of approvers'],
])('a file with %j: %s', (file, fault) => {
  expect(faultsOf(file)).toEqual([fault]);
});
