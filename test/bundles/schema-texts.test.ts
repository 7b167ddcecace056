import { runInNewContext } from 'node:vm';
import { build } from 'esbuild';
import { expect, it } from 'vitest';

/** In a context of its own: zod's texts are global, and a test before this one may have set them. */
it('a schema says in words what is wrong, in a program that sets no texts by itself', async () => {
  const { outputFiles } = await build({
    stdin: {
      contents: `import * as z from './events/zod.ts'; said = z.object({ a: z.string() }).safeParse({ a: 1 }).error.issues[0].message;`,
      resolveDir: process.cwd(),
    },
    bundle: true,
    write: false,
  });
  const world = { said: '' };
  runInNewContext(outputFiles[0]?.text ?? '', world);
  expect(world.said).toBe('Invalid input: expected string, received number');
});
