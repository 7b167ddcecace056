import { parseInteger } from './fields.ts';
import type { MnsCall } from './operation.ts';

/** One page of names, in alphabetical order. */
export interface Page {
  readonly names: readonly string[];
  /** Present if more follow: the `x-mns-marker` of the next request. */
  readonly nextMarker?: string;
}

/** Reads `x-mns-prefix`, `x-mns-marker` and `x-mns-ret-number` (1 to 1,000, default 1,000). Throws `InvalidArgument`. */
export function listPage({ request: { headers } }: MnsCall, all: Iterable<string>): Page {
  const size = parseInteger('x-mns-ret-number', headers['x-mns-ret-number'] ?? '1000', 1, 1000);
  const prefix = headers['x-mns-prefix'] ?? '';
  const after = Buffer.from(headers['x-mns-marker'] ?? '', 'base64url').toString();
  const names = [...all].filter((name) => name.startsWith(prefix) && name > after).sort();
  const page = names.slice(0, size);
  const last = names.length > size ? page.at(-1) : undefined;
  if (last === undefined) return { names: page };
  return { names: page, nextMarker: Buffer.from(last).toString('base64url') };
}

/** Whether a listing is to show what each item is like, beside its address. */
export const withMeta = ({ request: { headers } }: MnsCall): boolean =>
  headers['x-mns-with-meta']?.toLowerCase() === 'true';
