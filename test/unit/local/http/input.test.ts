import { expect, it } from 'vitest';
import * as z from 'zod';
import { ApiError } from '../../../../local/cloud/error.ts';
import { parseInput } from '../../../../local/cloud/http/input.ts';

const text = z.string().min(1);
const schema = z
  .strictObject({
    Name: text,
    Tag: z.array(z.object({ Key: text })).optional(),
    Size: z.string().optional(),
    'Tag.1.Key': z.string().optional(),
    'x.Other': z.string().optional(),
    Other: text.optional(),
  })
  .superRefine(({ Size }, context) => {
    if (Size === 'odd') context.addIssue({ code: 'custom', path: ['Size', 'Parity'], message: 'odd' });
    if (Size === 'whole') context.addIssue({ code: 'custom', message: 'as a whole' });
    if (Size === 'entry') context.addIssue({ code: 'custom', path: ['Size', 2, 'Key'], message: 'entry' });
    if (Size === 'other') context.addIssue({ code: 'custom', path: ['Other'], message: 'other' });
    if (Size === 'tag') context.addIssue({ code: 'custom', path: ['Tag'], message: 'tag' });
  });

it.each([
  [{}, 'MissingParameter: The parameter Name is mandatory for this action.'],
  [{ Name: '' }, 'MissingParameter: The parameter Name is mandatory for this action.'],
  [{ Name: 'n', Size: 'other' }, 'MissingParameter: The parameter Other is mandatory for this action.'],
  [
    { Name: 'n', Size: 'other', 'x.Other': 'x' },
    'MissingParameter: The parameter Other is mandatory for this action.',
  ],
  [{ Name: 'n', Size: 'tag' }, 'MissingParameter: The parameter Tag is mandatory for this action.'],
  [{ Name: 'n', Size: 'tag', 'Tag.1.Key': 'k' }, 'InvalidParameter.Tag: The parameter Tag is not valid: tag'],
  [{ Name: 'n', Size: 'odd' }, 'InvalidParameter.Size.Parity: The parameter Size is not valid: odd'],
  [{ Name: 'n', Size: 'entry' }, 'InvalidParameter.Size: The parameter Size is not valid: entry'],
  [{ Name: 'n', Size: 'whole' }, 'InvalidParameter.Request: The parameter Request is not valid: as a whole'],
  [
    { Name: 'n', More: 'm', Most: 'm' },
    'InvalidParameter.More: The parameter More is not valid: Unrecognized keys: "More", "Most"',
  ],
])('%j is refused: %s', (parameters: Readonly<Record<string, string>>, said) => {
  const parsed = () => parseInput(schema, parameters);
  expect(parsed).toThrow(ApiError);
  expect(parsed).toThrow(expect.objectContaining({ status: 400 }));
  try {
    parsed();
  } catch (error) {
    expect(error instanceof ApiError && `${error.code}: ${error.message}`).toBe(said);
  }
});

it('what is right comes out as the schema has it', () => {
  expect(parseInput(z.object({ Size: z.coerce.number() }), { Size: '5', More: 'm' })).toEqual({ Size: 5 });
});
