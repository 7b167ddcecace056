import { describe, expect, it } from 'vitest';
import type { Closed } from '../../../cli/owner/closing.ts';
import { closings } from '../../../cli/owner/closing.ts';
import { mayAskAgain, showClosed, whereToLook } from '../../../cli/owner/words.ts';
import { terminal } from '../../../cli/ui/terminal.ts';

const of = (...uids: readonly string[]) =>
  closings(
    uids.map((requesterUid) => ({ access: 'register', requesterUid })),
    'run',
  );
const QUEUES =
  'the replies with these request ids are in the queue dms-handshake-owner-replies of account B, and what dms-handshake-provision or dms-handshake-verify could not do at all is in dms-handshake-dead-letters';

describe('where to look for what became of closes', () => {
  it.each([
    [
      'of one requester',
      of('1', '1'),
      '',
      'run:register:1, run:register:1. Look with "npx dms-handshake verify --requester 1"',
    ],
    [
      'of several, in a local cloud that has a name',
      of('1', '2'),
      ' --local=demo',
      'run:register:1, run:register:2. Look with "npx dms-handshake verify --all --local=demo"',
    ],
    [
      'of six',
      of('1', '1', '1', '1', '1', '1'),
      '',
      `${'run:register:1, '.repeat(5)}run:register:1. Look with "npx dms-handshake verify --requester 1"`,
    ],
    [
      'of more than are named',
      of('1', '1', '1', '1', '1', '1', '1', '1'),
      '',
      `${'run:register:1, '.repeat(5)}run:register:1, and 2 more that begin alike. Look with "npx dms-handshake verify --requester 1"`,
    ],
  ])('%s', (_what, sent, where, words) => {
    expect(whereToLook(sent, where)).toBe(`sent, or on the way: ${words}; ${QUEUES}`);
  });
});

it('who may ask again is named, or counted', () => {
  expect(mayAskAgain(of('1', '1'))).toBe(
    'account 1 may ask again until it is taken out of requesters.json and the functions are deployed with that',
  );
  expect(mayAskAgain(of('1', '2', '1'))).toBe(
    'these 2 accounts may ask again until they are taken out of requesters.json and the functions are deployed with that',
  );
});

describe('what is shown of roles that were to be closed', () => {
  const [one] = of('1');
  if (one === undefined) throw new Error('no closing');
  const closed = (status: Closed['status'], over: Partial<Closed> = {}): Closed => ({
    ...one,
    roleArn: 'arn',
    status,
    checks: [],
    ...over,
  });

  it('is a line for each that is there, with what failed', () => {
    const roles = [
      closed('closed'),
      closed('absent'),
      closed('failed', { checks: ['ownership', 'trust-dms'] }),
      closed('sent', { roleArn: null }),
    ];
    expect(showClosed(roles, terminal({}, {}))).toBe(`requester  access    role  status
1          register  arn   closed
1          register  arn   failed
                           ownership
                           trust-dms
1          register  -     sent`);
  });

  it('is that nothing was closed where there is none', () => {
    expect(showClosed([closed('absent')], terminal({}, {}))).toBe('no role is there: nothing was closed');
  });

  it('is green where it is closed and red where it failed', () => {
    const to = terminal({ isTTY: true, columns: 80 }, {});
    const { green, red } = to.colors;
    expect(showClosed([closed('closed')], to)).toContain(green('closed'));
    expect(showClosed([closed('failed')], to)).toContain(red('failed'));
    expect(showClosed([closed('pending')], to)).toMatch(/arn {3}pending$/);
  });
});
