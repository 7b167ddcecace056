import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { resolve } from 'node:path';
import type { FunctionSpec } from '../../local/host/function-spec.ts';

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
    const reason = error instanceof Error ? error.message : String(error);
    return [`${file} cannot be loaded (${reason.split('\n')[0]}); ${AGAIN}`];
  }
  const found = typeof bundle === 'object' && bundle !== null && name in bundle;
  return found ? [] : [`${file} exports no ${name}`];
}
