import { ApiError } from '../error.ts';
import type { RestRequest } from '../rest.ts';

/**
 * The parameters of an RPC request, from the query and a form body together: clients use either.
 * A name given twice is refused, because which of the two would count is the reader's guess.
 * Throws `ApiError` 400 `InvalidParameter.<Name>`, `InvalidContentType`.
 */
export function rpcParameters(request: RestRequest): Readonly<Record<string, string>> {
  const known = read.get(request);
  if (known !== undefined) return known;
  const found: Record<string, string> = {};
  const add = (value: string, name: string): void => {
    // `in`: a name that every object has, as `constructor`, is no parameter either.
    if (name in found) {
      throw new ApiError(400, `InvalidParameter.${name}`, `The parameter ${name} is given more than once.`);
    }
    found[name] = value;
  };
  request.query.forEach(add);
  formOf(request)?.forEach(add);
  read.set(request, found);
  return found;
}

/** What was read of a request: the gateway asks for it more than once. */
const read = new WeakMap<RestRequest, Readonly<Record<string, string>>>();

function formOf(request: RestRequest): URLSearchParams | null {
  if (request.body.length === 0) return null;
  const type = request.headers['content-type'] ?? 'application/x-www-form-urlencoded';
  if (!type.toLowerCase().startsWith('application/x-www-form-urlencoded')) {
    throw new ApiError(400, 'InvalidContentType', 'The body of an RPC request must be a form.');
  }
  return new URLSearchParams(request.body.toString('utf8'));
}
