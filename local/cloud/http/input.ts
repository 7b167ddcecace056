import type * as z from 'zod';
import { ApiError } from '../error.ts';

/**
 * Parses the parameters of an operation. Throws `ApiError` 400 `MissingParameter` or `InvalidParameter.<Name>`, both
 * naming the parameter in the message. A schema may refine the code with a path of words below the parameter:
 * `RoleName`, `Length` becomes `InvalidParameter.RoleName.Length`.
 */
export function parseInput<Input>(
  schema: z.ZodType<Input>,
  parameters: Readonly<Record<string, string>>,
): Input {
  const result = schema.safeParse(parameters);
  if (result.success) return result.data;
  const [issue] = result.error.issues as [z.core.$ZodIssue];
  const path = issue.code === 'unrecognized_keys' ? issue.keys.slice(0, 1) : issue.path;
  const name = String(path[0] ?? 'Request');
  if (!isGiven(parameters, name)) {
    throw new ApiError(400, 'MissingParameter', `The parameter ${name} is mandatory for this action.`);
  }
  const end = path.findIndex((part) => typeof part !== 'string');
  const words = path.length === 0 ? [name] : end < 0 ? path : path.slice(0, end);
  const message = `The parameter ${name} is not valid: ${issue.message}`;
  throw new ApiError(400, `InvalidParameter.${words.map(String).join('.')}`, message);
}

/** A list may come as numbered parameters: `Tag` is given if `Tag.1.Key` is, `TagKeys` if `TagKey.1` is. */
function isGiven(parameters: Readonly<Record<string, string>>, name: string): boolean {
  if (name === 'Request') return true;
  const value = parameters[name];
  if (value !== undefined) return value !== '';
  const names = [`${name}.`, `${name.replace(/s$/, '')}.`];
  return Object.keys(parameters).some((key) => names.some((begin) => key.startsWith(begin)));
}
