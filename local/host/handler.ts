import { failure, type Outcome, platformFailure, success } from './answer.ts';

/** The module part of a handler string: `index` of `index.handler`. */
export function moduleOf(handler: string): string {
  return handler.split('.')[0] ?? handler;
}

/** Calls the export that a handler string names and encodes what comes of it. Never throws. */
export async function callExport(exports: unknown, handler: string, input: unknown[]): Promise<Outcome> {
  const name = handler.slice(handler.indexOf('.') + 1);
  const target: unknown = Reflect.get(Object(exports), name);
  if (typeof target !== 'function') {
    return platformFailure(`Handler '${name}' is missing on module '${moduleOf(handler)}'`);
  }
  try {
    return success(await Reflect.apply(target, undefined, input));
  } catch (error) {
    return failure(error);
  }
}
