import * as z from 'zod';
import { gatherLists, type ListParameter } from '../parameter-lists.ts';

/**
 * The input of an operation: a schema per parameter over the flat string parameters of a request. Parameters that the
 * operation does not name (Action, Format, the signature) are dropped, lists are gathered from either of their forms.
 */
export function parameters<Shape extends z.ZodRawShape>(shape: Shape) {
  return z.preprocess(gatherLists(lists, LIST), z.object(shape));
}

/** A string with a length and a set of characters. Failures lie below the parameter: `RoleName.Length`, `RoleName.InvalidChars`. */
function text(max: number, characters = /^/, min: 0 | 1 = 1) {
  const message = `The length must be ${min} to ${max} characters.`;
  return (
    z
      .string()
      // The forms take longer and longer with the length of a text: one that is too long is not matched.
      .refine(({ length }) => length >= min && length <= max, { path: ['Length'], message, abort: true })
      .refine((value) => characters.test(value), {
        path: ['InvalidChars'],
        message: 'The value contains invalid characters.',
      })
  );
}

export const roleName = text(64, /^[A-Za-z0-9.-]+$/);
export const policyName = text(128, /^[A-Za-z0-9-]+$/);
export const userName = text(64, /^[A-Za-z0-9._-]+$/);
export const groupName = text(64, /^[A-Za-z0-9-]+$/);
export const displayName = text(128);
export const mobilePhone = text(64, /^[0-9-]+$/);
export const email = text(128, /^\S+@\S+$/);
export const comments = text(128);
export const description = text(1024);

/** Those of an update: an empty one takes away what is there, as the vendor's Terraform provider does. */
const newText = (max: number, characters?: RegExp) => text(max, characters, 0);
export const newDisplayName = newText(128);
export const newMobilePhone = newText(64, /^[0-9-]*$/);
export const newEmail = newText(128, /^(\S+@\S+)?$/);
export const newComments = newText(128);
export const newDescription = newText(1024);

export const document = z.string();
export const policyType = z.enum(['System', 'Custom']);
export const resourceType = z.enum(['role', 'policy']);
export const accessKeyId = text(128);
export const diagnosticMessage = text(16_384);

export const versionId = z.string().refine((value) => /^v[1-9]\d{0,8}$/.test(value), {
  path: ['Format'],
  message: 'The specified version ID is invalid.',
});

/** A whole number written in digits, from `min` to `max`. */
function whole(min: number, max: number) {
  return z
    .string()
    .regex(/^\d{1,9}$/, 'A whole number is expected.')
    .transform(Number)
    .refine((value) => value >= min && value <= max, `The value must be ${min} to ${max}.`);
}

export const boolean = z
  .string()
  .regex(/^(true|false)$/i, 'true or false is expected.')
  .transform((value) => value.toLowerCase() === 'true');

/** Seconds. */
export const maxSessionDuration = whole(3600, 43200);

export const maxItems = whole(1, 1000).default(100);

/** The page says 1 to 100 and no default; 50 is what the vendor's tag operations have elsewhere. */
export const pageSize = whole(1, 100).default(50);

/** Where the page before this one ended. An empty marker is the beginning. */
export const marker = z.string().default('');

export const resourceNames = z.array(z.string().min(1).max(128)).min(1).max(50);

/** The list parameters and what a numbered element of each is called. */
const lists: readonly ListParameter[] = [
  { name: 'Tag', element: /^Tag\.(\d+)\.(Key|Value)$/ },
  { name: 'ResourceNames', element: /^ResourceNames?\.(\d+)$/ },
  { name: 'TagKeys', element: /^TagKeys?\.(\d+)$/ },
];

/** How the name of a list, or of one of its elements, begins. */
const LIST = /^(?:Tag|ResourceName)/;
