import { describe, expect, it } from 'vitest';
import type { Check } from '../../../events/check.ts';
import { parseRoleName } from '../../../shared/catalogue/names.ts';
import type { ListedRole } from '../../../shared/ports.ts';
import { REQUESTER } from '../../kit/accounts.ts';
import { reporting } from '../../kit/reporting.ts';
import { CONSOLE_ROLE, ROLE } from '../../kit/roles.ts';
import { listedRole } from '../../kit/sweep-parts.ts';
import { at, START } from '../../kit/time.ts';

/** What the sweep tells of roles that it cannot judge: of those that are not ours, and of those that are gone. */
const END = '2026-12-23T10:00:00.000Z';
const GRANTED = `granted 2026-11-23T10:00:00.000Z until ${END}`;

describe('a role that is not ours to write on', () => {
  const check: Check = { id: 'ownership', status: 'fail', detail: 'the role lacks the tag', fix: 'tag it' };
  const tags = { 'dms-engine-redis': GRANTED, 'dms-connection-vpc': GRANTED };
  const listed = (name: string): ListedRole => ({ ...listedRole(tags), name, arn: `arn of ${name}` });

  it.each([
    [ROLE, { access: 'register', requesterUid: REQUESTER, engines: ['redis'], connections: ['vpc'] }],
    [CONSOLE_ROLE, { access: 'console', requesterUid: REQUESTER, engines: [], connections: [] }],
    ['somebody', { access: 'register', requesterUid: null, engines: [], connections: [] }],
  ])('is told of to its owner alone, as far as its name says whose it is: %s', async (name, about) => {
    const { report, outcome } = reporting();
    await report.unmanaged([{ role: listed(name), id: parseRoleName(name), check }], [], at(9));
    const { told, addressees, remembered } = await outcome();
    expect([addressees, remembered, report.told]).toEqual([['owner'], [], 1]);
    expect(told).toMatchObject([
      {
        ...about,
        requestId: `sweep:${name}:2026-11-23T10:00:00.000Z`,
        roleArn: `arn of ${name}`,
        expiresAt: END,
        checks: [check],
        problem: {
          code: 'verification-failed',
          detail: 'from no verdict yet to failed: ownership: the role lacks the tag.',
        },
      },
    ]);
  });
});

it('a role that somebody deleted is told of to its requester, with what to do', async () => {
  const { report, outcome } = reporting();
  await report.gone({ access: 'register', requesterUid: REQUESTER }, START, at(9));
  const { told, addressees, remembered } = await outcome();
  expect([addressees, remembered, report.told]).toEqual([[REQUESTER], [], 1]);
  const detail = `the role ${ROLE} was there in the sweep of 2026-11-23T10:00:00.000Z, and somebody has deleted it`;
  const fix = 'send the grant again to have it made, and find out in ActionTrail who deleted it';
  expect(told).toMatchObject([
    {
      requestId: `sweep:${ROLE}:2026-11-23T10:00:00.000Z`,
      roleArn: null,
      engines: [],
      grants: [],
      checks: [{ id: 'role-exists', status: 'fail', detail, fix }],
      problem: {
        code: 'verification-failed',
        detail: `from no verdict yet to failed: role-exists: ${detail}.`,
      },
    },
  ]);
});
