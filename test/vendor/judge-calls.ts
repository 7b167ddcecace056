import { type Declared, declaredOf, fieldFaults, isAtPath, isOfType, jsonOf } from './operations.ts';

/** A call as it went over the wire. */
export interface SentCall {
  readonly product: string;
  readonly version: string;
  readonly action: string;
  readonly method: string;
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  readonly form: Readonly<Record<string, string>>;
  /** A JSON body as text; null for none. */
  readonly json: string | null;
  readonly headers: Readonly<Record<string, string>>;
  /** What the name of the host says, of a product that puts a parameter there. */
  readonly host: Readonly<Record<string, string>>;
}

/**
 * Products whose declared query parameters we send in a form: the password of a database must not be in a URL. That an
 * RPC gateway reads both alike is what the vendor's older clients rely on, which post everything in a form.
 */
const IN_A_FORM = new Set(['dms-enterprise']);

interface Sent {
  readonly name: string;
  readonly value: string;
  readonly place: string;
}

/** What is wrong with a call, by the vendor's metadata; nothing for a product that it does not have. */
export function callFaults(call: SentCall): readonly string[] {
  const { product, version, action } = call;
  const known = declaredOf(product, version);
  if (known === null) return [];
  const declared = known[action];
  if (declared === undefined) return [`${product} ${action}: no operation of ${version}`];
  const { method, path = '/', parameters } = declared;
  const sent = sentIn(call, declared);
  return [
    ...(method.split('|').includes(call.method) ? [] : [`${call.method} is not ${method}`]),
    ...(isAtPath(path, call.path) ? [] : [`${call.path} is not ${path}`]),
    ...sent.flatMap((one) => parameterFaults(one, declared, product)),
    ...Object.entries(parameters)
      .filter(([name, [, need, place]]) => {
        return need === 'required' && place !== 'Path' && !sent.some((one) => one.name === name);
      })
      .map(([name]) => `${name} is missing`),
    ...(call.json === null ? [] : fieldFaults(declared, jsonOf(call.json))),
  ].map((fault) => `${product} ${action}: ${fault}`);
}

/** Headers that the operation does not declare belong to the protocol, but those of Function Compute. */
function sentIn(call: SentCall, { parameters }: Declared): readonly Sent[] {
  const declared = Object.entries(parameters).filter(([, [, , place]]) => place === 'Header');
  const names = new Map(declared.map(([name]) => [name.toLowerCase(), name]));
  const headers = Object.entries(call.headers)
    .filter(([name]) => names.has(name) || name.startsWith('x-fc-'))
    .map(([name, value]): [string, string] => [names.get(name) ?? name, value]);
  const at = (place: string, all: readonly (readonly [string, string])[]): readonly Sent[] =>
    all.map(([name, value]) => ({ name, value, place }));
  return [
    ...at('Query', Object.entries(call.query)),
    ...at('Body', Object.entries(call.form)),
    ...at('Body', call.json === null ? [] : [['body', call.json]]),
    ...at('Header', headers),
    ...at('Host', Object.entries(call.host)),
  ];
}

function parameterFaults({ name, value, place }: Sent, { parameters }: Declared, product: string) {
  // A list travels as `Name.1.Key`.
  const list = parameters[name.split('.')[0] ?? ''];
  const known = parameters[name] ?? (list?.[0] === 'RepeatList' ? list : undefined);
  if (known === undefined) return [`no parameter ${name}`];
  const [type, , right] = known;
  const allowed = right === place || (place === 'Body' && IN_A_FORM.has(product));
  return [
    ...(allowed ? [] : [`${name} in ${place}, the vendor has it in ${right}`]),
    ...(isOfType(type, value) ? [] : [`${name} is no ${type}`]),
  ];
}
