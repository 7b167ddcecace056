import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { resolve } from 'node:path';
import type { FunctionSpec } from '../../local/host/function-spec.ts';
import { messageOf } from '../../shared/runtime/errors.ts';

const AGAIN = 'run npm run build';

/** Loads the bundle, as Function Compute will, and looks for the handler. */
export function bundleFaults({ code, handler }: FunctionSpec, root: string): readonly string[] {
  const [module = '', name = ''] = handler.split('.');
  const file = resolve(root, code, `${module}.js`);
  if (!existsSync(file)) return [`${file} is not there; ${AGAIN}`];
  let bundle: unknown;
  try {
    bundle = createRequire(file)(file);
  } catch (error) {
    return [`${file} cannot be loaded (${messageOf(error).split('\n')[0]}); ${AGAIN}`];
  }
  const exported: unknown = Reflect.get(Object(bundle), name);
  return typeof exported === 'function' ? [] : [`${file} exports no function ${name}`];
}
