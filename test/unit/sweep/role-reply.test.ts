import { expect, it } from 'vitest';
import { readRecord } from '../../../shared/record/record.ts';
import { replyOfRole } from '../../../shared/sweep/role-reply.ts';
import { listedRole } from '../../kit/sweep-parts.ts';
import { SENDER } from '../../kit/sweeper.ts';
import { START } from '../../kit/time.ts';

/** What a notice says that a role grants. */
const GRANTED = 'granted 2026-11-23T10:00:00.000Z';
const DATABASES = { 'dms-engine-redis': GRANTED, 'dms-connection-vpc': GRANTED };

it.each([
  ['register', DATABASES, ['redis'], ['vpc']],
  ['console', { 'dms-console-account': GRANTED }, [], []],
  // Somebody put tags of another kind of role there: they grant nothing.
  ['console', { 'dms-console-account': GRANTED, ...DATABASES }, [], []],
] as const)(
  'a notice about %s access by the tags %j names %j and %j',
  (access, tags, engines, connections) => {
    const role = listedRole(tags, access);
    const record = readRecord(role.tags, START);
    const { data } = replyOfRole(role, record, 'r-1', SENDER, START, {
      status: 'review-due',
      prerequisites: [],
      problem: null,
    });
    expect(data).toMatchObject({ access, engines, connections });
  },
);
