import * as z from 'zod';
import { ApiError } from '../error.ts';
import { bodyOf, checked, logStoreOf, type SlsCall, seconds } from './operation.ts';
import type { Settings } from './state.ts';

const input = z.looseObject({
  line: z.looseObject({ token: z.array(z.string()) }).optional(),
  keys: z.record(z.string(), z.looseObject({})).optional(),
});

/** The index that a request brings. It is kept and shown; a search looks at every word of every field all the same. */
export function indexIn(call: SlsCall): Settings {
  const index = checked(input, bodyOf(call));
  if (index.line === undefined && index.keys === undefined)
    throw new ApiError(400, 'IndexInfoInvalid', 'An index has a line, or keys.');
  return { ...index, lastModifyTime: seconds(call.world.clock.now()) };
}

/** Throws `ApiError` 404 `IndexConfigNotExist`. */
export function indexOf(call: SlsCall): Settings {
  const { index } = logStoreOf(call);
  if (index === null) throw new ApiError(404, 'IndexConfigNotExist', 'index config doesnt exist');
  return index;
}
