import { describe, expect, it } from 'vitest';
import { showReply } from '../../../cli/show-reply.ts';
import { terminal } from '../../../cli/ui/terminal.ts';
import type { Reply, ReplyData } from '../../../client/reply.ts';

const PIPE = terminal({}, {});
const ARN = 'acs:ram::2000000000000002:role/dms-cross-account-1000000000000001';

const GRANTED: ReplyData = {
  status: 'verified',
  requestId: 'r-1',
  requesterUid: '1000000000000001',
  ownerUid: '2000000000000002',
  access: 'register',
  roleArn: ARN,
  engines: ['lindorm', 'redis'],
  connections: [],
  expiresAt: null,
  grants: [
    { id: 'lindorm', expiresAt: null, instances: null, readOnly: false },
    { id: 'redis', expiresAt: null, instances: null, readOnly: false },
  ],
  reference: null,
  assurance: 'assumed',
  checks: [{ id: 'trust-dms', status: 'pass', detail: 'trusts DMS', fix: null }],
  prerequisites: [],
  console: null,
  problem: null,
};
const [LINDORM, REDIS] = GRANTED.grants ?? [];
const UNTIL = '2027-01-31T00:00:00.000Z';
const WAY = [
  'next       paste the ARN into DMS (Add Instance, Cross-account), or register from here:',
  `           npx dms-handshake register --arn ${ARN} --instance FILE`,
];
const TABLE = ['', 'check      verdict  evidence', 'trust-dms  pass     trusts DMS', ''];
const ROLE = `role       ${ARN}`;

const shown = (over: Partial<ReplyData>): readonly string[] => {
  const reply: Reply = {
    specversion: '1.0',
    id: 'i',
    source: 's',
    type: 't',
    subject: '1000000000000001',
    time: '2026-11-23T10:00:00.000Z',
    datacontenttype: 'application/json',
    correlationid: 'r-1',
    data: { ...GRANTED, ...over },
  };
  return showReply(reply, PIPE).split('\n');
};

describe('a reply for people', () => {
  const ROWS: readonly (readonly [string, Partial<ReplyData>, readonly string[]])[] = [
    [
      'of a grant',
      {},
      ['VERIFIED', ...TABLE, 'engines    lindorm, redis', 'assurance  assumed', ROLE, ...WAY],
    ],
    [
      'of a grant that is narrowed, ends, and needs more',
      {
        connections: ['vpc'],
        instances: { redis: ['r-1', 'r-2'] },
        readOnly: ['lindorm'],
        breakGlass: 'orders\nare gone',
        expiresAt: UNTIL,
        grants: [LINDORM, REDIS].flatMap((one) => (one === undefined ? [] : [{ ...one, expiresAt: UNTIL }])),
        changes: [
          { check: 'ownership', before: 'redis: no end', after: `redis: ends ${UNTIL}`, asked: true },
          { check: 'ownership', before: 'redis: not granted', after: 'redis: granted', asked: true },
          { check: 'trust-dms', before: 'nobody', after: `redis: ends ${UNTIL}`, asked: false },
        ],
        prerequisites: ['a role\u0007'],
      },
      [
        ...[
          'VERIFIED',
          ...TABLE,
          'engines    lindorm, redis, vpc',
          'narrowed   redis: modifies only r-1, r-2',
        ],
        ...['narrowed   lindorm: only reads', 'emergency  orders\\u000aare gone', `expires    ${UNTIL}`],
        ...[`end        redis: no end -> redis: ends ${UNTIL}`, 'assurance  assumed'],
        ...['needed     a role\\u0007', ROLE, ...WAY],
      ],
    ],
    [
      'of grants that end at different times',
      {
        expiresAt: UNTIL,
        grants: [LINDORM, REDIS].flatMap((one, n) =>
          one === undefined ? [] : [{ ...one, expiresAt: n === 0 ? UNTIL : null }],
        ),
      },
      [
        ...['VERIFIED', ...TABLE, 'engines    lindorm, redis', `expires    lindorm: ${UNTIL}`],
        ...['expires    redis: never', 'assurance  assumed', ROLE, ...WAY],
      ],
    ],
    [
      'of an earlier version, without grants',
      { grants: [], expiresAt: UNTIL },
      [
        ...['VERIFIED', ...TABLE, 'engines    lindorm, redis', `expires    ${UNTIL}`],
        ...['assurance  assumed', ROLE, ...WAY],
      ],
    ],
    [
      'of a refusal',
      {
        status: 'rejected',
        roleArn: null,
        engines: [],
        grants: [],
        checks: [],
        problem: { code: 'expired', title: 'T', detail: 'too\u0007 old', retryable: false },
      },
      ['REJECTED  too\\u0007 old', '', 'engines    none', 'role       none'],
    ],
    [
      'of a revoke',
      { status: 'revoked', engines: [], grants: [] },
      ['REVOKED', ...TABLE, 'engines    none', 'assurance  assumed', ROLE],
    ],
    [
      'that waits for the owner',
      { status: 'pending', roleArn: null, checks: [], endsAt: UNTIL },
      [
        ...['PENDING', '', 'engines    lindorm, redis', 'role       none'],
        `next       the owner approves it until ${UNTIL}, or not`,
      ],
    ],
    [
      'that waits without an end',
      { status: 'pending', roleArn: null, checks: [] },
      [
        ...['PENDING', '', 'engines    lindorm, redis', 'role       none'],
        'next       the owner approves it until it ends, or not',
      ],
    ],
    [
      'of a console role',
      {
        access: 'console',
        engines: [],
        grants: [],
        console: { switchRoleUrl: 'https://signin', requesterPolicy: { Version: '1' } },
      },
      [
        ...['VERIFIED', ...TABLE, 'engines    none', 'assurance  assumed', ROLE],
        'next       open https://signin as one of the RAM users, who needs this policy:',
        '           {"Version":"1"}',
      ],
    ],
    [
      'of a console role without its link',
      { access: 'console', engines: [], grants: [] },
      ['VERIFIED', ...TABLE, 'engines    none', 'assurance  assumed', ROLE],
    ],
    [
      'without a role',
      { roleArn: null },
      ['VERIFIED', ...TABLE, 'engines    lindorm, redis', 'assurance  assumed', 'role       none'],
    ],
  ];
  it.each(ROWS)('%s', (_what, over, expected) => {
    expect(shown(over)).toEqual(expected);
  });
});
