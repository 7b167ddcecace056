import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { generatedFiles } from '../../scripts/docs/generated.ts';
import { main } from '../../scripts/docs.ts';
import { freshClone } from '../kit/fresh-clone.ts';

const SECURITY = 'docs/explain/security.md';
const paths = Object.keys(generatedFiles());
const project = process.cwd();
const committed = (path: string) => readFileSync(join(project, path), 'utf8');

let clone: ReturnType<typeof freshClone>;
beforeAll(() => {
  clone = freshClone();
  process.chdir(clone.folder);
  return () => process.chdir(project);
});
afterAll(() => clone.remove());

it('npm run docs writes every generated file as it is committed', async () => {
  for (const path of paths) rmSync(path);
  rmSync('deploy/rights', { recursive: true });
  await main([], async () => "of $& and $'");
  for (const path of paths) expect(readFileSync(path, 'utf8'), path).toBe(committed(path));
  const [before, after] = committed(SECURITY).split(/(?<=<!-- rights:begin -->\n).*(?=<!-- rights:end -->)/s);
  expect(before).toMatch(/^# /);
  expect(readFileSync(SECURITY, 'utf8')).toBe(`${before}\nof $& and $'\n\n${after}`);
});
