import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { assumeAsService } from '../../local/cloud/sts/session.ts';
import { startLocalCloud } from '../../local/local-cloud.ts';
import { populate } from '../helpers/populate.ts';

/** Runs the built verify in a process of its own, against a local cloud in this one; answers its peak memory in MB. */
export async function peakRss(roles: number): Promise<number> {
  const cloud = await startLocalCloud({ root: process.cwd(), weather: { quotas: 'published' } });
  try {
    await populate(cloud.world, cloud.owner, roles);
    const { uid, endpoint } = cloud.ready.owner;
    const { accessKeyId, accessKeySecret, securityToken } = assumeAsService(cloud.world, {
      service: 'fc.aliyuncs.com',
      roleArn: `acs:ram::${uid}:role/dms-handshake-verify`,
      sessionName: 'bench',
      durationSeconds: 3_600,
    });
    const context = {
      requestId: randomBytes(8).toString('hex'),
      credentials: { accessKeyId, accessKeySecret, securityToken },
      function: { name: 'dms-handshake-verify', timeout: 180 },
      region: cloud.ready.region,
      accountId: uid,
    };
    const output = await run(
      PROGRAM,
      JSON.stringify({ context, bundle: join(process.cwd(), 'dist/verify/index.js') }),
      {
        OWNER_UID: uid,
        CLOUD_ENDPOINT: endpoint,
      },
    );
    const { roles: seen, kilobytes } = JSON.parse(output.trim().split('\n').at(-1) ?? '{}');
    if (seen !== roles) throw new Error(`the sweep judged ${seen} of ${roles} roles`);
    return Math.round(kilobytes / 102.4) / 10;
  } finally {
    await cloud.close();
  }
}

/**
 * Node.js sizes its heap by the memory that it finds. Verify has 256 MB (s.yaml): V8 then takes half of it for old objects
 * and a 128th of that for each half of the new ones. Here it would find a whole machine and let garbage lie.
 */
const HEAP_OF_256_MB = ['--max-old-space-size=128', '--max-semi-space-size=1'];

/** Reads its task from standard input, so that no key is seen among the arguments of a process. */
const PROGRAM = `
const { context, bundle } = JSON.parse(require('node:fs').readFileSync(0, 'utf8'));
const event = { triggerTime: new Date().toISOString().replace(/[.]\\d+Z/, 'Z'), triggerName: 'sweep', payload: 'sweep' };
require(bundle).handler(Buffer.from(JSON.stringify(event)), context).then((answer) => {
  const { roles } = JSON.parse(answer);
  process.stdout.write(JSON.stringify({ roles, kilobytes: process.resourceUsage().maxRSS }) + '\\n');
});
`;

function run(program: string, input: string, env: Readonly<Record<string, string>>): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [...HEAP_OF_256_MB, '-e', program], {
      env,
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    let output = '';
    child.stdout.on('data', (chunk: Buffer) => {
      output += chunk.toString('utf8');
    });
    child.on('error', reject);
    child.on('exit', (code) =>
      code === 0 ? resolve(output) : reject(new Error(`the sweep ended with ${code}`)),
    );
    child.stdin.end(input);
  });
}
