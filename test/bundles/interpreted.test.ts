import { execFileSync } from 'node:child_process';
import { expect, it } from 'vitest';
import { FUNCTIONS } from '../../scripts/bundles/functions.ts';

/**
 * Loads a function, hands it an event that it cannot read, since some load their schemas with the first event only, and
 * prints what texts it has compiled meanwhile. In a process of its own: zod's settings are global.
 */
const PROGRAM = `
const written = [];
globalThis.Function = new Proxy(Function, {
  construct(target, input, newTarget) {
    written.push(input.join());
    return Reflect.construct(target, input, newTarget);
  },
});
const context = {
  requestId: 'r', region: 'cn-hangzhou', accountId: '2000000000000002',
  credentials: { accessKeyId: 'a', accessKeySecret: 'b', securityToken: 'c' },
  function: { name: 'dms-handshake', timeout: 3 },
};
const end = () => process.stdout.write('\\n' + JSON.stringify({ written, zod: '__zod_globalConfig' in globalThis }));
require(process.argv[1]).handler(Buffer.from('{}'), context).then(end, end);
`;

it.each(FUNCTIONS)('%s writes no code at run time: its schemas are interpreted', (name) => {
  const output = execFileSync(process.execPath, ['-e', PROGRAM, `${process.cwd()}/dist/${name}/index.js`], {
    encoding: 'utf8',
    env: { OWNER_UID: '2000000000000002', CLOUD_ENDPOINT: 'http://127.0.0.1:1' },
  });
  expect(JSON.parse(output.split('\n').at(-1) ?? '')).toEqual({ written: [], zod: true });
});
