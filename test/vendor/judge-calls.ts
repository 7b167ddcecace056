import { declaredOf, isOfType } from './operations.ts';

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
}

/**
 * Products whose declared query parameters we send in a form: the password of a database must not be in a URL. That an
 * RPC gateway reads both alike is what the vendor's older clients rely on, which post everything in a form.
 */
const IN_A_FORM = new Set(['dms-enterprise']);

/** What is wrong with a call, by the vendor's metadata; nothing for a product that it does not have. */
export function callFaults(call: SentCall): readonly string[] {
  const { product, version, action } = call;
  const known = declaredOf(product, version);
  if (known === null) return [];
  const what = `${product} ${action}`;
  const declared = known[action];
  if (declared === undefined) return [`${what}: no operation of ${version}`];
  const { parameters, method } = declared;
  const path = declared.path ?? '/';
  const sent = [
    ...Object.entries(call.query).map(([name, value]) => ({ name, value, place: 'Query' })),
    ...Object.entries(call.form).map(([name, value]) => ({ name, value, place: 'Body' })),
    ...(call.json === null ? [] : [{ name: 'body', value: call.json, place: 'Body' }]),
  ];
  return [
    ...(method.split('|').includes(call.method) ? [] : [`${what}: ${call.method} is not ${method}`]),
    ...(path === call.path ? [] : [`${what}: ${call.path} is not ${path}`]),
    ...sent.flatMap(({ name, value, place }) => {
      const known = parameters[name];
      if (known === undefined) return [`${what}: no parameter ${name}`];
      const [type, , right] = known;
      const allowed = right === place || (place === 'Body' && IN_A_FORM.has(product));
      return [
        ...(allowed ? [] : [`${what}: ${name} in ${place}, the vendor has it in ${right}`]),
        ...(isOfType(type, value) ? [] : [`${what}: ${name} is no ${type}`]),
      ];
    }),
    ...Object.entries(parameters)
      .filter(([name, [, need, place]]) => {
        return need === 'required' && place !== 'Path' && !sent.some((one) => one.name === name);
      })
      .map(([name]) => `${what}: ${name} is missing`),
  ];
}
