import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { textOf } from '../../../functions/notify/channel.ts';
import { noticeOf } from '../../../functions/notify/notice.ts';
import { plain } from '../../../functions/notify/plain.ts';

const sample = (name: string) => JSON.parse(readFileSync(`events/samples/${name}.json`, 'utf8'));
const reply = (data: object, type = 'verified') => ({
  id: 'r-1',
  type: `dms-handshake.access.${type}.v1`,
  subject: '1000000000000001',
  data: { requestId: 'q-1', access: 'register', engines: ['redis'], ...data },
});
const linesOf = (message: unknown) =>
  noticeOf(message)?.lines.map(({ label, text }) => `${label}: ${text}`) ?? [];

describe('a notice', () => {
  it('is on its page as it is', () => {
    const notice = noticeOf(sample('reply-rejected')) ?? { title: '', lines: [] };
    expect(readFileSync('docs/operate/notify.md', 'utf8')).toContain(textOf(notice));
  });

  it('says who has what until when, and why', () => {
    const grants = [
      { id: 'lindorm', expiresAt: null, instances: null, readOnly: true },
      { id: 'redis', expiresAt: '2027-01-31T00:00:00.000Z', instances: null, readOnly: false },
    ];
    expect(linesOf(reply({ grants, roleArn: 'acs:ram::2:role/x', reference: 'OPS-7' }))).toEqual([
      'Account: 1000000000000001',
      'Access: register',
      'Engines: lindorm (reads only) without an end, redis until 2027-01-31T00:00:00.000Z',
      'Role: acs:ram::2:role/x',
      'Reference: OPS-7',
      'Request: q-1',
    ]);
  });

  it('says what a failure is and what to do', () => {
    const { title, lines } = noticeOf(sample('reply-rejected')) ?? { title: '', lines: [] };
    expect(title).toMatch(/^A request was refused \(account /);
    expect(lines.map(({ label }) => label)).toContain('Problem');
    const checks = [1, 2, 3, 4].map((n) => ({ id: `c${n}`, status: 'fail', detail: 'd', fix: `do ${n}` }));
    expect(linesOf(reply({ checks }, 'failed')).filter((line) => line.startsWith('To do'))).toEqual([
      'To do: c1: do 1',
      'To do: c2: do 2',
      'To do: c3: do 3',
    ]);
  });

  it.each([
    ['verified', 'Access is granted and proved (account 1000000000000001)'],
    ['revoked', 'Access was taken away (account 1000000000000001)'],
    ['rejected', 'A request was refused (account 1000000000000001)'],
    ['failed', 'A request failed (account 1000000000000001)'],
    ['changed', 'A role is no longer what it was (account 1000000000000001)'],
    ['expiring', 'Access ends soon (account 1000000000000001)'],
    ['pending', 'A request waits for your approval (account 1000000000000001)'],
    ['review-due', 'Access is due for a review (account 1000000000000001)'],
    ['break-glass', 'EMERGENCY access was taken (account 1000000000000001)'],
    ['unheard-of', 'Status unheard-of (account 1000000000000001)'],
  ])('of %s has a title', (kind, title) => {
    expect(noticeOf(reply({}, kind))).toMatchObject({ kind, title });
  });

  it('of a sender that nobody has proved says so, and is counted to no account', () => {
    const { subject, ...rest } = reply({ access: null, requestId: null }, 'rejected');
    for (const one of [rest, { ...rest, subject: null }]) {
      expect(noticeOf(one)).toEqual({
        id: 'r-1',
        kind: 'rejected',
        account: null,
        title: 'A request was refused (account not proved)',
        lines: [
          { label: 'Account', text: 'not proved' },
          { label: 'Engines', text: 'redis without an end' },
        ],
      });
    }
    expect(subject).toBe('1000000000000001');
  });

  it.each([
    [{}, 'none'],
    [{ engines: [], expiresAt: '2027-01-31T00:00:00Z' }, 'none'],
    [
      { engines: ['gdb', 'redis'], expiresAt: '2027-01-31T00:00:00Z' },
      'gdb, redis until 2027-01-31T00:00:00Z',
    ],
    [{ engines: ['gdb'], grants: [] }, 'gdb without an end'],
  ])('of %j has the engines: %s', (data, engines) => {
    expect(linesOf({ ...reply({}), data })).toEqual(['Account: 1000000000000001', `Engines: ${engines}`]);
  });

  it.each([
    [{ request: { engines: ['gdb', 'rds'] } }, ['Asked for: gdb, rds without an end']],
    [{ request: { expiresAt: '2027-01-31T00:00:00Z' } }, ['Asked for: all until 2027-01-31T00:00:00Z']],
    [{ request: null, breakGlass: 'db is down' }, ['Emergency: db is down']],
    [{ checks: [{ id: 'c1' }, { id: 'c2', fix: null }], problem: null }, []],
    [{ problem: { code: 'expired', detail: 'too late' } }, ['Problem: expired: too late']],
  ])('of %j has beside that: %j', (data, more) => {
    expect(linesOf({ ...reply({}), data })).toEqual(['Account: 1000000000000001', 'Engines: none', ...more]);
  });

  it('shows what is asked for in an emergency or before an approval', () => {
    const request = { engines: ['gdb'], expiresAt: '2027-01-31T00:00:00Z', breakGlass: 'db is down' };
    expect(linesOf(reply({ request }, 'pending'))).toEqual(
      expect.arrayContaining(['Asked for: gdb until 2027-01-31T00:00:00Z', 'Emergency: db is down']),
    );
  });

  it.each([
    ['a probe', sample('probe')],
    ['another event', { id: 'x', type: 'com.example.v1', data: {} }],
    ['no event', 'hello'],
    ['nothing', null],
    ['what only ends like a reply', { ...reply({}), type: 'x.dms-handshake.access.verified.v1' }],
    ['what only begins like one', { ...reply({}), type: 'dms-handshake.access.verified.v1x' }],
    ['a grant without a name', reply({ grants: [{ expiresAt: null }] })],
    ['an end that is none', reply({ grants: [{ id: 'gdb', expiresAt: 7 }] })],
    ['engines that are asked for and are none', reply({ request: { engines: 'gdb' } })],
    ['a check without a name', reply({ checks: [{ fix: 'do 1' }] })],
    ['a problem without a code', reply({ problem: { detail: 'd' } })],
  ])('is not made of %s', (_what, message) => {
    expect(noticeOf(message)).toBeNull();
  });

  it('holds nothing else of a reply: no document, no key, no link into the console', () => {
    const hidden = {
      accessKeySecret: 'LEAK',
      console: { switchRoleUrl: 'LEAK', requesterPolicy: { a: 'LEAK' } },
    };
    expect(JSON.stringify(noticeOf(reply(hidden)))).not.toContain('LEAK');
  });

  it('keeps what a requester wrote on one line, as long as it is read', () => {
    const reference = 'OPS-7\n\u3164\u2800Approved: yes\r\n\u2028\u202Egnp\u200B.exe \u0007';
    expect(linesOf(reply({ reference }))).toContain('Reference: OPS-7 Approved: yes gnp .exe');
    expect(plain('x'.repeat(600))).toBe(`${'x'.repeat(499)}…`);
  });
});
