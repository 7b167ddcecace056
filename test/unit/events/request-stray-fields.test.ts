import { expect, it } from 'vitest';
import { parseRequest } from '../../../events/parse-request.ts';

const GRANT = { requesterUid: '1', engines: ['redis'] };
const END = { expiresAt: 'never' };

it.each<[object, string | null]>([
  [{ engines: [] }, 'engines is an empty list: expected at least one engine to grant'],
  [{ engines: null }, 'engines is null: expected at least one engine to grant'],
  [
    { action: 'revoke', engines: [] },
    'engines is an empty list: expected at least one engine to take away; leave "engines" out to close the whole role',
  ],
  [{ action: 'revoke', engines: null }, null],
  [{ action: 'verify', engines: [] }, null],
  [{ action: 'verify', engines: null }, null],
  [
    { action: 'extend', engines: [], ...END },
    'engines is an empty list: expected at least one engine; leave "engines" out to extend all that is granted',
  ],
  [{ action: 'extend', engines: null, ...END }, null],
  [{ action: 'extend', ...END }, null],
  [
    { users: ['u'] },
    'users is a list: "users" goes with "access": "console" only; DMS itself assumes a register role',
  ],
  [{ instances: { redis: ['r-1'] } }, null],
  [{ readOnly: true }, null],
  ...(['revoke', 'verify'] as const).flatMap((action): [object, string][] => [
    [
      { action, instances: { redis: ['r-1'] } },
      `instances is an object: a ${action} is about whole engines; leave "instances" out`,
    ],
    [
      { action, readOnly: true },
      `readOnly is true: a ${action} is about whole engines; leave "readOnly" out`,
    ],
    [
      { action, breakGlass: 'fire' },
      `breakGlass is "fire": only a grant can be an emergency; leave "breakGlass" out`,
    ],
    [{ action, ...END }, `expiresAt is "never": a ${action} has no expiry; leave "expiresAt" out`],
  ]),
  [
    { action: 'extend', readOnly: true, ...END },
    'readOnly is true: an extend keeps what is granted as it is; leave "readOnly" out, or ask for it with a grant',
  ],
  [
    { action: 'extend', breakGlass: 'fire', ...END },
    'breakGlass is "fire": only a grant can be an emergency; leave "breakGlass" out',
  ],
  [
    { readOnly: true, instances: { redis: ['r-1'] } },
    'instances is an object: a grant that only reads modifies no instance; leave "instances" or "readOnly" out',
  ],
  [{ readOnly: false, instances: { redis: ['r-1'] } }, null],
  [
    { action: 'extend' },
    'expiresAt is missing: expected the new end, such as "2027-01-31T00:00:00Z", or "never"',
  ],
  [END, null],
])('fields that do not go together, %#: %o', (more, bad) => {
  const parsed = parseRequest(JSON.stringify({ ...GRANT, ...more }));
  expect('bad' in parsed ? parsed.bad : null).toBe(bad);
});
