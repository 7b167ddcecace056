import { expect, it } from 'vitest';
import { RetryableError, TerminalError } from '../../../shared/runtime/errors.ts';
import { tellable } from '../../../shared/runtime/redaction.ts';

it.each([
  [
    'of one of ours its message',
    new TerminalError('internal', 'RAM GetRole: it said no'),
    'RAM GetRole: it said no',
  ],
  ['of one that may pass, too', new RetryableError('internal', 'throttled'), 'throttled'],
  ['of one that nobody foresaw its name', new TypeError('key LTAI and what else'), 'TypeError'],
  ['of what is no error nothing', 'key LTAI and what else', 'unknown'],
])('what may be told of a thrown value: %s', (_what, thrown, told) => {
  expect(tellable(thrown)).toBe(told);
});
