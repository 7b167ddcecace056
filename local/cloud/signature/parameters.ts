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
  const parameters = new Map<string, string>();
  for (const [name, value] of [...request.query, ...formOf(request)]) {
    if (parameters.has(name)) {
      throw new ApiError(400, `InvalidParameter.${name}`, `The parameter ${name} is given more than once.`);
    }
    parameters.set(name, value);
  }
  const found = Object.fromEntries(parameters);
  read.set(request, found);
  return found;
}

/** What was read of a request: the gateway asks for it more than once. */
const read = new WeakMap<RestRequest, Readonly<Record<string, string>>>();

function formOf(request: RestRequest): URLSearchParams {
  if (request.body.length === 0) return new URLSearchParams();
  const type = request.headers['content-type'] ?? 'application/x-www-form-urlencoded';
  if (!type.toLowerCase().startsWith('application/x-www-form-urlencoded')) {
    throw new ApiError(400, 'InvalidContentType', 'The body of an RPC request must be a form.');
  }
  return new URLSearchParams(request.body.toString('utf8'));
}
