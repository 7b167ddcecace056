import { describe, expect, it } from 'vitest';
import { showLetter, showLetters } from '../../../cli/dead-letters/show.ts';
import { terminal } from '../../../cli/ui/terminal.ts';

const PLAIN = terminal({}, { COLUMNS: '100' });

const LETTER = {
  id: 'L-1',
  at: '2026-11-23T10:23:53.702Z',
  requestId: 'r-1',
  requesterUid: '1000000000000001',
  reason: 'out of\n luck',
  request: { engines: ['gdb'] },
};
const UNKNOWN = { ...LETTER, id: 'L-2', at: null, requestId: null, requesterUid: null, request: null };

describe('what is shown of letters', () => {
  it('of one letter is what is known of it, and the request', () => {
    expect(showLetter(LETTER)).toBe(`letter     L-1
since      2026-11-23T10:23:53.702Z
requester  1000000000000001
request    r-1
reason     out of luck

{
  "engines": [
    "gdb"
  ]
}`);
    expect(showLetter(UNKNOWN)).toBe(`letter     L-2
since      not known
requester  not known
request    none: the event was no request
reason     out of luck`);
  });

  it('of many is a line for each, and what to do about them', () => {
    expect(
      showLetters([LETTER, UNKNOWN], 0, PLAIN, ' --local'),
    ).toBe(`letter  since (UTC)       requester         request  reason
L-1     2026-11-23 10:23  1000000000000001  r-1      out of luck
L-2     -                 -                 -        out of luck

2 letters; see one with: npx dms-handshake dead-letters show ID --local
Put right what the reason names (npx dms-handshake doctor --local finds what is missing), then have it answered:
npx dms-handshake dead-letters send-again ID --local`);
  });

  it.each([
    [[LETTER], 0, '\n1 letter; see one with: npx dms-handshake dead-letters show ID\n'],
    [
      [LETTER],
      3,
      '\n1 letter, and 3 more: too many at a time, or somebody else looks at them just now; see one with: npx dms-handshake dead-letters show ID\n',
    ],
    [[], 0, 'no dead letters'],
    [
      [],
      2,
      'no letter that can be looked at now, and 2 more: too many at a time, or somebody else looks at them just now',
    ],
  ])('of %j and %d more says how many there are', (letters, more, words) => {
    expect(showLetters(letters, more, PLAIN)).toContain(words);
  });
});
